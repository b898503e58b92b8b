"""Which rows of a file speak of one matter: shared numbers join, contradictions keep apart."""

from collections.abc import Sequence

from ipdesk.base.i18n import Message, say
from ipdesk.base.text import squeeze
from ipdesk.core.intake.model import CellProblem, MatterDraft, Severity


def grouped(
    drafts: Sequence[MatterDraft],
) -> tuple[list[list[MatterDraft]], list[MatterDraft]]:
    """Rows of one matter together, in the order of the file; rows without identity apart."""
    gathering = _Gathering()
    refused: list[MatterDraft] = []
    for draft in drafts:
        if draft.problems and draft.refused:
            refused.append(draft)
        else:
            gathering.take(draft)
    return [g for g in gathering.groups if g], refused


def identifying(draft: MatterDraft) -> list[str]:
    """The keys by which a row may be recognised."""
    keys = [draft.application_key] if draft.application_key else []
    if draft.publication_key:
        keys.append(draft.publication_key)
    if draft.grant_key and draft.grant_key != draft.publication_key:
        keys.append(draft.grant_key)
    if len(draft.documents) > 1:
        keys.extend(d.key for d in draft.documents[1:])
    return keys


class _Gathering:
    def __init__(self) -> None:
        self.groups: list[list[MatterDraft] | None] = []
        self._place: dict[str, int] = {}  # key → the first group that has it
        self._further: dict[str, list[int]] = {}  # key → groups kept apart from the first

    def take(self, draft: MatterDraft) -> None:
        keys = identifying(draft)
        new = len(self.groups)
        known = False
        for key in keys:
            if self._place.setdefault(key, new) != new:
                known = True
        if known:
            self._join(draft, keys, new)
        else:
            self.groups.append([draft])

    def _join(self, draft: MatterDraft, keys: list[str], new: int) -> None:
        places = {self._place[k] for k in keys} | {
            p for k in keys for p in self._further.get(k, ())
        }
        places.discard(new)
        fitting = sorted(p for p in places if self._fits(p, draft))
        if not fitting:
            first = self.groups[min(places)]
            self.groups.append([_kept_apart(draft, first[0] if first else draft)])
            for key in keys:
                if self._place[key] != new:
                    self._further.setdefault(key, []).append(new)
            return
        place = fitting[0]
        for other in fitting[1:]:
            self._fold(other, place)
        rows = self.groups[place]
        if rows is not None:
            rows.append(_said_otherwise(draft, rows[0]))
        for key in keys:
            if self._place[key] == new:
                self._place[key] = place

    def _fits(self, place: int, draft: MatterDraft) -> bool:
        rows = self.groups[place]
        return bool(rows) and all(_agree(row, draft) for row in rows or ())

    def _fold(self, other: int, place: int) -> None:
        """A row that knows two numbers joins two groups that knew one each."""
        rows, target = self.groups[other], self.groups[place]
        if rows and target and all(_agree(a, b) for a in rows for b in target):
            target.extend(rows)
            self.groups[other] = None
            for row in rows:
                for key in identifying(row):
                    if self._place.get(key) == other:
                        self._place[key] = place


def _agree(first: MatterDraft, second: MatterDraft) -> bool:
    """Whether two rows can be one matter: no own reference, grant or application speaks against."""
    if first.reference and second.reference and first.reference != second.reference:
        return squeeze(first.reference) == squeeze(second.reference)
    for a, b in (
        (first.grant_key, second.grant_key),
        (first.application_key, second.application_key),
    ):
        if a and b and a != b and a[:5] == b[:5] and "-" not in a + b:
            return False
    return True


def _said_otherwise(draft: MatterDraft, first: MatterDraft) -> MatterDraft:
    """A row that repeats all numbers of another and says something else; the first is believed."""
    if identifying(draft) != identifying(first):
        return draft  # another publication of the application may have its own title
    problems = list(draft.problems)
    if draft.title and first.title and squeeze(draft.title) != squeeze(first.title):
        message = say(
            "Row {row} has the same number and another title, “{title}”, which is kept.",
            row=first.row,
            title=first.title[:60],
        )
        problems.append(_warning(draft, "title_differs", message))
    if draft.filing_date and first.filing_date and draft.filing_date != first.filing_date:
        message = say(
            "Row {row} has the same number and another filing date, {day}, which is kept.",
            row=first.row,
            day=first.filing_date,
        )
        problems.append(_warning(draft, "filing_differs", message))
    return draft._replace(problems=tuple(problems)) if problems else draft


def _warning(draft: MatterDraft, code: str, message: Message) -> CellProblem:
    return CellProblem(draft.sheet, draft.row, "", Severity.WARNING, code, message)


def _kept_apart(draft: MatterDraft, other: MatterDraft) -> MatterDraft:
    message = say(
        "Row {row} has the same number, but another reference or grant number; "
        "both are kept as matters of their own.",
        row=other.row,
    )
    problem = _warning(draft, "same_number", message)
    return draft._replace(problems=(*draft.problems, problem))
