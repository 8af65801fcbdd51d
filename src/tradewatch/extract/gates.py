"""Kinds of article that announce nothing, told by their headlines: reviews, recaps, explainers, predictions, obituaries, awards, lists."""

from __future__ import annotations

import re

from tradewatch.extract.line import Kind, Line
from tradewatch.text import straight
from tradewatch.types import Document

SILENT = re.compile(
    r"\breviews?\b(?!s)|\brecap\b|\bexplained\b|\bending explained|\beverything (?:you|we) (?:need|know|want)|\bwhat (?:to"
    r"|we) (?:expect|know)\b|\bbubble watch\b|\bpredict"
    r"|\bbox office\b|\bnominations?\b|\bnominees\b"
    r"|\blonglists?\b|\bshortlists?\b|\bwinners\b|\bdies\b|\bdead at \d|\bobituary\b|\bhow to watch\b"
    r"|\bwhere to watch\b|\bbest (?:shows|movies|tv)\b|\bquiz:|^quiz\b"
    r"|\b(?:take|try|our|which|pub|trivia) (?:[\w-]+ ){0,2}quiz\b|\bfan theor(?:y|ies)\b|\btheories\b"
    r"|^(?:the )?\d+ (?:[\w'’-]+ ){1,4}(?:shows|movies|series|films|actors|characters)\b|\bapril fools|\bhoax\b"
    r"|\beverything announced\b|\bupfronts? preview\b|\bbreaks silence\b|\bemmys \d|\boscars \d|\bhoroscope\b"
    r"|\b\d+ (?:best|things|reasons|times|shows|movies|facts|moments|questions)\b|\bratings:|\blive blog\b"
    r"|\bongoings\b|\bcomic book series\b|\bepisode guide\b|\bin memoriam\b|\bspoilers?:"
    r"|\bcast salaries\b|\bthen (?:and|vs)\.? now\b|\bnet worth\b"
    r"|^(?!.*\b(?:series|adapt\w*|film|movie|drama|rights|into)\b).*\bpodcast\b"
    r"|\bstock\b|\bshares (?:fall|rise|drop)|\brelease date(?:s)?,(?: [\w ]+,)* (?:cast|plot|trailer|news)"
    r"|\bseason \d+(?::| -) (?:release date|everything)",
)


CALENDAR = re.compile(
    r"^(?:what's|what is|every|everything|all the|full list of|here's what's) (?:[\w-]+ ){0,3}(?:new|coming|leaving"
    r"|streaming)\b|\bwatch ?list\b|\bfall tv preview\b|\bnow streaming:|\bwhat to watch\b",
    re.IGNORECASE,
)
OTHER_ARTS = re.compile(
    r" (?:pc|ps4|ps5|xbox|nintendo|steam|dlc|gameplay|album|podcast|radio|public-radio|broadway|off-broadway|concert|tour"
    r"|tours|world tour|exhibition|musical theatre|stadium|championship|playoffs|tournament|match|league|festival"
    r"|convention|comic-con|conference|summit|marathon|parade|toy|toys|comics?|ongoings|graphic novels?|esports"
    r"|expansion pack|server|champions|relegated|quarterback|nfl|nba|striker|coach|surfers?|surfing|judge|lawsuit"
    r"|court)(?= |$)"
)
SCREEN = re.compile(
    r" (?:series|show|film|movie|drama|comedy|sitcom|season|tv|television|anime|streamer|network|thriller|feature"
    r"|docuseries|special|pilot|adaptation)(?= |$)"
)


NEVER_SCREEN = re.compile(
    r" (?:ongoings|box art|box set|dvd|blu-ray|blu ray|vinyl|dlc|ps4|ps5|xbox|nintendo|esports|livestream|telethon"
    r"|fundraiser|issue #1|relaunches|gag)(?= |$)"
)


def is_screen(line: Line, *, known: bool) -> bool:
    """Whether a line speaks of series and films rather than of games, stages, records or sport; of its document that may be `known`."""
    if NEVER_SCREEN.search(line.text) and "adaptation" not in line.text:
        return False
    if not OTHER_ARTS.search(line.text) or (known and line.field == "body"):
        return True
    return (
        (line.field == "headline" and bool(line.found(Kind.NETWORK) or SCREEN.search(line.text)))
        or bool(line.found(Kind.TITLE) and line.found(Kind.NETWORK))
        or "adaptation" in line.text
        or "based on" in line.text
    )


def speaks_of_screen(document: Document) -> bool:
    """Whether headline, dek and the first paragraphs speak of series and films again and again, and of nothing else as often."""
    low = f" {document.headline} {document.dek} {document.body[:LEAD]}".lower()
    return len(SCREEN.findall(low)) > 2 * len(OTHER_ARTS.findall(low)) + 1


SIGNS = re.compile(
    r"\b(?:series|shows?|films?|filming|movies?|dramas?|comed(?:y|ies)|sitcoms?|tv|television|anime|streamers?|networks?|channel|thriller|features?"
    r"|docuseries|documentary|special|pilots?|adaptation|actors?|actress|cast|casts|casting|episodes?|seasons?|stream\w*|premieres?|trailer|direct\w*"
    r"|stars?|starring|showrunners?|animated|screens?|hollywood|bollywood|studios?|renew\w*|cancel\w*|sequel|prequel|spin-?off|reboot|remake|biopic"
    r"|theat(?:er|re)s?|cinemas?|host\w*|presenter|soap|reality|joins|play|role"
    r"|starrer|release dates?|ott|heroine|female lead|box office|blockbuster)\b"
)
"""Words of which an article about series or films has at least one."""


def is_off_screen(document: Document) -> bool:
    """Whether nothing in a document speaks of series or films at all."""
    return SIGNS.search(f"{document.headline} {document.dek} {document.body[:LEAD]}".lower()) is None


LEAD = 1200
"""Characters of the body that say what it is about."""
RADIO = re.compile(r"\b(?:public[- ]radio|radio (?:show|station|host)|podcast (?:host|network))\b")


def is_calendar(document: Document) -> bool:
    """Whether the headline says that this article lists what is to be seen when: dates are all that it announces."""
    return bool(CALENDAR.search(straight(document.headline)))


CAST = re.compile(
    r"\bcasts?\b|\bcasting\b|\bcastings\b|\bnew faces\b|\bensemble\b|\bseries regulars?\b|\bjoins?\b|\bjoining\b|\bboards?\b|\bto star\b"
    r"|\badds?\b [\w', ]+ (?:stars?|trio|duo|pair|as)\b|\bnewcomers?\b"
)


def is_about_cast(document: Document) -> bool:
    """Whether headline or dek say that the article is about who joins a cast: whom it lists with their parts has then been cast."""
    return bool(CAST.search(f"{document.headline} {document.dek}".lower()))


STAGE = re.compile(
    r"\b(?:broadway|encores|west end|off-broadway|stage (?:musical|play|revival|adaptation|version)|world tour|stadium tour)\b"
)
ON_SCREEN = re.compile(r"\b(?:tv|television|film|movie|series|streaming|netflix|hulu|season|adaptation)\b")


def is_silent(document: Document) -> bool:
    """Whether the headline says that this article is of a kind that announces nothing."""
    low = document.headline.lower()
    if STAGE.search(low) and not ON_SCREEN.search(low):
        return True
    return bool(SILENT.search(low) or RADIO.search(document.dek.lower()))
