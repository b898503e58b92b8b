"""What a PCT number says of the office that received the application."""

from ipdesk.core.portfolio.numbers import Sort, read_number


def receiving_office(application: str) -> str:
    """The receiving office in a PCT number (``PCT/CN2016/088042`` → ``CN``), or nothing."""
    number = read_number(application, Sort.APPLICATION, "WO", "pct") if application else None
    key = number.key if number else ""
    code = key.removeprefix("WO.A.")[:2]
    return code if key.startswith("WO.A.") and code.isalpha() else ""
