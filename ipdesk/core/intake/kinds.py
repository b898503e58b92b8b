"""What sort of rights a table lists."""

import re
from collections.abc import Sequence

from ipdesk.core.intake.model import ColumnMapping, RawSheet

_KIND_WORDS = {"layouts": "布图设计", "works": "作品名称", "varieties": "品种名称"}


def kind_of_table(mapping: Sequence[ColumnMapping], sheet: RawSheet) -> str:
    """What sort of rights the table lists, by the columns that only they have."""
    fields = {m.field for m in mapping}
    headers = " ".join(m.header for m in mapping).casefold() + " " + sheet.name.casefold()
    patents = fields & {"inventors", "publication_number", "kind_code", "pct_application_number"}
    if "domain" in fields and not patents:
        return "domains"
    if "software" in fields or ("著作权" in headers and "version" in fields):
        return "software"
    marks = "mark" in fields or re.search(
        r"商标|trade ?mark|\bnice\b|尼斯|商標|상표|\bmarke", headers
    )
    if marks and not patents:
        return "trademarks"
    if "locarno" in headers and "design" in headers and "main_class" not in fields:
        return "designs"
    if not patents - {"inventors"}:
        named = {k for k, word in _KIND_WORDS.items() if word in headers}
        if len(named) == 1:
            return named.pop()
    return "patents"
