"""Values of a layout plan and of a budget for an invented company."""

from datetime import date, timedelta
from decimal import Decimal

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import Bilingual, say
from ipdesk.base.money import Money
from ipdesk.core.fees.alarms import Alarm, Threat
from ipdesk.core.fees.model import Cost, FeeAnswer
from ipdesk.core.fees.queries import FeeLine
from ipdesk.core.fees.records import BudgetRow
from ipdesk.core.fees.savings import Saving, Savings
from ipdesk.core.layout.actual import PlanActual, Tally
from ipdesk.core.layout.budget import Spending
from ipdesk.core.layout.cells import Axis, Cell
from ipdesk.core.layout.clock import ClockLine
from ipdesk.core.layout.costs import Total
from ipdesk.core.layout.coverage import Matrix
from ipdesk.core.layout.gaps import Gap, GapKind
from ipdesk.core.layout.mix import Concentration, Mix, Warned, Year
from ipdesk.core.layout.model import (
    Branch,
    CostLine,
    LinkedMatter,
    PlanInfo,
    PlanRow,
    RowFields,
    Target,
)
from ipdesk.core.layout.protection import ProtectionLine
from ipdesk.core.layout.subjects import Exposure
from ipdesk.reports.costing import BudgetValues, Expected
from ipdesk.reports.paper import Heading
from ipdesk.reports.planning import LayoutValues
from tests.conftest import TODAY
from tests.reports.samples import COMPANY, TECHNOLOGIES, TITLES

PRODUCTS = ("Print head LM-3 打印头", "E-skin patch 电子皮肤贴片", "RFID antenna")
OFFICES = ("CN", "US", "EP", "JP", "KR")
STANDINGS = ("in_force", "gap", "can_enter", "pending", "accepted_risk")
PLAN = PlanInfo(
    1, "2027 年度布局 Annual plan", 2, "annual", "approved", date(2027, 1, 1), date(2027, 12, 31),
    "CNY", "王小明", "Protect the print head before the US launch 在美国上市前完成打印头布局", None,
    date(2026, 10, 8), date(2026, 11, 2), "CTO 李娜", 14, 4,
)  # fmt: skip


def row(number: int) -> PlanRow:
    title_en, title_zh = TITLES[number % len(TITLES)]
    status = ("idea", "approval", "drafting", "dropped")[number % 4]
    filed = (LinkedMatter(number, f"LG-{number:04}-CN", "invention", "CN", "pending", TODAY, None),)
    lines = (
        CostLine("CN", "filing", Bilingual("Filing", "申请费"), Decimal(135), "CNY", 85),
        CostLine("US", "filing", Bilingual("Filing", "申请费"), Decimal(664), "USD"),
        CostLine("JP", "examination", Bilingual("Examination", "实质审查费"), None, "JPY"),
    )
    return PlanRow(
        number, 1, number, number,
        RowFields(
            title_zh or title_en, gap="Only the nozzle is claimed 仅保护喷嘴",
            proposal="Claim the pressure control as a method", role=("core", "fence")[number % 2],
            right=("invention", "same_day_pair", "pct")[number % 3],
            territories=tuple(Target(o) for o in OFFICES[: 1 + number % 5]), owner="张伟",
            agent_cost=Decimal(6000), agent_currency="CNY", value=1 + number % 5, copying=4,
            detectability=3, target=add_months(date(2027, 1, 1), number % 12), status=status,
        ),
        TECHNOLOGIES[number % 4], "Resolution 分辨率", "", PRODUCTS[number % 3], lines, TODAY,
        filed if number % 5 == 0 else (),
    )  # fmt: skip


ROWS = tuple(row(n) for n in range(1, 15))


def matrix(kind: str, columns: tuple[str, ...]) -> Matrix:
    rows = tuple(
        Axis(i, name, name, depth=0 if i % 3 == 0 else 1) for i, name in enumerate(TECHNOLOGIES * 3)
    )
    axes = tuple(Axis(c if kind == "territory" else i, c) for i, c in enumerate(columns))
    states = ("checked", "stale", "unchecked")
    cells = {
        (r.key, c.key): Cell((i * j) % 5, i % 2, j % 3, (i * 7) % 23, states[(i + j) % 3], TODAY, 1)
        for i, r in enumerate(rows)
        for j, c in enumerate(axes)
        if (i + j) % 4
    }
    return Matrix(kind, rows, axes, cells, unplaced=7, today=TODAY)


def clock_line(number: int) -> ClockLine:
    due = TODAY + timedelta(days=number * 40 - 60)
    what = say("{product} is launched in {office}.", product=PRODUCTS[number % 3], office="US")
    return ClockLine(
        "product", 1, PRODUCTS[number % 3], OFFICES[number % 5], ("patent", "design")[number % 2],
        due + timedelta(days=30), Exposure("launch", 1, what, due + timedelta(days=1)), due,
        due - timedelta(days=number % 3), ("passed", "urgent", "open", "filed")[number % 4],
        ("official", "computed")[number % 2], number % 5 == 0,
        (what, say("The last safe day is the day before.")),
        ("LG-0001-CN",) if number % 4 == 3 else (),
    )  # fmt: skip


def layout(title: str = "Layout plan") -> LayoutValues:
    protection = tuple(
        ProtectionLine(
            n, PRODUCTS[n % 3], OFFICES[n % 5], TODAY + timedelta(days=30 * n), ("launch",),
            STANDINGS[n % 5], say("Nothing is filed in {office} for this product.", office="US"),
            ("LG-0001-CN", "LG-0002-US"), TODAY + timedelta(days=90), None, None, 1,
        )
        for n in range(12)
    )  # fmt: skip
    kinds = list(GapKind)
    gaps = tuple(
        Gap(
            kinds[n % len(kinds)],
            say("{others} families of others and none of ours 他人已布局", others=n),
            TECHNOLOGIES[n % 4], "Resolution 分辨率", own=n % 3, planned=n % 2, others=n,
            due=TODAY + timedelta(days=n) if n % 2 else None, score=n,
        )
        for n in range(30)
    )  # fmt: skip
    tallies = tuple(Tally(f"2027-Q{q}", 4, q % 3, 1, 2, q % 2, 1) for q in range(1, 5))
    spending = tuple(
        Spending(
            t.key, Total({"CNY": Decimal(90_000)}), Total({"CNY": Decimal(61_500)}, 2),
            Total({"CNY": Decimal(20_000), "USD": Decimal(664)}),
            left=Decimal(28_500),
            worth={"budget": Decimal(90_000), "planned": Decimal(61_500)},
        )
        for t in tallies
    )  # fmt: skip
    actual = PlanActual(
        PLAN, Tally("", 14, 4, 2, 8, 3, 4), tallies, (Tally("invention", 9, 3), Tally("pct", 5, 1)),
        tuple(Tally(t, 3, 1) for t in TECHNOLOGIES), tuple(Tally(o, 3, 1) for o in OFFICES), (),
        {"quarter": spending}, "CNY", Total({"CNY": Decimal(246_000), "USD": Decimal(9_296)}, 14),
        None,
    )  # fmt: skip
    years = tuple(
        Year(2015 + i, {"invention": 2 + i * i, "utility_model": i}, {"invention": i}, 20 + i)
        for i in range(12)
    )
    mix = Mix(
        years, 0.31,
        (Concentration("inventor", "王小明", 0.52, 0.3, (("王小明", 61),), 117),
         Concentration("class", "H05K", 0.44, 0.25, (("H05K", 51),), 117)),
        tuple((2030 + i, 3 + i) for i in range(9)),
        (Warned("inventor", say("Half of the patents hang on one inventor."), 0.52),), 0,
    )  # fmt: skip
    branches = tuple(
        Branch(i, None, f"T{i}", name, "", "How the metal is made to flow 使金属流动的方法",
               ("H05K 3/12", "B41J 2/14"), ("EGaIn",), "张伟", i, i % 3, name, 10 * i)
        for i, name in enumerate(TECHNOLOGIES * 2)
    )  # fmt: skip
    return LayoutValues(
        Heading(COMPANY, say(title), TODAY, subtitle=PLAN.title, sample=True), TODAY, PLAN, ROWS,
        branches,
        (matrix("effect", ("Resolution 分辨率", "Cost", "可靠性", "Throughput", "Comfort on skin")),
         matrix("territory", OFFICES * 3)),
        gaps, tuple(clock_line(n) for n in range(10)), protection, actual, mix,
    )  # fmt: skip


def expected(scale: int) -> Expected:
    def costs(key: object, share: int) -> list[Cost]:
        return [
            Cost(key, str(2026 + i), currency, Decimal(0), Decimal(amount * scale * share) / 100,
                 Decimal(amount * scale * share) / 300, Decimal(i % 3 if key == "" else 0))
            for i in range(20)
            for currency, amount in (("CNY", 52_000 + i * 4_100), ("USD", 3_000 + i * 90))
        ]  # fmt: skip

    years = {
        "": tuple(costs("", 100)),
        "office": (*costs("CN", 70), *costs("US", 30)),
        "right": (*costs("invention", 80), *costs("utility_model", 20)),
        "technologies": (*costs(1, 60), *costs("", 40)),
        "products": (*costs(1, 100),),
        "department": (*costs("研发一部", 100),),
    }
    months = tuple(
        Cost("", f"{(TODAY.year * 12 + 10 + i) // 12}-{(10 + i) % 12 + 1:02}", "CNY", Decimal(0),
             Decimal(3_000 + 700 * (i % 5)), Decimal(900), Decimal(i == 4))
        for i in range(12)
    )  # fmt: skip
    return Expected(years, months, 3)


def fee(number: int) -> FeeLine:
    answer = FeeAnswer(
        "annuity", year=number, official=Decimal(900), reduction=Decimal(765),
        payable=Decimal(135) if number % 6 else None, surcharge=Decimal(0), currency="CNY",
    )  # fmt: skip
    return FeeLine(
        number, f"LG-{number:04}-CN", "annuity", Bilingual("Annuity", "年费"), number % 20 + 1,
        answer, Money(Decimal(300), "CNY") if number % 2 else None,
        TODAY + timedelta(days=9 * number),
        Bilingual("Law 43; Regs 114", "专利法第43条；实施细则第114条"),
        "overdue" if number < 3 else "open", True,
    )  # fmt: skip


def budget() -> BudgetValues:
    paid = {(f"{year}-{month:02}", "CNY"): Decimal(4_000 + month * 10)
            for year in (2024, 2025, 2026) for month in range(1, 12)}  # fmt: skip
    lines = tuple(
        BudgetRow(y, y, None, "", "", Decimal(90_000 + 5_000 * (y - 2025)), "CNY", "")
        for y in range(2025, 2031)
    )
    saving = Saving(1, "LG-0001-CN", "CNY", Decimal(765), Decimal(4_590),
                    (say("Annuity {n}: {a} − {b}", n=5, a="900", b="135"),))  # fmt: skip
    return BudgetValues(
        Heading(COMPANY, say("Budget report"), TODAY, sample=True,
                counting=(say("A matter of two technologies or products counts half for each."),)),
        TODAY, expected(1), Expected(expected(0).years), 5, paid, lines,
        tuple(fee(n) for n in range(1, 40)),
        Savings((saving,), {"CNY": Decimal(765)}, {"CNY": Decimal(4_590)}),
        (Threat(Alarm.LAPSES, say("The reduction record of 2026 lapses 费减备案即将到期"),
                date(2026, 12, 31), at_stake=Decimal(12_300)),),
        {"technologies": {1: Bilingual("Inks", "油墨")}, "products": {1: Bilingual("LM-3", "")}},
    )  # fmt: skip
