"""What speaks for a hit beside its text: citations, inventors, watched applicants; the weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ipdesk.base.i18n import say
from ipdesk.core.watch.model import Reason
from ipdesk.core.watch.names import core_name, watched

WEIGHTS = {
    "text": 0.30,
    "words": 0.20,
    "question": 0.15,
    "classes": 0.10,
    "citations": 0.10,
    "applicants": 0.10,
    "inventors": 0.05,
}
"""What each part of a score can give at most; together 1."""

_ENOUGH_SHARED = 4
"""So many documents cited by both sides count like one of ours cited."""


@dataclass(frozen=True, slots=True)
class Own:
    """Something of ours that a hit is compared with; *keys* are its own numbers."""

    kind: str  # matter | product | technology
    id: int
    label: str
    title: str
    body: str = ""
    classes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    inventors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What the watch asks: its question, the words and classes it names, whom it watches."""

    title: str = ""
    words: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    inventors: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        return " ; ".join(self.words)


@dataclass(frozen=True, slots=True)
class Subject:
    """A hit family as the scorer reads it."""

    title: str
    body: str = ""
    classes: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    inventors: tuple[str, ...] = ()


class Evidence:
    """The numbers and names to look for, gathered once."""

    def __init__(self, own: Sequence[Own], asked: Question) -> None:
        self._cited = {key: o.label for o in own for key in o.keys}
        self._citing = {key: o.label for o in own for key in o.citations}
        self._people = {person_key(n): o.label for o in own for n in o.inventors}
        self._people.update({person_key(n): "" for n in asked.inventors})
        self._people.pop("", None)
        self._applicants = asked.applicants

    def reasons(self, subject: Subject) -> list[Reason]:
        """What speaks for this subject, each with its weight."""
        found = (self._citation(subject), self._inventor(subject), self._applicant(subject))
        return [reason for reason in found if reason]

    def _citation(self, subject: Subject) -> Reason | None:
        weight = WEIGHTS["citations"]
        for key in subject.citations:
            if key in self._cited:
                return Reason("citations", weight, say("Cites {own}", own=self._cited[key]))
        shared = [k for k in subject.citations if k in self._citing]
        if not shared:
            return None
        own = self._citing[shared[0]]
        message = say("Cites documents that {own} cites: {n}", own=own, n=len(shared))
        return Reason("citations", weight * min(1.0, len(shared) / _ENOUGH_SHARED), message)

    def _inventor(self, subject: Subject) -> Reason | None:
        for name in subject.inventors if self._people else ():
            label = self._people.get(person_key(name))
            if label is None:
                continue
            if label:
                message = say("Inventor {name}, as of {own}", name=name, own=label)
            else:
                message = say("Watched inventor: {name}", name=name)
            return Reason("inventors", WEIGHTS["inventors"], message)
        return None

    def _applicant(self, subject: Subject) -> Reason | None:
        name = watched(subject.applicants, self._applicants) if self._applicants else None
        if name is None:
            return None
        message = say("Watched applicant: {name}", name=name)
        return Reason("applicants", WEIGHTS["applicants"], message)


@lru_cache(maxsize=65536)
def person_key(name: str) -> str:
    """A person's name whatever the order of its parts: ``DAI MING`` and ``Ming Dai`` are one."""
    return " ".join(sorted(core_name(name).split()))
