"""Texts and classes as sparse rows of unit length, weighted by TF-IDF, and what rows share.

Every distinct run of signs is looked at once and mapped to its terms by one sparse product, which
costs little more than counting words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ipdesk.core.watch.tokens import phrases, runs, stem, terms_of

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

    Floats = np.ndarray[Any, np.dtype[np.float32]]

_TERMS = 8


class Space:
    """Rows for the hits, which come first, and for what they are compared with."""

    def __init__(self, counts: csr_matrix, names: list[str], hits: int) -> None:
        from sklearn.feature_extraction.text import TfidfTransformer

        self.names = names
        self.columns = {name: i for i, name in enumerate(names)}
        rows = TfidfTransformer(sublinear_tf=True).fit_transform(counts) if names else counts
        self._hits: csr_matrix = rows[:hits]
        self._others: csr_matrix = rows[hits:]
        self._across: csr_matrix = self._others.T.tocsr()

    @property
    def empty(self) -> bool:
        """Whether nothing can be compared here."""
        return not self.names

    def against(self, rows: slice) -> Floats:
        """Similarity of some hits to everything that they are compared with."""
        likeness: Floats = (self._hits[rows] @ self._across).toarray()
        return likeness

    def shared(self, hits: Sequence[int], others: Sequence[int]) -> list[list[str]]:
        """For each pair of a hit and its partner the terms that they share, heaviest first."""
        if self.empty or not len(hits):
            return [[] for _ in hits]
        product = self._hits[list(hits)].multiply(self._others[list(others)]).tocsr()
        found = []
        for start, stop in pairwise(product.indptr.tolist()):
            order = product.data[start:stop].argsort()[: -_TERMS - 1 : -1]
            found.append([self.names[c] for c in product.indices[start:stop][order].tolist()])
        return found

    def holding(self, terms: Iterable[str]) -> Any:
        """Which hits have all of these terms; None when a term stands nowhere."""
        wanted = list(dict.fromkeys(terms))
        if not wanted or any(t not in self.columns for t in wanted):
            return None
        part = self._hits[:, [self.columns[t] for t in wanted]]
        return (part.toarray() > 0).all(axis=1)


def text_space(texts: Sequence[str], hits: int) -> Space:
    """A space of words, pairs of signs and concepts."""
    counts, names = _counted(texts, runs)
    if not names:
        return Space(counts, [], hits)
    terms: dict[str, int] = {}
    rows, columns = [], []
    for i, run in enumerate(names):
        for term in terms_of(run):
            rows.append(i)
            columns.append(terms.setdefault(term, len(terms)))
    whole = _with_phrases(counts, names, _product(counts, rows, columns, len(terms)), terms)
    return Space(whole, list(terms), hits)


def class_space(classes: Sequence[list[str]], hits: int) -> Space:
    """A space of the levels of patent classes."""
    counts, names = _counted(classes, _as_is)
    return Space(counts, names, hits)


def _as_is(codes: Any) -> list[str]:
    return list(codes)


def _counted(
    things: Sequence[Any], analyzer: Callable[[Any], list[str]]
) -> tuple[csr_matrix, list[str]]:
    """How often each thing has each token; no names when there is not a single token."""
    import numpy as np  # with scikit-learn a second to import; only scoring needs it
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(analyzer=analyzer, dtype=np.float32)
    try:
        counts = vectorizer.fit_transform(things)
    except ValueError:
        return csr_matrix(np.zeros((len(things), 1), dtype=np.float32)), []
    return counts, vectorizer.get_feature_names_out().tolist()


def _product(counts: csr_matrix, rows: list[int], columns: list[int], width: int) -> csr_matrix:
    """Counts of runs become counts of terms."""
    import numpy as np
    from scipy.sparse import csr_matrix

    ones = np.ones(len(rows), dtype=np.float32)
    spread = csr_matrix((ones, (rows, columns)), shape=(counts.shape[1], max(width, 1)))
    return (counts @ spread).tocsr()


def _with_phrases(
    counts: csr_matrix, names: list[str], terms: csr_matrix, known: dict[str, int]
) -> csr_matrix:
    """Add the concepts that stand in a text as a phrase of several English words."""
    import numpy as np
    from scipy.sparse import csr_matrix

    by_stem: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        if name[0] < "⺀":
            by_stem.setdefault(stem(name), []).append(i)
    wanted = [(p, c) for p, c in phrases() if all(w in by_stem for w in p)]
    if not wanted:
        return terms
    columns = counts.tocsc()
    has: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for phrase, concept in wanted:
        for word in phrase:
            if word not in has:
                has[word] = np.asarray(columns[:, by_stem[word]].sum(axis=1)).ravel() > 0
        mark = np.logical_and.reduce([has[w] for w in phrase])
        extra[concept] = extra[concept] | mark if concept in extra else mark
    places = [known.setdefault(concept, len(known)) for concept in extra]
    marks = np.array(list(extra.values()), dtype=np.float32)
    shape = (terms.shape[0], len(known))
    wider = csr_matrix((terms.data, terms.indices, terms.indptr), shape=shape)
    row, column = marks.nonzero()
    added = csr_matrix(
        (np.ones(len(row), dtype=np.float32), (column, np.array(places)[row])),
        shape=shape,
    )
    return (wider + added).tocsr()
