"""Reading fee tables from resources/fees; a row without a source is refused."""

import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ipdesk.base.assets import asset
from ipdesk.base.i18n import Bilingual
from ipdesk.core.fees.model import OwnAmount
from ipdesk.core.fees.tables import (
    Amount,
    Conditions,
    FeeTable,
    FeeTables,
    Item,
    Rebate,
    Recurs,
    Reduction,
    RewardRow,
    Step,
    Surcharge,
    Term,
    Threshold,
    fact_text,
)

CONFIDENCES = ("V1", "V2", "V3", "K")
Row = dict[str, Any]
Sources = Mapping[str, Bilingual]


def load(own: Iterable[OwnAmount] = ()) -> FeeTables:
    """All tables that ship with the program, with the user's amounts in front."""
    return FeeTables(shipped(), own)


@cache
def shipped() -> Mapping[str, FeeTable]:
    tables = (read_table(path) for path in sorted(asset("fees").glob("*.toml")))
    return {table.office: table for table in tables}


def read_table(path: Path) -> FeeTable:
    """One office's table. Raises ValueError naming the file and what is wrong in it."""
    with path.open("rb") as handle:
        raw = tomllib.load(handle)
    try:
        return _table(raw)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _table(raw: Row) -> FeeTable:
    sources = {name: _source(text) for name, text in raw.pop("sources").items()}
    outdated = raw.pop("outdated", None)
    table = FeeTable(
        office=raw.pop("office"),
        currency=raw.pop("currency"),
        facts={k: tuple(v) for k, v in raw.pop("facts", {}).items()},
        by_payment=raw.pop("by_payment", False),
        outdated_from=raw.pop("outdated_from", None),
        outdated=Bilingual(**outdated) if outdated else None,
        items=tuple(_item(row, sources) for row in raw.pop("item", ())),
        reductions=tuple(_reduction(row, sources) for row in raw.pop("reduction", ())),
        rebates=tuple(_rebate(row, sources) for row in raw.pop("rebate", ())),
        surcharges=tuple(_surcharge(row, sources) for row in raw.pop("surcharge", ())),
        terms=tuple(Term(years=r.pop("years"), **_dated(r, sources)) for r in raw.pop("term", ())),
        thresholds=tuple(_threshold(row, sources) for row in raw.pop("threshold", ())),
        rewards=tuple(_reward(row, sources) for row in raw.pop("reward", ())),
    )
    _nothing_left(raw, table.office)
    return table


def _source(text: str | Row) -> Bilingual:
    return Bilingual(text, text) if isinstance(text, str) else Bilingual(**text)


def _dated(row: Row, sources: Sources) -> dict[str, Any]:
    """What every row has; to be taken last, for nothing may be left in the row."""
    source, confidence, note = row.pop("source"), row.pop("confidence"), row.pop("note", None)
    if source not in sources:
        raise ValueError(f"unknown source {source!r}")
    if confidence not in CONFIDENCES:
        raise ValueError(f"unknown confidence {confidence!r}")
    common = {
        "rights": tuple(row.pop("rights", ())),
        "valid_from": row.pop("from", None),
        "valid_until": row.pop("until", None),
        "when": _conditions(row.pop("when", {})),
        "source": sources[source],
        "confidence": confidence,
        "note": Bilingual(**note) if note else None,
    }
    _nothing_left(row, str(common["source"]))
    return common


def _conditions(raw: Row) -> Conditions:
    return tuple(
        (
            fact,
            frozenset(
                fact_text(v).casefold() for v in (wanted if isinstance(wanted, list) else [wanted])
            ),
        )
        for fact, wanted in raw.items()
    )


def _nothing_left(row: Row, where: str) -> None:
    if row:
        raise ValueError(f"unknown keys {sorted(row)} at {where!r}")


def _label(row: Row) -> Bilingual:
    return Bilingual(row.pop("en"), row.pop("zh"))


def _item(row: Row, sources: Sources) -> Item:
    amounts = tuple(_amount(a, sources) for a in row.pop("amount"))
    for key in ("rights", "aliases", "rule_other", "number_aliases"):
        row[key] = tuple(row.get(key, ()))
    recurs = row.pop("recurs", None)
    return Item(
        label=_label(row), amounts=amounts, recurs=Recurs(**recurs) if recurs else None, **row
    )


def _amount(row: Row, sources: Sources) -> Amount:
    missing = row.pop("missing", False)
    flat = row.pop("amount", row.pop("amount_base", None))
    series = tuple((low, high, Decimal(sum_)) for low, high, sum_ in row.pop("series", ()))
    at_most = row.pop("at_most", None)
    tiers = tuple((tier["above"], Decimal(tier["each"])) for tier in row.pop("tiers", ()))
    amount = Amount(
        flat=None if flat is None else Decimal(str(flat)),
        series=series,
        tiers=tiers,
        at_most=None if at_most is None else Decimal(str(at_most)),
        **_dated(row, sources),
    )
    if amount.missing != missing:
        raise ValueError("an amount is either given or missing")
    return amount


def _reduction(row: Row, sources: Sources) -> Reduction:
    window = tuple((w.get("from"), w.get("until"), w["years"]) for w in row.pop("window", ()))
    return Reduction(
        id=row.pop("id"),
        label=_label(row),
        items=tuple(row.pop("items")),
        percent=row.pop("percent"),
        numbers=tuple(row.pop("numbers", ())),
        not_first=row.pop("not_first", False),
        window=window,
        **_dated(row, sources),
    )


def _rebate(row: Row, sources: Sources) -> Rebate:
    return Rebate(
        label=_label(row),
        items=tuple(row.pop("items")),
        fact=row.pop("fact"),
        amounts={k: Decimal(v) for k, v in row.pop("amounts").items()},
        **_dated(row, sources),
    )


def _surcharge(row: Row, sources: Sources) -> Surcharge:
    steps = tuple(_step(step) for step in row.pop("steps", ()))
    missing, fee, months = row.pop("missing", False), row.pop("fee", ""), row.pop("months", 0)
    if not steps and not fee and not missing:
        raise ValueError("a surcharge has steps, or a fee of its own, or is missing")
    return Surcharge(
        items=tuple(row.pop("items")),
        item=row.pop("item", ""),
        label=_label(row) if "en" in row else None,
        steps=steps,
        fee=fee,
        months=months or max((s.month for s in steps), default=0),
        month_end=row.pop("month_end", False),
        rule=row.pop("rule", ""),
        **_dated(row, sources),
    )


def _step(raw: Row) -> Step:
    amount = raw.get("amount")
    return Step(raw["month"], raw.get("percent"), None if amount is None else Decimal(amount))


def _threshold(row: Row, sources: Sources) -> Threshold:
    below = row.pop("below", None)
    return Threshold(
        kind=row.pop("kind"),
        below=None if below is None else Decimal(below),
        **_dated(row, sources),
    )


def _reward(row: Row, sources: Sources) -> RewardRow:
    return RewardRow(
        minimum=Decimal(row.pop("minimum")),
        months=row.pop("months"),
        basis=Bilingual(**row.pop("basis")),
        **_dated(row, sources),
    )
