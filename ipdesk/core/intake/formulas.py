"""Text that a spreadsheet would take for a formula: kept text on its way out, and bare again in."""

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(text: str) -> str:
    """A cell of a CSV file that no spreadsheet evaluates: an apostrophe leads risky ones."""
    risky = text.lstrip("'").startswith(_RISKY)
    return f"'{text}" if risky and not _is_number(text) else text


def bare_cell(text: str) -> str:
    """A cell of a CSV file as it was before an apostrophe was put before it."""
    led = text.startswith("'") and text.lstrip("'").startswith(_RISKY)
    return text[1:] if led else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
