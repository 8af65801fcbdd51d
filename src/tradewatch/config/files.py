"""Where configuration files are, how one is read, and how its mistakes are worded."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StrictInt, ValidationError

from tradewatch.errors import ConfigError

FILES = ("tradewatch.toml", "sources.toml", "networks.toml", "digests.toml", "titles.csv")
"""All that a configuration folder holds."""

_PACKAGE = Path(__file__).resolve().parents[1]
_IN_CHECKOUT = {"config": Path("config"), "newsroom": Path("fixtures", "newsroom")}
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def bundled(name: str) -> Path:
    """The folder that comes with tradewatch: `config` or `newsroom`, from the wheel, else from the checkout.

    Raises ConfigError where the installation lacks it.
    """
    candidates = (_PACKAGE / "_bundled" / name, _PACKAGE.parents[1] / _IN_CHECKOUT[name])
    found = next((folder for folder in candidates if folder.is_dir()), None)
    if found is None:
        raise ConfigError(f"{candidates[0]}: this installation lacks its bundled {name}; install tradewatch again")
    return found


class Table(BaseModel):
    """One TOML table: frozen, and every key in it must be known."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, str_min_length=1)


def duration(text: object) -> dt.timedelta:
    """A length of time as it is written in a file: a whole number and s, m, h or d."""
    if isinstance(text, dt.timedelta):
        return text
    found = re.fullmatch(r"(\d{1,6})\s*([smhd])", text) if isinstance(text, str) else None
    if found is None:
        raise ValueError('must be a length of time such as "90s", "10m", "24h" or "7d"')
    return dt.timedelta(**{_UNITS[found[2]]: int(found[1])})


def time_zone(name: str) -> str:
    """An IANA time zone's name, checked."""
    try:
        ZoneInfo(name)
    except (LookupError, OSError, ValueError) as error:
        raise ValueError(f'"{name}" is not a time zone such as "Europe/London"') from error
    return name


def some_time(length: dt.timedelta) -> dt.timedelta:
    """A length of time that is not zero, checked."""
    if not length:
        raise ValueError("must be longer than nothing")
    return length


def country_code(code: str) -> str:
    """An ISO 3166 code of two letters, checked for its shape and for the one that people get wrong."""
    if code == "UK":
        raise ValueError('"UK" is the United Kingdom by habit; its code is "GB"')
    if not re.fullmatch(r"[A-Z]{2}", code):
        raise ValueError(f'"{code}" is not a country code of two capital letters, such as "US" or "GB"')
    return code


def positive(number: int) -> int:
    """A number that counts something, checked."""
    if number < 1:
        raise ValueError("must be 1 or more")
    return number


Duration = Annotated[dt.timedelta, BeforeValidator(duration)]
TimeSpan = Annotated[Duration, AfterValidator(some_time)]
TimeZone = Annotated[str, AfterValidator(time_zone)]
Country = Annotated[str, AfterValidator(country_code)]
Count = Annotated[StrictInt, AfterValidator(positive)]
Model = TypeVar("Model", bound=Table)


def read(path: Path, model: type[Model]) -> Model:
    """A TOML file as the values of `model`. Raises ConfigError with every problem found."""
    document = _toml(path)
    try:
        return model.model_validate(document)
    except ValidationError as error:
        # An unknown key first: a key that is missing is often the same one misspelled.
        found = sorted(error.errors(include_url=False), key=lambda problem: problem["type"] != "extra_forbidden")
        refuse(path, [_worded(document, model, problem) for problem in found])
        raise


def refuse(path: Path, problems: Iterable[str]) -> None:
    """Raise ConfigError where there are problems, each with the file's path before it."""
    lines = [f"{path}: {problem}" for problem in problems]
    if lines:
        raise ConfigError(*lines)


def text_of(path: Path) -> str:
    """A configuration file's text, without a byte order mark. Raises ConfigError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such file; tradewatch init {path.parent} writes what is missing") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """A hint at the nearest known word, or nothing where none is near."""
    near = difflib.get_close_matches(str(word), list(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text_of(path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error


def _worded(document: Mapping[str, Any], model: type[Table], problem: Mapping[str, Any]) -> str:
    location: Sequence[str | int] = problem["loc"]
    return f"{_place(document, location)}: {_complaint(model, problem)}"


def _place(document: Mapping[str, Any], location: Sequence[str | int]) -> str:
    """The key path as a person finds it: `[[source]] deadline-tv: listing.item`."""
    if len(location) < 2 or not isinstance(location[1], int):
        return ".".join(map(str, location))
    array, index, *rest = location
    return f"[[{array}]] {_label(document[str(array)][index], int(index))}" + (f": {'.'.join(map(str, rest))}" if rest else "")


def _label(entry: object, index: int) -> str:
    """What an entry calls itself, else how many there are up to it."""
    own = (entry.get("key") or entry.get("id") or entry.get("name")) if isinstance(entry, dict) else None
    return (own.strip() if isinstance(own, str) else "") or f"#{index + 1}"


_SAID = {
    "missing": "is missing",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "tuple_type": "must be a list",
    "dict_type": "must be a table",
    "model_type": "must be a table",
}


def _complaint(model: type[Table], problem: Mapping[str, Any]) -> str:
    kind, given = problem["type"], problem["input"]
    if kind == "extra_forbidden":
        *above, key = problem["loc"]
        return "unknown key" + did_you_mean(key, _model_at(model, above).model_fields)
    if kind in ("enum", "literal_error"):
        choices = re.findall(r"'([^']+)'", problem["ctx"]["expected"])
        return f'"{given}" is not one of {", ".join(choices)}' + did_you_mean(given, choices)
    if kind == "tuple_type" and len(problem["loc"]) == 1:
        return f"must be a list of tables, each headed [[{problem['loc'][0]}]]"
    if kind == "value_error":
        return str(problem["ctx"]["error"])
    return _SAID.get(kind) or str(problem["msg"]).replace("Input should", "must", 1)


def _model_at(model: type[Table], location: Iterable[str | int]) -> type[Table]:
    """The table that a place within `model` holds."""
    for step in location:
        if isinstance(step, str):
            annotation = model.model_fields[step].annotation
            model = next(part for part in (annotation, *get_args(annotation)) if isinstance(part, type) and issubclass(part, Table))
    return model
