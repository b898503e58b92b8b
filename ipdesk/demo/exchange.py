"""What a register and an agent of the invented company say otherwise."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.intake.agents.comparing import Answer, Returned
from ipdesk.core.intake.agents.edits import query
from ipdesk.core.intake.agents.gathering import (
    deadline_cells,
    deadlines_of,
    matter_cells,
    matters_of,
)
from ipdesk.core.intake.agents.making import make_workbook
from ipdesk.core.intake.agents.queries import answer_ids, workbooks
from ipdesk.core.intake.agents.returning import ReadBack, keep_answers
from ipdesk.core.intake.holdings import holdings_of
from ipdesk.core.intake.merging import Proposal
from ipdesk.core.intake.model import MatterDraft
from ipdesk.core.intake.plan import Holding
from ipdesk.core.intake.register.edits import dismiss
from ipdesk.core.intake.register.keeping import keep
from ipdesk.core.intake.register.looking import Comparison
from ipdesk.core.intake.register.model import Lack, Scope, Side, Told
from ipdesk.core.intake.register.queries import difference_ids
from ipdesk.demo import words
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from ipdesk.store.schema.portfolio import matter

_SHEET = "检索结果"


def fill_comparison(database: Database, docket: Docket) -> None:
    """Compare the Chinese patents with an invented export of a register."""
    with database.read() as connection:
        m = matter.c
        found = select(m.id).where(
            m.office == "CN",
            m.right.in_(("invention", "utility_model")),
            m.filing_date.is_not(None),
        )
        ids = connection.execute(found.order_by(m.sort_reference).limit(60)).scalars().all()
        holdings = holdings_of(connection, ids)
    told = tuple(_differences(holdings))
    keep(
        database,
        Comparison(
            file=f"register-CN-{docket.today.isoformat()}.xlsx",
            sha256="0" * 64,
            source="cnipa",
            records=len(holdings) + 1,
            matched={h.id: (_proposal(h), h) for h in holdings},
            told=told,
            lacks=(*_new(docket.today), *_missing(holdings[-3:])),
            scope=Scope(
                (("CN", "invention"), ("CN", "utility_model")), (words.COMPANY[1],), frozenset()
            ),
            parties={},
        ),
    )
    with database.read() as connection:
        first = difference_ids(connection, ListQuery().choose("field", "inventors"))[:1]
    dismiss(database, docket, list(first), "发明人以请求书为准 · as on the request form")


def _proposal(holding: Holding) -> Proposal:
    fields = holding.fields
    draft = MatterDraft(_SHEET, 0, fields["right"], fields["office"])
    return Proposal((draft,), fields, {}, frozenset(), (), ())


def _differences(holdings: Sequence[Holding]) -> Iterator[Told]:
    """Errors that registers and spreadsheets really have: a day off, a name, an end unheard of."""
    granted = [h for h in holdings if h.fields["grant_date"]]
    pending = [h for h in holdings if not h.fields["grant_date"]]
    for place, (holding, field, value) in enumerate(
        (
            *((h, "filing_date", h.fields["filing_date"] + timedelta(days=1)) for h in pending[:2]),
            *((h, "grant_date", h.fields["grant_date"] + timedelta(days=7)) for h in granted[:2]),
            *((h, "status", "lapsed") for h in granted[2:4]),
            *((h, "inventors", _turned(h.fields["inventors"])) for h in granted[4:7]),
            *((h, "applicants", (words.SUBSIDIARY[1],)) for h in pending[2:4]),
            *((h, "title_zh", f"{h.fields['title_zh']}及其制备方法") for h in pending[4:7]),
        ),
        start=2,
    ):
        ours: Any = holding.fields["current_status" if field == "status" else field]
        if ours != value:
            yield Told(holding.id, field, ours or None, value, _SHEET, place * 3)


def _turned(names: Sequence[str]) -> tuple[str, ...]:
    """One inventor more than we know of."""
    other = next(zh for _, zh in words.INVENTORS if zh not in names)
    return (*names, other)


def _new(today: date) -> Iterator[Lack]:
    filed = today - timedelta(days=410)
    yield Lack(
        Side.NOT_HERE,
        "CN.A.202520998877",
        "utility_model",
        "CN",
        "CN202520998877.5",
        "一种液态金属注射器的密封结构",
        (words.COMPANY[1],),
        filed,
        application_key="CN.A.202520998877",
        sheet=_SHEET,
        line=58,
    )


def _missing(holdings: Sequence[Holding]) -> Iterator[Lack]:
    for holding in holdings:
        fields = holding.fields
        yield Lack(
            Side.NOT_THERE,
            f"#{holding.id}",
            fields["right"],
            fields["office"],
            fields["application_number"],
            fields["title"],
            tuple(fields["applicants"]),
            fields["filing_date"],
            holding.id,
        )


def fill_agents(database: Database, docket: Docket) -> None:
    """A workbook went to the agency and came back with answers; one of them was queried."""
    agent, today = words.AGENCIES[0][1], docket.today
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{agent}-{today.isoformat()}.xlsx"
        make_workbook(database, agent, path, today, company=words.COMPANY[0])
    with database.read() as connection:
        book = workbooks(connection, 1)[0]
        matters = matters_of(connection, agent)
        pending = deadlines_of(connection, matters, today)
        cells = matter_cells(connection, matters[:40])
        due = deadline_cells(connection, pending[:3], "en")
    answers = tuple(_answers(cells, due))
    back = f"{agent}-{today.isoformat()}-回复.xlsx"
    returned = Returned(answers, book.matters + book.deadlines, 0, 2)
    keep_answers(database, ReadBack(back, "1" * 64, book.id, agent, today, returned), today)
    with database.read() as connection:
        asked = answer_ids(connection, ListQuery().choose("field", "grant_date"))[:1]
    query(
        database,
        docket,
        list(asked),
        "授权公告日以公报为准，请核实。",
    )


def _answers(cells: dict[int, dict[str, Any]], due: dict[int, dict[str, Any]]) -> Iterator[Answer]:
    """References of theirs, a day off, a remark, what was done, a matter that we do not have."""
    for place, (matter_id, own) in enumerate(list(cells.items())[:6]):
        told = {
            0: ("other_reference", f"JH{own['filing_date']:%y}-01{matter_id % 90 + 10}"),
            1: ("other_reference", f"JH{own['filing_date']:%y}-01{matter_id % 90 + 10}"),
            2: ("filing_date", own["filing_date"] - timedelta(days=1)),
            3: ("remark", "年费由贵司自行缴纳？ Will you pay the annuity yourselves?"),
            4: ("status", "lapsed"),
            5: ("grant_date", (own["grant_date"] or own["filing_date"]) + timedelta(days=3)),
        }[place]
        key, line = f"m{matter_id}", place + 2
        sent = own.get(told[0])
        yield Answer("matter", key, matter_id, None, told[0], sent, told[1], None, "Matters", line)
    for place, (row_id, own) in enumerate(due.items()):
        told = {
            0: ("answer", "done"),
            1: ("own_date", own["due"] - timedelta(days=1)),
            2: ("answer", "waiting"),
        }[place]
        key, matter_id, line = f"d{row_id}", own["matter_id"], place + 2
        yield Answer("deadline", key, matter_id, row_id, *_told(told), line)
        if told == ("answer", "done"):
            day = ("done_on", own["due"] - timedelta(days=9))
            yield Answer("deadline", key, matter_id, row_id, *_told(day), line)
    added = {
        "other_reference": "JH26-0188",
        "right": "utility_model",
        "office": "CN",
        "title": "一种液态金属针头的清洗装置",
        "application_number": "CN202620112233.9",
    }
    yield Answer("new_matter", "new:JH260188", None, None, "row", None, added, None, "Matters", 61)


def _told(told: tuple[str, Any]) -> tuple[str, None, Any, None, str]:
    return told[0], None, told[1], None, "Deadlines"
