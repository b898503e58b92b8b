"""Texts in the user's language: the English text is the key, catalogues are gettext .po files.

``tr`` gives the words now; ``say`` keeps text and values apart, so that a stored reason or a
problem found in a worker can be told in whatever language the window speaks later.
"""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from ipdesk.base.assets import resources

LANGUAGES = ("en", "zh_CN")

_chosen = ["en"]
_within: ContextVar[str | None] = ContextVar("ipdesk_language", default=None)


def set_language(code: str) -> None:
    """Choose the language of the whole program; unknown codes fall back to English."""
    _chosen[0] = code if code in LANGUAGES else "en"


def language() -> str:
    """The language that texts are given in right now: ``en`` or ``zh_CN``."""
    return _within.get() or _chosen[0]


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Another language for a while, e.g. for a report printed in Chinese from an English window."""
    token = _within.set(code if code in LANGUAGES else "en")
    try:
        yield
    finally:
        _within.reset(token)


@cache
def catalogue(code: str) -> Mapping[str, str]:
    """English text → translated text, merged from every .po file of the language."""
    from babel.messages.pofile import read_po  # only a window in another language pays for it

    words: dict[str, str] = {}
    for path in sorted((resources() / "locale" / code).glob("*.po")):
        with path.open("rb") as handle:
            for message in read_po(handle, locale=code):
                key = message.id[0] if isinstance(message.id, tuple) else message.id
                text = message.string[0] if isinstance(message.string, tuple) else message.string
                if key and text:
                    words[str(key)] = str(text)
    return words


def _look_up(text: str) -> str:
    code = language()
    return text if code == "en" else catalogue(code).get(text, text)


@cache
def _singulars() -> Mapping[str, str]:
    """English text → what is said when its ``n`` is 1."""
    path = resources() / "locale" / "en" / "one.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def tr(text: str, /, **values: Any) -> str:
    """The text in the current language with ``{name}`` places filled in."""
    found = _look_up(text)
    if values.get("n") == 1 and language() == "en":
        found = _singulars().get(text, text)
    return found.format(**{k: _shown(v) for k, v in values.items()}) if values else found


def ntr(one: str, many: str, n: int, /, **values: Any) -> str:
    """The text for *n* things: ``ntr("{n} matter", "{n} matters", 3)``; Chinese has one form."""
    text = (one if n == 1 else many) if language() == "en" else _look_up(one)
    return text.format(n=n, **{k: _shown(v) for k, v in values.items()})


def captioned(label: object, words: object) -> str:
    """A caption and what is said of it, with the colon of the language."""
    return tr("{label}: {values}", label=label, values=words)


def pick(en: str, zh: str) -> str:
    """The better of two spellings of one name, by language; an empty one gives way."""
    return (zh or en) if language().startswith("zh") else (en or zh)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that is not yet spoken: English template and values; ``str()`` speaks it."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return tr(self.text, **self.values)

    def __hash__(self) -> int:
        return hash((self.text, tuple(sorted((k, str(v)) for k, v in self.values.items()))))

    def to_json(self) -> dict[str, Any]:
        """A value that JSON can hold; ``from_json`` gives the message back."""
        return {"text": self.text, "values": {k: _to_json(v) for k, v in self.values.items()}}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Message":
        values = {k: _from_json(v) for k, v in (stored.get("values") or {}).items()}
        return cls(str(stored["text"]), values)


def say(text: str, /, **values: Any) -> Message:
    """A message to be spoken later, in the language of that moment."""
    return Message(text, values)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A label that comes from data (a rule, an office) in both languages."""

    en: str
    zh: str

    def __str__(self) -> str:
        return pick(self.en, self.zh)

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)


def _to_json(value: Any) -> Any:
    if isinstance(value, Message):
        return {"message": value.to_json()}
    if isinstance(value, Bilingual):
        return {"en": value.en, "zh": value.zh}
    return _shown(value)


def _from_json(value: Any) -> Any:
    if isinstance(value, Mapping) and "message" in value:
        return Message.from_json(value["message"])
    if isinstance(value, Mapping) and "zh" in value:
        return Bilingual(value["en"], value["zh"])
    return value
