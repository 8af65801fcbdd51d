"""One address for one story: AMP copies, trackers and fragments are the same page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from courlan import clean_url

AMP_CACHE = re.compile(
    r"^https?://(?:[\w-]+\.cdn\.ampproject\.org/[cva]/(?:s/)?|(?:www\.)?google\.[\w.]+/amp/(?:s/)?)(?P<rest>[^?#]+)", re.IGNORECASE
)
AMP_FIRST = re.compile(r"^/amp(?=/.)", re.IGNORECASE)
AMP_LAST = re.compile(r"(?:/amp(?:\.html?)?(?=/?$)|\.amp(?=(?:\.html?)?$))+", re.IGNORECASE)
AMP_QUERY = re.compile(r"(?:^|&)(?:amp|outputType|amp_[\w]+)(?:=(?:1|true|amp)?)?(?=&|$)", re.IGNORECASE)
TRACKERS = re.compile(
    r"(?:^|&)(?:utm_\w+|fbclid|gclid|mc_[ce]id|cmpid|ref_?src|smid|ncid|ito|ns_\w+|at_\w+|__twitter_impression|CMP)=[^&]*"
)


def canonical(url: str) -> str:
    """The address under which a story is known: without tracker, fragment or AMP, host in lower case. The same again for its own answer."""
    cached = AMP_CACHE.match(url)
    if cached:
        url = f"https://{cached['rest']}"
    try:
        parts = urlsplit(clean_url(url) or url)
    except ValueError:
        return url
    host = re.sub(r"^amp\.(?=[^.]+\.[^.]+)", "www.", parts.netloc.lower())
    query = AMP_QUERY.sub("", TRACKERS.sub("", parts.query)).strip("&")
    path = AMP_LAST.sub("", AMP_FIRST.sub("", parts.path)) or "/"
    return urlunsplit((parts.scheme.lower(), host, path, query, ""))


def canonical_of(claimed: str, url: str) -> str:
    """The canonical address of the page at `url`, which claims to be `claimed`; a claim to be the home page is not believed."""
    try:
        parts, own = urlsplit(claimed), urlsplit(url)
    except ValueError:
        return canonical(url)
    sound = parts.scheme in ("http", "https") and ("." in parts.netloc or parts.netloc == own.netloc)
    home = parts.path in ("", "/") and not parts.query and own.path not in ("", "/")
    return canonical(claimed if claimed and sound and not home else url)
