"""Where the fields stand in the XML of registers: trade mark XML, ST.96, ST.36, Chinese notices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ipdesk.core.intake.formats.rules import (
    Rule,
    classes_in,
    docdb_names,
    document_date,
    document_id,
    each_of,
    in_english,
    names_at,
    priorities_in,
    text_in,
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one kind of XML names its records and fields; the first rule that finds text wins."""

    id: str
    records: frozenset[str]
    fields: Mapping[str, tuple[Rule, ...]]
    sign: str = ""  # an element that must be there
    constant: Mapping[str, str] = field(default_factory=dict)
    namespace: str = ""  # a word of the root's namespace
    holder: str = ""  # an element around several records that tells what they share


_PUBLISHED = (".//publication-reference", ".//cn-publication-reference")
_BIBLIO: dict[str, tuple[Rule, ...]] = {
    "publication_number": (document_id(*_PUBLISHED),),
    "publication_date": (document_date(*_PUBLISHED),),
    "application_number": (document_id(".//application-reference"),),
    "filing_date": (document_date(".//application-reference"),),
    "priorities": (priorities_in,),
    "title": (in_english(".//invention-title", "lang"),),
    "classes": (classes_in,),
    "family": ("@family-id",),
    "abstract": (in_english(".//abstract", "lang"),),
}

_US: dict[str, tuple[Rule, ...]] = _BIBLIO | {
    "applicants": (
        names_at(
            ".//us-applicants/us-applicant",
            ".//cn-applicants/cn-applicant",
            ".//applicants/applicant",
            ".//assignees/assignee",
        ),
    ),
    "inventors": (
        names_at(".//inventors/inventor", ".//cn-inventors/cn-inventor", ".//applicants/applicant"),
    ),
    "agency": (names_at(".//cn-agents//agency", ".//agents/agent"),),
    "owners": (names_at(".//assignees/assignee"),),
}

_DOCDB: dict[str, tuple[Rule, ...]] = _BIBLIO | {
    "applicants": (docdb_names("applicant"),),
    "inventors": (docdb_names("inventor"),),
}


# the European register lists every publication of an application
_REGISTER: dict[str, tuple[Rule, ...]] = _US | {
    "publication_number": (each_of("publication-reference", "country", "doc-number", "kind"),),
    "publication_date": (each_of("publication-reference", "date"),),
    "status": (".//ep-patent-status", "bibliographic-data@status"),
}

_DPMA: dict[str, tuple[Rule, ...]] = _US | {
    "publication_number": (each_of("publication-reference", "country", "doc-number", "kind"),),
    "publication_date": (".//date-of-first-publication", document_date(*_PUBLISHED)),
    "right": (".//type-of-ip-right",),
    "status": (".//office-specific-bib-data/status",),
}

_US_MARK: dict[str, tuple[Rule, ...]] = {
    "application_number": ("serial-number",),
    "registration_number": ("registration-number",),
    "filing_date": (".//filing-date",),
    "registration_date": (".//registration-date",),
    "mark": (".//mark-identification",),
    "reference": (".//attorney-docket-number",),
    "attorneys": (".//attorney-name",),
    "classes": (".//classification/international-code",),
    "goods": (lambda e: _goods(e),),
    "owners": (".//case-file-owner/party-name",),
}


def _goods(element: Element) -> str:
    """The statements of goods and services; their codes begin with GS."""
    found = element.iter("case-file-statement")
    goods = (
        text_in(s.find("text")) for s in found if text_in(s.find("type-code")).startswith("GS")
    )
    return "; ".join(g for g in goods if g)


_SDOBI: dict[str, tuple[Rule, ...]] = {
    "publication_number": (
        lambda e: " ".join(
            p for p in (text_in(e.find(f".//{t}")) for t in ("B190", "B110", "B130")) if p
        ),
    ),
    "publication_date": (".//B140/date",),
    "application_number": (".//B210",),
    "filing_date": (".//B220/date",),
    "priorities": (lambda e: _numbered_priorities(e),),
    "priority_date": (".//B320/date",),
    "classes": (classes_in,),
    "title": (lambda e: _english_title(e),),
    "applicants": (names_at(".//B711", ".//B731"),),
    "owners": (names_at(".//B731"),),
    "inventors": (names_at(".//B721"),),
    "agency": (names_at(".//B741"),),
}


def _numbered_priorities(element: Element) -> str:
    """Numbers, days and countries of the claims stand in three rows of their own."""
    rows = [[text_in(e) for e in element.iter(tag)] for tag in ("B310", "B320", "B330")]
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
            language = text_in(one).lower()
        elif one.tag == "B542":
            titles[language] = text_in(one)
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
        lambda e: text_in(e.find(".//PublicationDetails/Publication/PublicationDate")),
        lambda e: text_in(e.find(".//PublicationDate")),
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
        in_english(".//GoodsServicesDescription", "languageCode"),
        in_english(".//GoodsServicesDescriptionText", "languageCode"),
    ),
    "applicants": (
        names_at(
            ".//ApplicantDetails//Applicant", ".//ApplicantBag/Applicant", ".//HolderBag/Holder"
        ),
    ),
    "agency": (
        names_at(
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
    number = text_in(published.find(".//PublicationNumber"))
    office, kind = (
        text_in(published.find(f".//{t}")) for t in ("IPOfficeCode", "PatentDocumentKindCode")
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
    "title": (in_english(".//InventionTitle", "languageCode", "lang"),),
    "office": (".//ApplicationIdentification/IPOfficeCode", ".//IPOfficeCode"),
    "applicants": (names_at(".//ApplicantBag/Applicant", ".//PatentApplicantBag/PatentApplicant"),),
    "inventors": (names_at(".//InventorBag/Inventor"),),
    "priorities": (".//PriorityClaim//ApplicationNumberText",),
    "classes": (".//MainCPC//CPCSection", ".//IPCRClassification//PatentClassificationText"),
}

# designs by WIPO ST.86 (Germany, France, the EUIPO in a form of its own): of one application there
# may be several, each a matter, so the identifier of the design counts before the application's
_DESIGN: dict[str, tuple[Rule, ...]] = {
    "application_number": (
        *("DesignIdentifier", "DesignNumber", "ApplicationNumber", "DesignApplicationNumber"),
        ".//ApplicationNumberText",
    ),
    "registration_number": ("RegistrationNumber", ".//RegistrationNumber"),
    "filing_date": ("ApplicationDate", "DesignApplicationDate", "FilingDate", ".//FilingDate"),
    "registration_date": ("RegistrationDate", ".//RegistrationDate"),
    "publication_date": (
        *("PublicationDate", "DesignPublicationDate"),
        lambda e: text_in(e.find(".//PublicationDetails//PublicationDate")),
    ),
    "expiry_date": ("ExpiryDate", ".//ExpiryDate"),
    "title": (
        "DesignTitle",
        in_english(".//ProductDescription", "languageCode"),
        in_english(".//IndicationProduct", "languageCode"),
        in_english(".//ProductIndication", "languageCode"),
    ),
    "status": ("DesignCurrentStatusCode", ".//DesignStatus", ".//DesignCurrentStatusCode"),
    "status_date": ("DesignCurrentStatusDate", ".//DesignCurrentStatusDate"),
    "office": ("RegistrationOfficeCode", ".//RegistrationOfficeCode"),
    "classes": (".//ClassNumber", ".//LocarnoClass", ".//LocarnoClassNumber"),
    "applicants": (
        names_at(
            *(".//ApplicantDetails//Applicant", ".//HolderDetails//Holder"),
            *(".//OwnerDetails//Owner", ".//ApplicantBag/Applicant"),
        ),
    ),
    "inventors": (names_at(".//DesignerDetails//Designer", ".//DesignerBag/Designer"),),
    "agency": (names_at(".//RepresentativeDetails//Representative"),),
    "priorities": (".//Priority/PriorityNumber", ".//Priority/ApplicationNumber"),
    "priority_date": (".//Priority/PriorityDate",),
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
    Dialect(
        "euipo_xml",
        frozenset({"Design"}),
        _DESIGN,
        "DesignTransactionBody",
        {"right": "design", "office": "EM"},
        "euipo",
        "DesignApplication",
    ),
    Dialect(
        "st86",
        frozenset({"Design"}),
        _DESIGN,
        "",
        {"right": "design"},
        holder="DesignApplication",
    ),
    Dialect("st96", frozenset({"Trademark", "TradeMark"}), _MARK, "", {"right": "trademark"}),
    Dialect("ops", frozenset({"exchange-document"}), _DOCDB),
    Dialect("ep_register", frozenset({"register-document"}), _REGISTER),
    Dialect(
        "uspto_tm",
        frozenset({"case-file"}),
        _US_MARK,
        "serial-number",
        {"right": "trademark", "office": "US"},
    ),
    Dialect("st36", frozenset({"us-patent-grant", "us-patent-application"}), _US),
    Dialect("st36", frozenset({"ep-patent-document"}), _SDOBI),
    Dialect("st36", frozenset({"dpma-patent-document"}), _DPMA),
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
