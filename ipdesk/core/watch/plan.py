"""What a run does to the memory of a watch, thought out before anything is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ipdesk.base.i18n import Message, say
from ipdesk.base.text import squeeze
from ipdesk.core.watch.changes import Compared, compare, owners_in_doubt
from ipdesk.core.watch.families import merge
from ipdesk.core.watch.model import FamilyDraft, HitDraft, KnownFamily


@dataclass(frozen=True, slots=True)
class FamilyPlan:
    """One family of a run: new, or known and what is different; ``absorbs`` end in this one."""

    draft: FamilyDraft
    state: str  # new | changed | known
    id: int | None = None
    absorbs: tuple[int, ...] = ()
    compared: Compared | None = None
    changes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class RunPlan:
    """All families of a run in the order of the list; ``missing`` must have been found."""

    families: tuple[FamilyPlan, ...]
    hits: int
    missing: tuple[str, ...]

    def count(self, state: str) -> int:
        return sum(f.state == state for f in self.families)


def plan_run(
    drafts: Sequence[HitDraft],
    known: Iterable[KnownFamily],
    last_seen: Mapping[int, date],
    wanted: Sequence[tuple[str, ...]] = (),
) -> RunPlan:
    """Compare a list with what the watch remembers.

    *last_seen*: the day each stored family was met last; *wanted*: known documents, each as its
    number and its possible keys, which a good query finds.
    """
    stored = {f.id: f for f in known}
    merged = merge(drafts, stored.values())
    told = _owners_told(merged, stored)
    families = [_family(d, stored, last_seen, told) for d in merged]
    return RunPlan(tuple(_unique_names(families, stored)), len(drafts), missing(drafts, wanted))


def _owners_told(drafts: Sequence[FamilyDraft], stored: Mapping[int, KnownFamily]) -> bool:
    """Whether names in another script are new owners: not where the list writes many so."""
    pairs = [(stored[i], d.members) for d in drafts for i in d.joins]
    doubtful = sum(owners_in_doubt(family, members) for family, members in pairs)
    return doubtful <= max(1, round(_FEW * len(pairs)))


_FEW = 0.05
"""A list in another language differs everywhere; so few families mean new owners."""


def _family(
    draft: FamilyDraft,
    stored: Mapping[int, KnownFamily],
    last_seen: Mapping[int, date],
    owners_told: bool,
) -> FamilyPlan:
    if not draft.joins:
        return FamilyPlan(draft, "new")
    first, *others = (stored[i] for i in draft.joins)
    together = replace(first, members=tuple(m for f in (first, *others) for m in f.members))
    seen = last_seen.get(first.id, date.min)
    compared = compare(together, draft.members, seen, owners_told=owners_told)
    changes = (*_merged(first, others), *compared.changes)
    state = "changed" if changes else "known"
    absorbs = tuple(f.id for f in others)
    return FamilyPlan(draft, state, first.id, absorbs, compared, changes)


def _merged(first: KnownFamily, others: Iterable[KnownFamily]) -> tuple[Message, ...]:
    return tuple(
        say("Families {a} and {b} turned out to be one.", a=first.key, b=o.key) for o in others
    )


def _unique_names(
    families: Iterable[FamilyPlan], stored: Mapping[int, KnownFamily]
) -> Iterable[FamilyPlan]:
    """New families that would be called like another one get a number behind."""
    taken = {f.key for f in stored.values()}
    for plan in families:
        if plan.id is None:
            name, n = plan.draft.key, 1
            while name in taken:
                n += 1
                name = f"{plan.draft.key}-{n}"
            taken.add(name)
            plan = replace(plan, draft=replace(plan.draft, key=name))
        yield plan


def missing(drafts: Iterable[HitDraft], wanted: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The wanted documents that no hit is, by a key or else by the number as written."""
    found: set[str] = set()
    for draft in drafts:
        found.update((draft.key, draft.application_key, *draft.relatives))
        found.update((squeeze(draft.number), squeeze(draft.application_number)))
    return tuple(number for number, *keys in wanted if found.isdisjoint((squeeze(number), *keys)))
