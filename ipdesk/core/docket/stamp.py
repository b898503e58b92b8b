"""A number for the law as it is used: rules, calendars, lead times; another law, another number."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from ipdesk import __version__
from ipdesk.base.assets import asset
from ipdesk.core.docket.calendars import Calendars
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.reckoning import Docket

_laws: WeakKeyDictionary[Law, str] = WeakKeyDictionary()
_calendars: WeakKeyDictionary[Calendars, str] = WeakKeyDictionary()


def stamp_of(docket: Docket) -> int:
    """The same for the same law in every run of the same program; never 0."""
    law = _laws.get(docket.law)
    if law is None:
        every = [(rule.id, rule.version) for rule in docket.law.all]
        own = [rule for rule in docket.law.all if rule.own]
        told = (every, own, docket.law.switched_off, docket.law.confirmed)
        law = _laws[docket.law] = _digest(told)
    days = _calendars.get(docket.calendars)
    if days is None:
        days = _calendars[docket.calendars] = _digest(docket.calendars.added())
    return _number(_program(), law, days, _digest(docket.leads))


@lru_cache(maxsize=1)
def _program() -> str:
    """The parts of the program that a result depends on: its version, its law and its code."""
    told = blake2b(repr((__version__, version("holidays"))).encode())
    places = (asset("rules"), asset("calendars"), Path(__file__).parent)
    found = [p for place in places for p in place.iterdir() if p.suffix in (".toml", ".py")]
    for path in [*sorted(found, key=lambda p: p.as_posix()), asset("progress.toml")]:
        told.update(path.read_bytes())
    return told.hexdigest()


@lru_cache(maxsize=8)
def _number(*parts: str) -> int:
    digest = blake2b("\n".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


def _digest(value: Any) -> str:
    return blake2b(repr(_plain(value)).encode(), digest_size=16).hexdigest()


def _plain(value: Any) -> Any:
    """The value in an order that does not change from run to run."""
    if is_dataclass(value):
        return [_plain(getattr(value, f.name)) for f in fields(value) if f.repr]
    if isinstance(value, set | frozenset):
        return sorted(repr(_plain(v)) for v in value)
    if isinstance(value, Mapping):
        return sorted((repr(_plain(k)), repr(_plain(v))) for k, v in value.items())
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return value
