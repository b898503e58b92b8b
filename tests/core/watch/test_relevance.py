"""Scores are sums of reasons; texts meet across languages; evidence counts beside them."""

import pytest

from ipdesk.base.errors import Cancelled
from ipdesk.core.watch.evidence import WEIGHTS, Own, Question, Subject, person_key
from ipdesk.core.watch.model import Scored
from ipdesk.core.watch.relevance import score
from ipdesk.core.watch.tokens import concept_of, glossary, tokens

OWN = [
    Own("matter", 1, "P-1", "Solid electrolyte of sulfide glass", classes=("H01M10/0562",)),
    Own("matter", 2, "P-2", "一种折叠椅", keys=("CN.P.1",), inventors=("Dai Ming",)),
    Own("technology", 3, "Drones", "无人机充电平台"),
]


def one(subject: Subject, question: Question | None = None) -> Scored:
    others = [Subject("Umbrella handle"), Subject("Zipper slider"), Subject("Pen refill")]
    return score([subject, *others], OWN, question)[0]


def kinds(found: Scored) -> dict[str, float]:
    return {r.kind: r.weight for r in found.reasons}


def test_all_parts_together_give_one() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_a_score_is_the_sum_of_its_reasons_heaviest_first() -> None:
    found = one(
        Subject("Sulfide solid electrolyte", classes=("H01M10/056",), applicants=("Acme",)),
        Question("Who makes electrolytes?", ("sulfide",), applicants=("Acme",)),
    )
    weights = [r.weight for r in found.reasons]
    assert found.score == pytest.approx(sum(weights), abs=1e-4)
    assert weights == sorted(weights, reverse=True)
    assert set(kinds(found)) == {"text", "classes", "question", "words", "applicants"}
    assert found.nearest[0].label == "P-1"
    assert 0 < found.score <= 1


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("硫化物固态电解质", "P-1"),
        ("Charging platform for an unmanned aerial vehicle", "Drones"),
        ("Drones that land for charging", "Drones"),
    ],
)
def test_the_nearest_own_thing_is_found_in_either_language(title: str, label: str) -> None:
    assert one(Subject(title)).nearest[0].label == label


def test_what_has_nothing_in_common_scores_nothing() -> None:
    found = one(Subject("Ballpoint pen"))
    assert found.score == 0
    assert found.reasons == ()
    assert found.nearest == ()


def test_citing_us_an_inventor_of_ours_and_a_watched_applicant_count() -> None:
    subject = Subject(
        "Pen", citations=("US.P.9", "CN.P.1"), inventors=("MING DAI",), applicants=("LG CHEM LTD",)
    )
    found = kinds(one(subject, Question(applicants=("LG Chem, Ltd.",))))
    assert found == {k: WEIGHTS[k] for k in ("citations", "inventors", "applicants")}


def test_documents_cited_by_both_sides_count_by_their_number() -> None:
    own = [Own("matter", 1, "P-1", "Lamp", citations=("A", "B", "C", "D"))]
    two = score([Subject("Pen", citations=("A", "B")), Subject("x")], own)[0]
    assert kinds(two)["citations"] == pytest.approx(WEIGHTS["citations"] / 2)


def test_the_same_word_in_two_languages_counts_once() -> None:
    asked = Question(words=("sulfide", "硫化物", "garnet"))
    once = one(Subject("Sulfide paste"), Question(words=("sulfide", "garnet")))
    assert kinds(one(Subject("Sulfide paste"), asked))["words"] == kinds(once)["words"]
    assert "words" in kinds(one(Subject("一种硫化物浆料"), Question(words=("sulphide",))))


def test_nothing_of_ours_and_no_texts_are_no_obstacle() -> None:
    assert score([], OWN) == []
    assert score([Subject("")], [])[0].score == 0
    assert score([Subject("的")], [Own("matter", 1, "P", "")])[0].score == 0


def test_progress_is_told_and_can_stop_the_work() -> None:
    told: list[tuple[float, float]] = []
    score([Subject("Lamp")] * 1500, OWN, told=lambda done, total: told.append((done, total)))
    assert told == [(0, 1500), (1000, 1500), (1500, 1500)]

    def stop(_done: float, _total: float) -> None:
        raise Cancelled("")

    with pytest.raises(Cancelled):
        score([Subject("Lamp")], OWN, told=stop)


def test_words_pairs_and_concepts_are_the_tokens_of_a_text() -> None:
    assert tokens("Batteries comprising a membrane") == [
        "battery",
        "≈battery",
        "membrane",
        "≈membrane",
    ]
    assert "≈neural network" in tokens("A neural computer network")
    assert tokens("一种锂电池的隔膜") == [
        "锂电",
        "电池",
        "≈lithium",
        "≈battery",
        "隔膜",
        "≈separator",
    ]
    assert tokens("") == []


def test_the_glossary_names_every_concept_in_both_languages() -> None:
    assert all(label.en and label.zh for label in glossary().shown.values())
    assert concept_of("Solid-State") == concept_of("固态") == "≈solid state"
    assert concept_of("umbrella stand") is None


def test_a_name_is_the_same_in_any_order() -> None:
    assert person_key("DAI, Ming [CN]") == person_key("Ming Dai")
