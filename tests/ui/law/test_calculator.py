"""The deadline calculator: dates of a case that is not recorded, and what would change them."""

from datetime import date

from PySide6.QtWidgets import QLabel

from ipdesk.core.docket.matters import create_matter
from ipdesk.core.docket.model import Case, Event
from ipdesk.core.docket.queries import deadlines_of_matter
from ipdesk.core.docket.setting import docket_for
from ipdesk.core.portfolio.model import MatterFields, PriorityClaim
from ipdesk.ui.desk import Place
from ipdesk.ui.docket.card import DeadlineCard
from ipdesk.ui.pages.whatif import WhatIfPage
from ipdesk.ui.window import Window
from tests.conftest import TODAY
from tests.ui.law.told import told_by
from tests.ui.scenes import pause, wait


def test_the_calculator_gives_dates_reasons_and_what_would_change_them(window: Window) -> None:
    window.go(Place("what-if"))
    wait(window)
    page = window.page
    assert isinstance(page, WhatIfPage)
    events = (
        Event("filing", date(2025, 3, 10)),
        Event("office_action", date(2026, 10, 26), service="electronic"),
    )
    page.fields.put(Case("CN", "invention", "direct", events))
    pause(300)
    wait(window)
    rows = page.table.rows_model.rows
    row = next(i for i, d in enumerate(rows) if d.rule == "CN-P-OA1")
    assert rows[row].due == date(2027, 2, 26)
    page.table.selectRow(row)
    wait(window)
    told = told_by(page.card)
    assert "4 months from 2026-10-26" in told
    assert "served by post" in told
    assert "2027-02-26 → 2027-03-10" in told


def test_the_calculator_says_what_is_wrong_with_a_day(window: Window) -> None:
    window.go(Place("what-if"))
    wait(window)
    page = window.page
    assert isinstance(page, WhatIfPage)
    page.fields.lines[0].day.setText("10.3.2025")
    pause(300)
    wait(window)
    assert "YYYY-MM-DD" in page.said.text()


def test_a_stored_deadline_is_taken_into_the_calculator(window: Window) -> None:
    with window.desk.worker.database().read() as connection:
        wanted = next(d for d in deadlines_of_matter(connection, 1) if d.rule == "CN-P-SE")
    window.go(Place("what-if", wanted.id))
    wait(window)
    pause(300)
    wait(window)
    page = window.page
    assert isinstance(page, WhatIfPage)
    assert "Request for substantive examination" in told_by(page.card)
    assert "priorities were withdrawn" in told_by(page.card)


def test_an_entry_into_a_national_phase_says_what_would_change_it(window: Window) -> None:
    base = window.desk.worker.database()
    with base.read() as connection:
        law = docket_for(connection, TODAY)
    claim = PriorityClaim("CN202510000001.1", "CN", date(2025, 6, 3))
    fields = MatterFields(right="pct", office="WO", reference="W-1", priorities=(claim,))
    made = create_matter(base, law, fields, {"filing": date(2026, 3, 2)})[0]
    with base.read() as connection:
        dates = deadlines_of_matter(connection, made)
    entry = next(d for d in dates if d.rule == "EP-NPE")
    card = DeadlineCard(window.desk)
    card.show_id(entry.id)
    wait(window)
    asked = "\n".join(line.text() for line in card.findChildren(QLabel))
    card.deleteLater()
    assert "What if all priorities were withdrawn" in asked
    assert "2028-01-03 → 2028-10-02" in asked
    window.go(Place("what-if", entry.id))
    wait(window)
    pause(300)
    wait(window)
    assert isinstance(window.page, WhatIfPage)
    assert "European" in told_by(window.page.card)
    assert "2028-01-03 → 2028-10-02" in told_by(window.page.card)
