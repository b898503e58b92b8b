"""To which office a number without its letters can belong, by its form alone.

Forms of applications from the WIPO Handbook on Industrial Property Information, part 7.2.6, as
far as no other office writes the same; forms that several write name them all.
"""

import re

from ipdesk.core.portfolio.number_check import cn_check_digit, ep_check_digit

_US = re.compile(
    r"\d{2}/\d{1,3},\d{3}|\d{2}/\d{6}"
    r"|(?:RE|PP|D|H)\d{2,3},?\d{3}|20\d\d/\d{7}"
)
_US_PATENT = re.compile(r"\d{1,2},\d{3},\d{3}")
_CANADIAN = re.compile(r"[23],\d{3},\d{3}")  # an application there, a patent in the United States
_DE = re.compile(r"(?:10|11|20|21) 20\d\d \d{3} \d{3}(?:\.\d)?|1[01]20\d\d\d{6}(?:\.\d)?")
_EIGHT_AND_ONE = re.compile(r"\d{8}\.[0-9X]")
_ONLY = tuple(
    (re.compile(form), office)
    for form, office in (
        (r"[1-4]0-\d{4}-\d{7}|[1-4]0-\d{7}", "KR"),
        (r"(?:PI|MU|DI) ?\d{7}-\d", "BR"),
        (r"DM/\d{5,6}(?:-\d{1,3})?", "WO"),  # the Hague register
        (r"00\d{7}-\d{4}", "EM"),  # Community designs
        (r"\d{1,5}/(?:DEL|MUM|BOM|CHE|MAS|KOL|CAL)(?:NP)?/(?:19|20)\d\d", "IN"),
        (r"20(?:1[6-9]|[2-9]\d)4[1-9]\d{6}", "IN"),  # Chennai; no Chinese number has a 4 there
        (r"(?:19|20)\d{8}/\d{2}", "RU"),
        (r"(?:WP|[PW])\.? ?\d{6}", "PL"),
        (r"P(?:U?)V ?(?:19|20)\d\d-\d{1,6}", "CZ"),
        (r"(?:PP|PUV) ?\d{1,6}-(?:19|20)\d\d", "SK"),
        (r"\d{7}-\d", "SE"),
        (r"[1-4]0(?:19|20)\d\d0{3}\d{6}", "IT"),
        (r"[PU] ?(?:19|20)\d{7}", "ES"),
        (r"P00(?:19|20)\d{7}", "ID"),
        (r"PI ?20\d{8}", "MY"),
        (r"MX/[AUFE]/(?:19|20)\d\d/\d{6}", "MX"),
        (r"PA ?(?:19|20)\d\d ?\d{5}", "DK"),
        (r"[1-4]-(?:19|20)\d\d-\d{5}", "VN"),
        (r"[1-4][-/](?:19|20)\d\d[-/]\d{6}", "PH"),
        (r"(?:19|20)\d\d-\d{6}", "JP"),
        (r"\d{5}/\d\d(?:\d\d)?", "CH"),
    )
)
_SINGAPORE = re.compile(r"1[0-2]20\d{7}[A-Z]")
_SEVERAL = tuple(
    (re.compile(form), offices)
    for form, offices in (
        (r"20\d{8}", ("AU", "RU", "JP")),
        (r"20\d\d[1-3]\d{7}", ("CN", "IN")),
        (r"2[01]20[0-4]\d\d{6}\.\d", ("CN", "DE")),  # no Chinese check digit, or a wrong one
        (r"20\d\d/\d{5}", ("TR", "ZA")),
        (r"[23],?\d{3},?\d{3}", ("CA", "EP", "US")),
        (r"\d{8}", ("US", "EP")),
        (r"(?:10|20|30)(?:19|20)\d{9}", ("KR", "BR")),
        (r"[AU] ?20\d\d ?\d{5}", ("UA", "RO")),
    )
)


def office_by_form(body: str, kind: str = "", *, application: bool = False) -> str:
    """The office that a bare number can only belong to; empty when its form does not tell."""
    if _US.fullmatch(body):
        return "US"
    if _US_PATENT.fullmatch(body):
        return "" if application and _CANADIAN.fullmatch(body) else "US"
    if _SINGAPORE.fullmatch(body + kind):
        return "SG"
    for form, office in _ONLY:
        if form.fullmatch(body):
            return office
    bare = body.replace(" ", "")
    if len(bare) in (13, 14) and bare[:2] == "20" and bare[4:5] in "12389":
        digits = bare.replace(".", "")
        if digits[:12].isdigit() and len(digits) == 13 and digits[12] == cn_check_digit(digits):
            return "CN"
    if _EIGHT_AND_ONE.fullmatch(bare):
        cn = cn_check_digit(bare[:8]) == bare[9] and bare[2] in "12389"
        ep = ep_check_digit(bare[:8]) == bare[9]
        return "CN" if cn and not ep else "EP" if ep and not cn else ""
    return "DE" if _DE.fullmatch(body) else ""


def offices_by_form(body: str) -> tuple[str, ...]:
    """The offices that write numbers of this form, where there are several."""
    bare = " ".join(body.upper().split())
    return next((offices for form, offices in _SEVERAL if form.fullmatch(bare)), ())
