"""Every sample reads as written down beside it, field by field."""

import json
from pathlib import Path
from typing import Any

import pytest

from ipdesk.core.intake.formats import read_file
from ipdesk.core.intake.model import ReadResult
from ipdesk.core.intake.plan import Verdict, plan
from ipdesk.core.intake.reading import interpret
from ipdesk.core.intake.records import record_of
from ipdesk.core.portfolio.numbers import matter_keys

SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED: dict[str, Any] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))


def read(name: str) -> ReadResult:
    return interpret(read_file(SAMPLES / name, lambda done, total: None))


def told(record: dict[str, Any]) -> dict[str, Any]:
    """What a record says, its problems by their codes."""
    said = {k: v for k, v in record.items() if v not in (None, [], {}, "")}
    if "problems" in said:
        said["problems"] = [p["code"] for p in said["problems"]]
    return said


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_sample_reads_as_expected(name: str) -> None:
    result, expected = read(name), EXPECTED[name]
    assert result.format == expected["format"]
    assert result.raw.encoding == expected["encoding"]
    assert [s.header_row for s in result.sheets if s.records] == expected["header_rows"]
    assert [told(record_of(d)) for d in result.drafts] == expected["records"]


def test_every_sample_has_an_expectation() -> None:
    files = {p.name for p in SAMPLES.iterdir()} - {"expected.json", "README.md"}
    assert files == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_what_is_stored_of_a_sample_is_found_again_by_the_same_keys(name: str) -> None:
    for entry in plan(read(name).drafts).entries:
        if entry.verdict is Verdict.REFUSED:
            continue
        fields = entry.proposal.fields
        numbers = [
            fields.get(f, "") for f in ("application_number", "publication_number", "grant_number")
        ]
        stored = matter_keys(fields.get("office", ""), fields["right"], *numbers)
        keys = entry.proposal.keys
        wanted = tuple(keys.get(k) or None for k in ("application", "publication", "grant"))
        assert stored == wanted
