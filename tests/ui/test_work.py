"""Reads, edits and jobs off the GUI thread."""

import gc
import sys
import threading
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection, text

from ipdesk.base.change import Change, Topic
from ipdesk.base.errors import Cancelled, IpdeskError
from ipdesk.base.i18n import speaking, tr
from ipdesk.store.database import Database
from ipdesk.ui.work import Task, Worker
from tests.ui.conftest import Settle


def test_a_read_runs_elsewhere_and_answers_on_the_gui_thread(
    worker: Worker, settle: Settle
) -> None:
    seen: list[tuple[int, int]] = []

    def question(connection: Connection) -> int:
        assert connection.execute(text("SELECT 1")).scalar() == 1
        return threading.get_ident()

    worker.read(question, lambda there: seen.append((there, threading.get_ident())))
    settle()
    [(there, here)] = seen
    assert here == threading.get_ident()
    assert there != here


def test_a_failing_read_answers_too(worker: Worker, settle: Settle) -> None:
    failures: list[Exception] = []

    def question(_connection: Connection) -> None:
        raise IpdeskError("no such list")

    worker.read(question, lambda _answer: pytest.fail("an answer"), failed=failures.append)
    settle()
    assert [str(f) for f in failures] == ["no such list"]


def test_a_failure_nobody_waits_for_reaches_the_exception_hook(
    worker: Worker, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(sys, "excepthook", lambda *what: heard.append(what[1]))

    def question(_connection: Connection) -> None:
        raise ZeroDivisionError("a defect")

    worker.read(question, lambda _answer: None)
    settle()
    assert [str(h) for h in heard] == ["a defect"]


def test_the_answer_to_a_question_asked_again_is_dropped(worker: Worker, settle: Settle) -> None:
    answers: list[int] = []

    class Asker(QObject):
        def take(self, value: int) -> None:
            answers.append(value)

    def number(n: int, _connection: Connection) -> int:
        return n

    asker, other = Asker(), Asker()
    for n in range(20):
        worker.read(partial(number, n), asker.take, key="list")
    worker.read(lambda _c: 100, other.take, key="list")  # another owner, another question
    settle()
    assert sorted(answers) == [19, 100]


def test_an_answer_for_a_widget_that_is_gone_is_dropped(worker: Worker, settle: Settle) -> None:
    label = QLabel()
    worker.read(lambda _c: "late", label.setText)
    import shiboken6

    shiboken6.delete(label)
    settle()  # would raise "Internal C++ object already deleted"


def test_the_bus_hears_an_edit_after_its_commit(
    worker: Worker, settle: Settle, qtbot: QtBot
) -> None:
    heard: list[Change] = []
    order: list[str] = []
    worker.bus.changed.connect(heard.append)
    worker.bus.changed.connect(lambda _c: order.append("bus"))
    change = Change.of(Topic.MATTERS, matters=(7,))

    def act(database: Database) -> tuple[int, Change]:
        assert isinstance(database, Database)
        order.append("edit")
        return 7, change

    worker.edit(act, lambda result: order.append(f"then {result[0]}"))
    settle()
    assert heard == [change]
    assert order == ["edit", "bus", "then 7"]


def test_edits_run_one_after_the_other(worker: Worker, settle: Settle) -> None:
    running, most = [0], [0]

    def act(_database: Database) -> None:
        running[0] += 1
        most[0] = max(most[0], running[0])
        threading.Event().wait(0.005)
        running[0] -= 1

    for _ in range(10):
        worker.edit(act)
    settle()
    assert most == [1]


def test_a_job_reports_and_can_be_stopped(worker: Worker, qtbot: QtBot, settle: Settle) -> None:
    steps: list[float] = []
    failures: list[Exception] = []
    started = threading.Event()

    def work(task: Task) -> None:
        for n in range(10_000):
            task.report(n, 10_000, "reading")
            started.set()
            threading.Event().wait(0.001)

    task = worker.job(
        work,
        lambda _r: pytest.fail("finished"),
        failures.append,
        lambda fraction, said: steps.append(fraction),
    )
    assert worker.under_way() == 1
    started.wait(5)
    qtbot.waitUntil(lambda: bool(steps))
    task.cancel()
    settle()
    assert isinstance(failures[0], Cancelled)
    assert worker.under_way() == 0


def test_the_language_of_the_question_is_the_language_of_the_answer(
    worker: Worker, settle: Settle
) -> None:
    answers: list[str] = []
    with speaking("zh_CN"):
        worker.read(lambda _c: tr("Settings"), answers.append)
    settle()
    assert answers == ["设置"]


def test_a_write_of_another_window_is_noticed(
    worker: Worker, settle: Settle, database_file: Any
) -> None:
    from ipdesk.base.i18n import say
    from ipdesk.core.portfolio.edits import add_matters
    from ipdesk.core.portfolio.model import MatterFields
    from ipdesk.store.migrate import open_database

    heard: list[Change] = []
    worker.read(lambda _c: None, lambda _a: None)
    settle()
    worker.look_for_others()
    settle()
    worker.bus.changed.connect(heard.append)
    worker.look_for_others()
    settle()
    assert heard == []
    other = open_database(database_file)
    with other.write(say("Created")) as writer:
        add_matters(writer, [MatterFields("invention", "CN", title="From elsewhere")])
    other.close()
    worker.look_for_others()
    settle()
    assert [c.topics for c in heard] == [frozenset(Topic)]


def test_calls_into_qt_lose_no_reference_to_none(worker: Worker) -> None:
    """PySide6 6.12 lost one with every call and then aborted on Python before 3.12."""
    label = QLabel()
    gc.collect()
    before = sys.getrefcount(None)
    for n in range(2000):
        label.setText(str(n))
        worker.busy.emit(n)
    assert sys.getrefcount(None) > before - 200


def test_garbage_is_collected_on_the_gui_thread_alone(
    worker: Worker, settle: Settle, qtbot: QtBot
) -> None:
    deleted_in: list[int] = []

    class Owner(QObject):
        ring: QObject

        def __del__(self) -> None:
            deleted_in.append(threading.get_ident())

    for _ in range(50):
        owner = Owner()
        owner.ring = owner  # a cycle, as lambdas make them
    del owner

    def allocate(_connection: Connection) -> int:
        return len([{"n": [n]} for n in range(200_000)])

    for _ in range(3):
        worker.read(allocate, lambda _n: None)
    settle()
    qtbot.waitUntil(lambda: len(deleted_in) == 50)
    assert set(deleted_in) == {threading.get_ident()}


def test_a_thousand_answers_arrive(worker: Worker, settle: Settle) -> None:
    answers: list[None] = []
    for _ in range(1000):
        worker.read(lambda _c: None, answers.append)
    settle()
    assert len(answers) == 1000
