"""Which column of a list says what, by the words that agents and banks write above it."""

from collections.abc import Iterable, Mapping, Sequence

from ipdesk.base.text import squeeze


def places_of(headers: Iterable[str], names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Field → place; of two columns of one meaning the earlier name in the list wins."""
    texts = [squeeze(header) for header in headers]
    found = {}
    for field, known in names.items():
        places = (texts.index(squeeze(name)) for name in known if squeeze(name) in texts)
        place = next(places, None)
        if place is not None:
            found[field] = place
    return found
