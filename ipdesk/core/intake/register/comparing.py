"""Whether a register and the portfolio say the same of a matter: values in, differences out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ipdesk.base.text import fold, squeeze
from ipdesk.core.intake.plan import Entry, Holding, same_value
from ipdesk.core.intake.register.model import COMPARED, NAMES, Told
from ipdesk.core.portfolio.model import Status
from ipdesk.core.portfolio.people import party_key

Parties = Mapping[str, int]  # key of a name → the party that it stands for

_RUNNING = frozenset({Status.PREPARATION, Status.PENDING, Status.PUBLISHED, Status.ENTERED})
_COMPARED = frozenset(COMPARED)
_TITLES = ("title", "title_en", "title_zh")


def ours_of(holding: Holding, field: str) -> Any:
    """What the portfolio says of a field; the status is the one that its events lead to."""
    if field == "status":
        return holding.fields.get("current_status")
    value = holding.fields.get(field)
    return value if value or value == 0 else None


def differences_of(entry: Entry, holding: Holding, parties: Parties) -> Iterator[Told]:
    """The fields that the register tells otherwise; what it does not say is no difference."""
    first = entry.proposal.drafts[0]
    for found in entry.differences:
        if found.field not in _COMPARED or found.field == "status":
            continue
        field = found.field
        if not agrees(field, found.new, holding, parties):
            ours = ours_of(holding, field)
            yield Told(holding.id, field, ours, found.new, first.sheet, first.row)
    status = entry.proposal.fields.get("reported_status")
    if status and not agrees("status", status, holding, parties):
        ours = ours_of(holding, "status")
        yield Told(holding.id, "status", ours, str(status), first.sheet, first.row)


def agrees(field: str, theirs: Any, holding: Holding, parties: Parties) -> bool:
    """Whether the portfolio, as *holding* has it, says what the register says."""
    ours = ours_of(holding, field)
    if field == "status":
        return _same_status(ours, theirs)
    if field in _TITLES:
        mine = {squeeze(str(holding.fields.get(t) or "")) for t in _TITLES}
        return squeeze(str(theirs)) in mine
    if ours is None:
        return False
    if field in NAMES:
        return _same_names(ours, theirs, parties)
    if field == "priority_date" or theirs == ours:
        return bool(theirs == ours)
    return same_value(field, ours, theirs, holding)


def _same_status(ours: Any, theirs: Any) -> bool:
    """A register's “pending” covers every stage before grant; an unknown stage says nothing."""
    if theirs == Status.UNKNOWN or ours == theirs:
        return True
    return theirs == Status.PENDING and ours in _RUNNING


def _same_names(ours: Sequence[Any], theirs: Sequence[Any], parties: Parties) -> bool:
    """The same people in any order: by the party where it is known, else by the words of a name."""
    left = [_name(str(n), parties) for n in ours]
    for name in theirs:
        party, words = _name(str(name), parties)
        match = next(
            (o for o in left if (party is not None and o[0] == party) or o[1] == words), None
        )
        if match is None:
            return False
        left.remove(match)
    return not left


def _name(name: str, parties: Parties) -> tuple[int | None, str]:
    words = "".join(c if c.isalnum() else " " for c in fold(name)).split()
    return parties.get(party_key(name)), "".join(sorted(words))
