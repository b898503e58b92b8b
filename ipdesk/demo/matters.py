"""The matters of the invented company, as drafts with their events."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from ipdesk.base.dates import add_months, add_years
from ipdesk.core.docket.records import EventInput
from ipdesk.core.portfolio.model import MatterFields, PersonName, PriorityClaim
from ipdesk.demo import timeline, words
from ipdesk.demo.numbers import Numbers
from ipdesk.demo.timeline import Course

OLD = 30
LAST_YEAR = 300
_GRADES = ("A", "A", "B", "B", "B", "C")


@dataclass(frozen=True, slots=True)
class Draft:
    """One matter to be made: its fields, events, family, and the draft it descends from."""

    fields: MatterFields
    events: tuple[EventInput, ...]
    parent: str = ""  # reference of the parent
    grade: str = ""
    filed: date | None = None
    left_open: bool = False  # what is past here was really not done


class Maker:
    """Makes drafts from one stream of chance, so that a day always gives the same portfolio."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.random = Random(2011)
        self.numbers = Numbers()
        self._count: dict[str, int] = {}

    # -- pieces -------------------------------------------------------------------------------
    def reference(self, prefix: str, year: int) -> str:
        """``CJ25-P001``: company, year, kind, running number."""
        key = f"CJ{year % 100:02}-{prefix}"
        self._count[key] = self._count.get(key, 0) + 1
        return f"{key}{self._count[key]:03}"

    def day_in(self, year: int) -> date:
        """A working day of the year, not after yesterday."""
        first = date(year, 1, 4)
        last = min(date(year, 12, 28), self.today - timedelta(days=3))
        span = max((last - first).days, 1)
        return timeline.work_day(first + timedelta(days=self.random.randint(0, span)))

    def people(self, agency: int = 0) -> tuple[PersonName, ...]:
        """Applicant, one to four inventors, agency, and who answers for the matter."""
        inventors = self.random.sample(words.INVENTORS, self.random.choice((1, 2, 2, 3, 4)))
        owner = words.COMPANY if self.random.random() < 0.9 else words.SUBSIDIARY
        staff = words.STAFF[self.random.choice((0, 0, 1, 1, 2))]
        return (
            PersonName("applicant", owner[1], owner[0], owner[1]),
            *(PersonName("inventor", zh, en, zh) for en, zh in inventors),
            PersonName("agency", words.AGENCIES[agency][1], *words.AGENCIES[agency]),
            PersonName("responsible", staff[1], staff[0], staff[1]),
        )

    def subject(self, *, model: bool = False) -> tuple[str, str, str, str]:
        """Technology, title in English and Chinese, product."""
        technology = self.random.choice(list(words.SUBJECTS))
        en, zh, product = self.random.choice(words.SUBJECTS[technology])
        aspect = self.random.choice(words.MODEL_ASPECTS if model else words.ASPECTS)
        title = aspect[0].format(en)
        return technology, title[0].upper() + title[1:], aspect[1].format(zh), product

    # -- rights -------------------------------------------------------------------------------
    def invention(self, year: int, filed: date | None = None) -> Draft:
        """A Chinese invention of that year."""
        filed = filed or self.day_in(year)
        technology, en, zh, product = self.subject()
        course = timeline.invention(self.random, filed, filed, self.today)
        fields = self._fields("invention", "CN", filed, en, zh, technology, product)
        return self._chinese(fields, course, filed, "P", "A", "B")

    def utility_model(self, year: int, filed: date | None = None) -> Draft:
        """A Chinese utility model of that year."""
        filed = filed or self.day_in(year)
        technology, en, zh, product = self.subject(model=True)
        course = timeline.utility_model(self.random, filed, self.today)
        fields = self._fields("utility_model", "CN", filed, en, zh, technology, product)
        return self._chinese(fields, course, filed, "U", "", "U")

    def design(self, year: int) -> Draft:
        """A Chinese design of that year."""
        filed = self.day_in(year)
        en, zh = self.random.choice(words.DESIGNS)
        course = timeline.utility_model(self.random, filed, self.today)
        fields = self._fields("design", "CN", filed, en, zh, "Desktop printers", "")
        return self._chinese(replace(fields, classes=("14-02",)), course, filed, "D", "", "S")

    def _fields(
        self, right: str, office: str, filed: date, en: str, zh: str, technology: str, product: str
    ) -> MatterFields:
        classes = next(c for n, _, _, c, _ in words.TECHNOLOGIES if n == technology)
        return MatterFields(
            right=right,
            office=office,
            route="direct",
            title=zh if office == "CN" else en,
            title_en=en,
            title_zh=zh,
            classes=classes,
            department=self.random.choice(("Materials", "Printing", "Devices")),
            project=f"R{filed.year % 100:02}-{self.random.randint(1, 6)}",
            sample=True,
            people=self.people(self.random.choice((0, 0, 1))),
            technologies=(technology,),
            products=(product,) if product else (),
        )

    def _chinese(
        self, fields: MatterFields, course: Course, filed: date, prefix: str, a: str, b: str
    ) -> Draft:
        """Numbers as far as the course has come, annuities paid."""
        events = list(course.events)
        granted = course.granted
        number = self.numbers.chinese(fields.right, filed)
        publication = ""
        if course.published and a:
            publication = self.numbers.publication(a, course.published)
        grant = f"ZL{number[2:]}" if granted else ""
        if granted:
            publication = publication or self.numbers.publication(b, granted)
            events += timeline.renewals(fields.office, fields.right, events, self.today)
        return Draft(
            replace(
                fields,
                reference=self.reference(prefix, filed.year),
                application_number=number,
                publication_number=publication,
                grant_number=grant,
            ),
            tuple(events),
            grade=self.random.choice(_GRADES) if granted else "",
            filed=filed,
        )

    def pct(self, first: Draft, filed: date) -> Draft:
        """A PCT application that claims the priority of a Chinese one."""
        number, publication = self.numbers.pct(filed)
        base = first.fields
        priority = first.filed or filed
        events = [EventInput("filing", filed), EventInput("receipt", filed)]
        report = add_months(filed, 4)
        if report <= self.today:
            events.append(EventInput("isr_transmittal", timeline.work_day(report)))
        published = add_months(priority, 18)
        out = published <= self.today
        if out:
            events.append(EventInput("publication", published))
        fields = replace(
            base,
            right="pct",
            office="WO",
            route=None,
            reference=self.reference("W", filed.year),
            title=base.title_en,
            application_number=number,
            publication_number=publication if out else "",
            grant_number="",
            facts={
                "receiving_office": "CN",
                "isa": "CN",
                "filing_language": "en",
                "targets": ["CN", "US", "EP", "JP", "KR"],
            },
            priorities=(PriorityClaim(base.application_number, "CN", priority),),
            family_key=f"F-{base.reference}",
        )
        return Draft(fields, tuple(events), filed=filed)

    def phase(self, pct: Draft, office: str) -> Draft:
        """A national phase, entered half a month before the limit; granted after four years."""
        base = pct.fields
        priority = base.priorities[0].date or self.today
        limit = add_months(priority, 31 if office in ("EP", "KR") else 30)
        entered = timeline.work_day(limit - timedelta(days=self.random.randint(8, 25)))
        filed = pct.filed or entered
        events = [EventInput("filing", filed), EventInput("national_entry", entered)]
        granted = add_years(entered, self.random.choice((3, 4)))
        done = granted <= self.today
        if done:
            events.append(EventInput("grant", timeline.work_day(granted)))
        events += timeline.renewals(office, "invention", events, self.today)
        number = self.numbers.foreign(office, entered)
        fields = replace(
            base,
            right="invention",
            office=office,
            route="pct",
            reference=f"{base.reference}-{office}",
            application_number=number,
            publication_number="",
            grant_number="",
            facts={"pct_number": base.application_number},
            parent_kind="national_phase",
        )
        return Draft(fields, tuple(events), parent=base.reference, filed=filed)


def patents(maker: Maker) -> Iterator[Draft]:
    """About thirty until the year before last, about three hundred last year, some this year."""
    year = maker.today.year
    for step in range(OLD):
        then = year - 15 + step * 14 // OLD
        if step % 5 == 3:
            yield maker.utility_model(then)
        elif step % 9 == 7:
            yield maker.design(then)
        else:
            yield maker.invention(then)
    for step in range(LAST_YEAR):
        if step % 20 < 12:
            yield maker.invention(year - 1)
        elif step % 20 < 18:
            yield maker.utility_model(year - 1)
        else:
            yield maker.design(year - 1)
    months = max(maker.today.month, 1)
    for step in range(4 * months):
        yield maker.utility_model(year) if step % 3 == 2 else maker.invention(year)


def pct_families(maker: Maker, firsts: list[Draft]) -> Iterator[Draft]:
    """PCT applications on some first filings, and the national phases of the older ones."""
    for k, first in enumerate(firsts):
        if first.filed is None:
            continue
        filed = timeline.work_day(add_months(first.filed, 12) - timedelta(days=6 + k % 9))
        if filed >= maker.today:
            continue
        application = maker.pct(first, filed)
        yield application
        if add_months(first.filed, 30) < maker.today:
            for office in (("US", "EP", "JP", "KR"), ("US", "EP"), ("US", "JP"))[k % 3]:
                yield maker.phase(application, office)
