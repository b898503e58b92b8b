"""Where the fields stand in the XML of registers: trade mark XML, ST.96, ST.36, Chinese notices."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_IPC = re.compile(r"[A-H]\s*\d\d\s*[A-Z]\s*\d{1,4}\s*/\s*\d{2,6}")

Rule = str | Callable[[Element], str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one kind of XML names its records and fields; the first rule that finds text wins."""

    id: str
    records: frozenset[str]
    fields: Mapping[str, tuple[Rule, ...]]
    sign: str = ""  # an element that must be there
    constant: Mapping[str, str] = field(default_factory=dict)


def _text(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _in_english(path: str, *attributes: str) -> Callable[[Element], str]:
    """The texts at a path that are in English, else all of the first language found."""

    def read(element: Element) -> str:
        found = element.findall(path)
        for wanted in ("en", "EN", "zh", "ZH"):
            texts = [_text(e) for e in found if any(e.get(name) == wanted for name in attributes)]
            if any(texts):
                return "; ".join(t for t in texts if t)
        return _text(found[0]) if found else ""

    return read


def _document_id(*paths: str) -> Callable[[Element], str]:
    """Country, number and kind of the document ids at a path; DOCDB form before the others."""

    def read(element: Element) -> str:
        for holder in (h for path in paths for h in element.findall(path)):
            ids = holder.findall("document-id") or holder.findall(".//document-id")
            order = {"docdb": 0, "original": 2, "epodoc": 1}
            ids.sort(key=lambda e: order.get(e.get("document-id-type", ""), 0))
            for one in ids:
                number = _text(one.find("doc-number"))
                if number:
                    parts = [_text(one.find("country")), _whole(parts=ids, one=one) or number]
                    parts += [_text(one.find("kind"))]
                    return " ".join(p for p in parts if p)
        return ""

    return read


def _whole(parts: list[Element], one: Element) -> str:
    """DOCDB drops the series of old American filings; the number as filed still has it."""
    if _text(one.find("country")) != "US" or _text(one.find("kind")) != "A":
        return ""
    filed = (e for e in parts if e.get("document-id-type") == "original")
    number = next((_text(e.find("doc-number")) for e in filed), "")
    return f"{number[:2]}/{number[2:]}" if len(number) == 8 and number.isdigit() else ""


def _document_date(*paths: str) -> Callable[[Element], str]:
    def read(element: Element) -> str:
        for holder in (h for path in paths for h in element.findall(path)):
            for one in holder.iter("date"):
                if _text(one):
                    return _text(one)
        return ""

    return read


def _priorities(element: Element) -> str:
    claims = []
    for claim in element.iter("priority-claim"):
        ids = claim.findall("document-id")
        ids.sort(key=lambda e: e.get("document-id-type", "") != "docdb")
        number = _text(claim.find("doc-number")) or (
            _text(ids[0].find("doc-number")) if ids else ""
        )
        country = _text(claim.find("country")) or (_text(ids[0].find("country")) if ids else "")
        day = next((_text(d) for d in claim.iter("date") if _text(d)), "")
        if number:
            claims.append(f"{country}{number} {day}".strip())
    return "\n".join(dict.fromkeys(claims))


def _names(*paths: str) -> Callable[[Element], str]:
    """Organisations and persons below the first path that has any."""

    def read(element: Element) -> str:
        for path in paths:
            names = [_name(e) for e in element.findall(path)]
            names = [n for n in names if n]
            if names:
                return "\n".join(dict.fromkeys(names))
        return ""

    return read


_NAMES = (
    *("OrganizationName", "snm", "OrganizationStandardName"),
    *("PersonFullName", "EntityName", "LegalEntityName", "FullName"),
)


def _name(element: Element) -> str:
    for tag in ("orgname", "name", *_NAMES):
        found = element.find(f".//{tag}")
        if found is not None and _text(found):
            return _text(found)
    for last, first in (("last-name", "first-name"), ("LastName", "FirstName")):
        parts = [_text(element.find(f".//{last}")), _text(element.find(f".//{first}"))]
        if any(parts):
            return ", ".join(p for p in parts if p)
    return "" if len(element) else _text(element)


def _classes(element: Element) -> str:
    found = []
    for one in element.iter("classification-ipcr"):
        text = _text(one.find("text"))
        if not text and one.find("section") is not None:
            parts = [_text(one.find(t)) for t in ("section", "class", "subclass", "main-group")]
            text = "".join(parts) + "/" + _text(one.find("subgroup"))
        symbol = _IPC.match(text)
        if symbol:
            found.append("".join(symbol[0].split()))
    return "\n".join(dict.fromkeys(found))


def _docdb_names(role: str) -> Callable[[Element], str]:
    """The EPO gives every name in up to three spellings; one of them is enough."""

    def read(element: Element) -> str:
        for spelling in ("original", "docdba", "epodoc", "docdb", None):
            path = f".//{role}s/{role}"
            found = [e for e in element.findall(path) if spelling in (None, e.get("data-format"))]
            names = [_text(e.find(f".//{role}-name/name")) or _name(e) for e in found]
            names = [n.rstrip(", ") for n in names if n]
            if names:
                return "\n".join(dict.fromkeys(names))
        return ""

    return read


_PUBLISHED = (".//publication-reference", ".//cn-publication-reference")
_BIBLIO: dict[str, tuple[Rule, ...]] = {
    "publication_number": (_document_id(*_PUBLISHED),),
    "publication_date": (_document_date(*_PUBLISHED),),
    "application_number": (_document_id(".//application-reference"),),
    "filing_date": (_document_date(".//application-reference"),),
    "priorities": (_priorities,),
    "title": (_in_english(".//invention-title", "lang"),),
    "classes": (_classes,),
    "family": ("@family-id",),
    "abstract": (_in_english(".//abstract", "lang"),),
}

_US: dict[str, tuple[Rule, ...]] = _BIBLIO | {
    "applicants": (
        _names(
            ".//us-applicants/us-applicant",
            ".//cn-applicants/cn-applicant",
            ".//applicants/applicant",
            ".//assignees/assignee",
        ),
    ),
    "inventors": (
        _names(".//inventors/inventor", ".//cn-inventors/cn-inventor", ".//applicants/applicant"),
    ),
    "agency": (_names(".//cn-agents//agency", ".//agents/agent"),),
    "owners": (_names(".//assignees/assignee"),),
}

_DOCDB: dict[str, tuple[Rule, ...]] = _BIBLIO | {
    "applicants": (_docdb_names("applicant"),),
    "inventors": (_docdb_names("inventor"),),
}

_SDOBI: dict[str, tuple[Rule, ...]] = {
    "publication_number": (
        lambda e: " ".join(
            p for p in (_text(e.find(f".//{t}")) for t in ("B190", "B110", "B130")) if p
        ),
    ),
    "publication_date": (".//B140/date",),
    "application_number": (".//B210",),
    "filing_date": (".//B220/date",),
    "priorities": (lambda e: _numbered_priorities(e),),
    "priority_date": (".//B320/date",),
    "classes": (_classes,),
    "title": (lambda e: _english_title(e),),
    "applicants": (_names(".//B711", ".//B731"),),
    "owners": (_names(".//B731"),),
    "inventors": (_names(".//B721"),),
    "agency": (_names(".//B741"),),
}


def _numbered_priorities(element: Element) -> str:
    """Numbers, days and countries of the claims stand in three rows of their own."""
    rows = [[_text(e) for e in element.iter(tag)] for tag in ("B310", "B320", "B330")]
    numbers, days, countries = rows
    claims = []
    for place, number in enumerate(numbers):
        day, country = (r[place] if place < len(r) else "" for r in (days, countries))
        claims.append(" ".join(p for p in (country, number, day) if p))
    return "\n".join(dict.fromkeys(c for c in claims if c))


def _english_title(element: Element) -> str:
    """EP documents give the title in three languages as pairs B541 (language), B542 (text)."""
    language, titles = "", {}
    for one in element.iter():
        if one.tag == "B541":
            language = _text(one).lower()
        elif one.tag == "B542":
            titles[language] = _text(one)
    return titles.get("en") or next(iter(titles.values()), "")


_MARK: dict[str, tuple[Rule, ...]] = {
    "application_number": (
        "ApplicationNumber/ApplicationNumberText",
        "ApplicationNumber",
        "ApplicationNumberText",
        ".//ApplicationNumberText",
    ),
    "registration_number": ("RegistrationNumber", ".//RegistrationNumber"),
    "filing_date": ("ApplicationDate", ".//ApplicationDate", ".//FilingDate"),
    "registration_date": ("RegistrationDate", ".//RegistrationDate"),
    "expiry_date": ("ExpiryDate", ".//ExpiryDate"),
    "publication_date": (
        lambda e: _text(e.find(".//PublicationDetails/Publication/PublicationDate")),
        lambda e: _text(e.find(".//PublicationDate")),
    ),
    "mark": (
        ".//MarkVerbalElementText",
        ".//MarkSignificantVerbalElementText",
        ".//WordMarkSpecification",
    ),
    "status": (
        *("MarkCurrentStatusCode", ".//MarkCurrentStatusExternalDescriptionText"),
        *(".//MarkCurrentStatusCode", ".//MarkCurrentStatusText"),
    ),
    "status_date": ("MarkCurrentStatusDate", ".//MarkCurrentStatusDate"),
    "office": ("RegistrationOfficeCode", ".//RegistrationOfficeCode"),
    "classes": (".//ClassNumber",),
    "goods": (
        _in_english(".//GoodsServicesDescription", "languageCode"),
        _in_english(".//GoodsServicesDescriptionText", "languageCode"),
    ),
    "applicants": (
        _names(
            ".//ApplicantDetails//Applicant", ".//ApplicantBag/Applicant", ".//HolderBag/Holder"
        ),
    ),
    "agency": (
        _names(
            ".//RepresentativeDetails//Representative",
            ".//RepresentativeBag/Representative",
        ),
    ),
    "priorities": (".//Priority/PriorityNumber", ".//Priority/ApplicationNumber"),
    "priority_date": (".//Priority/PriorityDate",),
}


def _with_kind(published: Element | None) -> str:
    """A publication's number with office and kind code."""
    if published is None:
        return ""
    number = _text(published.find(".//PublicationNumber"))
    office, kind = (
        _text(published.find(f".//{t}")) for t in ("IPOfficeCode", "PatentDocumentKindCode")
    )
    bare = number if number[:2].isalpha() else f"{office} {number}"
    return f"{bare} {kind}".strip() if number else ""


_ST96_PATENT: dict[str, tuple[Rule, ...]] = {
    "application_number": (
        ".//ApplicationIdentification/ApplicationNumber/ApplicationNumberText",
        ".//ApplicationNumberText",
    ),
    "filing_date": (".//ApplicationIdentification/FilingDate", ".//FilingDate"),
    "publication_number": (
        lambda e: _with_kind(e.find(".//PatentPublicationIdentification")),
        ".//PublicationNumber",
    ),
    "publication_date": (
        ".//PatentPublicationIdentification/PublicationDate",
        ".//PublicationDate",
    ),
    "grant_number": (".//PatentGrantIdentification/PatentNumber", ".//PatentNumber"),
    "grant_date": (".//PatentGrantIdentification/GrantDate", ".//GrantDate"),
    "title": (_in_english(".//InventionTitle", "languageCode", "lang"),),
    "office": (".//ApplicationIdentification/IPOfficeCode", ".//IPOfficeCode"),
    "applicants": (_names(".//ApplicantBag/Applicant", ".//PatentApplicantBag/PatentApplicant"),),
    "inventors": (_names(".//InventorBag/Inventor"),),
    "priorities": (".//PriorityClaim//ApplicationNumberText",),
    "classes": (".//MainCPC//CPCSection", ".//IPCRClassification//PatentClassificationText"),
}

# the notices of the Chinese office come as packages whose tags are pinyin initials
_NOTICE: dict[str, tuple[Rule, ...]] = {
    "application_number": (".//SHENQINGH", ".//shenqingh"),
    "title": (".//FAMINGMC", ".//famingmc", ".//ZHUANLIMC"),
    "filing_date": (".//SHENQINGR", ".//shenqingr"),
    "applicants": (".//SHENQINGRXM", ".//SHENQINGRMC"),
    "notice": (".//TONGZHISMC", ".//TONGZHISDM", ".//tongzhismc"),
    "notice_date": (".//FAWENR", ".//FAWENRQ", ".//fawenr"),
    "reference": (".//NEIBUBH",),
}

DIALECTS = (
    Dialect(
        "euipo_xml",
        frozenset({"TradeMark"}),
        _MARK,
        "TradeMarkTransactionBody",
        {"right": "trademark"},
    ),
    Dialect("st96", frozenset({"Trademark", "TradeMark"}), _MARK, "", {"right": "trademark"}),
    Dialect("ops", frozenset({"exchange-document"}), _DOCDB),
    Dialect("st36", frozenset({"us-patent-grant", "us-patent-application"}), _US),
    Dialect("st36", frozenset({"ep-patent-document"}), _SDOBI),
    Dialect("st36", frozenset({"patent-document", "cn-patent-document", "application-body"}), _US),
    Dialect(
        "st96",
        frozenset(
            {
                "PatentGrant",
                "PatentApplication",
                "PatentPublication",
                "PatentRecord",
                "PatentCaseMetadata",
                "BibliographicData",
                "ApplicationBibliographicData",
            }
        ),
        _ST96_PATENT,
    ),
    Dialect(
        "cnipa_notices",
        frozenset({"TONGZHISXJ", "SHUXINGXX", "tongzhisxj"}),
        _NOTICE,
        "",
        {"office": "CN"},
    ),
)
