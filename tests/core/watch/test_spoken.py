"""Shared terms are said as whole words and deepest classes, nothing twice."""

import pytest

from ipdesk.core.watch.spoken import spoken_classes, spoken_terms


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (
            ["≈conductive ink", "导电", "电墨", "墨水", "conductive", "ink"],
            "conductive ink/导电墨水",
        ),
        (
            ["≈liquid metal", "≈conductive ink", "属导", "≈conductive"],
            "liquid metal/液态金属, conductive ink/导电墨水",
        ),
        (["触觉", "觉传", "传感"], "触觉传感"),
        (["镓铟", "sinter", "液滴"], "镓铟, sinter, 液滴"),
        (["导电", "电导"], "导电, 电导"),  # a ring has no beginning
        ([], ""),
    ],
)
def test_pairs_of_signs_become_words(terms: list[str], said: str) -> None:
    assert spoken_terms(terms) == said


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        (["C09D11/52", "C09D11/", "C09D"], "C09D11/52"),
        (["H01M", "H01M10/", "H01M1/"], "H01M10, H01M1"),
        (["C09D", "H01M4/13"], "C09D, H01M4/13"),
        (["09-01"], "09-01"),
    ],
)
def test_only_the_deepest_shared_level_is_named(levels: list[str], said: str) -> None:
    assert spoken_classes(levels) == said
