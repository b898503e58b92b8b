"""Numbers of invented matters, in the forms of their offices with true check digits."""

from datetime import date

from ipdesk.core.portfolio.number_check import cn_check_digit, ep_check_digit

_TYPES = {"invention": "1", "utility_model": "2", "design": "3"}


class Numbers:
    """Hands out the next number of each kind."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def _serial(self, kind: str, first: int, step: int = 1) -> int:
        value = self._next.get(kind, first)
        self._next[kind] = value + step
        return value

    def chinese(self, right: str, filed: date, *, pct: bool = False) -> str:
        """``CN202510012345.6``: year, type digit (8 for a PCT invention), serial, check digit."""
        kind = "8" if pct and right == "invention" else _TYPES[right]
        body = f"{filed.year}{kind}{self._serial(f'{filed.year}{kind}', 1001237, 3119) % 10**7:07}"
        return f"CN{body}.{cn_check_digit(body)}"

    def publication(self, kind: str, published: date) -> str:
        """``CN119123456A``: nine digits, of which the first is the type."""
        first = {"A": "1", "B": "1", "U": "2", "S": "3"}[kind]
        base = {"A": 10_000_000, "B": 9_000_000, "U": 20_000_000, "S": 8_000_000}[kind]
        value = (base + (published.year - 2011) * 1_000_000) % 10**8
        return f"CN{first}{value + self._serial(f'{kind}{published.year}', 20117, 417):08}{kind}"

    def pct(self, filed: date) -> tuple[str, str]:
        """Application and publication number of a PCT application filed at CNIPA."""
        serial = self._serial(f"PCT{filed.year}", 71023, 641)
        return f"PCT/CN{filed.year}/{serial:06}", f"WO{filed.year}{serial + 90210:06}"

    def foreign(self, office: str, filed: date) -> str:
        """An application number as the office writes it."""
        if office == "US":  # a series of several years
            series = 15 + (filed.year - 2015) // 3
            return f"{series}/{self._serial(f'US{series}', 10487, 293):06}"
        n = self._serial(f"{office}{filed.year}", 10487, 293)
        if office == "EP":
            body = f"{filed.year % 100:02}{700000 + n}"
            return f"{body}.{ep_check_digit(body)}"
        if office == "JP":
            return f"{filed.year}-{500000 + n}"
        return f"10-{filed.year}-{7000000 + n}"
