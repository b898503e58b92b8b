"""One suite for every rule file: sources, labels, references, versions, words of the form."""

import re
import tomllib
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from ipdesk.base.assets import asset
from ipdesk.core.docket.arithmetic import ADJUSTMENTS, ULTIMO
from ipdesk.core.docket.bases import NOTICE, PRIORITY_DATE
from ipdesk.core.docket.events import EVENT_LABELS
from ipdesk.core.docket.law import Law, basis_words
from ipdesk.core.docket.model import is_unverified
from ipdesk.core.docket.national import phases
from ipdesk.core.docket.rules import Applies, Rule, Series
from ipdesk.core.portfolio.model import Right
from ipdesk.core.portfolio.offices import codes

FILES = sorted(asset("rules").glob("*.toml"))
SHARED = Path(__file__).parents[4] / "shared" / "domain"
LAW = Law.load()
IDS = {rule.id for rule in LAW.all}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_a_rule_file_says_its_office_and_when_it_was_checked(path: Path) -> None:
    stored = tomllib.loads(path.read_text(encoding="utf-8"))
    assert isinstance(stored["checked"], date)
    if path.name != "national_phase.toml":
        assert stored["office"] in codes() | {"XX"}


def test_every_rule_loads() -> None:
    assert [str(p) for p in LAW.problems] == []


def test_no_written_rule_is_lost() -> None:
    written = sum(
        len(tomllib.loads(path.read_text(encoding="utf-8")).get("rule", ())) for path in FILES
    )
    explicit = _explicit()
    made = [r for r in LAW.all if not r.id.endswith("-NPE") or r.id in explicit]
    assert len(made) == written


def _explicit() -> set[str]:
    return {
        table["id"]
        for path in FILES
        for table in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", ())
    }


@pytest.mark.parametrize("rule", LAW.all, ids=lambda r: f"{r.id} {r.variant}".strip())
def test_a_rule_conforms(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z0-9.]+(-[A-Z0-9.]+)*", rule.id)
    assert re.search("[一-鿿]", rule.label.zh)
    assert not re.search("[一-鿿]", rule.label.en)
    assert re.fullmatch(r"(V[123]|K)( \(CN\))?( ?/ ?(V[123]|K))?", rule.confidence)
    assert re.search("[一-鿿]", rule.basis.zh), "the legal basis in Chinese"
    assert not re.search("[一-鿿]", rule.basis.en)
    assert rule.source.en.strip()
    assert rule.consequence or rule.kind in ("information", "term", "service")
    others = (rule.extension, rule.note, rule.surcharge_text, rule.variant_words)
    for words in (rule.consequence, *others):
        if words and not words.en.startswith("."):  # .cn, .id
            assert re.search("[一-鿿]|%", words.zh)
            assert not re.search("[一-鿿]", words.en)
    assert rule.rights <= set(Right)
    assert rule.office in codes() | {"XX", "*", "WO"}
    assert rule.routes <= {"direct", "paris", "pct", "divisional"}
    events = set(EVENT_LABELS)
    known = events | {PRIORITY_DATE, NOTICE} | {f"rule:{i}" for i in IDS}
    assert set(rule.bases) <= known
    assert {*rule.needs, *rule.unless, rule.only_after, rule.only_until} <= {*events, ""}
    assert {rule.begin, rule.adjust} <= {*ADJUSTMENTS, ULTIMO, ""}
    for other in (rule.grace_of, rule.part_of, rule.replaces[0] if rule.replaces else ""):
        assert other in {*IDS, ""}
    if rule.extended:
        assert rule.ceiling or rule.id == "EP-OA-EXT"


def test_a_legal_basis_reads_the_same_wherever_it_stands() -> None:
    spoken: dict[str, str] = {}
    for rule in LAW.all:
        assert spoken.setdefault(rule.basis.en, rule.basis.zh) == rule.basis.zh
        assert basis_words(rule.basis.en) == rule.basis


def test_labels_of_a_rule_id_belong_to_one_office() -> None:
    for rule_id, variants in LAW.by_id.items():
        if rule_id not in ("DOM-CC", "DOM-CC-REDEEM"):
            assert len({r.office for r in variants}) == 1, rule_id
        assert len({r.variant for r in variants}) == len(variants), rule_id


def _may_meet(one: Rule, other: Rule) -> bool:
    """Whether both variants could give a date for the same event of one case."""
    if not one.rights & other.rights or one.office != other.office:
        return False
    if one.routes and other.routes and not one.routes & other.routes:
        return False
    if one.term.bases[0] != other.term.bases[0]:
        return False  # different events: both may have happened
    keyed_alike = one.applies and other.applies and one.applies.on == other.applies.on
    if one.applies and other.applies and keyed_alike and not _overlap(one.applies, other.applies):
        return False
    if one.series and other.series and not _numbers(one.series) & _numbers(other.series):
        return False  # other numbers of the same series
    mine = {c.name: c for c in one.conditions}
    for theirs in other.conditions:
        ours = mine.get(theirs.name)
        if ours is not None and not _both(ours.values, ours.least, theirs.values, theirs.least):
            return False
    return True


def _numbers(series: Series) -> set[int]:
    return set(range(series.first, series.first + len(series.months)))


def _overlap(one: Applies, other: Applies) -> bool:
    start = max(one.since or date.min, other.since or date.min)
    end = min(one.until or date.max, other.until or date.max)
    return start <= end


def _both(
    values: tuple[object, ...], least: int | None, others: tuple[object, ...], floor: int | None
) -> bool:
    if least is None and floor is None:
        return bool(set(values) & set(others))
    if least is not None and floor is not None:
        return True
    numbers, bound = (others, least) if least is not None else (values, floor)
    return any(isinstance(n, int) and bound is not None and n >= bound for n in numbers)


@pytest.mark.parametrize("rule_id", sorted(i for i, r in LAW.by_id.items() if len(r) > 1))
def test_of_several_versions_only_one_can_be_in_force(rule_id: str) -> None:
    for one, other in combinations(LAW.by_id[rule_id], 2):
        assert not _may_meet(one, other), (one.variant, other.variant)


def test_an_unverified_rule_is_one_with_the_code_k() -> None:
    assert is_unverified("V3/K")
    assert is_unverified("V1 (CN) / K")
    assert not is_unverified("V1/V3")
    assert is_unverified(LAW.by_id["CN-LEGACY"][0].confidence)


def test_national_phases_of_an_office_file_agree_with_the_table() -> None:
    for code, phase in phases().items():
        rules = LAW.by_id.get(f"{code}-NPE", ())
        if phase.closed:
            assert not rules
            continue
        months = {r.term.period.months for r in rules}
        assert months == {phase.chapter1, phase.chapter2 or phase.chapter1}, code


def _shared(name: str) -> Path:
    path = SHARED / name
    if not path.is_file():
        pytest.skip("the shared papers are not beside this checkout")
    return path


def test_every_row_of_the_law_paper_is_a_rule_or_a_principle() -> None:
    law = _shared("law.md").read_text(encoding="utf-8")
    vocabulary = _shared("vocabulary.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| ((?:[A-Z]{2,6})-[A-Z0-9.-]+)", law + vocabulary, re.MULTILINE))
    known = IDS | {p.id for p in LAW.principles} | {s.id for s in LAW.services}
    split = {  # rows that the vocabulary folds into others, or cuts in pieces
        "EU-T": "EU-T-REN",
        "CN-SW": "CN-SW-TERM",
        "CN-IC": "CN-IC-TERM",
        "US-T": "US-T-S8",
        "HK-O": "HK-O-SE",
        "KR-T": "KR-T-OPP",
        "TW-T": "TW-T-OPP",
        "EU-D-II": "EU-D-REN",
        "PCT-R80.6": "PCT-R26",
    }
    missing = {row for row in rows if split.get(row, row) not in known}
    assert missing == set()


def test_the_table_of_national_phases_is_the_shared_one() -> None:
    import csv

    with _shared("pct_national_phase.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {r["st3"] for r in rows} == set(phases())
    for row in rows:
        phase = phases()[row["st3"]]
        assert str(phase.chapter1 or "") == row["ch1_months"]
        assert str(phase.chapter2 or "") == row["ch2_months"]
        assert is_unverified(phase.confidence) == ("unverified" in row["confidence"])
