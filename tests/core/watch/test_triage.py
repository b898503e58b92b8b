"""Verdicts, grades, charts, findings, answers and gates on the store; what is due."""

from datetime import date
from typing import Any

import pytest

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.core.portfolio.edits import add_matters
from ipdesk.core.portfolio.model import MatterFields, PersonName
from ipdesk.core.watch.edits_gates import add_gate, change_gate, conclude_family
from ipdesk.core.watch.edits_runs import rescore
from ipdesk.core.watch.edits_triage import (
    add_answer,
    assess,
    assign,
    close_answer,
    decide,
    place,
    save_chart,
    set_finding,
    take_verdict_back,
)
from ipdesk.core.watch.model import AnswerFields, FeatureFields, GateFields
from ipdesk.core.watch.queries_due import due_items
from ipdesk.core.watch.queries_gates import answers_of, gate_rows
from ipdesk.core.watch.queries_hits import facet_counts, hit_detail, hit_ids, hit_rows
from ipdesk.core.watch.queries_landscape import landscape_of
from ipdesk.core.watch.rows import HitDetail
from ipdesk.store.database import Database
from ipdesk.store.paging import ListQuery
from ipdesk.store.schema.portfolio import product, technology
from tests.core.watch.samples import DAY, hit, run, watch_of


@pytest.fixture
def family(database: Database) -> int:
    """One family with an American and a PCT member, in a watch of two markets."""
    watch_id = watch_of(database, markets=("US", "DE"))
    run(
        database,
        watch_id,
        [
            hit(
                "US8000001B2",
                title="Sulfide solid electrolyte",
                abstract="A solid electrolyte layer.",
                application_key="US.A.1",
                status="granted",
                filing_date=date(2015, 1, 1),
                applicants=("Acme",),
                classes=("H01M10/0562",),
            ),
            hit("EP1000001A1", title="A toaster", applicants=("Borel SA",)),
        ],
        cut_off=date(2026, 1, 1),
    )
    with database.read() as connection:
        return hit_ids(connection, watch_id, ListQuery(search="US8000001"))[0]


def detail(database: Database, family: int) -> HitDetail:
    with database.read() as connection:
        found = hit_detail(connection, family, DAY)
    assert found is not None
    return found


@pytest.mark.parametrize("verdict", ["irrelevant", "background"])
def test_a_dismissal_needs_a_reason(database: Database, family: int, verdict: str) -> None:
    with pytest.raises(IpdeskError, match="one line"):
        decide(database, [family], verdict, "   ", DAY)
    decide(database, [family], "relevant", "", DAY)


def test_every_decision_stays_in_the_memory(database: Database, family: int) -> None:
    decide(database, [family], "irrelevant", "other\nfield", DAY)
    decide(database, [family], "threat", "claim 1 reads on us", DAY, grade="high")
    take_verdict_back(database, [family])
    found = detail(database, family)
    assert [(d.verdict, d.reason, d.grade) for d in found.decisions] == [
        ("threat", "claim 1 reads on us", "high"),
        ("irrelevant", "other field", ""),
    ]
    assert found.row.verdict == ""
    assert found.row.grade == "high"


def test_a_family_that_is_gone_is_not_decided_on(database: Database, family: int) -> None:
    with pytest.raises(IpdeskError, match="no longer there"):
        decide(database, [family, 999], "threat", "x", DAY)
    assert detail(database, family).row.verdict == ""


def test_a_grade_is_likelihood_by_impact_with_a_reason(database: Database, family: int) -> None:
    with pytest.raises(IpdeskError, match="reason"):
        assess(database, family, "high", "critical", " ", DAY)
    assess(database, family, "high", "critical", "core product", DAY)
    found = detail(database, family)
    assert (found.row.grade, found.likelihood, found.impact) == ("critical", "high", "critical")
    assert found.graded_by == "Tester"


def test_a_claim_chart_keeps_its_features_in_order(database: Database, family: int) -> None:
    features = [
        FeatureFields("a layer", "same", "see drawing"),
        FeatureFields("of glass", "absent"),
    ]
    made = save_chart(database, family, features, DAY, product="Cell 2", claim="1")
    shorter = [FeatureFields("a thin layer", "equivalent")]
    save_chart(database, family, shorter, DAY, chart=made.id, product="Cell 2", claim="1")
    (chart,) = detail(database, family).charts
    assert [(f.ordinal, f.text, f.finding) for f in chart.features] == [
        (1, "a thin layer", "equivalent")
    ]


def test_markets_follow_the_rules_until_a_person_says_otherwise(
    database: Database, family: int
) -> None:
    states = {m.office: m for m in detail(database, family).markets}
    assert states["US"].state == "in_force"
    assert states["DE"].state == "none_seen"
    set_finding(
        database, family, "DE", "not_in_force", DAY, exempt=True, source="DPMAregister", note="ok"
    )
    german = {m.office: m for m in detail(database, family).markets}["DE"]
    assert german.exempt
    assert german.said_by == "Tester"
    assert "DPMAregister" in str([str(r) for r in german.rules])


def test_answers_are_due_until_they_are_closed_with_a_result(
    database: Database, family: int
) -> None:
    fields = AnswerFields("design_around", "R&D", date(2026, 2, 1), "12,000", "cny")
    made = add_answer(database, family, fields, DAY)
    with database.read() as connection:
        items = due_items(connection, date(2026, 2, 3), date(2026, 3, 1))
    (late,) = [i for i in items if i.kind == "answer"]
    assert (late.due, late.severe, late.owner) == (date(2026, 2, 1), True, "R&D")
    assert str(late.message) == "Design around: US8000001B2"
    with pytest.raises(IpdeskError, match="what came of it"):
        close_answer(database, made.id, " ", DAY)
    close_answer(database, made.id, "Layer left out", date(2026, 2, 2))
    with database.read() as connection:
        items = due_items(connection, date(2026, 2, 3), date(2026, 3, 1))
        (answer,) = answers_of(connection, family_id=family)
    assert [i for i in items if i.kind == "answer"] == []
    assert (answer.state, answer.cost, answer.currency) == ("done", "12000", "CNY")


def test_a_cost_that_is_no_amount_is_refused(database: Database, family: int) -> None:
    with pytest.raises(IpdeskError, match="no amount"):
        add_answer(database, family, AnswerFields("license", cost="a lot"), DAY)


def test_reviews_watches_and_gates_are_due(database: Database, family: int) -> None:
    assign(database, [family], "Li", date(2026, 1, 20))
    late = GateFields("Cell 2", "launch", planned_on=date(2026, 3, 1))
    add_gate(database, late, DAY)
    watch_of(database, name="Never run", owner="CEO")
    with database.read() as connection:
        items = due_items(connection, date(2026, 1, 25), date(2026, 2, 25))
    found = {(i.kind, i.severe, i.owner) for i in items}
    assert ("review", True, "Li") in found
    assert ("watch", True, "CEO") in found
    assert any(i.kind == "gate" and i.severe for i in items)
    assert [i.due for i in items] == sorted(i.due for i in items)


def test_a_gate_keeps_the_searches_it_rested_on(database: Database, family: int) -> None:
    fields = GateFields(
        "Cell 2",
        "concept",
        concluded_on=DAY,
        conclusion="clear",
        summary="Nothing reads on it.",
        gaps=("JP not searched",),
        families=(family,),
    )
    gate = add_gate(database, fields, DAY).id
    conclude_family(database, gate, family, "clear", "glass is absent")
    with database.read() as connection:
        (row,) = gate_rows(connection, date(2026, 7, 6))
    assert row.state.light == "amber"
    (search,) = row.searches
    assert (search.database, search.cut_off) == ("lens", date(2026, 1, 1))
    assert search.query == "solid electrolyte AND sulfide"
    assert [(f.key, f.conclusion) for f in row.families] == [("US8000001B2", "clear")]
    with pytest.raises(IpdeskError, match="summary"):
        change_gate(database, gate, GateFields("Cell 2", "concept", conclusion="clear"))


def test_hits_are_scored_against_what_is_ours(database: Database, family: int) -> None:
    with database.write(say("Prepare")) as writer:
        add_matters(
            writer,
            [
                MatterFields(
                    "invention",
                    "CN",
                    reference="P-7",
                    title="硫化物固态电解质层",
                    people=(PersonName("inventor", "Wang Wei"),),
                ),
                MatterFields("invention", "CN", reference="P-8", title="一种折叠椅"),
            ],
        )
    with database.read() as connection:
        (row,) = hit_rows(connection, [family])
    rescore(database, row.watch_id, DAY)
    with database.read() as connection:
        near, far = hit_rows(connection, hit_ids(connection, row.watch_id, ListQuery()))
    assert near.id == family
    assert near.nearest[0].label == "P-7"
    assert near.score is not None
    assert abs(near.score - sum(r.weight for r in near.reasons)) < 1e-6
    assert list(near.reasons) == sorted(near.reasons, key=lambda r: -r.weight)
    assert "硫化物" in " ".join(str(r.message) for r in near.reasons)
    assert far.score == 0


def test_a_list_is_searched_filtered_and_counted(database: Database, family: int) -> None:
    decide(database, [family], "threat", "near", DAY)
    with database.read() as connection:
        watch_id = detail(database, family).row.watch_id

        def ids(**more: Any) -> list[int]:
            return list(hit_ids(connection, watch_id, ListQuery(**more)))

        assert ids(search="acme electrolyte") == [family]
        assert ids(search="US 8,000,001") == [family]
        assert ids(facets=(("verdict", ("threat",)),)) == [family]
        assert len(ids(facets=(("verdict", ("-", "threat")),))) == 2
        assert ids(facets=(("office", ("US",)),)) == [family]
        assert ids(facets=(("year", ("2015",)),)) == [family]
        assert ids(facets=(("applicant", ("Acme",)),)) == [family]
        assert len(ids(facets=(("state", ("new",)),))) == 2
        assert facet_counts(connection, watch_id, ListQuery(), "verdict") == [
            ("threat", 1),
            ("-", 1),
        ]
        assert facet_counts(connection, watch_id, ListQuery(), "office") == [("EP", 1), ("US", 1)]


@pytest.mark.parametrize(
    "sort",
    "score family title applicants status priority_date first_seen last_seen grade".split(),
)
def test_every_column_sorts_both_ways(database: Database, family: int, sort: str) -> None:
    watch_id = detail(database, family).row.watch_id
    with database.read() as connection:
        up = list(hit_ids(connection, watch_id, ListQuery(sort=sort)))
        down = list(hit_ids(connection, watch_id, ListQuery(sort=sort, descending=True)))
    assert sorted(up) == sorted(down)
    assert len(up) == 2


def test_the_landscape_counts_families_and_ours_beside(database: Database, family: int) -> None:
    with database.write(say("Prepare")) as writer:
        blank: dict[str, list[str]] = {"classes": [], "keywords": []}
        cell = writer.insert(technology, {"name": "Electrolyte", **blank})
        add_matters(writer, [MatterFields("invention", "CN", classes=("H01M10/05",))])
        add_matters(writer, [MatterFields("trademark", "CN", title="Mark")])
    place(database, [family], [(cell, "conductivity")])
    watch_id = detail(database, family).row.watch_id
    with database.read() as connection:
        last = hit_rows(connection, [family])[0]
        run_id = detail(database, last.id).sightings[0].run_id
        found = landscape_of(connection, run_id, "Our company")
    assert found is not None
    assert watch_id == last.watch_id
    assert found.families == 2
    assert found.cut_off == date(2026, 1, 1)
    assert found.applicants == (("Acme", 1), ("Borel SA", 1))
    assert found.years == ((2015, 1),)
    assert (found.undated, found.unplaced) == (1, 1)
    assert found.classes == (("H01M10", 1),)
    assert found.cells == (("Electrolyte", "conductivity", 1),)
    assert found.newcomers == ()
    assert (found.own_families, found.own_offices) == (1, (("CN", 1),))


def test_newcomers_are_those_whose_families_all_came_with_the_run(database: Database) -> None:
    watch_id = watch_of(database)
    old = hit("US8000001B2", applicants=("Acme Inc",))
    run(database, watch_id, [old])
    fresh = [hit("US8000002B2", applicants=("ACME",)), hit("EP1B1", applicants=("Newman GmbH",))]
    done = run(database, watch_id, [old, *fresh], date(2026, 4, 5))
    with database.read() as connection:
        found = landscape_of(connection, done.run)
    assert found is not None
    assert found.newcomers == (("Newman GmbH", 1),)
    assert found.applicants[0] == ("ACME", 2)


def test_a_product_links_its_watch_to_its_gate(database: Database) -> None:
    with database.write(say("Prepare")) as writer:
        product_id = writer.insert(product, {"name": "Cell 2"})
    watch_id = watch_of(database, products=("cell 2",))
    run(database, watch_id, [])
    add_gate(database, GateFields("", "design_freeze", product_id=product_id), DAY)
    with database.read() as connection:
        (gate,) = gate_rows(connection, DAY, product_id=product_id)
    assert gate.subject == "Cell 2"
    assert [s.watch for s in gate.searches] == ["Rivals"]
