"""Values of an invented company: two languages in one line, long titles, odd signs."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Bilingual, say
from ipdesk.core.docket.records import DeadlineRow, PendingRow
from ipdesk.core.portfolio.model import MatterRow
from ipdesk.reports.deadlines import DeadlineValues
from ipdesk.reports.paper import Heading
from ipdesk.reports.portfolio import COUNTING, PortfolioValues
from tests.conftest import TODAY

COMPANY = "流光印刷电子科技有限公司 Liuguang Printed Electronics Co., Ltd."
TITLES = (
    ("Liquid-metal ink and its preparation", "液态金属油墨及其制备方法"),
    (
        "Printing head with a heated nozzle for liquid metals and method for controlling the "
        "droplet volume on stretchable substrates",
        "一种用于液态金属印刷电子的带加热喷嘴的打印头（含多级温控结构）及其在可拉伸基底上控制液滴体积的方法",
    ),
    ("Flexible circuit board", "柔性电路板"),
    ("", "基于Ga-In合金的RFID天线、其制造方法和应用"),
    ("Wearable sensor", ""),
)
RIGHTS = (
    ("invention", "CN"), ("utility_model", "CN"), ("invention", "CN"), ("design", "CN"),
    ("pct", "WO"), ("invention", "US"), ("invention", "EP"), ("trademark", "CN"),
    ("software_copyright", "CN"), ("domain_name", "XX"), ("invention", "JP"),
    ("trade_secret", "CN"),
)  # fmt: skip
STATUSES = ("pending", "granted", "published", "granted", "lapsed", "pending")
TECHNOLOGIES = (
    "液态金属油墨 Inks",
    "Printing heads 打印头",
    "Encapsulation 封装",
    "Sensors 传感器",
)


def matter(number: int, **changes: Any) -> MatterRow:
    """One of many invented matters, always the same for the same number."""
    right, office = RIGHTS[number % len(RIGHTS)]
    title_en, title_zh = TITLES[number % len(TITLES)]
    year = 2011 + number % 14 if number % 3 else 2025
    filed = date(year, 1 + number % 12, 1 + number % 28)
    status = STATUSES[number % len(STATUSES)]
    granted = add_months(filed, 20) if status in ("granted", "lapsed") else None
    row = MatterRow(
        id=number, reference=f"LG-{number:04}-{office}", right=right, office=office, status=status,
        title=title_zh or title_en, title_en=title_en, title_zh=title_zh,
        application_number=f"{year}10{100000 + number * 37 % 899999}.{number % 10}",
        publication_number=f"CN{110000000 + number}A",
        grant_number=f"ZL{year}10{100000 + number * 37 % 899999}.{number % 10}" if granted else "",
        priority_date=filed if right == "pct" else None, filing_date=filed,
        publication_date=None, grant_date=granted if granted and granted < TODAY else None,
        expiry_date=None, next_due=None, family=f"F{number // 3:03}", applicants=(COMPANY,),
        inventors=("王小明", "Łukasz Nowak"), agencies=(), products=(), tags=(),
        technologies=(TECHNOLOGIES[number % 4],) if number % 7 else (), value_grade="",
        archived=False, sample=True,
    )  # fmt: skip
    return replace(row, **changes)


LAW = Bilingual(
    "Law 37; Guidelines Pt II ch.8 §4.10.3", "专利法第37条；审查指南第二部分第八章4.10.3"
)


def deadline(number: int, of: MatterRow, due: date, **changes: Any) -> DeadlineRow:
    """A deadline of an invented matter."""
    row = DeadlineRow(
        id=number, matter_id=of.id, reference=of.reference, right=of.right, office=of.office,
        title=of.title, title_en=of.title_en, title_zh=of.title_zh, rule="CN-P-OA1", version="",
        n=None, event_id=None,
        label=Bilingual("Reply to the first office action", "答复第一次审查意见通知书"),
        kind="reply", raw=due - timedelta(days=number % 3), due=due, start=None, opens=None,
        grace_end=None, internal_due=due - timedelta(days=14), agent_due=None,
        calendar="computed" if number % 5 == 0 else "official", unverified=number % 11 == 0,
        basis=LAW, state="open", reason="", submitted_on=None,
        submitted_by="", receipt="", confirmed_on=None, confirmed_by="", extended_to=None,
        responsible=("张伟", "Anna Müller", "")[number % 3], checked_by="", manual=False, note="",
        unchecked=False,
    )  # fmt: skip
    return replace(row, **changes)


def national_phases(of: MatterRow, first: int) -> list[DeadlineRow]:
    """The dates of a PCT application from its priority date on."""
    start = of.priority_date or TODAY
    found = []
    for i, (rule, count) in enumerate(
        (("PCT-PRIO", 12), ("PCT-16M", 16), ("PCT-18M", 18), ("PCT-DEMAND", 22), ("US-NPE", 30),
         ("EP-NPE", 31), ("CN-NPE", 32))
    ):  # fmt: skip
        due = add_months(start, count)
        label = Bilingual(f"{rule}: {count} months", f"{rule}：{count} 个月")
        state = "open" if due >= TODAY else "met"
        found.append(
            deadline(first + i, of, due, rule=rule, raw=due, label=label, state=state,
                     calendar="computed" if rule in ("PCT-18M", "EP-NPE") else "official",
                     unverified=False)
        )  # fmt: skip
    return found


def heading(title: str = "Portfolio report", **more: Any) -> Heading:
    return Heading(
        COMPANY, say(title), TODAY,
        filters=(say("{label}: {values}", label=say("Office"), values="CN 中国"),),
        counting=COUNTING, sample=True, **more,
    )  # fmt: skip


def portfolio(count: int = 120) -> PortfolioValues:
    """A portfolio of so many matters with deadlines, some overdue, some that cannot be computed."""
    matters = [matter(n) for n in range(1, count + 1)]
    pct = [
        replace(
            m,
            priority_date=TODAY - timedelta(days=60 + 97 * i),
            filing_date=min(TODAY, add_months(TODAY - timedelta(days=60 + 97 * i), 12)),
            status="published",
        )
        for i, m in enumerate(m for m in matters if m.right == "pct")
    ]
    by_id = {m.id: m for m in pct}
    matters = [by_id.get(m.id, m) for m in matters]
    dates = [row for m in pct for row in national_phases(m, 10_000 + m.id * 10)]
    due = [
        deadline(n, matters[n * 3 % count], TODAY + timedelta(days=n * 11 - 40))
        for n in range(1, min(count, 36))
    ]
    due[5] = replace(due[5], state="submitted")
    due[2] = replace(due[2], grace_end=add_months(TODAY, 5))
    ahead = [r for r in dates if TODAY <= r.due <= add_months(TODAY, 12)]
    missing = tuple(
        PendingRow(n, m.id, m.reference, m.right, m.office, m.shown_title, "CN-P-PUB",
                   Bilingual("Publication", "公布"), "filing",
                   (say("The filing date is missing."),))
        for n, m in enumerate(matters[:5])
    )  # fmt: skip
    return PortfolioValues(heading(), TODAY, tuple(matters), (*due, *ahead), tuple(dates), missing)


def deadlines() -> DeadlineValues:
    """Ninety days of the same portfolio, for three people and nobody."""
    values, until = portfolio(), TODAY + timedelta(days=90)
    rows = tuple(row for row in values.deadlines if row.due <= until)
    head = replace(heading("Deadlines"), counting=())
    return DeadlineValues(head, TODAY, until, rows, values.pending)
