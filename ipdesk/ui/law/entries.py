"""A rule with what the company says of it, as a line of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from ipdesk.base.i18n import say, tr
from ipdesk.charts.palette import Tone
from ipdesk.core.docket.bases import NOTICE
from ipdesk.core.docket.events import EVENT_LABELS, event_label
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.model import is_unverified
from ipdesk.core.docket.proofs import proofs_of
from ipdesk.core.docket.rule_words import KIND_LABELS, length_words, trigger_words
from ipdesk.core.docket.rules import Rule, ServiceModel
from ipdesk.core.docket.service import NOTICES
from ipdesk.core.docket.setting import OF_KIND, OwnRule, docket_for, own_rules
from ipdesk.core.portfolio.model import right_label
from ipdesk.core.portfolio.offices import office_name
from ipdesk.ui.money.held import HeldFacet
from ipdesk.ui.tables.columns import Column, Mark

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NO_WORD = OwnRule(0, "", "", False, "", None, None, None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule, in one of its variants."""

    rule: Rule
    word: OwnRule  # what the company says of it
    of_kind: OwnRule = _NO_WORD  # its lead times of all rules of the kind
    service: ServiceModel | None = None  # when the documents that start it count as received

    @property
    def unverified(self) -> bool:
        """Whether it still waits for somebody to confirm it."""
        return is_unverified(self.rule.confidence) and not self.word.confirmed_by

    @property
    def state(self) -> str:
        """off, own, unverified, confirmed or verified."""
        if self.word.switched_off:
            return "off"
        if self.unverified:
            return "unverified"
        if self.rule.own:
            return "own"
        return "confirmed" if self.word.confirmed_by else "verified"


STATES = {
    "verified": (Tone.PLAIN, say("Source read")),
    "confirmed": (Tone.DONE, say("Confirmed here")),
    "unverified": (Tone.UNCHECKED, say("Unverified")),
    "own": (Tone.SOON, say("Own rule")),
    "off": (Tone.OVERDUE, say("Switched off")),
}


def entries(today: date, connection: Connection) -> list[Entry]:
    """Every rule of the law as the company uses it, those switched off as well."""
    law: Law = docket_for(connection, today).law
    words = {word.rule: word for word in own_rules(connection)}
    return [
        Entry(
            r,
            words.get(r.id, _NO_WORD),
            words.get(f"{OF_KIND}{r.kind}", _NO_WORD),
            _service(r, law),
        )
        for r in law.rules()
    ]


def _service(rule: Rule, law: Law) -> ServiceModel | None:
    if not {NOTICE, *NOTICES} & set(rule.bases):
        return None
    return law.service_model(rule.office, min(rule.rights), rule.service)


def key(entry: Entry) -> tuple[str, str]:
    """What tells one line from another."""
    return entry.rule.id, entry.rule.variant


def state_mark(entry: Entry) -> Mark:
    """The state in words."""
    tone, words = STATES[entry.state]
    return Mark(tone, str(words))


def columns() -> tuple[Column, ...]:
    """Rule, office, what it is for, from when and how long, how sure."""
    return (
        Column("id", say("Rule"), lambda e: e.rule.id, 138, strong=True),
        Column("office", say("Office"), lambda e: e.rule.office, 60),
        Column("label", say("What"), lambda e: named(e.rule), 224, tip=_whole, least=150),
        Column("trigger", say("Runs from"), lambda e: trigger_words(e.rule), 118),
        Column("length", say("How long"), lambda e: str(length_words(e.rule)), 80),
        Column("state", say("State"), state_mark, 104),
        Column("cases", say("Cases"), lambda e: len(proofs_of(e.rule.id)), 56, shown=False),
        Column("basis", say("Legal basis"), lambda e: str(e.rule.basis), 180, shown=False),
        Column("kind", say("Kind"), lambda e: str(KIND_LABELS[e.rule.kind]), 110, shown=False),
        Column("checked", say("Compared on"), lambda e: e.rule.checked, 96, shown=False),
    )


def named(rule: Rule) -> str:
    """The act; of several versions first which one it is, so that a short column shows it."""
    if rule.variant_words is None:
        return str(rule.label)
    return tr("{version}: {act}", version=rule.variant_words, act=rule.label)


def _whole(entry: Entry) -> str:
    return f"{named(entry.rule)}\n{entry.rule.basis}"


def words_of(entry: Entry) -> str:
    """What a search looks at: both languages, the basis, the source."""
    rule = entry.rule
    words = (rule.label, rule.basis, rule.source, rule.variant_words)
    parts = (text for one in words if one for text in (one.en, one.zh))
    return " ".join((rule.id, rule.office, *parts, trigger_words(rule)))


def _events(entry: Entry) -> Sequence[str]:
    bases = {base for base in entry.rule.bases if not base.startswith("rule:")}
    if "priority_date" in bases:
        bases |= {"priority", "filing"}
    return sorted(base for base in bases if base in EVENT_LABELS)


def _office(code: str) -> str:
    return tr("every office") if code == "*" else f"{code}  {office_name(code)}"


def _label_of(labels: str, value: str) -> str:
    return str(STATES[value][1] if labels == "state" else KIND_LABELS[value])


FACETS = (
    HeldFacet("office", say("Office"), lambda e: (e.rule.office,), _office),
    HeldFacet("right", say("Right"), lambda e: sorted(e.rule.rights), right_label),
    HeldFacet("event", say("Event"), _events, event_label),
    HeldFacet("kind", say("Kind"), lambda e: (e.rule.kind,), partial(_label_of, "kind")),
    HeldFacet("state", say("State"), lambda e: (e.state,), partial(_label_of, "state")),
)
