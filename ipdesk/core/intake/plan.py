"""What an import would do, matter by matter: a pure comparison with what the store holds."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from ipdesk.base.bulk import no_collection
from ipdesk.base.i18n import Message, say
from ipdesk.base.text import fold, is_chinese, squeeze
from ipdesk.core.intake.families import FamilyProposal, families_of
from ipdesk.core.intake.grouping import grouped, identifying
from ipdesk.core.intake.meanings import own_status
from ipdesk.core.intake.merging import FIELDS, Proposal, proposal_of
from ipdesk.core.intake.model import CellProblem, MatterDraft, Severity
from ipdesk.core.portfolio.numbers import matter_keys, own_number


class Verdict(StrEnum):
    """What becomes of a row or matter."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Holding:
    """A matter of the store: its id, number keys, reference, and fields named as in FIELDS."""

    id: int
    reference: str
    keys: tuple[str, ...]
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that the file tells otherwise."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One matter of the file and what the import would do with it."""

    verdict: Verdict
    proposal: Proposal
    holding: int | None = None
    differences: tuple[Difference, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    family: str = ""  # proposed family, by family column or shared priority

    @property
    def folded(self) -> int:
        """How many rows were folded into another row's matter."""
        return len(self.proposal.drafts) - 1


@dataclass(frozen=True, slots=True)
class Plan:
    """The preview of an import."""

    entries: tuple[Entry, ...]
    families: tuple[FamilyProposal, ...] = ()
    counts: Mapping[Verdict, int] = field(default_factory=dict)  # matters by verdict
    duplicates: int = 0  # rows folded into another row's matter

    def count(self, verdict: Verdict) -> int:
        return self.counts.get(verdict, 0)

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        return tuple(p for e in self.entries for p in e.problems)


class Holdings:
    """The store's matters, found by any of their numbers, by reference, or by title alone."""

    def __init__(self, holdings: Iterable[Holding] = ()) -> None:
        self.by_key: dict[str, list[Holding]] = {}
        self.by_reference: dict[str, Holding] = {}
        self.by_title: dict[tuple[str, str], list[Holding]] = {}
        self.by_id: dict[int, Holding] = {}
        for one in holdings:
            self.by_id[one.id] = one
            for key in dict.fromkeys(one.keys):
                self.by_key.setdefault(key, []).append(one)
            if one.reference:
                self.by_reference.setdefault(squeeze(one.reference), one)
            if not one.keys:
                title = fold(str(one.fields.get("title") or ""))
                named = (str(one.fields.get("right") or ""), title)
                self.by_title.setdefault(named, []).append(one)

    def __bool__(self) -> bool:
        return bool(self.by_key or self.by_reference or self.by_title)


def plan(drafts: Sequence[MatterDraft], holdings: Holdings | None = None) -> Plan:
    """Compare what was read with what is held; nothing is written, nothing is looked up."""
    with no_collection():
        return _planned(drafts, holdings if holdings is not None else Holdings())


def _planned(drafts: Sequence[MatterDraft], held: Holdings) -> Plan:
    groups, refused = grouped(drafts)
    proposals = [proposal_of(group) for group in groups]
    families, family_of = families_of(proposals)
    taken: Counter[tuple[str, str]] = Counter()
    entries: list[Entry] = []
    seen: set[int] = set()
    for index, proposal in enumerate(proposals):
        family = family_of.get(index, "")
        if held:
            entries.append(_compared(proposal, family, held, taken, seen))
        else:
            entries.append(Entry(Verdict.NEW, proposal, problems=proposal.problems, family=family))
    for draft in refused:
        one = Proposal((draft,), {}, {}, frozenset(), (), ())
        entries.append(Entry(Verdict.REFUSED, one, problems=draft.problems))
    entries.sort(key=_place)
    counts = Counter(e.verdict for e in entries)
    return Plan(tuple(entries), families, counts, sum(e.folded for e in entries))


def _place(entry: Entry) -> tuple[str, int]:
    first = entry.proposal.drafts[0]
    return first.sheet, first.row


def _compared(
    proposal: Proposal,
    family: str,
    held: Holdings,
    taken: Counter[tuple[str, str]],
    seen: set[int],
) -> Entry:
    problems = list(proposal.problems)
    holding = _find(proposal, held, taken, problems)
    if holding is None:
        return Entry(Verdict.NEW, proposal, problems=tuple(problems), family=family)
    if holding.id in seen:
        problems.append(
            _row_problem(
                proposal,
                "same_matter",
                say("Another row of this file already changes the same matter of the portfolio."),
            )
        )
    seen.add(holding.id)
    fields = proposal.fields
    if family and "family_key" not in fields:
        fields = {**fields, "family_key": family}
    differences = tuple(_differences(fields, proposal.weak, holding))
    verdict = Verdict.CHANGED if differences else Verdict.UNCHANGED
    return Entry(verdict, proposal, holding.id, differences, tuple(problems), family)


def _find(
    proposal: Proposal,
    held: Holdings,
    taken: Counter[tuple[str, str]],
    problems: list[CellProblem],
) -> Holding | None:
    keys = [k for d in proposal.drafts for k in identifying(d)]
    found = {h.id: h for k in keys for h in held.by_key.get(k, ())}
    own_name = squeeze(str(proposal.fields.get("reference", "")))
    if len(found) > 1 and own_name:
        found = {i: h for i, h in found.items() if squeeze(h.reference) == own_name} or found
    if len(found) > 1:
        names = ", ".join(h.reference or str(h.id) for h in found.values())
        message = say("The numbers of this row belong to several matters: {names}.", names=names)
        problems.append(_row_problem(proposal, "several_matters", message))
    if found:
        return next(iter(found.values()))
    reference = proposal.fields.get("reference", "")
    if reference:
        own = held.by_reference.get(squeeze(reference))
        if own and not _contradicts(proposal, own):
            return own
        if own:
            message = say(
                "The reference {reference} belongs to another matter, with the number {number}.",
                reference=reference,
                number=own.fields.get("application_number") or "–",
            )
            problems.append(_row_problem(proposal, "reference_taken", message))
    if keys or reference:
        return None
    # several marks of one name are several matters: the second row takes the second of them
    named = (proposal.right, fold(str(proposal.fields.get("title", ""))))
    candidates = held.by_title.get(named, ())
    place = taken[named]
    taken[named] += 1
    return candidates[place] if place < len(candidates) else None


def _contradicts(proposal: Proposal, holding: Holding) -> bool:
    own = proposal.keys.get("application", "")
    theirs = [k for k in holding.keys if k[2:5] == own[2:5]]
    return bool(own and theirs and own not in theirs)


def _row_problem(proposal: Proposal, code: str, message: Message) -> CellProblem:
    first = proposal.drafts[0]
    return CellProblem(first.sheet, first.row, "", Severity.WARNING, code, message)


def _differences(
    fields: Mapping[str, Any], weak: frozenset[str], holding: Holding
) -> list[Difference]:
    found = []
    agreed = _tells_nothing_new(fields, holding)
    own = agreed and own_status(str(fields.get("status") or "")) == holding.fields["current_status"]
    for name, new in fields.items():
        old = holding.fields.get(name)
        if old == new or name not in _ORDER:
            continue
        if agreed and name in ("status", "reported_status") and (not old or own):
            continue
        if name == "application_number" and new == _own_name(holding):
            continue
        if name == "title" and old:
            name = title_field(str(new), holding.fields)
            old = holding.fields.get(name)
            if name != "title" and name in fields:  # that column tells it itself
                continue
        if not old and old != 0:
            found.append(Difference(name, None, new))
        elif (name not in weak and name != "family_key") and not same_value(
            name, old, new, holding
        ):
            found.append(Difference(name, old, new))
    found.sort(key=lambda d: _ORDER[d.field])
    return found


def _tells_nothing_new(fields: Mapping[str, Any], holding: Holding) -> bool:
    """Whether the list states just the status that the events give, as our own exports do."""
    now = holding.fields.get("current_status")
    return bool(now) and now in (fields.get("reported_status"), fields.get("status"))


def title_field(theirs: str, ours: Mapping[str, Any]) -> str:
    """Which of our titles a title is compared with: the one of its language."""
    title = str(ours.get("title") or "")
    if not title or is_chinese(title) == is_chinese(theirs):
        return "title"
    return "title_zh" if is_chinese(theirs) else "title_en"


def _own_name(holding: Holding) -> str:
    """The number that a matter has by its title alone, as domain names have."""
    fields = holding.fields
    return own_number(str(fields.get("right")), str(fields.get("title")), "")


_ORDER = {name: place for place, name in enumerate(FIELDS)}
_NUMBERS = {"application_number": 0, "publication_number": 1, "grant_number": 2}


def same_value(name: str, old: Any, new: Any, holding: Holding) -> bool:
    """Whether two values mean the same, however they are spelt."""
    if old == new:
        return True
    if name in _NUMBERS:
        return _same_number(name, str(old), str(new), holding)
    if isinstance(new, date) or isinstance(old, date):
        return False
    if name == "priorities":
        return any(_claimed(old, by) == _claimed(new, by) for by in ("number", "key"))
    if isinstance(new, tuple | list):
        return {squeeze(str(v)) for v in old} == {squeeze(str(v)) for v in new}
    return squeeze(str(old)) == squeeze(str(new)) and bool(squeeze(str(new)))


def _same_number(name: str, old: str, new: str, holding: Holding) -> bool:
    office, right = str(holding.fields.get("office", "")), str(holding.fields.get("right", ""))
    place = _NUMBERS[name]

    def key(text: str) -> str | None:
        numbers = ["", "", ""]
        numbers[place] = text
        return matter_keys(office, right, numbers[0], numbers[1], numbers[2])[place]

    first, second = key(old), key(new)
    return first == second if first and second else squeeze(old) == squeeze(new)


def _claimed(claims: Any, by: str) -> set[str]:
    """What is claimed, by the numbers as written or by their keys where they have one."""
    return {squeeze(getattr(c, by, "") or getattr(c, "number", "")) for c in claims}
