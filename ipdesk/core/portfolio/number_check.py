"""Check digits: China (ZC 0006-2003) and the European Patent Office."""

from operator import mul

from ipdesk.core.portfolio.number_model import Check

_CN_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_ZEROS = ord("0") * sum(_CN_WEIGHTS)


def cn_check_digit(digits: str) -> str:
    """The check digit of 8 (until 2003-09) or 12 digits: weighted sum modulo 11, 10 is X."""
    if len(digits) == 12:  # written out, as long lists ask for it a hundred thousand times
        d = digits.encode()
        total = d[0] * 2 + d[1] * 3 + d[2] * 4 + d[3] * 5 + d[4] * 6 + d[5] * 7 + d[6] * 8
        rest = (total + d[7] * 9 + d[8] * 2 + d[9] * 3 + d[10] * 4 + d[11] * 5 - _ZEROS) % 11
    else:
        rest = sum(map(mul, _CN_WEIGHTS, map(int, digits))) % 11
    return "X" if rest == 10 else str(rest)


def ep_check_digit(digits: str) -> str:
    """The check digit of the eight digits of an EP application: weights 1 2, digit sums, mod 10."""
    total = 0
    for place, digit in enumerate(digits):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def verdict(expected: str, given: str) -> Check:
    """Whether the digit given is the one expected; none given is no verdict."""
    if not given:
        return Check.NONE
    return Check.OK if given == expected else Check.BAD
