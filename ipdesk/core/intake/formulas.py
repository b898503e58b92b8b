"""Text that a spreadsheet would take for a formula: kept text on its way out, and bare again in."""

import re

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_BLANK = ("\t", "\r")  # leads that tidying would take away
# a spreadsheet writes ="123" to keep a number a text
QUOTED = re.compile(r'^="(.*)"$', re.DOTALL)


def plain_cell(text: str) -> str:
    """A cell of a CSV file that no spreadsheet evaluates: an apostrophe leads risky ones."""
    risky = text.lstrip("'").startswith(_RISKY)
    return f"'{text}" if risky and not _is_number(text) else text


def marked_cell(text: str) -> str:
    """A text cell of a workbook: text needs no apostrophe there, unless it would be tidied away."""
    led = text.startswith(_BLANK) or QUOTED.match(text) or is_led(text)
    return f"'{text}" if led else text


def is_led(text: str) -> bool:
    """Whether an apostrophe was put before a cell so that it stays as it is."""
    return text.startswith("'") and text.lstrip("'").startswith(_RISKY)


def bare_cell(text: str) -> str:
    """A cell as it was before an apostrophe was put before it."""
    return text[1:] if is_led(text) else text


def parted(text: str) -> tuple[str, str]:
    """A cell as it was, in two parts: what leads it and stays (a tab, an apostrophe), the rest."""
    if not is_led(text):
        return "", text
    bare = text[1:]
    rest = bare.lstrip("'\t\r")
    return bare[: len(bare) - len(rest)], rest


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
