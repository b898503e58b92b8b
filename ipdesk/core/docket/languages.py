"""Whether a PCT application needs a translation for search or publication (R.12.3, 12.4)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ipdesk.base.assets import asset
from ipdesk.base.i18n import Bilingual

FOR_SEARCH, FOR_PUBLICATION = "search_translation", "publication_translation"


@dataclass(frozen=True, slots=True)
class Languages:
    """The data of ``resources/pct_languages.toml``; codes of ISO 639-1."""

    publication: frozenset[str]
    accepted: Mapping[str, frozenset[str]]  # by searching authority
    names: Mapping[str, Bilingual]


@cache
def languages() -> Languages:
    """The table, read once."""
    with asset("pct_languages.toml").open("rb") as handle:
        data = tomllib.load(handle)
    return Languages(
        frozenset(data["publication"]),
        {office: frozenset(codes) for office, codes in data["isa"].items()},
        {code: Bilingual(n["en"], n["zh"]) for code, n in data["names"].items()},
    )


def translation_facts(facts: Mapping[str, Any]) -> dict[str, bool | None]:
    """Which translations are due; None where the language of filing or the authority is missing.

    A translation for the search serves for the publication too, so only one of them is ever due.
    """
    known = languages()
    spoken = facts.get("filing_language")
    if not spoken:
        return {FOR_SEARCH: None, FOR_PUBLICATION: None}
    accepted = known.accepted.get(str(facts.get("isa") or ""))
    if accepted is None:
        everywhere = all(spoken in codes for codes in known.accepted.values())
        search = False if everywhere else None
    else:
        search = spoken not in accepted
    publishes = spoken in known.publication
    return {FOR_SEARCH: search, FOR_PUBLICATION: not publishes and not search}
