"""Addresses of free databases, opened in the browser: a query, or one document."""

import re
from dataclasses import dataclass
from urllib.parse import quote

_QUERY = {
    "espacenet": "https://worldwide.espacenet.com/patent/search?q={q}",
    "lens": "https://www.lens.org/lens/search/patent/list?q={q}",
    "google": "https://patents.google.com/?q={q}",
    "patentscope": "https://patentscope.wipo.int/search/en/result.jsf?query={q}",
}
_CNIPA = "https://pss-system.cponline.cnipa.gov.cn/conventionalSearch"
_SIGNS = re.compile(r"[\s/.,()\-]+")

SEARCHABLE: tuple[str, ...] = ("espacenet", "lens", "google", "patentscope", "cnipa")
"""Databases that a button can open, in the order of the buttons."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where to go; a page that takes no query by its address gets it by copy and paste."""

    url: str
    filled: bool


def query_link(database: str, text: str) -> Link | None:
    """The page that runs the query text, or the search page to paste it into."""
    if database == "cnipa":
        return Link(_CNIPA, False)
    pattern = _QUERY.get(database)
    return Link(pattern.format(q=quote(text, safe="")), True) if pattern else None


def document_link(number: str, database: str = "espacenet") -> str:
    """The page of one publication; its number may be written as it likes."""
    plain = _SIGNS.sub("", number).upper()
    if database == "google":
        return f"https://patents.google.com/patent/{quote(plain)}"
    return _QUERY["espacenet"].format(q=quote(f"pn={plain}", safe=""))
