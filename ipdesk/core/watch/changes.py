"""What changed in a known family: status, claims, owner, members; anything else stays silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipdesk.base.i18n import Message, say
from ipdesk.base.text import squeeze
from ipdesk.core.portfolio.model import STATUS_LABELS, Status
from ipdesk.core.watch.families import same_publication
from ipdesk.core.watch.model import HitDraft, KnownFamily, KnownMember
from ipdesk.core.watch.names import owners_changed, owners_unclear

_WAITING = frozenset({Status.PREPARATION, Status.PENDING, Status.PUBLISHED})
_SILENT = ("priority_date", "filing_date", "publication_date", "grant_date", "expiry_date")


@dataclass(frozen=True, slots=True)
class Compared:
    """A known family against a new list: publications to add, rows to mend, what to say."""

    new_members: tuple[HitDraft, ...]
    updates: tuple[tuple[int, dict[str, Any]], ...]
    changes: tuple[Message, ...]
    owners: tuple[str, ...] = ()  # when they changed: who owns it now


def compare(
    family: KnownFamily,
    drafts: Sequence[HitDraft],
    last_seen: date,
    *,
    owners_told: bool = True,
) -> Compared:
    """See what is new; a value that was not known before fills the record without a word.

    *last_seen*: a grant after that day is news even where the list names no status; *owners_told*:
    an owner's name in another script, or an owner left out, is a change too.
    """
    fresh: list[HitDraft] = []
    updates: list[tuple[int, dict[str, Any]]] = []
    changes: list[Message] = []
    owners: tuple[str, ...] = ()
    for draft in drafts:
        known = next((m for m in family.members if _same(m, draft)), None)
        if known is None:
            fresh.append(draft)
            changes.append(say("New member: {number}", number=draft.number))
            continue
        moved = _owners_moved(known, draft, owners_told)
        said, values = _member(known, draft, last_seen, moved)
        changes += said
        if values:
            updates.append((known.id, values))
        if moved:
            owners = draft.holders
    return Compared(tuple(fresh), tuple(updates), tuple(dict.fromkeys(changes)), owners)


def owners_in_doubt(family: KnownFamily, drafts: Sequence[HitDraft]) -> bool:
    """Whether owners are written so that only the rest of the list tells if they changed."""
    pairs = ((m, d) for d in drafts for m in family.members if _same(m, d))
    return any(
        owners_unclear(m.owners, d.holders) and not owners_changed(m.owners, d.holders)
        for m, d in pairs
    )


def _owners_moved(known: KnownMember, draft: HitDraft, told: bool) -> bool:
    old, new = known.owners, draft.holders
    return bool(owners_changed(old, new)) or (told and owners_unclear(old, new))


def _same(member: KnownMember, draft: HitDraft) -> bool:
    if not draft.key:
        return squeeze(member.number) == squeeze(draft.number)
    return same_publication(member.key, member.kind_code, draft.key, draft.kind_code)


def _member(
    known: KnownMember, draft: HitDraft, last_seen: date, gained: bool
) -> tuple[list[Message], dict[str, Any]]:
    said: list[Message] = []
    values: dict[str, Any] = {}
    _status(known, draft, last_seen, said, values)
    _claims(known, draft, said, values)
    if gained:
        said.append(
            say(
                "Owner of {number}: {old} → {new}",
                number=known.number,
                old="; ".join(known.owners),
                new="; ".join(draft.holders),
            )
        )
    if gained or (draft.holders and not known.owners):
        values["owners"] = list(draft.holders)
    for name, old in zip(_SILENT, known.dates, strict=False):
        new = getattr(draft, name)
        if new and (old is None or (name in ("grant_date", "expiry_date") and new != old)):
            values[name] = new
    if draft.kind_code and not known.kind_code:
        values["kind_code"] = draft.kind_code
    return said, values


def _status(
    known: KnownMember,
    draft: HitDraft,
    last_seen: date,
    said: list[Message],
    values: dict[str, Any],
) -> None:
    old, new = known.status, draft.status
    if new and old and _step(new) != _step(old) and Status.UNKNOWN not in (old, new):
        said.append(
            say(
                "Status of {number}: {old} → {new}",
                number=known.number,
                old=STATUS_LABELS.get(old, old),
                new=STATUS_LABELS.get(new, new),
            )
        )
    elif not new and draft.grant_date and draft.grant_date > last_seen and not _granted(known):
        said.append(
            say("{number} was granted on {day}.", number=known.number, day=draft.grant_date)
        )
    elif _unread(old) and _unread(new) and _reads_differently(known, draft):
        said.append(
            say(
                "Status of {number}: {old} → {new}",
                number=known.number,
                old=known.status_text,
                new=draft.status_text,
            )
        )
    if new and new != old and new != Status.UNKNOWN:
        values["status"] = new
    if draft.status_text and draft.status_text != known.status_text:
        values["status_text"] = draft.status_text


def _unread(status: str) -> bool:
    """The list's words for the status were not understood, so they are compared as they stand."""
    return not status or status == Status.UNKNOWN


def _reads_differently(known: KnownMember, draft: HitDraft) -> bool:
    old, new = squeeze(known.status_text), squeeze(draft.status_text)
    return bool(old and new) and old != new


def _step(status: str) -> str:
    """Published and pending are one step: lists name it as they like."""
    return "pending" if status in _WAITING else status


def _granted(known: KnownMember) -> bool:
    return known.status == Status.GRANTED or (len(known.dates) > 3 and known.dates[3] is not None)


def _claims(
    known: KnownMember, draft: HitDraft, said: list[Message], values: dict[str, Any]
) -> None:
    if draft.claims is not None and draft.claims != known.claims:
        if known.claims is not None:
            said.append(
                say(
                    "Claims of {number}: {old} → {new}",
                    number=known.number,
                    old=known.claims,
                    new=draft.claims,
                )
            )
        values["claims"] = draft.claims
    if draft.claims_text and squeeze(draft.claims_text) != squeeze(known.claims_text):
        if known.claims_text:
            said.append(say("The claims of {number} read differently.", number=known.number))
        values["claims_text"] = draft.claims_text
