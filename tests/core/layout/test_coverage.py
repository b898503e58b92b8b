"""Cells of a matrix: what is counted once, what a parent row shows, when a search grows stale."""

from datetime import date

import pytest

from ipdesk.core.layout.cells import Axis, Search
from ipdesk.core.layout.coverage import Counted, Matrix, count, lineage, matrix, state_on
from ipdesk.core.layout.gaps import GapKind, of_matrix
from ipdesk.core.layout.words import CellState
from tests.conftest import TODAY

TREE = (
    Axis(1, "Ink"),
    Axis(2, "Alloy", parent=1, depth=1),
    Axis(3, "Oxide skin", parent=1, depth=1),
    Axis(4, "Gallium", parent=2, depth=2),
)
EFFECTS = (Axis(10, "Conductivity"), Axis(20, "Adhesion"))


def search(day: date, number: int = 1) -> Search:
    return Search(number, day, "Wang", "cnipa", "ink", ("CN1",))


def made(
    counted: Counted = Counted(),  # noqa: B008 - frozen
    searches: dict[tuple[int | str, int | str], Search] | None = None,
    words: dict[tuple[int | str, int | str], tuple[str, str]] | None = None,
) -> Matrix:
    return matrix("effect", TREE, EFFECTS, counted, searches or {}, words or {}, TODAY)


def test_a_parent_row_counts_its_branch() -> None:
    found = made(Counted(granted=[(1, 4, 10), (2, 3, 10)], pending=[(3, 1, 10)]))
    assert [found.cell(r.key, 10).own for r in TREE] == [3, 1, 1, 1]
    assert found.cell(1, 10).granted == 2
    assert found.cell(1, 20).own == 0


def test_a_matter_in_two_technologies_of_a_branch_counts_once_above_them() -> None:
    found = made(Counted(pending=[(7, 3, 10), (7, 4, 10), (7, 1, 10)]))
    assert [found.cell(r.key, 10).own for r in TREE] == [1, 1, 1, 1]


def test_the_same_matter_counts_in_every_effect_that_it_has() -> None:
    found = made(Counted(pending=[(7, 4, 10), (7, 4, 20)]))
    assert found.cell(1, 10).own == found.cell(1, 20).own == 1


def test_others_and_planned_are_counted_apart() -> None:
    found = made(Counted(planned=[("row", 2, 10)], others=[("A", 2, 10), ("B", 4, 10)]))
    cell = found.cell(1, 10)
    assert (cell.own, cell.planned, cell.others) == (0, 1, 2)


def test_what_stands_in_no_row_or_column_is_left_out() -> None:
    assert made(Counted(pending=[(1, 99, 10), (1, 2, 99)])).tally() == {CellState.UNCHECKED: 8}


def test_a_circle_in_the_tree_does_not_hang() -> None:
    rows = (Axis(1, "A", parent=2), Axis(2, "B", parent=1))
    assert lineage(rows) == {1: (1, 2), 2: (2, 1)}
    assert count([("x", 1, "c")], lineage(rows)) == {(1, "c"): 1, (2, "c"): 1}


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (None, CellState.UNCHECKED),
        (date(2026, 11, 24), CellState.CHECKED),
        (date(2026, 5, 24), CellState.CHECKED),  # six months today
        (date(2026, 5, 23), CellState.STALE),
    ],
)
def test_a_search_ages(day: date | None, state: CellState) -> None:
    assert state_on(day, TODAY) is state


def test_a_cell_that_nobody_searched_is_unchecked_whatever_is_counted() -> None:
    found = made(Counted(granted=[(1, 4, 10)]))
    assert found.cell(4, 10).state == CellState.UNCHECKED
    assert found.cell(2, 20).state == CellState.UNCHECKED


def test_a_parent_is_checked_when_all_below_it_are_and_as_old_as_the_oldest() -> None:
    new, old = search(date(2026, 11, 1)), search(date(2026, 8, 1), 2)
    found = made(searches={(2, 10): new, (3, 10): old})
    assert found.cell(1, 10).state == CellState.CHECKED
    assert found.cell(1, 10).checked_on == date(2026, 8, 1)
    assert found.cell(1, 20).state == CellState.UNCHECKED
    half = made(searches={(2, 10): new})
    assert half.cell(1, 10).state == CellState.UNCHECKED


def test_one_stale_child_makes_its_parent_stale() -> None:
    found = made(searches={(2, 10): search(date(2026, 11, 1)), (3, 10): search(date(2026, 1, 1))})
    assert found.cell(1, 10).state == CellState.STALE


def test_a_search_of_the_parent_says_nothing_of_its_children() -> None:
    found = made(searches={(1, 10): search(date(2026, 11, 1))})
    assert found.cell(1, 10).state == CellState.CHECKED
    assert found.cell(2, 10).state == CellState.UNCHECKED


# -- gaps of a matrix -----------------------------------------------------------------------------
def kinds(found: Matrix) -> set[tuple[str, str, str]]:
    return {(g.kind, g.row, g.column) for g in of_matrix(found)}


def test_an_unsearched_cell_is_never_called_blank() -> None:
    assert kinds(made()) == {
        (GapKind.UNSEARCHED, "Oxide skin", ""),
        (GapKind.UNSEARCHED, "Gallium", ""),
    }


def test_a_checked_empty_cell_is_blank_and_says_since_when() -> None:
    found = made(searches={(4, 10): search(date(2026, 11, 1))})
    assert (GapKind.BLANK, "Gallium", "Conductivity") in kinds(found)
    assert any("2026-11-01" in str(g.said) for g in of_matrix(found))


def test_competitors_without_an_own_right_are_a_gap_until_something_is_planned() -> None:
    alone = Counted(others=[("A", 4, 10), ("B", 4, 10)])
    assert (GapKind.UNGUARDED, "Gallium", "Conductivity") in kinds(made(alone))
    both = Counted(others=[("A", 4, 10)], planned=[("row", 4, 10)])
    assert (GapKind.UNGUARDED, "Gallium", "Conductivity") not in kinds(made(both))


def test_a_cell_that_is_not_needed_is_no_gap() -> None:
    words: dict[tuple[int | str, int | str], tuple[str, str]] = {
        (4, 10): ("not_needed", "no product")
    }
    counted = Counted(others=[("A", 4, 10)])
    assert not {k for k in kinds(made(counted, words=words)) if k[2] == "Conductivity"}


def test_a_stale_search_asks_for_another() -> None:
    found = made(searches={(4, 10): search(date(2026, 1, 1))})
    assert (GapKind.STALE, "Gallium", "Conductivity") in kinds(found)
