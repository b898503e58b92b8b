"""How well hits are ranked and how fast: against plain keywords and a bare TF-IDF, printed."""

import random
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from ipdesk.core.watch.evidence import WEIGHTS, Own, Question, Subject
from ipdesk.core.watch.model import Scored
from ipdesk.core.watch.relevance import score
from tests.benchmarks.hits_pool import PoolHit, available, pool

HERE = Path(__file__).parent

Told = Callable[[str, str], None]


def _toml(name: str) -> dict[str, Any]:
    with (HERE / name).open("rb") as handle:
        return tomllib.load(handle)


def _at(order: list[int], hits: list[PoolHit], relevant: set[str], k: int) -> int:
    return sum(hits[i].number in relevant for i in order[:k])


def _ranked(values: list[float]) -> list[int]:
    """Best first; equal ones stay in the order of the list, as a spreadsheet would sort."""
    return sorted(range(len(values)), key=lambda i: -values[i])


def _keywords(topic: dict[str, Any], hits: list[PoolHit]) -> list[float]:
    """Plain keyword ranking: how many of the words stand in the title."""
    words = [w.lower() for w in topic["keywords"]]
    return [float(sum(w in h.title.lower() for w in words)) for h in hits]


def _scored(topic: dict[str, Any], hits: list[PoolHit]) -> list[Scored]:
    own = [
        Own("matter", i, f"P-{i}", o["title"], o["abstract"]) for i, o in enumerate(topic["own"])
    ]
    question = Question(topic["question"], tuple(topic["keywords"]))
    subjects = [Subject(h.title, classes=h.classes, applicants=h.applicants) for h in hits]
    return score(subjects, own, question)


def _parts(found: list[Scored]) -> Any:
    """Hits × kinds of reason: how much of its weight each part gave."""
    kinds = list(WEIGHTS)
    table = np.zeros((len(found), len(kinds)))
    for i, one in enumerate(found):
        for reason in one.reasons:
            table[i, kinds.index(reason.kind)] += reason.weight / WEIGHTS[reason.kind]
    return table


def _held_out(topics: list[tuple[Any, Any]]) -> Any:
    """Precision and recall of each topic with the weights that suit all other topics best."""
    random_weights = np.random.default_rng(1).dirichlet(np.ones(len(WEIGHTS)), 100)
    figures = np.zeros((len(random_weights), len(topics), 2))
    for j, (table, relevant) in enumerate(topics):
        for i, weights in enumerate(random_weights):
            order = np.argsort(-(table @ weights), kind="stable")
            top = relevant[order[:50]]
            figures[i, j] = top[:10].sum() / 10, top.sum() / relevant.sum()
    every = figures.sum(axis=2)
    best = [int((every.sum(axis=1) - every[:, j]).argmax()) for j in range(len(topics))]
    return np.mean([figures[i, j] for j, i in enumerate(best)], axis=0)


@pytest.mark.bench
@pytest.mark.skipif(not available(), reason="the shared data are not here")
def test_relevance_ranks_real_hits_better_than_plain_keywords(told: Told) -> None:
    hits, labels = pool(), _toml("relevance_labels.toml")
    figures: dict[str, list[tuple[float, float]]] = {"keywords": [], "IPDesk": []}
    topics: list[tuple[Any, Any]] = []
    for topic in _toml("relevance_topics.toml")["topic"]:
        relevant = set(labels[topic["id"]])
        found = _scored(topic, hits)
        marks = np.array([h.number in relevant for h in hits])
        topics.append((_parts(found), marks))
        ranks = {"keywords": _keywords(topic, hits), "IPDesk": [s.score for s in found]}
        for name, values in ranks.items():
            order = _ranked(values)
            precision = _at(order, hits, relevant, 10) / 10
            recall = _at(order, hits, relevant, 50) / len(relevant)
            figures[name].append((precision, recall))
    means = {name: np.array(pairs).mean(axis=0) for name, pairs in figures.items()}
    for name, (precision, recall) in means.items():
        told(
            f"{name} over {len(hits)} real hits",
            f"precision at 10 {precision:.3f}, recall at 50 {recall:.3f}",
        )
    apart = _held_out(topics)
    told(
        "weights found without the topic that they are tried on",
        f"precision at 10 {apart[0]:.3f}, recall at 50 {apart[1]:.3f}",
    )
    assert (means["IPDesk"] > means["keywords"] + 0.05).all()
    assert (apart > means["keywords"] + 0.05).all()


def _pairs() -> tuple[list[Own], list[Subject], list[int], list[Subject]]:
    stored = _toml("bilingual.toml")
    own = [Own("matter", i, f"P-{i}", p["own"]) for i, p in enumerate(stored["pair"])]
    subjects, partners = [], []
    for i, pair in enumerate(stored["pair"]):
        for language in ("en", "zh"):
            subjects.append(Subject(pair[language]))
            partners.append(i)
    return own, subjects, partners, [Subject(t) for t in stored["strangers"]["texts"]]


@pytest.mark.bench
def test_the_nearest_own_matter_is_found_across_languages() -> None:
    own, subjects, partners, strangers = _pairs()
    found = score([*subjects, *strangers], own)
    near = [bool(s.nearest) and s.nearest[0].id == p for s, p in zip(found, partners, strict=False)]
    across = [
        hit
        for hit, subject, p in zip(near, subjects, partners, strict=True)
        if subject.title.isascii() != own[p].title.isascii()
    ]
    print(f"\nnearest own matter right: {sum(near)} of {len(near)}, ", end="")
    print(f"across languages {sum(across)} of {len(across)}")
    worst = min(s.score for s in found[: len(subjects)])
    loudest = max(s.score for s in found[len(subjects) :])
    print(f"weakest related {worst:.2f}, loudest stranger {loudest:.2f}")
    assert sum(near) >= 0.9 * len(near)
    assert sum(across) >= 0.85 * len(across)
    assert loudest < worst


def _texts(rng: random.Random, n: int) -> list[tuple[str, str]]:
    """Titles and abstracts of a hundred words from a vocabulary as skewed as language is."""
    words = [f"{a}{b}{c}" for a in "bdfglmnprst" for b in "aeiou" for c in ("ter", "lon", "dis")]
    vocabulary = [f"{w}{i}" for i in range(120) for w in words]
    weights = [1 / (i + 3) for i in range(len(vocabulary))]
    return [
        (
            " ".join(rng.choices(vocabulary, weights, k=9)),
            " ".join(rng.choices(vocabulary, weights, k=100)),
        )
        for _ in range(n)
    ]


def _best(work: Callable[[], object]) -> float:
    """Seconds of the processor, which a busy machine does not lengthen; the better of two."""
    times = []
    for _ in range(2):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.bench
def test_scoring_ten_thousand_hits_is_measured_against_a_bare_tfidf(told: Told) -> None:
    rng = random.Random(5)
    hits = [Subject(t, b, applicants=("Somebody",)) for t, b in _texts(rng, 10_000)]
    own = [Own("matter", i, f"P-{i}", t, b) for i, (t, b) in enumerate(_texts(rng, 1_000))]
    question = Question(own[0].title, tuple(own[1].title.split()))
    texts = [f"{x.title}\n{x.body}" for some in (hits, own) for x in some]

    def bare(**options: Any) -> None:
        rows = TfidfVectorizer(dtype=np.float32, sublinear_tf=True, **options).fit_transform(texts)
        (rows[:10_000] @ rows[10_000:].T).toarray().argmax(axis=1)

    plain = _best(bare)
    ours = _best(lambda: score(hits, own, question))
    told(
        "score 10,000 hits × 1,000 own with reasons",
        f"{ours / plain:.2f} × a bare TF-IDF of the same texts ({ours:.2f} s)",
    )
    assert all(s.reasons for s in score(hits[:50], own, question))
