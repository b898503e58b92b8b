"""What the store, the docket and an import cost beside the plainest way of doing the same work."""

import os
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from ipdesk.base.i18n import say
from ipdesk.core.docket.edits import add_events, correct_event, preview_correction
from ipdesk.core.docket.holdings import DERIVED
from ipdesk.core.docket.matters import refresh_all
from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.docket.recompute import refresh
from ipdesk.core.docket.records import EventInput
from ipdesk.core.intake.edits import carry_out, prepare
from ipdesk.core.intake.reading import read_list
from ipdesk.core.portfolio.edits import add_matters
from ipdesk.core.portfolio.model import MatterFields, PersonName
from ipdesk.core.portfolio.number_check import cn_check_digit
from ipdesk.core.portfolio.queries import matter_ids, matter_rows
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from ipdesk.store.schema.docket import event
from ipdesk.store.schema.portfolio import matter

pytestmark = pytest.mark.bench
Told = Callable[[str, str], None]
MATTERS = int(os.environ.get("IPDESK_BENCH_MATTERS", "20000"))
LISTED = 20_000
ROWS = int(os.environ.get("IPDESK_BENCH_ROWS", "5000"))


class Clock:
    """Seconds of one piece of work."""

    seconds = 0.0


@contextmanager
def clock() -> Iterator[Clock]:
    measured = Clock()
    start = time.perf_counter()
    yield measured
    measured.seconds = time.perf_counter() - start


def number(k: int) -> str:
    body = f"{2015 + k % 10}1{k:07}"
    return f"CN{body}.{cn_check_digit(body)}"


def draft(k: int) -> MatterFields:
    return MatterFields(
        right="invention",
        office="CN",
        title=f"一种液态金属打印装置 {k}",
        application_number=number(k),
        people=(PersonName("applicant", "澄镓科技"), PersonName("inventor", f"沈宇航{k % 90}")),
    )


def events(k: int) -> list[EventInput]:
    """Days that hardly any two matters share as a whole."""
    filed = date(2015 + k % 10, 1, 2) + timedelta(days=k * 37 % 331)
    return [
        EventInput("filing", filed),
        EventInput("publication", filed + timedelta(days=300 + k * 17 % 241)),
        EventInput("grant", filed + timedelta(days=700 + k * 53 % 617)),
    ]


def test_a_recomputation_beside_reading_events_and_writing_dates(
    database: Database, docket: Docket, tmp_path: Path, told: Told
) -> None:
    """All dates new, then nothing changed; ``IPDESK_BENCH_MATTERS=100000`` is the limit's size."""
    with database.write(say("Matters")) as writer:
        ids = add_matters(writer, [draft(k) for k in range(MATTERS)])
        add_events(writer, [(i, e) for k, i in enumerate(ids) for e in events(k)], docket)
        with clock() as first:
            refresh(writer, ids, docket)
    refresh_all(database, docket)
    with clock() as again:
        refresh_all(database, docket)
    with closing(sqlite3.connect(str(database.path))) as bare:
        with clock() as reading:
            assert len(bare.execute("SELECT * FROM event").fetchall()) == 3 * MATTERS
        written = {
            name: (
                [column[1] for column in bare.execute(f"PRAGMA table_info({name})")],
                bare.execute(f"SELECT * FROM {name}").fetchall(),
            )
            for name in ("deadline", "reckoned")
        }
        derived = bare.execute(f"SELECT {', '.join(DERIVED)}, id FROM matter").fetchall()
    writing = _plainly_written(tmp_path / "plain.db", written, derived)
    told(
        f"recompute {MATTERS} matters: {len(written['deadline'][1])} dates and 2 rows a matter",
        f"nothing changed {again.seconds / reading.seconds:.2f} × reading their events; "
        f"all dates new {first.seconds / (reading.seconds + writing.seconds):.1f} × reading the "
        f"events and writing the same rows by plain sqlite3 "
        f"({1e6 * first.seconds / MATTERS:.0f} µs a matter)",
    )
    _tell_correction(database, docket, told)


def _plainly_written(
    path: Path, tables: dict[str, tuple[list[str], list[Any]]], derived: list[Any]
) -> Clock:
    """Seconds for the same rows, with the same indexes, and the columns of the matters."""
    with closing(sqlite3.connect(path)) as bare:
        bare.execute(f"CREATE TABLE matter ({', '.join(DERIVED)}, id INTEGER PRIMARY KEY)")
        bare.execute("CREATE INDEX three ON matter (filing_date)")
        bare.execute("CREATE INDEX four ON matter (grant_date)")
        bare.execute("CREATE INDEX five ON matter (next_due)")
        bare.execute("CREATE INDEX six ON matter (status)")
        bare.executemany("INSERT INTO matter (id) VALUES (?)", [(row[-1],) for row in derived])
        bare.commit()
        with clock() as writing:
            for name, (columns, _) in tables.items():
                quoted = ", ".join(f'"{column}"' for column in columns)
                bare.execute(f"CREATE TABLE {name} ({quoted})")
            bare.execute("CREATE INDEX one ON deadline (matter_id)")
            bare.execute("CREATE INDEX two ON deadline (state, due)")
            for name, (columns, rows) in tables.items():
                marks = ",".join("?" * len(columns))
                bare.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
            sets = ", ".join(f"{name} = ?" for name in DERIVED)
            bare.executemany(f"UPDATE matter SET {sets} WHERE id = ?", derived)
            bare.commit()
    return writing


def _tell_correction(database: Database, docket: Docket, told: Told) -> None:
    with database.read() as connection:
        filing = connection.execute(select(event.c.id).where(event.c.type == "filing")).scalar()
    with clock() as shown:
        effect = preview_correction(database, docket, filing or 0, {"date": date(2015, 1, 5)})
    with clock() as written:
        correct_event(database, docket, filing or 0, {"date": date(2015, 1, 5)})
    assert len(effect.changed) > 15
    told(
        f"correct one event among {MATTERS} matters",
        f"its difference of {len(effect.changed)} dates after {1000 * shown.seconds:.0f} ms, "
        f"written in {1000 * written.seconds:.0f} ms",
    )


def test_the_list_beside_a_scan_of_the_wide_table(database: Database, told: Told) -> None:
    with database.write(say("Matters")) as writer:
        add_matters(writer, [draft(k) for k in range(LISTED)])
    m = matter.c
    with database.read() as connection:
        with clock() as found:
            ids = matter_ids(connection, ListQuery(f"ZL {number(777)[2:]}"))
        with clock() as scan:
            like = f"%{number(777)}%"
            columns = (m.title, m.title_en, m.application_number, m.publication_number, m.note)
            where = [c.like(like) for c in columns]
            plain = {r for w in where for r in connection.execute(select(m.id).where(w)).scalars()}
        with clock() as page:
            matter_rows(connection, matter_ids(connection, ListQuery(sort="title"))[:128])
    assert plain <= set(ids)  # forms that dropped a zero may add a neighbour
    told(
        f"find one number in {LISTED} matters",
        f"{found.seconds / scan.seconds:.1f} × LIKE over five columns, "
        f"{found.seconds * 1000:.0f} ms",
    )
    told(f"sort {LISTED} matters, first page", f"{page.seconds * 1000:.0f} ms")


def workbook(path: Path) -> None:
    """A list of 25 columns as agents send it."""
    headers = ["案号", "申请号", "申请日", "案件名称", "申请人", "发明人", "公开日", "授权日"]
    headers += [f"栏目{k}" for k in range(25 - len(headers))]
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, headers)
    for k in range(ROWS):
        days = [e.date.isoformat() for e in events(k)]
        cells = [
            f"B-{k}",
            number(k),
            days[0],
            f"一种装置{k}",
            "澄镓科技",
            f"沈宇航{k % 90}",
            *days[1:],
        ]
        sheet.write_row(k + 1, 0, cells + [f"值{k}-{c}" for c in range(17)])
    book.close()


@pytest.mark.timeout(3600)
def test_an_import_beside_reading_and_inserting_the_same_rows(
    database: Database, docket: Docket, tmp_path: Path, told: Told
) -> None:
    """Everything in one figure; ``IPDESK_BENCH_ROWS=100000`` measures the size of the limit."""
    path = tmp_path / "list.xlsx"
    workbook(path)
    with clock() as plain:
        with clock() as fetching:
            rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        with closing(sqlite3.connect(tmp_path / "plain.db")) as bare:
            bare.execute(f"CREATE TABLE t ({', '.join(f'c{k}' for k in range(25))})")
            bare.executemany(f"INSERT INTO t VALUES ({','.join('?' * 25)})", rows)
            bare.commit()
    del rows
    with breathing() as gaps:
        with clock() as reading:
            result = read_list(path)
            with database.read() as connection:
                plan = prepare(connection, result)
        with clock() as writing:
            done = carry_out(database, docket, result, plan)
    assert done.summary["new"] == ROWS
    whole, peak = reading.seconds + writing.seconds, _peak_mb()
    rows_written, inserting = _all_rows_plainly(database, tmp_path / "same.db")
    told(
        f"import {ROWS} × 25 cells, whole: history, search and dates as well",
        f"{whole / plain.seconds:.1f} × calamine and plain sqlite3 of the list "
        f"({plain.seconds:.1f} s); of it read and compare {reading.seconds / plain.seconds:.1f} ×; "
        f"peak memory {peak}",
    )
    told(
        f"the same beside all {rows_written} rows that it writes",
        f"{whole / (fetching.seconds + inserting.seconds):.1f} × calamine and plain sqlite3 with "
        f"the same tables and indexes ({fetching.seconds + inserting.seconds:.1f} s)",
    )
    told(
        "another thread that wakes every 4 ms meanwhile",
        f"waits 50 ms or longer {sum(g > 0.05 for g in gaps)} times in {len(gaps)}, "
        f"at most {1000 * max(gaps):.0f} ms",
    )


def _all_rows_plainly(database: Database, path: Path) -> tuple[int, Clock]:
    """How many rows the file holds, and the seconds to insert them again without any thought."""
    with closing(sqlite3.connect(str(database.path))) as source:
        schema = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'"
        statements = [sql for (sql,) in source.execute(schema)]
        names = [n for (n,) in source.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        tables = {n: source.execute(f'SELECT * FROM "{n}"').fetchall() for n in names}
    with closing(sqlite3.connect(path)) as bare, clock() as inserting:
        for sql in statements:
            bare.execute(sql)
        for name, rows in tables.items():
            if rows:
                marks = ",".join("?" * len(rows[0]))
                bare.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
        bare.commit()
    return sum(map(len, tables.values())), inserting


@contextmanager
def breathing() -> Iterator[list[float]]:
    """How long a thread that only sleeps is kept waiting, as the window's would be: seconds."""
    gaps: list[float] = [0.0]
    over = threading.Event()

    def wake() -> None:
        while not over.is_set():
            start = time.perf_counter()
            time.sleep(0.004)
            gaps.append(time.perf_counter() - start - 0.004)

    thread = threading.Thread(target=wake)
    thread.start()
    try:
        yield gaps
    finally:
        over.set()
        thread.join()


def _peak_mb() -> str:
    try:
        import resource
    except ImportError:
        return "not known here"
    unit = 1 if sys.platform == "darwin" else 1024
    found = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return f"{found / 1e6:.0f} MB (with all tests before it)"
