"""Merging hits into families: by numbers, by priorities, by the simple family a list names.

A simple family is the documents with exactly the same priorities; an application that claims
none stands for itself, so that later filings that claim it alone join it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from ipdesk.base.text import fold, is_chinese, squeeze
from ipdesk.core.portfolio.model import ENDED, Status
from ipdesk.core.watch.model import FamilyDraft, HitDraft, KnownFamily

_SIGNS = re.compile(r"[\s/.,()\-]+")


def tokens_of(draft: HitDraft) -> tuple[str, ...]:
    """What a hit can be recognised by; never empty."""
    found = [f"p:{key}" for key in (draft.key, *draft.relatives) if key]
    if draft.application_key:
        found.append(f"a:{draft.application_key}")
    if draft.family_key:
        found.append(f"f:{draft.family_key}")
    earlier = {k for k in draft.priority_keys if k and k != draft.application_key}
    if not earlier and draft.application_key:
        earlier = {draft.application_key}
    if earlier:
        found.append("s:" + "|".join(sorted(earlier)))
    if not found:
        # several marks of one name are not one: whatever else is known must agree too
        words = (draft.title, *draft.applicants, str(draft.filing_date or ""), *draft.classes)
        found.append("n:" + (squeeze(draft.number) or "|".join(squeeze(w) for w in words)))
    return tuple(dict.fromkeys(found))


def merge(drafts: Sequence[HitDraft], known: Iterable[KnownFamily] = ()) -> list[FamilyDraft]:
    """The families of a list in the order of their first hit, joined to the stored ones."""
    stored = list(known)
    sets = _Sets(len(drafts) + len(stored))
    tokens = [tokens_of(d) for d in drafts]
    first: dict[str, int] = {}
    for i, own in enumerate((*tokens, *(f.tokens for f in stored))):
        for token in own:
            sets.join(first.setdefault(token, i), i)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for i in range(len(drafts)):
        groups[sets.root(i)].append(i)
    joined: defaultdict[int, list[KnownFamily]] = defaultdict(list)
    for i, family in enumerate(stored, len(drafts)):
        joined[sets.root(i)].append(family)
    return [_family(root, lines, drafts, tokens, joined[root]) for root, lines in groups.items()]


def _family(
    root: int,
    lines: Sequence[int],
    drafts: Sequence[HitDraft],
    tokens: Sequence[tuple[str, ...]],
    stored: list[KnownFamily],
) -> FamilyDraft:
    members = unique_members(drafts[i] for i in lines)
    oldest = sorted(stored, key=lambda f: f.id)
    every = dict.fromkeys(t for i in lines for t in tokens[i])
    for family in oldest:
        every.update(dict.fromkeys(sorted(family.tokens)))
    key = oldest[0].key if oldest else name_of(members)
    return FamilyDraft(key, members, tuple(every), tuple(f.id for f in oldest))


class _Sets:
    """Union-find with path halving; the smaller index is the root."""

    def __init__(self, n: int) -> None:
        self._up = list(range(n))

    def root(self, i: int) -> int:
        up = self._up
        while up[i] != i:
            up[i] = up[up[i]]
            i = up[i]
        return i

    def join(self, a: int, b: int) -> None:
        a, b = self.root(a), self.root(b)
        if a != b:
            self._up[max(a, b)] = min(a, b)


def unique_members(drafts: Iterable[HitDraft]) -> tuple[HitDraft, ...]:
    """One draft a publication: a second line about it fills what the first leaves open."""
    kept: list[HitDraft] = []
    for draft in drafts:
        for i, other in enumerate(kept):
            if same_publication(draft.key, draft.kind_code, other.key, other.kind_code) or (
                not draft.key and draft.number == other.number
            ):
                kept[i] = _filled(other, draft)
                break
        else:
            kept.append(draft)
    return tuple(kept)


def same_publication(key: str, kind: str, other_key: str, other_kind: str) -> bool:
    """Whether two numbers mean one publication; a list may leave the kind code out."""
    return bool(key) and key == other_key and (kind == other_kind or not kind or not other_kind)


def _filled(first: HitDraft, second: HitDraft) -> HitDraft:
    blank = {
        f.name: getattr(second, f.name)
        for f in fields(HitDraft)
        if not getattr(first, f.name) and getattr(second, f.name)
    }
    return replace(first, **blank)


def name_of(members: Sequence[HitDraft]) -> str:
    """What the family is called for good: its earliest publication, without blanks and signs."""
    earliest = min(members, key=lambda m: (m.publication_date or date.max, m.number))
    name = _SIGNS.sub("", earliest.number or earliest.application_number).upper()
    return name or squeeze(earliest.title).upper()[:60] or "?"


@dataclass(frozen=True, slots=True)
class Picture:
    """What the members of a family say together."""

    title: str
    title_en: str
    title_zh: str
    abstract: str
    applicants: tuple[str, ...]
    inventors: tuple[str, ...]
    classes: tuple[str, ...]
    citations: tuple[str, ...]
    offices: tuple[str, ...]
    priority_date: date | None
    filing_date: date | None
    publication_date: date | None


def picture(members: Sequence[HitDraft], before: Picture | None = None) -> Picture:
    """One picture of all members; what was known before stays unless it was blank."""
    titles = [m.title for m in members]
    english = _first([m.title_en for m in members] + [t for t in titles if _latin(t)])
    chinese = _first([m.title_zh for m in members] + [t for t in titles if is_chinese(t)])
    old = before or Picture("", "", "", "", (), (), (), (), (), None, None, None)
    first_filed = [m.filing_date for m in members]
    return Picture(
        title=old.title or _first(titles) or english or chinese,
        title_en=old.title_en or english,
        title_zh=old.title_zh or chinese,
        abstract=old.abstract or _first([m.abstract for m in members]),
        applicants=old.applicants or _names(m.holders for m in members),
        inventors=old.inventors or _names(m.inventors for m in members),
        classes=tuple(sorted({*old.classes, *(c for m in members for c in m.classes)})),
        citations=tuple(sorted({*old.citations, *(c for m in members for c in m.citations)})),
        offices=tuple(sorted({*old.offices, *(m.office for m in members if m.office)})),
        priority_date=_earliest(
            [old.priority_date, *(m.priority_date for m in members), *first_filed]
        ),
        filing_date=_earliest([old.filing_date, *first_filed]),
        publication_date=_latest([old.publication_date, *(m.publication_date for m in members)]),
    )


def family_status(statuses: Iterable[str]) -> str:
    """``granted`` when any member is in force, else ``pending``, ``ended`` or ``unknown``."""
    known = [s for s in statuses if s and s != Status.UNKNOWN]
    if Status.GRANTED in known:
        return "granted"
    if any(s not in ENDED for s in known):
        return "pending"
    return "ended" if known else "unknown"


def _latin(text: str) -> bool:
    return bool(text) and text.isascii()


def _first(texts: Iterable[str]) -> str:
    return next((t for t in texts if t), "")


def _names(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The names of all members once each, in the order met."""
    seen: dict[str, str] = {}
    for names in lists:
        for name in names:
            seen.setdefault(fold(name), name)
    return tuple(seen.values())


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((d for d in days if d), default=None)


def _latest(days: Iterable[date | None]) -> date | None:
    return max((d for d in days if d), default=None)
