"""When a watch is due, and that no silence looks like health."""

from datetime import date

import pytest

from ipdesk.base.errors import WrongCommand
from ipdesk.base.i18n import set_language
from ipdesk.core.watch.cadence import Ailment, Health, RunSign, health, read_every

DUE = date(2026, 4, 1)
BEFORE = date(2026, 3, 1)


def sign(
    day: str = "2026-01-01", *, failed: bool = False, hits: int = 9, new: int = 1, gone: int = 0
) -> RunSign:
    return RunSign(date.fromisoformat(day), failed, hits, new, 0, gone)


def ailments(found: Health) -> list[Ailment]:
    return [w.ailment for w in found.warnings]


@pytest.mark.parametrize(
    ("every", "day", "due"),
    [
        ("10d", "2026-01-25", "2026-02-04"),
        ("2w", "2026-01-25", "2026-02-08"),
        ("1m", "2026-01-31", "2026-02-28"),
        (" 3M ", "2026-11-30", "2027-02-28"),
        ("1y", "2024-02-29", "2025-02-28"),
    ],
)
def test_the_next_day_is_one_interval_later(every: str, day: str, due: str) -> None:
    assert read_every(every).after(date.fromisoformat(day)) == date.fromisoformat(due)


@pytest.mark.parametrize("text", ["", "m", "0m", "3", "3q", "-1m", "3.5m"])
def test_a_strange_interval_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(WrongCommand, match="3m"):
        read_every(text)


def test_an_interval_speaks_both_languages() -> None:
    assert read_every("1m").spoken() == "every month"
    assert read_every("3m").spoken() == "every 3 months"
    set_language("zh_CN")
    assert read_every("3m").spoken() == "每 3 个月"


def test_a_watch_that_was_never_run_is_overdue_and_ill_from_the_first_day() -> None:
    found = health([], next_due=DUE, today=BEFORE)
    assert found.overdue
    assert found.state == "severe"
    assert Ailment.NEVER_RUN in ailments(found)


def test_failed_runs_alone_do_not_count_as_runs() -> None:
    found = health([sign(failed=True)], DUE, BEFORE)
    assert found.overdue
    assert ailments(found) == [Ailment.FAILED, Ailment.NEVER_RUN]


def test_a_paused_watch_that_was_never_run_still_is_not_healthy() -> None:
    found = health([], DUE, BEFORE, paused_on=BEFORE, paused_reason="no product")
    assert found.overdue
    assert not found.healthy


def test_a_pause_stops_the_reminder_and_stays_to_be_seen() -> None:
    found = health([sign()], DUE, date(2026, 9, 1), paused_on=BEFORE, paused_reason="sold")
    assert not found.overdue
    assert ailments(found) == [Ailment.PAUSED]
    assert "sold" in str(found.worst)


def test_a_good_recent_run_is_in_order() -> None:
    found = health([sign()], DUE, BEFORE)
    assert found.healthy
    assert not found.overdue
    assert found.state == "healthy"


def test_a_watch_is_overdue_from_the_day_after() -> None:
    assert not health([sign()], DUE, DUE).overdue
    assert health([sign()], DUE, date(2026, 4, 2)).overdue


def test_the_latest_failure_is_said_first() -> None:
    found = health([sign(), sign("2026-02-01", failed=True)], DUE, date(2026, 5, 1))
    assert ailments(found)[0] == Ailment.FAILED


def test_runs_without_hits_are_counted() -> None:
    found = health([sign(), sign(hits=0, new=0), sign(hits=0, new=0)], DUE, BEFORE)
    assert ailments(found) == [Ailment.EMPTY]
    assert "2" in str(found.worst)


def test_three_runs_without_any_change_raise_a_question() -> None:
    same = sign(new=0)
    assert health([sign(), same, same], DUE, BEFORE).healthy
    assert ailments(health([sign(), same, same, same], DUE, BEFORE)) == [Ailment.UNCHANGED]


def test_hits_that_went_away_are_a_change() -> None:
    runs = [sign(), sign(new=0), sign(new=0, gone=2), sign(new=0)]
    assert health(runs, DUE, BEFORE).healthy


def test_missed_known_documents_unreviewed_hits_and_no_query_are_told() -> None:
    missed = RunSign(date(2026, 1, 1), False, 9, 1, 0, 0, ("US 1",))
    found = health([missed], DUE, BEFORE, unreviewed=4, queries=0)
    assert ailments(found) == [Ailment.MISSING, Ailment.UNREVIEWED, Ailment.NO_QUERY]
