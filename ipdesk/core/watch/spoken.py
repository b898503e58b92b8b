"""What two texts share, as a reader says it: words instead of pairs of signs, nothing twice."""

from collections.abc import Sequence

from ipdesk.core.watch.tokens import glossary

_MOST = 5
_SUBCLASS = 4


def spoken_terms(terms: Sequence[str]) -> str:
    """Shared terms, heaviest first: concepts in both languages, pairs of signs joined to words."""
    shown = glossary().shown
    known = [shown[t] for t in terms if t in shown]
    signs = {sign for k in known for sign in k.zh}
    words = {w for k in known for w in k.en.split()}
    said = []
    for term in _joined([t for t in terms if t.isascii() or not signs.issuperset(t)]):
        label = shown.get(term)
        if label is None:
            if term not in words:
                said.append(term)
        elif not any(label.zh in k.zh and label.zh != k.zh for k in known):
            said.append(f"{label.en}/{label.zh}")
    return ", ".join(said[:_MOST])


def _joined(terms: Sequence[str]) -> list[str]:
    """Pairs of signs that overlap in one way only become one word, in the place of the first."""
    pairs = [t for t in terms if len(t) == 2 and not t.isascii()]
    if len(pairs) < 2:
        return list(terms)
    after = {a: [b for b in pairs if b[0] == a[1] and b != a] for a in pairs}
    before = {b: [a for a in pairs if a[1] == b[0] and a != b] for b in pairs}
    sole = {a: n[0] for a, n in after.items() if len(n) == 1 and len(before[n[0]]) == 1}
    ends = set(sole.values())
    words: dict[str, str] = {}
    for start in (p for p in pairs if p not in ends):
        word, last, members = start, start, [start]
        while last in sole:
            last = sole[last]
            word += last[1]
            members.append(last)
        words.update(dict.fromkeys(members, word))
    return list(dict.fromkeys(words.get(t, t) for t in terms))


def spoken_classes(levels: Sequence[str]) -> str:
    """Shared classes at the deepest level that is shared: ``C09D11/52``, not also ``C09D``."""
    plain = dict.fromkeys(level.rstrip("/") for level in levels)
    deepest = [p for p in plain if not any(_within(other, p) for other in plain)]
    return ", ".join(deepest[:_MOST])


def _within(code: str, wider: str) -> bool:
    subclass = len(wider) == _SUBCLASS and code != wider and code.startswith(wider)
    return subclass or code.startswith(f"{wider}/")
