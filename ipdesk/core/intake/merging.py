"""Rows of one application become one proposal: A and B publications, 申请号 and 专利号."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from ipdesk.core.intake.meanings import is_granted_kind
from ipdesk.core.intake.model import CellProblem, Document, DraftEvent, MatterDraft

# every field that a proposal may carry, in the order in which differences are shown
FIELDS = (
    "reference",
    "right",
    "office",
    "route",
    "title",
    "title_en",
    "title_zh",
    "application_number",
    "publication_number",
    "grant_number",
    "priority_date",
    "filing_date",
    "publication_date",
    "grant_date",
    "expiry_date",
    "status",
    "reported_status",
    "status_date",
    "priorities",
    "applicants",
    "owners",
    "inventors",
    "agencies",
    "attorneys",
    "family_key",
    "classes",
    "goods",
    "abstract",
    "claims",
    "technologies",
    "products",
    "tags",
    "registrar",
    "version",
    "department",
    "project",
    "note",
    "pct_application_number",
    "pct_publication_number",
    "parent_number",
    "certificate_number",
    "other_reference",
    "responsible",
)

_SIMPLE = (
    "title",
    "title_en",
    "title_zh",
    "filing_date",
    "expiry_date",
    "priority_date",
    "applicants",
    "owners",
    "inventors",
    "agencies",
    "attorneys",
    "status",
    "reported_status",
    "status_date",
    "reference",
    "route",
    "family_key",
    "classes",
    "goods",
    "abstract",
)
_EXTRA = frozenset(
    (
        "claims",
        "technologies",
        "products",
        "tags",
        "registrar",
        "version",
        "department",
        "project",
        "note",
        "pct_application_number",
        "pct_publication_number",
        "parent_number",
        "certificate_number",
        "other_reference",
        "responsible",
    )
)
_ALWAYS = ("right", "office", *_SIMPLE)
_ALL = (
    *_ALWAYS,
    "application_number",
    "publication_number",
    "publication_date",
    "grant_number",
    "grant_date",
)
_take = itemgetter(*(MatterDraft._fields.index(f) for f in _ALWAYS))
_take_all = itemgetter(*(MatterDraft._fields.index(f) for f in _ALL))


@dataclass(frozen=True, slots=True)
class Proposal:
    """One matter as the file tells it, all its rows joined."""

    drafts: tuple[MatterDraft, ...]
    fields: Mapping[str, Any]  # only what the file says; names as in FIELDS
    keys: Mapping[str, str]  # application, publication, grant → key
    weak: frozenset[str]  # fields that were concluded: they fill a gap and overwrite nothing
    documents: tuple[Document, ...]
    events: tuple[DraftEvent, ...]
    family_members: tuple[str, ...] = ()

    @property
    def right(self) -> str:
        return self.drafts[0].right

    @property
    def office(self) -> str:
        return self.drafts[0].office

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        if len(self.drafts) == 1:
            return self.drafts[0].problems
        return tuple(p for d in self.drafts for p in d.problems)


_NO_WEAK: frozenset[str] = frozenset()


def proposal_of(drafts: Sequence[MatterDraft]) -> Proposal:
    """Join the rows of one matter; the first row that says something is believed."""
    first = drafts[0]
    if len(drafts) == 1 and (first.application_number or not first.grant_key):
        return _of_one_row(first)
    fields: dict[str, Any] = {f: v for f, v in zip(_ALWAYS, _take(first), strict=True) if v}
    for draft in drafts:
        if draft is not first:
            for field, value in zip(_ALWAYS, _take(draft), strict=True):
                if value and field not in fields:
                    fields[field] = value
        if draft.extra:
            _add_extra(fields, draft)
    _add_claims(fields, drafts)
    keys: dict[str, str] = {}
    weak: set[str] = set()
    _add_application(fields, keys, weak, drafts)
    _international(fields)
    documents = _documents(drafts)
    _add_publication(fields, keys, weak, drafts, documents)
    _add_grant(fields, keys, weak, drafts, documents)
    return Proposal(
        tuple(drafts),
        fields,
        keys,
        frozenset(weak) if weak else _NO_WEAK,
        documents,
        _events(drafts),
        _members(drafts),
    )


def _international(fields: dict[str, Any]) -> None:
    """A national phase known by its PCT number alone has no application number of its own."""
    number = fields.get("application_number", "")
    if number.startswith("PCT/") and fields["right"] != "pct":
        fields.setdefault("pct_application_number", number)
        del fields["application_number"]


def _of_one_row(draft: MatterDraft) -> Proposal:
    """The usual case, in one pass: nothing to choose between rows."""
    fields: dict[str, Any] = {f: v for f, v in zip(_ALL, _take_all(draft), strict=True) if v}
    members: tuple[str, ...] = ()
    if draft.extra:
        _add_extra(fields, draft)
        members = draft.extra.get("family_members", ())
    if draft.priorities or draft.priority_date:
        _add_claims(fields, (draft,))
    if draft.route == "pct":
        _international(fields)
    keys: dict[str, str] = {}
    if draft.application_key:
        keys["application"] = draft.application_key
    if draft.grant_key:
        keys["grant"] = draft.grant_key
    weak = _add_documents(fields, keys, draft) if draft.documents else _NO_WEAK
    return Proposal((draft,), fields, keys, weak, draft.documents, draft.events, members)


def _add_documents(
    fields: dict[str, Any], keys: dict[str, str], draft: MatterDraft
) -> frozenset[str]:
    """Publication and grant by the kinds of the documents; what was concluded is weak."""
    early = late = None
    for document in draft.documents:
        if is_granted_kind(draft.office, document.kind):
            late = late or document
        else:
            early = early or document
    weak = []
    chosen = early or draft.documents[0]
    fields["publication_number"] = chosen.number
    keys["publication"] = chosen.key
    if chosen.date:
        fields["publication_date"] = chosen.date
    if early is None and draft.right not in ("utility_model", "design"):
        weak = ["publication_number", "publication_date"]
    if late and "grant" not in keys:
        fields["grant_number"] = late.number
        keys["grant"] = late.key
        weak.append("grant_number")
    if late and late.date and "grant_date" not in fields:
        fields["grant_date"] = late.date
        weak.append("grant_date")
    return frozenset(weak) if weak else _NO_WEAK


def _add_extra(fields: dict[str, Any], draft: MatterDraft) -> None:
    for field, value in draft.extra.items():
        if field in _EXTRA and field not in fields:
            fields[field] = value


def _add_claims(fields: dict[str, Any], drafts: Sequence[MatterDraft]) -> None:
    """Priority claims and their earliest day.

    Databases list a first filing as its own priority and mix in later claims of its family:
    neither is a priority of this application.
    """
    own = {d.application_key for d in drafts}
    filed = fields.get("filing_date")
    claims: dict[Any, Any] = {}
    for draft in drafts:
        for claim in draft.priorities:
            itself = claim.key and claim.key in own
            later = filed and claim.date and claim.date > filed
            if not itself and not later:
                claims.setdefault(claim.key or (claim.number, claim.date), claim)
    if claims:
        fields["priorities"] = tuple(claims.values())
    days = [c.date for c in claims.values() if c.date]
    day = fields.pop("priority_date", None)
    if day and (filed is None or day < filed):
        days.append(day)
    if days:
        fields["priority_date"] = min(days)


def _add_application(
    fields: dict[str, Any], keys: dict[str, str], weak: set[str], drafts: Sequence[MatterDraft]
) -> None:
    known = [d for d in drafts if d.application_number]
    if known:
        # the spelling with a check digit says most
        best = max(known, key=lambda d: (bool(d.application_key), "." in d.application_number))
        fields["application_number"] = best.application_number
    else:
        granted = next((d for d in drafts if d.grant_key.startswith("CN.A.")), None)
        if granted:
            fields["application_number"] = granted.grant_number.replace("ZL", "CN", 1)
            weak.add("application_number")
    key = next((d.application_key for d in drafts if d.application_key), "")
    if key:
        keys["application"] = key


def _documents(drafts: Sequence[MatterDraft]) -> tuple[Document, ...]:
    if len(drafts) == 1:
        return drafts[0].documents
    found: dict[tuple[str, str], Document] = {}
    for draft in drafts:
        for document in draft.documents:
            known = found.get((document.key, document.kind))
            if known is None or (document.date and not known.date):
                found[(document.key, document.kind)] = document
    return tuple(found.values())


def _add_publication(
    fields: dict[str, Any],
    keys: dict[str, str],
    weak: set[str],
    drafts: Sequence[MatterDraft],
    documents: Sequence[Document],
) -> None:
    office = drafts[0].office
    early = [d for d in documents if not is_granted_kind(office, d.kind)]
    chosen = min(early, key=lambda d: d.date or date.max) if early else None
    if chosen is None and documents:
        chosen = documents[0]
        if drafts[0].right not in ("utility_model", "design"):
            weak.update(("publication_number", "publication_date"))
    if chosen:
        fields["publication_number"] = chosen.number
        keys["publication"] = chosen.key
    days = [d.publication_date for d in drafts if d.publication_date]
    day = (chosen.date if chosen else None) or (min(days) if days else None)
    if day:
        fields["publication_date"] = day


def _add_grant(
    fields: dict[str, Any],
    keys: dict[str, str],
    weak: set[str],
    drafts: Sequence[MatterDraft],
    documents: Sequence[Document],
) -> None:
    office = drafts[0].office
    explicit = next((d for d in drafts if d.grant_number), None)
    late = next((d for d in documents if is_granted_kind(office, d.kind)), None)
    if explicit:
        fields["grant_number"] = explicit.grant_number
        keys["grant"] = explicit.grant_key
    elif late:
        fields["grant_number"] = late.number
        keys["grant"] = late.key
        weak.add("grant_number")
    day = next((d.grant_date for d in drafts if d.grant_date), None)
    if day is None and late and late.date:
        day = late.date
        weak.add("grant_date")
    if day:
        fields["grant_date"] = day


def _events(drafts: Sequence[MatterDraft]) -> tuple[DraftEvent, ...]:
    if len(drafts) == 1:
        return drafts[0].events
    return tuple(dict.fromkeys(e for d in drafts for e in d.events))


def _members(drafts: Sequence[MatterDraft]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for draft in drafts:
        if draft.extra:
            found.update(dict.fromkeys(draft.extra.get("family_members", ())))
    return tuple(found)
