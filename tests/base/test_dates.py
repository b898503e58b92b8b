"""How far off a day is, in words."""

from datetime import date

import pytest

from ipdesk.base.dates import distance
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 24), "today"),
        (date(2026, 11, 25), "in 1 day"),
        (date(2026, 12, 4), "in 10 days"),
        (date(2026, 11, 23), "1 day ago"),
    ],
)
def test_distances_are_said_in_words(day: date, words: str) -> None:
    assert distance(day, TODAY) == words
