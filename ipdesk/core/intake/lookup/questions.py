"""What is asked of the EPO for a number as the user writes it.

Numbers in DOCDB form, as the OPS reference guide 3.2 describes them: country, number, kind.
"""

import re
from typing import NamedTuple

from ipdesk.base.errors import Refused
from ipdesk.base.i18n import Message, say
from ipdesk.core.portfolio.numbers import Number, Sort, read_number

_PARTS = re.compile(r"[;；、|\n]+|,\s+|，")
_KINDS = {"utility_model": "U", "design": "S"}


class Question(NamedTuple):
    """One family asked for by one of its numbers; no *kind*: EPODOC form."""

    reference: str  # publication or application
    country: str
    number: str
    kind: str
    asked: str  # as shown to the user


def questions_of(text: str) -> list[Question]:
    """The questions that a line of numbers makes. Raises Refused for what is no such number."""
    parts = [p.strip() for p in _PARTS.split(text) if p.strip()]
    if not parts:
        raise Refused(say("Name at least one number, such as EP1000000 or CN110311168A."))
    return list({(q := question_of(part))[:4]: q for part in parts}.values())


def question_of(text: str) -> Question:
    """The question for one number. Raises Refused with the reason."""
    application = read_number(text, Sort.APPLICATION)
    published = read_number(text, Sort.PUBLICATION)
    found = application if application and _is_application(application, text) else published
    if found is None or not found.key or not found.office:
        raise Refused(_unclear(text))
    if found.key.split(".")[1] == "A":
        return _of_application(found, text)
    return _of_publication(found, text)


def _is_application(number: Number, text: str) -> bool:
    """A kind code, or a form that publications have too, asks for the publication."""
    if number.sort is not Sort.APPLICATION or not number.key:
        return False
    if number.office in ("CN", "WO"):
        return True
    published = read_number(text, Sort.PUBLICATION)
    return published is None or not published.key or number.check.value == "ok"


def _of_application(number: Number, text: str) -> Question:
    office, _register, body = number.key.split(".", 2)
    if office == "WO":  # WO.A.CN2016088042
        return Question("application", body[:2], body[2:], "W", number.display)
    if office == "US":
        raise Refused(
            say(
                "The EPO does not find {number} by its application number; "
                "name the number of its publication or patent.",
                number=number.display,
            )
        )
    kind = _KINDS.get(number.right, "A")
    digits = body.removeprefix("D") if office == "JP" else body
    return Question("application", office, digits, kind, number.display)


def _of_publication(number: Number, text: str) -> Question:
    digits = re.sub(r"^[A-Z]{2}", "", number.display).removesuffix(number.kind_code)
    digits = re.sub(r"[^0-9A-Z]", "", digits)
    if number.office == "US" and number.year and len(digits) == 11:
        digits = digits[:4] + digits[5:] if digits[4] == "0" else digits  # DOCDB: 2013101709
    if not digits:
        raise Refused(_unclear(text))
    return Question("publication", number.office, digits, number.kind_code, number.display)


def _unclear(text: str) -> Message:
    return say(
        "“{text}” is no number that can be looked up; write the country before it, "
        "such as EP1000000, CN110311168A or PCT/CN2016/088042.",
        text=text[:60],
    )
