"""Rows become drafts of matters: every cell read, every doubt said, nothing invented."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from ipdesk.base.bulk import let_go
from ipdesk.core.intake.cells import one_line
from ipdesk.core.intake.columns import GENERAL, OWN_NUMBERS, Vendor, vendor_named
from ipdesk.core.intake.either import parted
from ipdesk.core.intake.european import Parts
from ipdesk.core.intake.extras import claims_of, events_of, extras_of
from ipdesk.core.intake.gathering import Gathered
from ipdesk.core.intake.identity import (
    Identity,
    Place,
    application_of,
    documents_of,
    in_state,
    is_granted,
    is_repeated_header,
    is_total,
    place_of,
    said_right,
    titles_of,
    usable,
    whole_family,
)
from ipdesk.core.intake.meanings import status_of
from ipdesk.core.intake.merged import with_merged_cells
from ipdesk.core.intake.model import NUMBER_ERRORS, Claim, MatterDraft, Table
from ipdesk.core.intake.numbering import (
    NO_NUMBERS,
    SPECIAL,
    NumberReader,
    RowNumbers,
    fits_office,
    is_clear,
    is_elsewhere,
    numbers_in,
)
from ipdesk.core.intake.periods import period_of
from ipdesk.core.intake.remarks import (
    check_years,
    say_of_grant,
    say_of_office,
    say_of_priority,
    say_of_row,
    sound_references,
)
from ipdesk.core.intake.rows import RowAgain, RowDays, RowRest
from ipdesk.core.intake.vocabulary import language_of, office_of_language
from ipdesk.core.portfolio.number_forms import offices_by_form
from ipdesk.core.portfolio.numbers import Number, Sort
from ipdesk.core.portfolio.offices import office_of

_KIND_RIGHTS = {
    "trademarks": "trademark",
    "software": "software_copyright",
    "domains": "domain_name",
    "designs": "design",
    "layouts": "ic_layout",
    "works": "work_copyright",
    "varieties": "plant_variety",
}
_NOTHING: dict[str, Any] = {}
_SEVERAL_DATES = frozenset({"date_several"})
_OF_NUMBERS = NUMBER_ERRORS | {"not_a_number", "series_lost", "several_numbers", "right_differs"}
_OF_NUMBERS |= {"priority_later", "grant_earlier"}  # said again where a row is read again
_NAMED = {"trademarks": "mark", "software": "software", "domains": "domain"}


def drafts_of(table: Table) -> list[MatterDraft]:
    """A draft for every row that carries a number or a title, in the order of the file."""
    return _Drafter(with_merged_cells(table)).drafts()


class _Drafter:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.name = table.sheet.name
        self.vendor: Vendor = vendor_named(table.vendor) or GENERAL
        self.cells = Gathered(table, self.vendor)
        self.numbers = NumberReader()
        self.own_right = _KIND_RIGHTS.get(table.kind, "")
        self.days_by_row = self.cells.several_days("publication_date")
        self.placeless: list[tuple[int, RowAgain]] = []  # drafts without an office, and their rows
        self.applications, self.grants = parted(self.cells, self._applications())
        self.parts = Parts(self.applications, self.grants, self.cells.texts("office"))
        self.numbered = any(self.cells.has(f) for f in OWN_NUMBERS)

    def drafts(self) -> list[MatterDraft]:
        cells = self.cells
        identities = list(map(Identity._make, zip(*self._identity_columns(), strict=True)))
        kept = self._record_rows(identities)
        parts = (self._number_columns(), self._day_columns(), self._rest_columns())
        columns = [[list(column) for column in part] for part in parts]
        numbers, day_rows, rest_rows = (zip(*part, strict=True) for part in columns)
        days, rest = map(RowDays._make, day_rows), map(RowRest._make, rest_rows)
        extras = extras_of(cells, self.numbers)
        events = events_of(cells)
        found: list[MatterDraft] = []
        for row, (one, ready, its_days, others) in enumerate(
            zip(identities, numbers, days, rest, strict=True)
        ):
            if not kept[row]:
                continue
            own = self._numbers(one, ready)
            if own.all or one.titled:
                if len(own.publications) > 1:
                    extras.setdefault(row, {}).update(whole_family(own))
                draft = self._draft(row, one, own, its_days, others, extras.get(row))
                if row in events:
                    draft = draft._replace(events=tuple(events[row]))
                if not draft.office:
                    self.placeless.append((len(found), RowAgain(row, one, its_days, others)))
                found.append(draft)
        let_go(identities, *(column for part in columns for column in part))
        return self._finished(found)

    # columns

    def _applications(self) -> list[str]:
        """Application numbers; a row that only has a PCT number and no office is that PCT."""
        c = self.cells
        own = list(c.lines("application_number"))
        if not c.has("pct_application_number"):
            return own
        others = zip(
            own,
            *(c.lines(f) for f in sorted(OWN_NUMBERS - {"application_number"})),
            c.texts("office"),
            strict=True,
        )
        pct = list(c.lines("pct_application_number"))
        return [
            own[row] or (pct[row] if "PCT" in pct[row].upper() and not is_elsewhere(texts) else "")
            for row, texts in enumerate(others)
        ]

    def _identity_columns(self) -> Iterable[Any]:
        c = self.cells
        yield from (self.applications, c.lines("publication_number"))
        yield from (self.grants, c.lines("grant_publication_number"))
        yield from (c.texts("kind_code"), c.texts("title"), c.texts("title_en"))
        yield from (c.texts("title_zh"), c.texts(_NAMED.get(self.table.kind, "mark")))
        yield from (c.texts("right"), c.texts("office"), sound_references(c))

    def _number_columns(self) -> Iterable[Any]:
        """Numbers read without their row; most say themselves where they belong."""
        c = self.cells
        for texts, sort in (
            (self.applications, Sort.APPLICATION),
            (c.lines("publication_number"), Sort.PUBLICATION),
            (self.grants, Sort.GRANT),
            (c.lines("grant_publication_number"), Sort.PUBLICATION),
        ):
            yield [numbers_in(t, sort, "", "") if t else () for t in texts]

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
        yield claims_of(c, self.numbers)
        yield from (c.names("applicants", people=False), c.names("owners", people=False))
        yield from (c.names("inventors", people=True), c.names("agency", people=False))
        yield from (c.names("attorneys", people=True), c.texts("status"), c.texts("family"))
        yield from (c.classes(), c.joined("goods"), c.texts("abstract"))

    # rows

    def _record_rows(self, identities: list[Identity]) -> list[bool]:
        """Blank rows, repeated headers and notes are no records."""
        headers = {m.field: m.header for m in self.table.mapping}
        kept = []
        for row, one in enumerate(identities):
            if one.numbered:
                kept.append(not is_repeated_header(one, headers))
            else:
                title = one.titled
                kept.append(bool(title) and not (self.numbered and self._note(row, title)))
        return kept

    def _note(self, row: int, title: str) -> bool:
        """A text that stands alone in its row, or a total, is a note where the list has numbers."""
        texts = [one_line(c) for c in self.table.sheet.row(self.cells.start + row)]
        texts = [t for t in texts if t]
        return texts == [title] or is_total(texts[0])

    def _numbers(self, one: Identity, ready: tuple[tuple[Number, ...], ...]) -> RowNumbers:
        """The numbers of a row; those that need the row to be understood are read again."""
        right = said_right(one.right) or self.own_right
        if right in SPECIAL or not is_clear(ready, one.kind) or not fits_office(one.office, ready):
            found = self._read_again(one, right)
        else:
            found = RowNumbers.of(*ready)
        told = next((n.right for n in found.all if n.right in SPECIAL), "")
        if told and right not in SPECIAL:  # 40-2020-… of Korea is a mark's number
            found = self._read_again(one, told)
        return found if usable(found.all) else NO_NUMBERS

    def _read_again(self, one: Identity, right: str, office: str = "") -> RowNumbers:
        """The numbers of a row, each with what the others and the row's own words say."""
        said = office or (office_of(one.office) if one.office else None) or self.vendor.office
        kind = one.kind.upper() if len(one.kind) <= 3 else ""
        texts = (one.application, one.publication, one.grant, one.announced)
        return self.numbers.row(texts, kind, said, right)

    def _draft(
        self,
        row: int,
        one: Identity,
        numbers: RowNumbers,
        days: RowDays,
        rest: RowRest,
        extra: dict[str, Any] | None = None,
        office: str = "",
    ) -> MatterDraft:
        place, numbers = self._place(one, numbers, days, rest, office or self.vendor.office)
        application = application_of(numbers)
        publication = numbers.publications[0] if numbers.publications else None
        grants = numbers.grants or numbers.grant_documents
        grant = grants[0] if grants else None
        published, granted, document_days = self._days_of(row, one, place, numbers, days)
        say_of_row(self.cells, row, numbers, place)
        say_of_grant(self.cells, row, days.filing, granted)
        say_of_priority(self.cells, row, days.filing, days.priority, rest.claims)
        title, title_en, title_zh = titles_of(one)
        return MatterDraft(
            self.name,
            self.cells.start + row + 1,
            place.right,
            place.office,
            application.display if application else self._own_name(place.right, title),
            self._key(application, grant, place.right, title),
            _raw(one.application),
            publication.display if publication else "",
            publication.key if publication else "",
            _raw(one.publication),
            grant.display if grant else "",
            grant.key if grant else "",
            documents_of(numbers, document_days, granted),
            title,
            title_en,
            title_zh,
            days.filing,
            published,
            granted,
            days.expiry,
            days.priority or _earliest(rest.claims),
            rest.claims,
            rest.applicants or rest.owners,
            rest.owners,
            rest.inventors,
            rest.agencies,
            rest.attorneys,
            rest.status,
            status_of(rest.status) if rest.status else "",
            days.status,
            one.reference,
            place.route or _route(application, place.office),
            rest.family,
            rest.classes,
            rest.goods,
            rest.abstract,
            (),
            extra or _NOTHING,
        )

    def _place(
        self, one: Identity, numbers: RowNumbers, days: RowDays, rest: RowRest, office: str
    ) -> tuple[Place, RowNumbers]:
        """Where a row belongs, and its numbers with the keys that they have there."""
        texts = (one.application, one.grant)
        state = self.parts.state_of(one.office, numbers, texts, bool(days.grant), rest.status)
        place = place_of(one, numbers, self.own_right, office, state)
        if place.part or place.right == "unitary_patent":
            numbers = numbers.moved(lambda n: in_state(n, place))
        return place, numbers

    def _days_of(
        self, row: int, one: Identity, place: Place, numbers: RowNumbers, days: RowDays
    ) -> tuple[date | None, date | None, tuple[date | None, ...]]:
        """Publication, grant, and the days of the publications in their order."""
        published, granted = days.publication, days.grant
        several = self.days_by_row.get(row, ())
        if several and len(several) == len(numbers.publications):
            self.cells.forget(row, _SEVERAL_DATES)
            return several[0], granted, several
        if days.either:
            published = published or days.either
            publication = numbers.publications[0] if numbers.publications else None
            if not granted and is_granted(one, place.right, publication):
                granted = days.either
        return published, granted, (published,)

    def _own_name(self, right: str, title: str) -> str:
        """A domain name is its own number."""
        return title.lower() if right == "domain_name" else ""

    def _key(self, application: Number | None, grant: Number | None, right: str, title: str) -> str:
        """What identifies the application; a ZL number is the application's own.

        A PCT number on a national phase identifies nothing: all phases share it.
        """
        if application and application.key:
            shared = right != "pct" and application.key.startswith("WO.A.")
            return "" if shared else application.key
        if grant and grant.key.startswith("CN.A."):
            return grant.key
        if right == "domain_name" and title:
            numbers = self.numbers.read(title, Sort.APPLICATION, "", right)
            return numbers[0].key if numbers else ""
        return ""

    # the whole list

    def _finished(self, drafts: list[MatterDraft]) -> list[MatterDraft]:
        """Problems joined to their rows; a missing office taken from all other rows, and said."""
        check_years(self.cells, drafts)
        offices = Counter(d.office for d in drafts if d.office)
        places = offices.keys() - {"WO", "XX"} or offices.keys()
        most = {o for o, times in offices.items() if times * 2 > offices.total()}
        headers = [m.header for m in self.table.mapping]
        spoken = (office_of_language(headers), language_of(headers).upper())
        for index, again in self.placeless:
            office = _assumed(again.one, places, most, spoken)
            drafts[index] = self._placed(drafts[index], again, office)
        if self.cells.problems:
            self._attach(drafts)
        return drafts

    def _placed(self, draft: MatterDraft, again: RowAgain, office: str) -> MatterDraft:
        """A draft read again with the office of all other rows; without one, that is said."""
        number = again.one.application or again.one.grant or again.one.publication
        say_of_office(self.cells, again.row, office, number)
        if not office:
            return draft
        one = again.one
        self.cells.forget(again.row, _OF_NUMBERS)
        numbers = self._read_again(one, said_right(one.right) or self.own_right, office)
        if not usable(numbers.all):
            numbers = NO_NUMBERS
        extra = dict(draft.extra)
        new = self._draft(again.row, one, numbers, again.days, again.rest, extra, office)
        return new._replace(events=draft.events)

    def _attach(self, drafts: list[MatterDraft]) -> None:
        start, problems = self.cells.start + 1, self.cells.problems
        for index, draft in enumerate(drafts):
            said = problems.get(draft.row - start)
            if said:
                drafts[index] = draft._replace(problems=tuple(said))


def _assumed(
    one: Identity, places: Collection[str], most: Collection[str], spoken: tuple[str, str]
) -> str:
    """The office of a row that names none: that of all others, or of those its form allows.

    *places*: of the other rows, *most*: of more than half of them; *spoken*: the office that the
    language of the headers suggests, and the language.
    """
    number = one.application or one.grant or one.publication
    possible = frozenset(offices_by_form(number)) if number else frozenset()
    fitting = possible.intersection(most) or possible.intersection(spoken)
    if not fitting:
        fitting = frozenset(places or spoken[:1])
    return next(iter(fitting)) if len(fitting) == 1 else ""


def _earliest(claims: tuple[Claim, ...]) -> date | None:
    if not claims:
        return None
    return min((c.date for c in claims if c.date), default=None)


def _route(application: Number | None, office: str) -> str:
    """A PCT number on the row of another office is that of a national phase."""
    international = application and application.key.startswith("WO.A.")
    return "pct" if international and office != "WO" else ""


def _raw(text: str) -> str:
    return text.replace("\n", "; ") if "\n" in text else text
