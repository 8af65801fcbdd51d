"""`digests.toml`: what is sent to whom, when, and in which form."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, model_validator

from tradewatch.config.files import Count, Table, TimeSpan, TimeZone, did_you_mean, read, refuse
from tradewatch.config.settings import load_settings
from tradewatch.config.sources import ENV, load_sources, source_key, web_address
from tradewatch.errors import ConfigError
from tradewatch.types import (
    Certainty,
    ClaimType,
    Delivery,
    Digest,
    FolderDelivery,
    Grouping,
    HookDelivery,
    MailDelivery,
    PushDelivery,
    Review,
    Schedule,
    Selection,
    Source,
    Tier,
)

Format = Literal["csv", "excel", "xlsx", "jsonl", "parquet", "markdown", "html", "text", "atom", "ics"]
FORMATS: tuple[Format, ...] = get_args(Format)
"""The forms in which an issue can be written."""
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = get_args(Day)
PORTS = {"tls": 465, "starttls": 587, "none": 25}


def clock_time(text: object) -> dt.time:
    """A time of day as clocks show it."""
    if not isinstance(text, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError(f'"{text}" is not a time of day such as "08:30"')
    return dt.time.fromisoformat(text)


def secret(text: str) -> str:
    """A secret, which stands in the environment and never in a file."""
    if not re.fullmatch(rf"{ENV}[A-Za-z_][A-Za-z0-9_]*", text):
        raise ValueError('must be "env:NAME": secrets are read from the environment, never from a file')
    return text


def hook_address(text: str) -> str:
    """The address of a webhook, checked; `env:NAME` is, once the variable is read."""
    return text if text.startswith(ENV) else web_address(text)


def mail_address(text: str) -> str:
    """An e-mail address, checked for its shape."""
    if not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+", text):
        raise ValueError(f'"{text}" is not an e-mail address such as "desk@example.com"')
    return text


Secret = Annotated[str, AfterValidator(secret)]
MailAddress = Annotated[str, AfterValidator(mail_address)]
_KEYS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "folder": ((), ("path",)),
    "smtp": (("host", "from", "to"), ("port", "security", "user", "password")),
    "webhook": (("url", "secret"), ()),
    "apprise": (("url",), ()),
}
"""The keys that each kind of delivery needs, and those that it may have, besides `kind` and `name`."""


class DeliveryTable(Table):
    """One `[[digest.deliver]]`."""

    kind: Literal["folder", "smtp", "webhook", "apprise"]
    name: Annotated[str, AfterValidator(source_key)] | None = None
    path: str | None = None
    host: str | None = None
    port: Count | None = None
    security: Literal["tls", "starttls", "none"] | None = None
    user: str | None = None
    password: Secret | None = None
    sender: MailAddress | None = Field(default=None, alias="from")
    to: tuple[MailAddress, ...] | None = None
    url: Annotated[str, AfterValidator(hook_address)] | None = None
    secret: Secret | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        needed, possible = _KEYS[self.kind]
        given = {"from" if key == "sender" else key for key in self.model_fields_set} - {"kind", "name"}
        if missing := [key for key in needed if key not in given]:
            raise ValueError(f"a delivery by {self.kind} needs {' and '.join(missing)}")
        if strange := sorted(given - {*needed, *possible}):
            raise ValueError(f"a delivery by {self.kind} has no {' and no '.join(strange)}")
        if self.to == ():
            raise ValueError("to: must name somebody")
        if bool(self.user) != bool(self.password):
            raise ValueError("user and password go together")
        if self.password and self.security == "none":
            raise ValueError('a password must not travel in the clear; security is "tls" or "starttls"')
        if self.kind == "apprise":
            secret(self.url or "")
        return self

    def deliveries(self, base: Path, out: Path) -> tuple[Delivery, ...]:
        """The deliveries that this table describes: of letters one for each reader.

        `base` is where a folder's path begins, `out` the folder where none is named.
        """
        name, security = self.name or self.kind, self.security or "starttls"
        if self.kind == "folder":
            return (FolderDelivery(name=name, path=str(base / self.path) if self.path else str(out)),)
        if self.kind == "webhook":
            return (HookDelivery(name=name, url=self.url or "", secret=self.secret or ""),)
        if self.kind == "apprise":
            return (PushDelivery(name=name, url=self.url or ""),)
        return tuple(
            MailDelivery(
                name=f"{name}:{reader}", host=self.host or "", port=self.port or PORTS[security], security=security,
                sender=self.sender or "", to=reader, user=self.user, password=self.password,
            )
            for reader in dict.fromkeys(self.to or ())
        )  # fmt: skip


class DigestTable(Table):
    """One `[[digest]]`."""

    id: Annotated[str, AfterValidator(source_key)]
    title: str
    timezone: TimeZone = "UTC"
    days: tuple[Day, ...] = DAYS
    times: tuple[Annotated[dt.time, BeforeValidator(clock_time)], ...] = ()
    window: TimeSpan = dt.timedelta(days=1)
    desks: tuple[str, ...] = ()
    types: tuple[ClaimType, ...] = ()
    networks: tuple[str, ...] = ()
    tiers: tuple[Tier, ...] = ()
    certainty: Certainty | None = None
    verdicts: tuple[Review, ...] = ()
    group_by: tuple[Grouping, ...] = (Grouping.TYPE, Grouping.NETWORK)
    formats: tuple[Format, ...] = ("csv",)
    send_empty: StrictBool = True
    deliver: tuple[DeliveryTable, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.formats:
            raise ValueError("formats: must name at least one")
        if not self.days:
            raise ValueError("days: must name at least one")
        names = [table.name or table.kind for table in self.deliver]
        if twice := sorted(name for name, count in Counter(names).items() if count > 1):
            raise ValueError(f'deliver: "{twice[0]}" is used twice; give each delivery a name of its own')
        return self

    def digest(self, outlets: frozenset[str] | None, base: Path, out: Path) -> Digest:
        """The digest that this table describes; `outlets` are those of its desks, the folders as for its deliveries."""
        return Digest(
            id=self.id,
            title=self.title,
            schedule=Schedule(zone=self.timezone, days=frozenset(map(DAYS.index, self.days)), times=tuple(sorted(set(self.times)))),
            window=self.window,
            desks=self.desks,
            selection=Selection(
                outlets=outlets, types=frozenset(self.types), networks=frozenset(self.networks), tiers=frozenset(self.tiers),
                certainty=self.certainty, verdicts=frozenset(self.verdicts),
            ),
            group_by=self.group_by,
            formats=self.formats,
            deliveries=tuple(one for table in self.deliver for one in table.deliveries(base, out)),
            send_empty=self.send_empty,
        )  # fmt: skip


class DigestsFile(Table):
    """The whole file."""

    digest: tuple[DigestTable, ...] = ()


def load_digests(folder: Path) -> tuple[Digest, ...]:
    """Read `digests.toml`, in its order; a folder without it has no digests. Folders of deliveries become absolute.

    Raises ConfigError, also for an id used twice and for a desk that no source has.
    """
    path = folder / "digests.toml"
    if not path.exists():
        return ()
    tables = read(path, DigestsFile).digest
    if not tables:
        return ()
    sources, out = load_sources(folder), load_settings(folder).out
    refuse(path, [*_twice(tables), *_strange_desks(tables, sources)])
    return tuple(table.digest(outlets_of(sources, table.desks), folder.resolve(), out) for table in tables)


def outlets_of(sources: Iterable[Source], desks: tuple[str, ...]) -> frozenset[str] | None:
    """The outlets of some desks; None, for any, where no desk is named."""
    return frozenset(source.outlet for source in sources if {*desks} & {*source.desks}) if desks else None


def _twice(tables: Iterable[DigestTable]) -> Iterator[str]:
    counts = Counter(table.id for table in tables)
    return (f"[[digest]] {key}: id: used by {count} digests; ids are unique" for key, count in counts.items() if count > 1)


def _strange_desks(tables: Iterable[DigestTable], sources: Iterable[Source]) -> Iterator[str]:
    known = sorted({desk for source in sources for desk in source.desks})
    for table in tables:
        for desk in table.desks:
            if desk not in known:
                yield f'[[digest]] {table.id}: desks: no source has the desk "{desk}"{did_you_mean(desk, known)}'


def variables_of(delivery: Delivery) -> tuple[str, ...]:
    """The names of the environment variables that a delivery is read from."""
    return tuple(value.removeprefix(ENV) for value in _secrets(delivery).values())


def revealed(delivery: Delivery, environment: Mapping[str, str]) -> tuple[Delivery, tuple[str, ...]]:
    """The delivery with each `env:NAME` replaced by the variable's value, and those values. Raises ConfigError naming one not set."""
    found: dict[str, str] = {}
    for key, value in _secrets(delivery).items():
        name = value.removeprefix(ENV)
        if not environment.get(name):
            raise ConfigError(f"digests.toml: deliver {delivery.name}: {key}: the environment variable {name} is not set")
        found[key] = environment[name]
    whole: Any = delivery  # each kind has the keys that were found in it
    return replace(whole, **found), tuple(found.values())


def _secrets(delivery: Delivery) -> dict[str, str]:
    """The values of a delivery that stand in the environment, by key."""
    given = {key: getattr(delivery, key, None) for key in ("user", "password", "url", "secret")}
    return {key: value for key, value in given.items() if value and value.startswith(ENV)}
