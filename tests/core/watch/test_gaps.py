"""A gate tells what it leaves open, whatever its reader names."""

from dataclasses import replace
from datetime import date
from typing import Any

from ipdesk.core.watch.gaps import gaps_of
from ipdesk.core.watch.screening import MarketState
from tests.reports.samples_watch import THREATS, gate

DAY = date(2026, 11, 1)


def said(markets: tuple[MarketState, ...], conclusion: str = "", **row: Any) -> list[str]:
    (detail, *_) = THREATS
    key = "CN1A"
    whole = replace(
        detail,
        row=replace(detail.row, key=key, **row),
        charts=(),
        markets=markets,
    )
    made = gate(1, "launch", "clear", DAY)
    own = tuple(replace(f, conclusion=conclusion) for f in made.families[:1])
    return [str(g) for g in gaps_of(replace(made, markets=("CN", "US"), families=own), [whole])]


def test_a_family_that_is_judged_screened_and_concluded_leaves_no_gap() -> None:
    fine = tuple(MarketState(o, "not_in_force", True) for o in ("CN", "US"))
    assert said(fine, "clear", verdict="background", grade="low", reopened=False) == []


def test_what_was_not_done_is_named() -> None:
    markets = (MarketState("CN", "pct_open", False),)
    assert said(markets, verdict="threat", grade="", reopened=False) == [
        "CN1A has no claim chart.",
        "CN1A is not graded.",
        "Nothing is concluded on CN1A.",
        "CN1A was not screened in US: its watch does not name them.",
        "CN1A can still enter CN.",
    ]
    (first, *_) = said(markets, verdict="threat", grade="low", reopened=True)
    assert first == "CN1A changed after its verdict: look at it again."


def test_a_gate_without_search_market_or_family_says_so() -> None:
    empty = replace(gate(1, "launch", "", None), searches=(), markets=(), families=())
    assert [str(g) for g in gaps_of(empty, [])] == [
        "No run of a watch stands behind it.",
        "No market is named.",
        "No family was considered.",
    ]
