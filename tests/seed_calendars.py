"""Prints the published closing days of an office, to be pasted into resources/calendars.

Run by hand when a calendar file is made or a year is added; neither the program nor the tests
call it:

    python tests/seed_calendars.py CN 2027 2027 >> resources/calendars/CN.toml

China comes from ``chinesecalendar`` (State Council notices), the other offices from ``holidays``.
What is printed is a draft: compare it with the notice before it is committed. The tests compare
the finished files with the libraries again.
"""

import sys
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

Named = dict[date, str]

GAZETTE = {  # where the State Council notice of the year is printed
    2004: "https://zh.wikisource.org/wiki/国务院办公厅关于2004年部分节假日安排的通知",
    2005: "https://zh.wikisource.org/wiki/国务院办公厅关于2005年部分节假日安排的通知",
    2006: "国办发明电〔2005〕35号",
    2007: "国办发明电〔2006〕49号; https://www.gov.cn/gongbao/content/2007/content_503397.htm",
    2008: "https://www.gov.cn/gongbao/content/2008/content_859870.htm",
    2009: "https://www.gov.cn/gongbao/content/2008/content_1175823.htm",
    2010: "https://www.gov.cn/gongbao/content/2009/content_1487011.htm",
    2011: "https://www.gov.cn/gongbao/content/2010/content_1765282.htm",
    2012: "https://www.gov.cn/gongbao/content/2011/content_2020918.htm",
    2013: "https://www.gov.cn/gongbao/content/2012/content_2292057.htm",
    2014: "https://www.gov.cn/gongbao/content/2014/content_2561299.htm",
    2015: "https://www.gov.cn/gongbao/content/2015/content_2799019.htm",
    2016: "https://www.gov.cn/gongbao/content/2016/content_2979719.htm",
    2017: "国办发明电〔2016〕17号; https://www.gov.cn/gongbao/content/2016/content_5148793.htm",
    2018: "https://www.gov.cn/gongbao/content/2017/content_5248221.htm",
    2019: "https://www.gov.cn/gongbao/content/2018/content_5350046.htm; "
    "https://www.gov.cn/gongbao/content/2019/content_5380356.htm",
    2020: "https://www.gov.cn/gongbao/content/2019/content_5459138.htm; "
    "https://www.gov.cn/gongbao/content/2020/content_5477297.htm",
    2021: "https://www.gov.cn/gongbao/content/2020/content_5567750.htm",
    2022: "https://www.gov.cn/gongbao/content/2021/content_5651728.htm",
    2023: "https://www.gov.cn/gongbao/content/2023/content_5736714.htm",
    2024: "https://www.gov.cn/gongbao/2023/issue_10806/202311/content_6913823.html",
    2025: "https://www.gov.cn/gongbao/2024/issue_11726/202411/content_6989767.html",
    2026: "国办发明电〔2025〕7号; "
    "https://www.gov.cn/gongbao/2025/issue_12406/202511/content_7048922.html",
}
SOURCES = {
    "US": "5 U.S.C. 6103; Executive Order 11582; 35 U.S.C. 21(b)",
    "JP": "国民の祝日に関する法律",
    "GB": "Banking and Financial Dealings Act 1971 and proclamations (England)",
    "KR": "관공서의 공휴일에 관한 규정",
    "HK": "General Holidays Ordinance (Cap. 149)",
}


def china(year: int) -> tuple[Named, Named]:
    """Closed days and make-up working days; 2005-12-31 is a working day by the notice of 2006."""
    from chinese_calendar.constants import holidays as off
    from chinese_calendar.constants import workdays as on

    closed = {day: str(name) for day, name in off.items() if day.year == year}
    opened = {day: str(name) for day, name in on.items() if day.year == year}
    if year == 2005:
        opened[date(2005, 12, 31)] = "New Year's Day"
    return closed, opened


def united_states(year: int) -> Named:
    """Federal holidays, whole-day closings by executive order, Inauguration Day."""
    import holidays

    public = holidays.country_holidays("US", years=year, language="en_US")
    orders = holidays.country_holidays(
        "US", years=year, categories=("government",), language="en_US"
    )
    capital = holidays.country_holidays("US", subdiv="DC", years=year, language="en_US")
    closed = dict(public)
    closed |= {d: n for d, n in orders.items() if d not in closed and "half-day" not in n}
    for day, name in capital.items():
        if "Inauguration Day" in name:
            closed.setdefault(day + timedelta(days=day.isoweekday() == 7), "Inauguration Day")
    return closed


def elsewhere(office: str, year: int) -> Named:
    """Public holidays as ``holidays`` knows them; in Hong Kong the general holidays."""
    import holidays

    settings: dict[str, dict[str, Any]] = {
        "JP": {"language": "en_US"},
        "KR": {"language": "en_US"},
        "HK": {"language": "en_US", "categories": ("public", "optional")},
        "GB": {"language": "en_GB", "subdiv": "ENG"},
    }
    found = holidays.country_holidays(office, years=year, **settings[office])
    return {day: plain(name) for day, name in found.items() if day.year == year}


def plain(name: str) -> str:
    """One name of a day that has several: the real one before "(observed)"."""
    parts = name.split("; ")
    real = [part for part in parts if "(observed)" not in part]
    return (real or parts)[-1]


def closings(office: str, year: int) -> tuple[Named, Named]:
    """Closed days and make-up working days of one office and year."""
    if office == "CN":
        return china(year)
    return (united_states(year) if office == "US" else elsewhere(office, year)), {}


def spans(days: Iterable[date]) -> str:
    """``02-15..02-23 03-01`` from a list of days."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return " ".join(
        f"{run[0]:%m-%d}" if len(run) == 1 else f"{run[0]:%m-%d}..{run[-1]:%m-%d}" for run in runs
    )


def table(heading: str, named: Mapping[date, str]) -> list[str]:
    """One TOML table, the names in the order of their first day."""
    lines = [heading]
    for name in dict.fromkeys(named[day] for day in sorted(named)):
        days = spans(day for day, its in named.items() if its == name)
        lines.append(f'"{name}" = "{days}"')
    return lines


def draft(office: str, year: int) -> str:
    """The TOML of one office and year."""
    closed, opened = closings(office, year)
    source = GAZETTE.get(year, "") if office == "CN" else SOURCES[office]
    lines = ["", f"[published.{year}]", f'source = "{source}"']
    lines += table(f"[published.{year}.closed]", closed)
    if opened:
        lines += table(f"[published.{year}.open]", opened)
    return "\n".join(lines)


if __name__ == "__main__":
    which, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for wanted in range(first, last + 1):
        print(draft(which, wanted))
