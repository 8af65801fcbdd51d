// Keys, and the few things that a page cannot do without a script. Everything works without this file, by mouse and Tab.
"use strict";
(() => {
  const shows = (element) => element.checkVisibility();
  const typing = (element) => element?.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const deciding = () => document.querySelector("#decide.htmx-request, .decide .htmx-request");
  let chord = "";

  // An element says itself by which key it is reached: data-key="a", data-key="g q".
  const reached = (key) => [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key && shows(one));
  const begins = (key) => document.querySelector(`[data-key^="${CSS.escape(key)} "]`) !== null;

  const act = (element) => {
    if (element.matches("input[type=search]")) { element.focus(); element.select(); return; }
    element.click();
    const details = element.closest("summary")?.parentElement;
    if (details?.open) details.querySelector("input:not([type=hidden]), select, button")?.focus();
  };

  document.addEventListener("keydown", (event) => {
    const held = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (event.key === "Escape") { close(); return; }
    if (held || typing(event.target) || document.querySelector("dialog[open]")) return;
    const name = event.key === " " ? "Space" : event.key;
    if (name === "Space" && event.target.closest("a, button, summary, input")) return; // theirs
    const key = chord ? `${chord} ${name}` : name;
    chord = "";
    const element = reached(key);
    if (element) {
      event.preventDefault();
      if (!event.repeat && !(deciding() && element.closest(".decide, #review"))) act(element); // the next card was not seen yet
    } else if (begins(key)) {
      event.preventDefault();
      chord = key;
      setTimeout(() => { chord = ""; }, 1500);
    }
  });

  const close = () => {
    document.activeElement?.blur();
    for (const one of document.querySelectorAll(".up[open], .panels details[open], .who[open]")) one.open = false;
  };

  document.addEventListener("click", async (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    const copier = event.target.closest("[data-copies]");
    if (copier) {
      const line = document.getElementById(copier.dataset.copies);
      line.select();
      await navigator.clipboard?.writeText(line.value).catch(() => document.execCommand("copy"));
      say("Copied.");
    }
    for (const menu of document.querySelectorAll(".up[open], .who[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  const say = (words) => { const flash = document.getElementById("flash"); if (flash) flash.textContent = words; };

  // What is picked for a decision on many stays picked while cards come and go.
  const picked = new Set();
  document.addEventListener("change", (event) => {
    if (event.target.name !== "pick" || event.target.form?.id !== "many") return;
    picked[event.target.checked ? "add" : "delete"](event.target.value);
    count();
  });
  const count = () => {
    const form = document.getElementById("many");
    if (!form) return;
    form.querySelector("[data-picked]").textContent = picked.size ? `: ${picked.size}` : "";
    form.querySelectorAll("input[type=hidden][name=pick]").forEach((one) => one.remove());
    const listed = new Set();
    for (const box of document.querySelectorAll("input[type=checkbox][name=pick]")) {
      box.checked = picked.has(box.value);
      listed.add(box.value);
    }
    for (const one of picked) {
      if (listed.has(one)) continue;
      const input = Object.assign(document.createElement("input"), { type: "hidden", name: "pick", value: one });
      form.append(input);
    }
  };

  const ready = () => document.querySelectorAll("[data-copies], [data-opens]").forEach((one) => { one.hidden = false; });

  document.addEventListener("htmx:after:swap", () => {
    document.querySelectorAll(".up[open]").forEach((menu) => { menu.open = false; });
    ready();
    count();
    if (!typing(document.activeElement)) {
      document.getElementById("claim")?.focus({ preventScroll: true });
      if (document.getElementById("card")?.getBoundingClientRect().top < 0) window.scrollTo(0, 0);
    }
  });
  document.addEventListener("htmx:error", () => say("The desk does not answer; nothing was decided. Try again."));
  document.addEventListener("DOMContentLoaded", ready);
})();
