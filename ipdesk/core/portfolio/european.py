"""European patents in their states: once granted, each state has a part that lives on its own."""

import tomllib
from functools import cache

from ipdesk.base.assets import asset


@cache
def states() -> frozenset[str]:
    """The states that a European application can lead to, as ``layout/regions.toml`` lists them."""
    with asset("layout/regions.toml").open("rb") as handle:
        regions = tomllib.load(handle)["region"]
    own = (r["pending"] for r in regions if r["office"] == "EP" and r["right"] == "invention")
    return frozenset(state for found in own for state in found)


def key_in_state(key: str, office: str, right: str) -> str:
    """What a European number identifies at an office: ``EP.A.20761234`` there, in Germany its part.

    A part shares its number with the European patent and all other parts, so the state stands in
    its key: ``DE.A.EP20761234``; the unitary patent is a right beside the application.
    """
    if not key.startswith("EP."):
        return key
    if right == "unitary_patent":
        return f"{key[:5]}U{key[5:]}"
    return f"{office}.{key[3:5]}EP{key[5:]}" if office != "EP" and office in states() else key


def european_key(key: str) -> str:
    """The European application that a part or a unitary patent came from; empty for other keys."""
    office, _, rest = key.partition(".")
    if office == "EP" and rest.startswith("A.U"):
        return f"EP.A.{rest[3:]}"
    return f"EP.A.{rest[4:]}" if office != "EP" and rest.startswith("A.EP") else ""
