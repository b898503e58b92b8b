"""What sort of rights a table lists."""

import re
from collections.abc import Sequence

from ipdesk.core.intake.cells import text_of
from ipdesk.core.intake.model import ColumnMapping, RawSheet

_LOOKED_AT = 300
_NICE = re.compile(
    r"(?:(?:class|cl\.?|kl\.?|第)?\s*(?:0?[1-9]|[1-3]\d|4[0-5])\s*类?(?:[\s,;、|/]+|$))+",
    re.IGNORECASE,
).fullmatch
_PATENTS = re.compile(
    r"patent|brevet|octroo|invent|wynalaz|buluş|专利|發明|发明|特許|특허|патент|изобрет"
).search
_MARKS = re.compile(r"商标|trade ?mark|\bnice\b|尼斯|商標|상표|\bmarke").search
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
    named = "mark" in fields or bool(_MARKS(headers))
    marks = named or (not patents and not _PATENTS(headers) and _of_nice(mapping, sheet))
    if marks and not patents:
        return "trademarks"
    if "locarno" in headers and "design" in headers and "main_class" not in fields:
        return "designs"
    if not patents - {"inventors"}:
        special = {k for k, word in _KIND_WORDS.items() if word in headers}
        if len(special) == 1:
            return special.pop()
    return "patents"


def _of_nice(mapping: Sequence[ColumnMapping], sheet: RawSheet) -> bool:
    """Whether every class is one of the forty-five of the Nice Agreement."""
    columns = [sheet.columns[m.index] for m in mapping if m.field == "classes"]
    if not columns:
        return False
    own = {m.header for m in mapping}
    texts = [text_of(c).strip() for column in columns for c in column.distinct[:_LOOKED_AT]]
    texts = [t for t in texts if t and t not in own]
    return bool(texts) and all(map(_NICE, texts))
