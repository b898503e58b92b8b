"""A known family is silent unless status, claims, owner or members changed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ipdesk.core.watch.changes import compare
from ipdesk.core.watch.families import tokens_of
from ipdesk.core.watch.model import KnownFamily, KnownMember
from ipdesk.core.watch.names import owners_changed, same_name, watched
from ipdesk.core.watch.plan import plan_run
from tests.core.watch.samples import hit

SEEN = date(2026, 1, 5)


def known(**more: Any) -> KnownFamily:
    values: dict[str, Any] = {
        "id": 5,
        "key": "EP.P.1000001",
        "kind_code": "A1",
        "number": "EP1000001A1",
        "status": "published",
        "status_text": "",
        "owners": ("Acme Inc",),
        "claims": 10,
        "claims_text": "1. A lamp.",
        "dates": (None, date(2024, 1, 1), None, None, None),
    }
    return KnownFamily(1, "EP1000001A1", frozenset(), (KnownMember(**{**values, **more}),))


def member(draft: Any, i: int) -> KnownMember:
    """A member as a run before has kept it."""
    dates = (None,) * 5
    return KnownMember(
        i, draft.key, draft.kind_code, draft.number, "", "", draft.applicants, None, "", dates
    )


SAME = hit(
    "EP1000001A1",
    status="published",
    applicants=("ACME, Inc.",),
    claims=10,
    claims_text="1.  A lamp.",
    filing_date=date(2024, 1, 1),
)


def said(draft: Any, **more: Any) -> list[str]:
    return [str(m) for m in compare(known(**more), [draft], SEEN).changes]


def test_the_same_list_says_nothing_and_writes_nothing() -> None:
    found = compare(known(), [SAME], SEEN)
    assert found.changes == ()
    assert found.updates == ()
    assert found.new_members == ()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"status": "granted"}, "Status of EP1000001A1: Published → In force"),
        ({"claims": 12}, "Claims of EP1000001A1: 10 → 12"),
        ({"claims_text": "1. A blue lamp."}, "The claims of EP1000001A1 read differently."),
        ({"applicants": ("Borel SA",)}, "Owner of EP1000001A1: Acme Inc → Borel SA"),
    ],
)
def test_a_change_says_what_it_is(values: dict[str, Any], words: str) -> None:
    assert said(replace(SAME, **values)) == [words]


def test_a_new_publication_is_a_new_member() -> None:
    found = compare(known(), [SAME, hit("EP1000001B1")], SEEN)
    assert [str(m) for m in found.changes] == ["New member: EP1000001B1"]
    assert [d.number for d in found.new_members] == ["EP1000001B1"]


def test_an_owner_in_another_script_is_news_unless_the_whole_list_is_so() -> None:
    other = replace(SAME, applicants=("华为技术有限公司",))
    assert said(other) == ["Owner of EP1000001A1: Acme Inc → 华为技术有限公司"]
    assert compare(known(), [other], SEEN, owners_told=False).changes == ()
    left = replace(SAME, applicants=("Acme Inc",))
    assert said(left, owners=("Acme Inc", "Borel SA")) == [
        "Owner of EP1000001A1: Acme Inc; Borel SA → Acme Inc"
    ]
    assert said(left, owners=("Acme Inc", "艾克美")) == []


def test_a_list_in_another_language_opens_nothing_and_a_single_name_does() -> None:
    names = [f"EP10000{n:02}A1" for n in range(40)]
    hits = [hit(n, applicants=("Acme Inc",)) for n in names]
    stored = [
        KnownFamily(i, n, frozenset(tokens_of(h)), (member(h, i),))
        for i, (n, h) in enumerate(zip(names, hits, strict=True), 1)
    ]
    whole = [replace(h, applicants=("艾克美有限公司",)) for h in hits]
    assert plan_run(whole, stored, {}).count("changed") == 0
    single = [whole[0], *hits[1:]]
    assert plan_run(single, stored, {}).count("changed") == 1


def test_blank_cells_change_nothing() -> None:
    assert said(hit("EP1000001A1")) == []


def test_what_was_not_known_before_fills_in_silently() -> None:
    found = compare(known(status="", claims=None, owners=()), [SAME], SEEN)
    assert found.changes == ()
    values = dict(found.updates)[5]
    assert values == {"status": "published", "claims": 10, "owners": ["ACME, Inc."]}


def test_published_and_pending_are_the_same_step() -> None:
    assert said(replace(SAME, status="pending")) == []


def test_words_of_status_that_nobody_understands_are_compared_as_they_stand() -> None:
    draft = replace(SAME, status="", status_text="Erteilt")
    assert said(draft, status="", status_text="Geprüft") == [
        "Status of EP1000001A1: Geprüft → Erteilt"
    ]


def test_a_grant_after_the_last_look_is_news_even_without_a_status() -> None:
    late = replace(SAME, status="", grant_date=date(2026, 2, 1))
    early = replace(SAME, status="", grant_date=date(2025, 2, 1))
    assert said(late) == ["EP1000001A1 was granted on 2026-02-01."]
    assert said(early) == []


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("LG CHEM LTD [KR]", "LG Chem, Ltd.", True),
        ("IDEMITSU KOSAN CO", "Idemitsu Kosan Co., Ltd.", True),
        ("宁德时代新能源科技股份有限公司", "宁德时代新能源科技有限公司", True),
        ("Toyota Motor Corp", "Honda Motor Corp", False),
        ("Samsung SDI", "三星SDI株式会社", None),
    ],
)
def test_spellings_of_one_name_are_one(a: str, b: str, same: bool | None) -> None:
    assert same_name(a, b) is same


def test_a_name_in_another_script_is_no_change_of_owner() -> None:
    assert owners_changed(["Huawei Tech Co Ltd"], ["华为技术有限公司"]) == ()
    assert owners_changed(["华为技术有限公司"], ["中兴通讯股份有限公司"]) == (
        "中兴通讯股份有限公司",
    )


def test_a_watched_name_begins_the_applicant_as_whole_words() -> None:
    assert watched(["Toyota Motor Corp"], ["Toyota"]) == "Toyota"
    assert watched(["Toyotaka Imai"], ["Toyota"]) is None
    assert watched(["深圳大学"], ["深圳大学"]) == "深圳大学"
