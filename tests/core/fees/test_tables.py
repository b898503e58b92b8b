"""Fee tables: the shipped ones conform, the user's amounts win, bad ones are refused."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ipdesk.base.assets import asset
from ipdesk.core.docket.law import Law
from ipdesk.core.docket.model import Event
from ipdesk.core.fees.engine import Fees
from ipdesk.core.fees.model import FeeCase, OwnAmount
from ipdesk.core.fees.reading import read_table

FILES = sorted(asset("fees").glob("*.toml"))
MINIMAL = """
office = "XX"
currency = "CNY"
[sources]
law = "a law"
[[item]]
id = "filing"
en = "Filing"
zh = "申请费"
rights = ["invention"]
  [[item.amount]]
  {amount}
  source = "law"
  confidence = "{confidence}"
"""


def _written(folder: Path, amount: str = "amount = 5", confidence: str = "V1") -> Path:
    path = folder / "XX.toml"
    path.write_text(MINIMAL.format(amount=amount, confidence=confidence), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_table_reads_and_is_bilingual(path: Path) -> None:
    table = read_table(path)
    assert table.office == path.stem
    for item in table.items:
        assert item.label.en
        assert re.search(r"[一-鿿]", item.label.zh), item.id
        assert item.amounts, item.id
        assert item.rights, item.id


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_that_a_fee_is_due_with_exists(path: Path) -> None:
    known = set(Law.load().by_id)
    table = read_table(path)
    rules = {rule for item in table.items for rule in item.rules}
    rules |= {s.rule for s in table.surcharges if s.rule}
    assert rules <= known, sorted(rules - known)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_reductions_and_surcharges_name_items_that_exist(path: Path) -> None:
    table = read_table(path)
    names = {name for item in table.items for name in (item.id, *item.aliases)}
    for reduction in table.reductions:
        assert set(reduction.items) <= names, reduction.id
    for surcharge in table.surcharges:
        assert set(surcharge.items) <= names


def test_a_table_reads_from_a_file(tmp_path: Path) -> None:
    assert read_table(_written(tmp_path)).items[0].amounts[0].flat == 5


def test_an_unknown_source_is_refused(tmp_path: Path) -> None:
    path = _written(tmp_path)
    path.write_text(path.read_text().replace('source = "law"', 'source = "hearsay"'))
    with pytest.raises(ValueError, match="hearsay"):
        read_table(path)


def test_an_unknown_confidence_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="V9"):
        read_table(_written(tmp_path, confidence="V9"))


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="amuont"):
        read_table(_written(tmp_path, amount="amount = 5\n  amuont = 6"))


def test_an_amount_is_given_or_missing_never_both_nor_neither(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="given or missing"):
        read_table(_written(tmp_path, amount="amount = 5\n  missing = true"))
    with pytest.raises(ValueError, match="given or missing"):
        read_table(_written(tmp_path, amount=""))


def _filing(day: date) -> FeeCase:
    return FeeCase("CN", "invention", "filing", (Event("filing", day),), {"fee_reduction": "85"})


def _annuity(year: int) -> FeeCase:
    events = (Event("filing", date(2022, 3, 10)), Event("grant", date(2025, 6, 20)))
    facts = {"annuity_year": year, "fee_reduction": "85"}
    return FeeCase("CN", "invention", "annuity", events, facts)


def test_the_users_amount_wins_while_it_is_valid_and_is_reduced_like_the_built_in_one() -> None:
    own = OwnAmount(
        "CN", "filing", Decimal(1000), "CNY", valid_from=date(2027, 1, 1), source="notice"
    )
    fees = Fees.load([own])
    assert fees.fee(_filing(date(2026, 3, 10))).official == 900
    later = fees.fee(_filing(date(2027, 3, 10)))
    assert later.official == 1000
    assert later.payable == 150
    assert str(later.source) == "notice"


def test_the_more_exact_own_amount_wins() -> None:
    fees = Fees.load(
        [
            OwnAmount("CN", "annuity", Decimal(1), "CNY"),
            OwnAmount("CN", "annuity", Decimal(1300), "CNY", "invention", 5),
        ]
    )
    assert fees.fee(_annuity(5)).official == 1300
    assert fees.fee(_annuity(6)).official == 1


def test_a_missing_amount_can_be_supplied_by_the_user() -> None:
    own = OwnAmount("JP", "annuity", Decimal(20000), "JPY", number=4)
    case = FeeCase(
        "JP", "invention", "annuity", (Event("grant", date(2022, 6, 1)),), {"annuity_year": 4}
    )
    assert Fees.load().fee(case).official is None
    assert Fees.load([own]).fee(case).payable == 20000


def test_an_office_without_a_table_can_be_supplied_too() -> None:
    own = OwnAmount("BR", "annuity", Decimal(300), "BRL")
    answer = Fees.load([own]).fee(FeeCase("BR", "invention", "annuity"))
    assert (answer.official, answer.currency) == (300, "BRL")


def test_an_own_amount_for_a_piece_is_multiplied() -> None:
    own = OwnAmount("CN", "renewal", Decimal(400), "CNY", "trademark")
    case = FeeCase(
        "CN", "trademark", "renewal", (Event("registration", date(2017, 4, 7)),), {"classes": 3}
    )
    assert Fees.load([own]).fee(case).official == 1200
