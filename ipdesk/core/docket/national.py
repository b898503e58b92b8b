"""National and regional phases of a PCT application: the months of every office, as rules."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ipdesk.base.assets import asset
from ipdesk.base.i18n import Bilingual
from ipdesk.core.portfolio.offices import offices


@dataclass(frozen=True, slots=True)
class Phase:
    """What a designated office grants: months from the priority date, or where to go instead."""

    office: str
    chapter1: int | None
    chapter2: int | None
    closed: bool
    instead: str  # the regional office that takes the place of a closed route
    note: Bilingual | None
    confidence: str
    source: str
    applies: Mapping[str, Any] | None = None  # as in a rule
    rights: tuple[str, ...] = ("invention", "utility_model")


@cache
def phases() -> dict[str, Phase]:
    """Every office of ``resources/rules/national_phase.toml``, closed routes included."""
    with asset("rules", "national_phase.toml").open("rb") as handle:
        stored = tomllib.load(handle)
    return {table["office"]: _phase(table) for table in stored["phase"]}


def open_offices() -> list[str]:
    """Offices at which a national or regional phase can be entered."""
    return sorted(code for code, phase in phases().items() if not phase.closed)


def national_tables(stored: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The open routes as written rules; two where the chapters differ."""
    for table in stored["phase"]:
        phase = _phase(table)
        if phase.closed or phase.chapter1 is None:
            continue
        second = phase.chapter2 or phase.chapter1
        if second == phase.chapter1:
            yield _rule(phase, phase.chapter1, stored)
        else:
            for chapter, roman, months in ((1, "I", phase.chapter1), (2, "II", second)):
                yield _rule(phase, months, stored) | {
                    "variant": {"en": f"Chapter {roman}", "zh": f"第{roman}章"},
                    "when": {"chapter": {"is": chapter, "default": 1}},
                }


def _phase(table: Mapping[str, Any]) -> Phase:
    note = table.get("note")
    return Phase(
        office=table["office"],
        chapter1=table.get("chapter1"),
        chapter2=table.get("chapter2"),
        closed=bool(table.get("closed", False)),
        instead=table.get("instead", ""),
        note=Bilingual(note["en"], note["zh"]) if note else None,
        confidence=table["confidence"],
        source=table["source"],
        applies=table.get("applies"),
        rights=tuple(table.get("rights", ("invention", "utility_model"))),
    )


def _rule(phase: Phase, months: int, stored: Mapping[str, Any]) -> dict[str, Any]:
    known = offices().get(phase.office)
    name = known.name if known else Bilingual(phase.office, phase.office)
    rule: dict[str, Any] = {
        "id": f"{phase.office}-NPE",
        "office": phase.office,
        "label": {
            "en": stored["label"]["en"].format(office=name.en),
            "zh": stored["label"]["zh"].format(office=name.zh),
        },
        "kind": "filing",
        "rights": list(phase.rights),
        "routes": ["pct"],
        "trigger": "priority_date",
        "period": f"{months} months",
        "roll": "own",
        "basis": stored["basis"],
        "source": phase.source,
        "confidence": phase.confidence,
        "checked": stored["checked"],
        "consequence": stored["consequence"],
    }
    if phase.applies:
        rule["applies"] = dict(phase.applies)
    if phase.note:
        rule["note"] = {"en": phase.note.en, "zh": phase.note.zh}
    return rule


def chosen(codes: Iterable[str]) -> list[Phase]:
    """The phases of some offices, in the order given; unknown ones left out."""
    return [phases()[code] for code in codes if code in phases()]
