"""Records of offices and databases in JSON whose fields lie deep: each by its own places.

USPTO Open Data Portal (file wrapper) and its forerunner PEDS, the Lens, Google's public patents,
EUIPO; the shapes are those of the published descriptions of these services.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

Record = dict[str, str]
Place = str | Callable[[dict[str, Any]], str]

_DEEPEST = 10


class JsonDialect(NamedTuple):
    """How one service names its records: keys that give them away, a place for each field."""

    id: str
    signs: tuple[str, ...]  # keys that must all be there
    fields: dict[str, tuple[Place, ...]]
    constant: dict[str, str]


def dialect_records(value: Any) -> tuple[list[Record], str]:
    """The records anywhere in a JSON value by the first dialect that knows any of them."""
    for dialect in DIALECTS:
        records = [_record(found, dialect) for found in _holders(value, dialect.signs)]
        records = [r for r in records if len(r) > len(dialect.constant)]
        if records:
            return records, dialect.id
    return [], ""


def _holders(value: Any, signs: Sequence[str], depth: int = 0) -> Iterator[dict[str, Any]]:
    """Objects with these keys that do not lie in one another."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        if all(s in value for s in signs):
            yield value
            return
        value = list(value.values())
    if isinstance(value, list):
        for child in value:
            if isinstance(child, dict | list):
                yield from _holders(child, signs, depth + 1)


def _record(source: dict[str, Any], dialect: JsonDialect) -> Record:
    record = dict(dialect.constant)
    for field, places in dialect.fields.items():
        for place in places:
            text = place(source) if callable(place) else texts_at(source, place)
            if text:
                record[field] = text
                break
    return record


def values_at(value: Any, path: str) -> list[Any]:
    """All that lies at a path of keys; lists on the way are followed into each member."""
    found = [value]
    for key in path.split("."):
        inner: list[Any] = []
        for one in _members(found):
            if isinstance(one, dict) and one.get(key) is not None:
                inner.append(one[key])
        found = inner
    return list(_members(found))


def _members(values: Sequence[Any]) -> Iterator[Any]:
    for one in values:
        if isinstance(one, list):
            yield from _members(one)
        else:
            yield one


def texts_at(value: Any, path: str) -> str:
    """The texts and numbers at a path, each once, one a line."""
    found = (str(v).strip() for v in values_at(value, path) if isinstance(v, str | int | float))
    return "\n".join(dict.fromkeys(t for t in found if t))


def _document(place: str = "") -> Callable[[dict[str, Any]], str]:
    """Office, number and kind of the document described at a place."""

    def read(source: dict[str, Any]) -> str:
        keys = (f"{place}{k}" for k in ("jurisdiction", "doc_number", "kind"))
        office, number, kind = (texts_at(source, k).partition("\n")[0] for k in keys)
        return " ".join(p for p in (office, number, kind) if p) if number else ""

    return read


def _only(path: str) -> Callable[[dict[str, Any]], str]:
    """The text at a path where there is one alone; of a chain of owners none is the present one."""

    def read(source: dict[str, Any]) -> str:
        found = texts_at(source, path)
        return "" if "\n" in found else found

    return read


def _each(path: str, *keys: str, sign: str = " ") -> Callable[[dict[str, Any]], str]:
    """For every object at a path its values under some keys, one object a line."""

    def read(source: dict[str, Any]) -> str:
        lines = []
        for one in values_at(source, path):
            parts = [texts_at(one, k).partition("\n")[0] for k in keys]
            lines.append(sign.join(p for p in parts if p))
        return "\n".join(dict.fromkeys(line for line in lines if line))

    return read


def _in_english(path: str, text: str, language: str) -> Callable[[dict[str, Any]], str]:
    """One of several titles or abstracts: the English, else the first."""

    def read(source: dict[str, Any]) -> str:
        found = [
            (texts_at(v, language).lower(), texts_at(v, text)) for v in values_at(source, path)
        ]
        found = [(tongue, words) for tongue, words in found if words]
        return next((w for tongue, w in found if tongue == "en"), found[0][1] if found else "")

    return read


_META = "applicationMetaData"
_ODP: dict[str, tuple[Place, ...]] = {
    "application_number": ("applicationNumberText",),
    "filing_date": (f"{_META}.filingDate",),
    "title": (f"{_META}.inventionTitle",),
    "right": (f"{_META}.applicationTypeLabelName",),
    "status": (f"{_META}.applicationStatusDescriptionText",),
    "status_date": (f"{_META}.applicationStatusDate",),
    "grant_number": (f"{_META}.patentNumber",),
    "grant_date": (f"{_META}.grantDate",),
    "publication_number": (f"{_META}.earliestPublicationNumber",),
    "publication_date": (f"{_META}.earliestPublicationDate",),
    "pct_publication_number": (f"{_META}.pctPublicationNumber",),
    "reference": (f"{_META}.docketNumber",),
    "applicants": (f"{_META}.applicantBag.applicantNameText", f"{_META}.firstApplicantName"),
    "inventors": (f"{_META}.inventorBag.inventorNameText", f"{_META}.firstInventorName"),
    "owners": (_only("assignmentBag.assigneeBag.assigneeNameText"),),
    "classes": (f"{_META}.cpcClassificationBag",),
    "priorities": (
        _each("foreignPriorityBag", "applicationNumberText", "filingDate", "ipOfficeName"),
    ),
}

_CASE = "patentCaseMetadata"
_PARTY = f"{_CASE}.partyBag.applicantBagOrInventorBagOrOwnerBag"
_NAMED = "contactOrPublicationContact.name.personNameOrOrganizationNameOrEntityName"
_PEDS_BULK: dict[str, tuple[Place, ...]] = {
    "application_number": (f"{_CASE}.applicationNumberText.value",),
    "filing_date": (f"{_CASE}.filingDate",),
    "title": (f"{_CASE}.inventionTitle.content",),
    "right": (f"{_CASE}.applicationTypeCategory",),
    "status": (f"{_CASE}.applicationStatusCategory",),
    "status_date": (f"{_CASE}.applicationStatusDate",),
    "grant_number": (f"{_CASE}.patentGrantIdentification.patentNumber",),
    "grant_date": (f"{_CASE}.patentGrantIdentification.grantDate",),
    "publication_number": (f"{_CASE}.patentPublicationIdentification.publicationNumber",),
    "publication_date": (f"{_CASE}.patentPublicationIdentification.publicationDate",),
    "reference": (f"{_CASE}.applicantFileReference",),
    "applicants": (f"{_PARTY}.applicant.{_NAMED}.organizationStandardName.content",),
    "inventors": (
        _each(
            f"{_PARTY}.inventorOrDeceasedInventor.{_NAMED}.personStructuredName",
            "lastName",
            "firstName",
            sign=", ",
        ),
    ),
    "priorities": (
        _each(
            f"{_CASE}.priorityClaimBag.priorityClaim",
            "applicationNumber.applicationNumberText",
            "filingDate",
            "ipOfficeName",
        ),
    ),
}

_PEDS: dict[str, tuple[Place, ...]] = {
    "application_number": ("applId",),
    "filing_date": ("appFilingDate",),
    "title": ("patentTitle",),
    "right": ("appType",),
    "status": ("appStatus",),
    "status_date": ("appStatusDate",),
    "grant_number": ("patentNumber",),
    "grant_date": ("patentIssueDate",),
    "publication_number": ("appEarlyPubNumber",),
    "publication_date": ("appEarlyPubDate",),
    "reference": ("appAttrDockNumber",),
    "applicants": ("applicants.nameLineOne",),
    "inventors": (_each("inventors", "nameLineOne", "nameLineTwo", sign=", "), "firstInventorName"),
    "priorities": (_each("foreignPriority", "priorityClaim", "filingDate", "countryName"),),
}

_LENS: dict[str, tuple[Place, ...]] = {
    "publication_number": (_document(),),
    "publication_date": ("date_published",),
    "application_number": (_document("biblio.application_reference."),),
    "filing_date": ("biblio.application_reference.date",),
    "priority_date": ("biblio.priority_claims.earliest_claim.date",),
    "priorities": (
        _each("biblio.priority_claims.claims", "jurisdiction", "doc_number", "kind", "date"),
    ),
    "title": (_in_english("biblio.invention_title", "text", "lang"),),
    "applicants": ("biblio.parties.applicants.extracted_name.value",),
    "inventors": ("biblio.parties.inventors.extracted_name.value",),
    "owners": ("biblio.parties.owners_all.extracted_name.value",),
    "classes": (
        "biblio.classifications_ipcr.classifications.symbol",
        "biblio.classifications_cpc.classifications.symbol",
    ),
    "right": ("publication_type",),
    "status": ("legal_status.patent_status",),
    "grant_date": ("legal_status.grant_date",),
    "expiry_date": ("legal_status.anticipated_term_date",),
    "family_members": (
        _each("families.simple_family.members.document_id", "jurisdiction", "doc_number", "kind"),
    ),
    "abstract": (_in_english("abstract", "text", "lang"),),
}

_GOOGLE: dict[str, tuple[Place, ...]] = {
    "publication_number": ("publication_number",),
    "application_number": ("application_number_formatted", "application_number"),
    "pct_application_number": ("pct_number",),
    "title": (_in_english("title_localized", "text", "language"),),
    "abstract": (_in_english("abstract_localized", "text", "language"),),
    "publication_date": ("publication_date",),
    "filing_date": ("filing_date",),
    "grant_date": ("grant_date",),
    "priority_date": ("priority_date",),
    "priorities": ("priority_claim.application_number",),
    "inventors": ("inventor_harmonized.name", "inventor"),
    "applicants": ("assignee_harmonized.name", "assignee"),
    "classes": ("ipc.code", "cpc.code"),
    "family": ("family_id",),
}

_EUIPO: dict[str, tuple[Place, ...]] = {
    "application_number": ("applicationNumber",),
    "mark": ("wordMarkSpecification.verbalElement", "markVerbalElement"),
    "status": ("status",),
    "filing_date": ("applicationDate",),
    "registration_date": ("registrationDate",),
    "expiry_date": ("expiryDate",),
    "classes": ("niceClasses",),
    "applicants": ("applicants.name",),
    "agency": ("representatives.name",),
}

DIALECTS = (
    JsonDialect("uspto_odp", ("applicationNumberText", _META), _ODP, {"office": "US"}),
    JsonDialect("uspto_peds", (_CASE,), _PEDS_BULK, {"office": "US"}),
    JsonDialect("uspto_peds", ("applId", "patentTitle"), _PEDS, {"office": "US"}),
    JsonDialect("lens_api", ("lens_id", "biblio"), _LENS, {}),
    JsonDialect("google_public", ("publication_number", "title_localized"), _GOOGLE, {}),
    JsonDialect(
        "euipo_json",
        ("applicationNumber", "niceClasses"),
        _EUIPO,
        {"office": "EM", "right": "trademark"},
    ),
)
