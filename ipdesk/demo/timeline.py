"""What happened to an invented matter until today: events in a believable rhythm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ipdesk.base.dates import add_months
from ipdesk.core.docket.model import Event
from ipdesk.core.docket.records import EventInput
from ipdesk.core.fees.model import FeeCase
from ipdesk.core.fees.reading import shipped
from ipdesk.core.fees.renewals import series_of


@dataclass(frozen=True, slots=True)
class Course:
    """The events of a matter until *today*, and the numbers that came with them."""

    events: tuple[EventInput, ...]
    published: date | None = None
    granted: date | None = None


def work_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


class _Story:
    """Adds events in order until one lies in the future."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.events: list[EventInput] = []
        self.published: date | None = None
        self.granted: date | None = None

    def add(self, kind: str, day: date, **more: int) -> bool:
        """Record the event; False when it has not happened yet, and so nothing after it has."""
        if day > self.today:
            return False
        self.events.append(EventInput(kind, day, **more))  # type: ignore[arg-type]  # period fields
        if kind == "publication":
            self.published = day
        if kind in ("grant", "registration"):
            self.granted = day
        return True

    def course(self) -> Course:
        return Course(tuple(self.events), self.published, self.granted)


def invention(random: Random, filed: date, priority: date, today: date) -> Course:
    """Filing, publication, examination, an office action or two, grant, annuities paid."""
    story = _Story(today)
    story.add("filing", filed)
    story.add("exam_request", filed + timedelta(days=random.choice((0, 0, 0, 20, 45))))
    early = random.random() < 0.6
    published = add_months(filed, random.randint(4, 7)) if early else add_months(priority, 18)
    if not story.add("publication", max(_tuesday(published), filed + timedelta(days=60))):
        return story.course()
    action = add_months(filed, random.randint(11, 17)) + timedelta(days=random.randint(0, 27))
    if not story.add("office_action", work_day(action), ordinal=1):
        return story.course()
    replied = add_months(action, 3) + timedelta(days=random.randint(0, 25))
    if not story.add("response", work_day(replied), ordinal=1):
        return story.course()
    if random.random() < 0.12:
        refused = add_months(replied, 4)
        story.add("refusal", work_day(refused))
        return story.course()
    noticed = add_months(replied, random.randint(2, 5))
    if not story.add("grant_notice", work_day(noticed)):
        return story.course()
    _register(story, random, noticed)
    return story.course()


def utility_model(random: Random, filed: date, today: date) -> Course:
    """Half a year to grant."""
    story = _Story(today)
    story.add("filing", filed)
    noticed = add_months(filed, random.randint(4, 7)) + timedelta(days=random.randint(0, 20))
    if story.add("grant_notice", work_day(noticed)):
        _register(story, random, noticed)
    return story.course()


def _register(story: _Story, random: Random, noticed: date) -> None:
    done = work_day(noticed + timedelta(days=random.randint(12, 40)))
    if story.add("registration_done", done):
        story.add("grant", _tuesday(done + timedelta(days=random.randint(18, 35))))


def renewals(
    office: str, right: str, events: Sequence[EventInput], today: date
) -> list[EventInput]:
    """What keeps the right alive after its grant, each paid a month before its day."""
    known = tuple(Event(e.type, e.date) for e in events)
    table = shipped().get(office)
    series = series_of(table, FeeCase(office, right, "", known)) if table else None
    paid = []
    for renewal in series.renewals if series else ():
        if renewal.at_registration:
            continue
        if renewal.raw > today + timedelta(days=20):
            break
        day = work_day(min(renewal.raw - timedelta(days=30), today - timedelta(days=1)))
        first = max(e.date for e in events if e.date <= renewal.raw)
        paid.append(EventInput("annuity_paid", max(day, first), ordinal=renewal.number))
    return paid


def _tuesday(day: date) -> date:
    """CNIPA publishes on Tuesdays and Fridays."""
    return day + timedelta(days=(1 - day.weekday()) % 7)
