"""Rows become drafts of matters: every cell read, every doubt said, nothing invented."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from ipdesk.base.i18n import say
from ipdesk.base.text import is_chinese
from ipdesk.core.intake.cells import one_line
from ipdesk.core.intake.columns import GENERAL, OWN_NUMBERS, Vendor, vendor_named
from ipdesk.core.intake.gathering import Gathered
from ipdesk.core.intake.meanings import is_granted_kind, right_of, status_of
from ipdesk.core.intake.model import (
    Claim,
    Document,
    DraftEvent,
    MatterDraft,
    Severity,
    Table,
)
from ipdesk.core.intake.numbering import NumberReader, RowNumbers
from ipdesk.core.intake.periods import period_of
from ipdesk.core.portfolio.numbers import Number, Sort
from ipdesk.core.portfolio.offices import office_of

_KIND_RIGHTS = {
    "trademarks": "trademark",
    "software": "software_copyright",
    "domains": "domain_name",
}
_EVENTS = (
    ("exam_request_date", "exam_request"),
    ("entry_date", "national_entry"),
    ("prelim_publication_date", "prelim_publication"),
    ("first_publication_date", "first_publication"),
    ("completion_date", "completion"),
)
_EXTRA_TEXTS = (
    "certificate_number",
    "other_reference",
    "kind_code",
    "registrar",
    "responsible",
    "department",
    "project",
    "version",
    "link",
)
_EXTRA_DAYS = ("next_due", "exam_date", "lapse_date")
_EXTRA_LISTS = ("technologies", "products", "tags")


class _Identity(NamedTuple):
    """Columns that say what a row is."""

    application: str
    publication: str
    grant: str
    announced: str
    kind: str
    title: str
    title_en: str
    title_zh: str
    named: str  # mark, software or domain
    right: str
    office: str
    reference: str


class _Days(NamedTuple):
    filing: date | None
    publication: date | None
    grant: date | None
    either: date | None  # published or granted, the right decides
    expiry: date | None
    priority: date | None
    status: date | None


class _Rest(NamedTuple):
    claims: tuple[Claim, ...]
    applicants: tuple[str, ...]
    owners: tuple[str, ...]
    inventors: tuple[str, ...]
    agencies: tuple[str, ...]
    attorneys: tuple[str, ...]
    status: str
    family: str
    classes: tuple[str, ...]
    goods: str
    abstract: str


def drafts_of(table: Table) -> list[MatterDraft]:
    """A draft for every row that carries a number or a title, in the order of the file."""
    return _Drafter(table).drafts()


class _Drafter:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.vendor: Vendor = vendor_named(table.vendor) or GENERAL
        self.cells = Gathered(table, self.vendor)
        self.numbers = NumberReader()
        self.own_right = _KIND_RIGHTS.get(table.kind, "")
        self.numbered = any(self.cells.has(f) for f in OWN_NUMBERS)

    def drafts(self) -> list[MatterDraft]:
        cells = self.cells
        identities = list(map(_Identity._make, cells.rows(*self._identity_columns())))
        kept = self._record_rows(identities)
        days = map(_Days._make, cells.rows(*self._day_columns()))
        rest = map(_Rest._make, cells.rows(*self._rest_columns()))
        extras = self._extras()
        events = self._events()
        found = []
        for row, (one, its_days, others) in enumerate(zip(identities, days, rest, strict=True)):
            if kept[row]:
                numbers = self._numbers(one)
                if numbers.all or one.title or one.title_en or one.title_zh or one.named:
                    draft = self._draft(row, one, numbers, its_days, others)
                    extra = extras.get(row)
                    if extra:
                        draft = _with_extra(draft, extra)
                    if row in events:
                        draft = draft._replace(events=tuple(events[row]))
                    found.append(draft)
        return self._finished(found)

    # columns

    def _identity_columns(self) -> Iterable[Any]:
        c = self.cells
        named = {"trademarks": "mark", "software": "software", "domains": "domain"}
        yield from (c.lines("application_number"), c.lines("publication_number"))
        yield from (c.lines("grant_number"), c.lines("grant_publication_number"))
        yield from (c.texts("kind_code"), c.texts("title"), c.texts("title_en"))
        yield from (c.texts("title_zh"), c.texts(named.get(self.table.kind, "mark")))
        yield from (c.texts("right"), c.texts("office"), c.texts("reference"))

    def _day_columns(self) -> Iterable[Any]:
        c = self.cells
        grant: Any = c.days("grant_date")
        expiry: Any = c.days("expiry_date")
        if c.has("validity_period"):
            periods = [period_of(t) for t in c.texts("validity_period")]
            grant = [g or p[0] for g, p in zip(grant, periods, strict=True)]
            expiry = [e or p[1] for e, p in zip(expiry, periods, strict=True)]
        yield from (c.days("filing_date"), c.days("publication_date"), grant)
        yield from (c.days("publication_or_grant_date"), expiry)
        yield from (c.days("priority_date"), c.days("status_date"))

    def _rest_columns(self) -> Iterable[Any]:
        c = self.cells
        yield self._claims()
        yield from (c.names("applicants", people=False), c.names("owners", people=False))
        yield from (c.names("inventors", people=True), c.names("agency", people=False))
        yield from (c.names("attorneys", people=True), c.texts("status"), c.texts("family"))
        yield from (c.classes(), c.joined("goods"), c.texts("abstract"))

    def _claims(self) -> list[tuple[Claim, ...]]:
        cells = self.cells
        if not cells.has("priorities"):
            return [()] * cells.size
        offices = [office_of(t) or "" for t in cells.texts("priority_office")]
        texts = cells.lines("priorities")
        return [self.numbers.claims(t, o) for t, o in zip(texts, offices, strict=True)]

    def _extras(self) -> dict[int, dict[str, Any]]:
        """Rarer fields by row; most lists have none."""
        cells = self.cells
        found: dict[int, dict[str, Any]] = {}

        def put(field: str, values: Iterable[Any]) -> None:
            for row, value in enumerate(values):
                if value:
                    found.setdefault(row, {})[field] = value

        for field in filter(cells.has, _EXTRA_TEXTS):
            put(field, cells.texts(field))
        for field in filter(cells.has, _EXTRA_DAYS):
            put(field, cells.days(field))
        for field in filter(cells.has, _EXTRA_LISTS):
            put(field, cells.values(field))
        if cells.has("note"):
            put("note", cells.joined("note"))
        if cells.has("claims"):
            put("claims", cells.counts("claims"))
        for field, sort in (
            ("pct_application_number", Sort.APPLICATION),
            ("pct_publication_number", Sort.PUBLICATION),
        ):
            if cells.has(field):
                put(field, (self._pct(t, sort) for t in cells.lines(field)))
        if cells.has("parent_number"):
            put("parent_number", cells.texts("parent_number"))
        if cells.has("family_members"):
            put("family_members", map(self._members, cells.lines("family_members")))
        return found

    def _pct(self, text: str, sort: Sort) -> str:
        for part in text.replace(",", " ").split():
            numbers = self.numbers.read(part, sort, "WO", "")
            if numbers and numbers[0].key.startswith("WO."):
                return numbers[0].display
        return text.replace("\n", " ") if any(c.isdigit() for c in text) else ""

    def _members(self, text: str) -> tuple[str, ...]:
        numbers = self.numbers.read(text, Sort.PUBLICATION, "", "")
        return tuple(dict.fromkeys(n.key for n in numbers if n.key))

    def _events(self) -> dict[int, list[DraftEvent]]:
        found: dict[int, list[DraftEvent]] = {}
        for field, event in _EVENTS:
            if self.cells.has(field):
                for row, day in enumerate(self.cells.days(field)):
                    if day:
                        found.setdefault(row, []).append(DraftEvent(event, day))
        return found

    # rows

    def _record_rows(self, identities: list[_Identity]) -> list[bool]:
        """Blank rows, repeated headers and notes are no records."""
        headers = {m.field: m.header for m in self.table.mapping}
        kept = []
        for row, one in enumerate(identities):
            title = one.title or one.title_en or one.title_zh or one.named
            numbered = one.application or one.publication or one.grant or one.announced
            if not title and not numbered:
                kept.append(False)
            elif numbered and _is_header(one, headers):
                kept.append(False)
            else:
                kept.append(bool(numbered) or not self.numbered or not self._lonely(row, title))
        return kept

    def _lonely(self, row: int, title: str) -> bool:
        """A text that stands alone in its row is a note, where the list has numbers."""
        line = self.cells.start + row
        texts = [one_line(c) for c in self.table.sheet.row(line)]
        return [t for t in texts if t] == [title]

    def _numbers(self, one: _Identity) -> RowNumbers:
        office = office_of(one.office) if one.office else None
        right = self._special(one)
        found = self.numbers.row(
            one.application,
            one.publication,
            one.grant,
            one.announced,
            one.kind.upper() if len(one.kind) <= 3 else "",
            office or self.vendor.office,
            right,
        )
        if any(n.key or _severe(n) for n in found.all):
            return found
        return RowNumbers()

    def _special(self, one: _Identity) -> str:
        """The right as far as it changes how numbers are read."""
        if one.right:
            right = right_of(one.right)[0]
            if right and right != "unsaid":
                return right
        return self.own_right

    def _draft(
        self, row: int, one: _Identity, numbers: RowNumbers, days: _Days, rest: _Rest
    ) -> MatterDraft:
        office, right, route = self._place(row, one, numbers)
        application, route = self._application(row, numbers, office, route)
        publication = numbers.publications[0] if numbers.publications else None
        grant = numbers.grants[0] if numbers.grants else None
        if grant is None and numbers.grant_documents:
            grant = numbers.grant_documents[0]
        published, granted = self._days(one, publication, right, days)
        self._say_of_numbers(row, numbers, days)
        title, title_en, title_zh = _titles(one)
        priority = days.priority or min((c.date for c in rest.claims if c.date), default=None)
        applicants = rest.applicants or rest.owners
        name = right == "domain_name" and not application
        return MatterDraft(
            self.table.sheet.name,
            self.cells.start + row + 1,
            right,
            office,
            application.display if application else (title.lower() if name else ""),
            self._key(application, grant, right, title),
            _raw(one.application),
            publication.display if publication else "",
            publication.key if publication else "",
            _raw(one.publication),
            grant.display if grant else "",
            grant.key if grant else "",
            _documents(numbers, published, granted),
            title,
            title_en,
            title_zh,
            days.filing,
            published,
            granted,
            days.expiry,
            priority,
            rest.claims,
            applicants,
            rest.owners,
            rest.inventors,
            rest.agencies,
            rest.attorneys,
            rest.status,
            status_of(rest.status) if rest.status else "",
            days.status,
            one.reference,
            route,
            rest.family,
            rest.classes,
            rest.goods,
            rest.abstract,
        )

    def _place(self, row: int, one: _Identity, numbers: RowNumbers) -> tuple[str, str, str]:
        """Office, right and route: what numbers say counts more than what columns say."""
        said, _ = right_of(one.right) if one.right else ("", False)
        said = "" if said == "unsaid" else said
        office = next((n.office for n in numbers.all if n.office and n.key), "")
        hinted = (office_of(one.office) or "") if one.office else ""
        numbered = next((n for n in numbers.all if n.right), None)
        right = numbered.right if numbered else ""
        if right == "pct" and not numbers.publications and hinted not in ("", "WO"):
            receiving = numbers.applications[0].key[5:7] if numbers.applications else ""
            if said not in ("", "pct") and hinted != receiving:
                office, right = hinted, said  # a national phase that has no number yet
        if numbers.publications and office != "WO" and right == "pct":
            right = next((n.right for n in numbers.publications if n.right), said)
        right = right or said or self.own_right or _by_kind(one.kind) or "invention"
        if numbered and said and said not in (right, "pct") and right not in ("pct",):
            self._say_of_rights(row, said, right)
        if right == "domain_name":
            return _domain_office(one.named or one.title), right, ""
        if right == "pct":
            office = "WO"
        elif right == "software_copyright":
            office = office or hinted or "CN"
        route = next((n.route for n in numbers.all if n.route), "")
        return office or hinted or self.vendor.office, right, route

    def _say_of_rights(self, row: int, said: str, right: str) -> None:
        message = say(
            "The list calls it {said}, its number belongs to {right}; the number counts.",
            said=said,
            right=right,
        )
        self.cells.note(row, self.cells.header("right"), "right_differs", message, error=False)

    def _application(
        self, row: int, numbers: RowNumbers, office: str, route: str
    ) -> tuple[Number | None, str]:
        """The application number; one found among the publications serves as well."""
        found = next((n for n in numbers.applications if n.sort is Sort.APPLICATION), None)
        if found is None:
            strays = (n for n in numbers.publications if n.sort is Sort.APPLICATION and n.key)
            found = next(strays, None)
        if found and found.key.startswith("WO.A.") and office != "WO":
            return found, route or "pct"
        return found, route

    def _key(self, application: Number | None, grant: Number | None, right: str, title: str) -> str:
        """What identifies the application; a ZL number is the application's own."""
        if application and application.key:
            shared = application.key.startswith("WO.A.") and right != "pct"
            return "" if shared else application.key
        if grant and grant.key.startswith("CN.A."):
            return grant.key
        if right == "domain_name" and title:
            numbers = self.numbers.read(title, Sort.APPLICATION, "", right)
            return numbers[0].key if numbers else ""
        return ""

    def _days(
        self, one: _Identity, publication: Number | None, right: str, days: _Days
    ) -> tuple[date | None, date | None]:
        """A column that means publication or grant is settled by right, kind or type."""
        published, granted = days.publication, days.grant
        if days.either:
            published = published or days.either
            word_granted = bool(one.right) and right_of(one.right)[1]
            kind = publication.kind_code if publication else one.kind
            if word_granted or right in ("utility_model", "design") or is_granted_kind("CN", kind):
                granted = granted or days.either
        return published, granted

    def _say_of_numbers(self, row: int, numbers: RowNumbers, days: _Days) -> None:
        for field, found in (
            ("application_number", numbers.applications),
            ("publication_number", numbers.publications),
            ("grant_number", numbers.grants),
            ("grant_publication_number", numbers.grant_documents),
        ):
            for number in found:
                for code, message, severe in number.problems:
                    self.cells.note(row, self.cells.header(field), code, message, error=severe)
        if len(numbers.applications) > 1:
            keys = {n.key for n in numbers.applications}
            if len(keys) > 1:
                message = say("Several application numbers stand in this cell; the first counts.")
                header = self.cells.header("application_number")
                self.cells.note(row, header, "several_numbers", message, error=False)

    # the whole list

    def _finished(self, drafts: list[MatterDraft]) -> list[MatterDraft]:
        """Problems joined to their rows; a missing office taken from all other rows, and said."""
        self._check_years(drafts)
        offices = Counter(d.office for d in drafts if d.office)
        alone = next(iter(offices)) if len(offices) == 1 else ""
        chinese = is_chinese(" ".join(m.header for m in self.table.mapping))
        assumed = alone or ("CN" if chinese and not offices and drafts else "")
        start = self.cells.start
        problems = self.cells.problems
        for index, draft in enumerate(drafts):
            if not draft.office and draft.right != "domain_name":
                self._assume(draft, assumed)
                draft = drafts[index] = draft._replace(office=assumed)
            said = problems.get(draft.row - start - 1)
            if said:
                drafts[index] = draft._replace(problems=tuple(said))
        return drafts

    def _assume(self, draft: MatterDraft, office: str) -> None:
        row = draft.row - self.cells.start - 1
        if office:
            message = say("The list names no office; {office} was assumed.", office=office)
            self.cells.note(row, "", "office_assumed", message, error=False)
        else:
            message = say("The list does not say which office this belongs to.")
            self.cells.note(row, "", "office_unknown", message, error=False)

    def _check_years(self, drafts: list[MatterDraft]) -> None:
        """Some exports print week-years: the last days of December with the following year."""
        cells = self.cells
        if not cells.has("publication_year") or not cells.has("publication_date"):
            return
        years = list(cells.counts("publication_year"))
        for draft in drafts:
            row = draft.row - cells.start - 1
            day, year = draft.publication_date, years[row]
            if day and year and day.year != year:
                week = day.year == year + 1 and day.month == 12 and day.day >= 27
                code = "week_year" if week else "year_differs"
                message = say(
                    "The date says {day}, the column of years says {year}.", day=day, year=year
                )
                cells.note(row, cells.header("publication_date"), code, message, error=False)


def _severe(number: Number) -> bool:
    return any(p.severe for p in number.problems)


def _is_header(one: _Identity, headers: dict[str, str]) -> bool:
    """The header row printed again further down."""
    pairs = (
        (one.application, "application_number"),
        (one.publication, "publication_number"),
        (one.grant, "grant_number"),
        (one.title, "title"),
    )
    return sum(1 for text, f in pairs if text and text == headers.get(f)) >= 1 and not any(
        c.isdigit() for c in one.application + one.publication + one.grant
    )


def _raw(text: str) -> str:
    return text.replace("\n", "; ") if "\n" in text else text


def _titles(one: _Identity) -> tuple[str, str, str]:
    title = one.named or one.title
    english, chinese = one.title_en, one.title_zh
    if chinese and not is_chinese(chinese):
        english, chinese = english or chinese, ""
    return title or chinese or english, english, chinese


def _documents(
    numbers: RowNumbers, published: date | None, granted: date | None
) -> tuple[Document, ...]:
    """The publications of a row; the day of the list belongs to the first."""
    found = [n for n in numbers.publications if n.key and n.sort is not Sort.APPLICATION]
    documents = [
        Document(n.display, n.key, n.kind_code, published if not i else None)
        for i, n in enumerate(found)
    ]
    announced = [n for n in numbers.grant_documents if n.key and n.sort is not Sort.APPLICATION]
    documents += [Document(n.display, n.key, n.kind_code or "B", granted) for n in announced]
    return tuple(documents)


def _by_kind(kind: str) -> str:
    return {"U": "utility_model", "Y": "utility_model", "S": "design"}.get(kind[:1].upper(), "")


def _domain_office(name: str) -> str:
    """A country domain belongs to its country, all others to nobody (XX)."""
    last = name.rstrip(".").rpartition(".")[2].upper()
    special = {"UK": "GB", "EU": "EM", "中国": "CN", "公司": "XX", "网络": "XX"}
    if last in special:
        return special[last]
    generic = {"IO", "AI", "CO", "TV", "ME", "CC", "WS"}  # sold as if they were generic
    return last if len(last) == 2 and last.isascii() and last not in generic else "XX"


def _with_extra(draft: MatterDraft, extra: dict[str, Any]) -> MatterDraft:
    members = extra.get("family_members")
    if members:
        extra["family_members"] = tuple(dict.fromkeys((*members, *draft.keys)))
    return draft._replace(extra=extra)


__all__ = ["Severity", "drafts_of"]
