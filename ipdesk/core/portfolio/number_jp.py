"""Japanese numbers with their emperor years: 特願平10-279724, 特開2018-124913, 特許6424293."""

import re

from ipdesk.core.portfolio.number_model import Number, Question, Sort

_ERAS = {"明": 1867, "大": 1911, "昭": 1925, "平": 1988, "令": 2018}
_ERAS |= {"M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}
_WORDS = (  # how a number begins, its sort, its right, the letter of its series
    ("特許出願公開", Sort.PUBLICATION, "invention", "A"),
    ("特許出願", Sort.APPLICATION, "invention", ""),
    ("特願", Sort.APPLICATION, "invention", ""),
    ("实願", Sort.APPLICATION, "utility_model", "U"),
    ("実願", Sort.APPLICATION, "utility_model", "U"),
    ("意願", Sort.APPLICATION, "design", "D"),
    ("特開", Sort.PUBLICATION, "invention", "A"),
    ("特表", Sort.PUBLICATION, "invention", "A"),
    ("特公", Sort.PUBLICATION, "invention", "B"),
    ("再公表", Sort.PUBLICATION, "invention", "WO"),
    ("再表", Sort.PUBLICATION, "invention", "WO"),
    ("実開", Sort.PUBLICATION, "utility_model", "U"),
    ("実表", Sort.PUBLICATION, "utility_model", "U"),
    ("実公", Sort.PUBLICATION, "utility_model", "Y"),
    ("特許", Sort.GRANT, "invention", ""),
    ("登録実用新案", Sort.GRANT, "utility_model", "U"),
    ("実用新案登録", Sort.GRANT, "utility_model", "U"),
    ("実登", Sort.GRANT, "utility_model", "U"),
    ("意匠登録", Sort.GRANT, "design", "S"),
    ("意登", Sort.GRANT, "design", "S"),
)
_DATED = re.compile(r"((?:19|20)\d\d|[昭平令明大SHRTM]\s?\d{1,2})[-/ ]?(\d{1,6})")
_ELEVEN = re.compile(r"((?:19|20)\d\d)0(\d{6})")
_DOCDB_OLD = re.compile(r"(\d{1,6})(\d\d)")
_ERA_ALONE = re.compile(r"(0[1-9]|[1-6]\d)(\d{6})")
_LED_BY_P = re.compile(r"P(?:19|20)\d\d-\d{1,6}")
_PLAIN = re.compile(r"0*(\d{1,7})")
_KIND_RIGHTS = {"U": "utility_model", "Y": "utility_model", "S": "design", "Z": "utility_model"}
STARTS = (*(word for word, *_ in _WORDS), "特愿", "特开")


def read_jp(q: Question) -> Number | None:
    """A number of the Japanese office; None when its form is unknown."""
    body = (
        q.body.replace("特愿", "特願").replace("特开", "特開").replace("号", "").replace("第", "")
    )
    listed = q.right if q.right in ("utility_model", "design") else ""
    sort, right, letter = q.sort, _KIND_RIGHTS.get(q.kind[:1], listed), ""
    for word, its_sort, its_right, its_letter in _WORDS:
        if body.startswith(word):
            sort = its_sort
            right, letter, body = its_right, its_letter, body[len(word) :]
            break
    body = body.strip().upper().replace("‐", "-")
    if _LED_BY_P.fullmatch(body):  # P2018-76692A beside 特開2018-76692
        sort, body = Sort.PUBLICATION, body[1:]
    if sort is Sort.APPLICATION:
        return _application(q, body, right, letter)
    return _publication(q, body, sort, right, letter)


def _application(q: Question, body: str, right: str, letter: str) -> Number | None:
    if not letter and right:
        letter = {"utility_model": "U", "design": "D"}.get(right, "")
    # DOCDB wrote the serial before the year until 1999: 19539182 is 195391 of 1982
    match = _DOCDB_OLD.fullmatch(body) if q.kind else None
    if match:
        year, serial = 1900 + int(match[2]), match[1].zfill(6)
    elif match := _ELEVEN.fullmatch(body) or _DATED.fullmatch(body):
        year, serial = _year(match[1]), match[2].zfill(6)
    else:
        return None
    display = f"JP{year}-{serial}"
    key = f"JP.A.{letter}{year}{serial}"
    return Number("JP", Sort.APPLICATION, display, key, right, "", year)


def _publication(q: Question, body: str, sort: Sort, right: str, letter: str) -> Number | None:
    if body.startswith("WO"):
        letter, body = "WO", body[2:].strip()
    match = _DATED.fullmatch(body) or _ELEVEN.fullmatch(body)
    if match and (body[:1].isalpha() or not body[:1].isdigit() or len(match[1] + match[2]) >= 9):
        year, serial = _year(match[1]), match[2].zfill(6)
        series = (letter or q.kind[:1]).replace("T", "A")  # translations count as published
        series = series if year < 2000 or series in ("WO", "U", "Y") else ""
        kind = q.kind or (letter if letter != "WO" else "")
        mark = "WO" if series == "WO" else ""
        display = f"JP{mark}{year}{serial}{kind}"
        return Number("JP", sort, display, f"JP.P.{series}{year}{serial}", right, "", year, kind)
    match = _ERA_ALONE.fullmatch(body) if q.kind[:1] in ("A", "T", "U", "B") else None
    if match:  # JP10087639A: the era is left out, Showa until 64, then Heisei
        era = int(match[1])
        body = f"{'S' if era > 40 else 'H'}{match[1]}-{match[2]}"
        return _publication(q, body, sort, right, letter)
    match = _PLAIN.fullmatch(body)
    if not match:
        return None
    series = letter or (q.kind[:1] if q.kind[:1] in ("U", "Y", "S", "Z") else "")
    if not q.kind and not series:
        series = {"utility_model": "U", "design": "S"}.get(right, "")
    kind = q.kind or letter
    display, key = f"JP{match[1]}{kind}", f"JP.P.{series}{match[1]}"
    # seven digits alone are a patent, whose document is of kind B
    return Number("JP", sort, display, key, right, "", 0, kind or "B")


def _year(text: str) -> int:
    if text.isdigit():
        return int(text)
    return _ERAS[text[0]] + int(text[1:])
