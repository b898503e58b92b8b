"""European patents listed by state: each state's part is a matter, linked with the European one."""

from pathlib import Path

import pytest
from sqlalchemy import select

from ipdesk.core.docket.reckoning import Docket
from ipdesk.core.intake.edits import carry_out, prepare
from ipdesk.core.intake.european import state_named
from ipdesk.core.intake.plan import Plan, Verdict
from ipdesk.core.intake.reading import read_list
from ipdesk.core.portfolio.european import european_key, key_in_state
from ipdesk.core.portfolio.numbers import matter_keys
from ipdesk.store.database import Database
from ipdesk.store.schema.portfolio import family, matter

HEAD = "Case Ref,Country,Application Number,Grant Number,Filing Date,Grant Date,Title\n"
ROW = "Q1-{0},{0},EP20761234.2,EP3999999B1,2020-09-03,2024-02-07,Printable ink\n"


@pytest.fixture(name="listed")
def _listed(tmp_path: Path) -> Path:
    path = tmp_path / "annuities.csv"
    path.write_text(HEAD + "".join(ROW.format(c) for c in ("DE", "EP", "FR", "UP")))
    return path


def test_parts_are_matters_of_their_states_below_the_european_patent(
    database: Database, docket: Docket, listed: Path
) -> None:
    def again() -> Plan:
        result = read_list(listed)
        with database.read() as connection:
            preview = prepare(connection, result)
        carry_out(database, docket, result, preview)
        return preview

    assert again().count(Verdict.NEW) == 4
    with database.read() as connection:
        m = matter.c
        rows = connection.execute(
            select(m.reference, m.id, m.office, m.right, m.parent_id, m.parent_kind, family.c.key)
            .outerjoin(family, family.c.id == m.family_id)
            .order_by(m.reference)
        ).all()
    by_name = {row.reference: row for row in rows}
    mother = by_name["Q1-EP"]
    assert [(r.office, r.right) for r in rows] == [
        ("DE", "invention"),
        ("EP", "invention"),
        ("FR", "invention"),
        ("EP", "unitary_patent"),
    ]
    for name in ("Q1-DE", "Q1-FR", "Q1-UP"):
        assert (by_name[name].parent_id, by_name[name].parent_kind) == (mother.id, "validation")
    assert len({row.key for row in rows}) == 1
    second = again()
    assert (second.count(Verdict.UNCHANGED), second.count(Verdict.NEW)) == (4, 0)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("DE", ("DE", False)),
        ("德国", ("DE", False)),
        ("EP-DE", ("DE", True)),
        ("EP (France)", ("FR", True)),
        ("GB/EP", ("GB", True)),
        ("European Patent (Germany)", ("DE", True)),
        ("EP", ("", False)),
        ("US", ("", False)),
        ("EP-US", ("", False)),
    ],
)
def test_a_cell_names_a_state_and_may_say_that_it_means_the_part(
    text: str, found: tuple[str, bool]
) -> None:
    assert state_named(text) == found


def test_a_part_has_a_key_of_its_own_and_knows_where_it_came_from() -> None:
    keys = matter_keys("DE", "invention", "EP20761234.2", "", "EP3999999B1")
    assert keys == ("DE.A.EP20761234", None, "DE.P.EP3999999")
    assert european_key("DE.A.EP20761234") == "EP.A.20761234"
    assert european_key(key_in_state("EP.A.20761234", "EP", "unitary_patent")) == "EP.A.20761234"
    assert key_in_state("EP.A.20761234", "US", "invention") == "EP.A.20761234"
    assert european_key("CN.A.201610895413") == ""


def test_a_pending_application_listed_once_with_a_country_stays_european(tmp_path: Path) -> None:
    path = tmp_path / "pending.csv"
    path.write_text("Country,Application No.,Title,Status\nDE,EP20761234.2,Ink,Pending\n")
    (draft,) = read_list(path).drafts
    assert draft.office == "EP"
    assert [p.code for p in draft.problems] == ["office_differs"]
