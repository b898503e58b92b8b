"""Which encoding a text file has, by trial and by how natural the result looks."""

import codecs
import re
import unicodedata
from functools import cache
from itertools import islice

from ipdesk.core.intake.formats import limits

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# every candidate with what speaks for it: the signs usual in it
_CANDIDATES = (
    *("gb18030", "cp932", "euc_jp", "cp949", "big5hkscs"),
    *("cp1252", "mac_roman", "cp1251", "cp1250", "cp1254"),
)
_EAST = frozenset({"gb18030", "big5hkscs", "cp932", "cp949", "euc_jp"})
_JIS_ESCAPE = re.compile(rb"\x1b\$[@B].*?\x1b\([BJ]", re.DOTALL)
_SAMPLE = 1 << 16

_COMMON_HAN = frozenset(
    "的一是不了在有人中大国专利申请公司有限方法装置系统及其号日名称类型发明实用新型外观设计授权状态"
    "法律公开告主分代理机构优先权摘要期科技北京上海深圳广州州市大学研究院电子信息制备材料结构"
    "一種及裝置方法系統專利號國公開發明設計權狀態請實"
    "電機液態學與會社產業際應用處理資訊對時間為無單準備註冊標題類別優先審查當費繳陳黃劉張吳臺灣路層"
    "股份案件出願登録許称権発者株式製作所号処術検内"
)
_COMMON_KANA = re.compile(r"[ぁ-んァ-ヶー]")
_HAN = re.compile(r"[一-鿿]")
_RARE = re.compile(
    "[\\u3400-\\u4dbf\\uf900-\\ufaff\\ue000-\\uf8ff\\uff61-\\uff9f\\U00020000-\\U0003ffff]"
)
_NARROW_KANA = re.compile("[\uff66-\uff9f]")
_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[àâäáãåçéèêëíîïñóôöõøúùûüýÿßœæÀÂÄÁÃÅÇÉÈÊËÍÎÏÑÓÔÖÕØÚÙÛÜÝ’“”–—®°©™«»§²³µ±×]")
_CENTRAL = re.compile(r"[ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽôľĺŕőűŐŰöüäÖÜÄß„”–—’°§©®]")
_TURKISH = re.compile(r"[çğıöşüÇĞİÖŞÜâîûéÂ’“”–—°§©®]")
# what stands in no word of the West, but in its place when the East was read as the West
_SIGN_IN_WORD = re.compile(r"(?<=[A-Za-z])[¹²³¿±¡¢£¥¦§ªþð¬¯´¶·¸º¼½¾×÷](?=[a-z])")
_IN_WORDS = re.compile(r"(?<=[a-z])[^\x00-\x7f]|[^\x00-\x7f](?=[a-z])")  # Mäuse, not 鼠
# what the first two bytes of a foreign sign become when they are read one by one
_TWICE = re.compile(r"[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f�]")


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; raises Refused when it is not text at all."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _strict(data, name), name
    if b"\x1b$" in data[:_SAMPLE] and data.isascii() and _JIS_ESCAPE.search(data):
        return _strict(data, "iso2022_jp"), "iso2022_jp"
    wide = _wide(data)
    if wide:
        return _strict(data, wide), wide
    if b"\x00" in data[:_SAMPLE]:
        raise limits.damaged()
    try:
        text = data.decode("utf-8")
        if _odd(text) and _naturalness(_foreign_part(data), "gb18030") > 0.4:
            return data.decode("gb18030", "replace"), "gb18030"
        return _once(text), "utf-8"
    except UnicodeDecodeError as error:
        if _cut_off(data, error.start) or _few_bad(data):
            return data.decode("utf-8", "replace"), "utf-8"
    name = _best(data)
    return data.decode(name, "replace"), name


def _once(text: str) -> str:
    """A text that was encoded twice, as some exports are: FÃ¼r is Für; what is not stays."""
    if not _TWICE.search(text):
        return text
    return _FOREIGN.sub(lambda m: _read_again(m[0]), text)


def _read_again(run: str) -> str:
    try:
        return run.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return run


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        text = data.decode(name, "replace")
        if text.count("�") > max(8, len(text) // 1000):
            raise limits.damaged() from error
        return text


def _wide(data: bytes) -> str:
    """UTF-16 without a mark shows in every second byte of its ASCII part being zero."""
    sample = data[:4096]
    if len(sample) < 4:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.3 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.3 and odd < half * 0.05:
        return "utf-16-be"
    return ""


def _odd(text: str) -> bool:
    """Two Chinese words among English can be valid UTF-8 of loose accents and stray letters."""
    if text.isascii():
        return False
    foreign = [c for c in islice((c for c in text if c > "\x7f"), 200) if c != "\ufeff"]
    if len(foreign) >= 200 or not foreign:
        return False
    loose = sum(1 for c in foreign if unicodedata.category(c) in ("Mn", "Cn", "Co", "Cc"))
    return loose * 4 >= len(foreign)


def _cut_off(data: bytes, place: int) -> bool:
    """UTF-8 whose last letter lost its end."""
    return place >= len(data) - 3 and not data[:place].isascii()


def _few_bad(data: bytes) -> bool:
    """UTF-8 with a handful of broken letters among many good ones."""
    text = data[: 1 << 20].decode("utf-8", "replace")
    good = len(re.findall(r"[^\x00-\x7f�]", text))
    return good > 20 * text.count("�")


def _best(data: bytes) -> str:
    sample = _foreign_part(data)
    scores = {name: _naturalness(sample, name) for name in _CANDIDATES}
    return max(scores, key=lambda name: scores[name])


def _foreign_part(data: bytes) -> bytes:
    """The first lines that are not plain ASCII; they decide."""
    lines = re.split(rb"[\r\n]+", data)
    picked: list[bytes] = []
    size = 0
    for line in lines:
        if not line.isascii():
            picked.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
    return b"\n".join(picked)


def _naturalness(sample: bytes, name: str) -> float:
    """Points per foreign byte: usual signs add, rare Han, controls and impossible bytes cost."""
    text = sample.decode(name, "replace")
    foreign = sum(1 for c in text if c > "\x7f")
    if not foreign:
        return 0.0
    score = -6.0 * len(_CONTROL.findall(text)) - 2.0 * len(_RARE.findall(text))
    if name in _EAST:
        score -= 0.8 * len(_IN_WORDS.findall(text))
    han = _HAN.findall(text)
    if name in _BASIC:
        basic = _BASIC[name]
        score += sum(1.5 if c in _COMMON_HAN else 0.5 if _writes(basic, c) else -0.6 for c in han)
    if name in ("cp932", "euc_jp"):
        score += 1.6 * len(_COMMON_KANA.findall(text)) + 2.6 * len(_NARROW_KANA.findall(text))
    elif name == "gb18030":
        score -= 0.5 * len(_COMMON_KANA.findall(text))
    elif name == "cp949":
        hangul = _HANGUL.findall(text)
        score += sum(1.4 if _writes("euc_kr", c) else -1.0 for c in hangul) - 0.5 * len(han)
    elif name in _LETTERS:
        score += _single_byte(text, foreign, _LETTERS[name])
    elif name == "cp1251":
        score += 0.9 * len(re.findall(r"[а-яА-Я]{3,}", text)) * 4 - 0.4 * foreign
    return score / foreign


# the usual signs of each
_BASIC = {"gb18030": "gb2312", "big5hkscs": "big5", "cp932": "shift_jis", "euc_jp": "euc_jp"}


@cache
def _writes(codec: str, sign: str) -> bool:
    """Whether the older, smaller set of a country knows a sign; the rest is rare."""
    try:
        return len(sign.encode(codec)) == 2  # Python spells what Korean lacks in eight bytes
    except UnicodeEncodeError:
        return False


# the letters usual in each encoding of a byte a letter; the first wins a tie
_LETTERS = {"cp1252": _LATIN, "mac_roman": _LATIN, "cp1250": _CENTRAL, "cp1254": _TURKISH}


def _single_byte(text: str, foreign: int, usual: re.Pattern[str]) -> float:
    """Western letters stand alone between ASCII letters; in rows of three they are a mistake."""
    letters = len(usual.findall(text))
    runs = sum(len(r) for r in re.findall(r"[^\x00-\x7f]{3,}", text))
    signs = len(_SIGN_IN_WORD.findall(text))
    return 1.0 * letters - 1.2 * (foreign - letters) - 1.5 * runs - 2.5 * signs
