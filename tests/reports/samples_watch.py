"""Values of early warning for an invented company: hits, verdicts, claim charts, gates."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from ipdesk.base.i18n import say
from ipdesk.core.watch.cadence import Ailment, Health, Warn
from ipdesk.core.watch.gates import gate_state
from ipdesk.core.watch.landscape import Landscape
from ipdesk.core.watch.model import Near, Reason
from ipdesk.core.watch.rows import (
    AnswerRow,
    ChartRow,
    DueItem,
    FeatureRow,
    GateFamilyRow,
    GateRow,
    HitDetail,
    HitRow,
    QueryRow,
    RunRow,
    SightingRow,
    WatchDetail,
    WatchRow,
)
from ipdesk.core.watch.screening import MarketState
from ipdesk.core.watch.words import DISCLAIMER
from ipdesk.reports.fto import FtoValues
from ipdesk.reports.hits import searches, source_line
from ipdesk.reports.notice import NoticeValues
from ipdesk.reports.paper import Heading
from ipdesk.reports.risks import RiskValues
from ipdesk.reports.watch import WatchValues
from tests.conftest import TODAY
from tests.reports.samples import COMPANY, TITLES

QUERY = (
    'TA=(("liquid metal" OR 液态金属 OR EGaIn) AND (print* OR 打印)) AND IPC=(H05K3/12 OR B41J2/+)'
)
OWNERS = ("Northwind Printed Circuits Inc.", "北辰柔性电子（苏州）有限公司", "Müller & Söhne GmbH")
VERDICTS = ("", "irrelevant", "background", "relevant", "threat", "threat", "")
GRADES = ("critical", "high", "medium", "low", "")


def run(number: int, **changes: Any) -> RunRow:
    day = TODAY - timedelta(days=91 * (6 - number))
    row = RunRow(
        number, 1, "Liquid-metal printing 液态金属打印",
        datetime(day.year, day.month, day.day, 9), day,
        "王小明", "lens" if number % 2 else "cnipa", QUERY, day - timedelta(days=3),
        f"lens-export-{number}.csv", "0" * 64, 214, 3, 131, 12, 4, 115, 2, False, None, (), "",
    )  # fmt: skip
    return replace(row, **changes)


RUNS = (
    run(6),
    run(5, failed=True, reason=say("The list is empty."), hits=0, families=0, new=0),
    run(4, hits=0, families=0, new=0, changed=0, known=0, gone=0),
    run(3, missing=("US20190012345A1",)),
    run(2),
    run(1),
)


def hit(number: int) -> HitRow:
    title_en, title_zh = TITLES[number % len(TITLES)]
    verdict = VERDICTS[number % len(VERDICTS)]
    return HitRow(
        id=number, watch_id=1, key=f"FAM{number:04}", title=title_en or title_zh,
        title_en=title_en, title_zh=title_zh,
        members=tuple(f"{code}{112000000 + number}A" for code in ("CN", "US", "WO", "EP", "JP")),
        applicants=(OWNERS[number % 3],), offices=("CN", "US", "WO", "EP", "JP"),
        status=("granted", "pending", "unknown")[number % 3], priority_date=date(2022, 3, 1),
        filing_date=date(2023, 3, 1), publication_date=date(2024, 9, 5),
        score=round(0.97 - number * 0.017, 2),
        reasons=(
            Reason("text", 0.6, say("Shared words: {words}", words="液态金属, nozzle")),
            Reason("classes", 0.3, say("Shared classes: {classes}", classes="H05K 3/12")),
        ),
        nearest=(Near("matter", 1, "LG-0001-CN", 0.61),), verdict=verdict,
        reason="Same nozzle, same alloy; claim 1 reads on our head 喷嘴结构相同" if verdict else "",
        decided_by="Anna Müller" if verdict else "",
        decided_on=TODAY - timedelta(days=number * 9) if verdict else None,
        reviewer="张伟", review_due=None, grade=GRADES[number % 5] if verdict == "threat" else "",
        reopened=number % 9 == 8,
        changed=(
            (say("Status: {old} → {new}", old="pending", new="granted"),) if number % 4 == 3 else ()
        ),
        first_seen=TODAY - timedelta(days=number * 11), last_seen=TODAY, fresh=number < 5,
        gone=False,
    )  # fmt: skip


FAMILIES = tuple(hit(n) for n in range(1, 29))


def answer(number: int, of: HitRow) -> AnswerRow:
    return AnswerRow(
        id=number, family_id=of.id, watch_id=1, watch=RUNS[0].watch, family=of.key,
        title=of.shown_title, title_en="", title_zh="", grade=of.grade,
        kind=("design_around", "license", "invalidate", "legal_opinion")[number % 4],
        state=("open", "open", "done")[number % 3], owner=("张伟", "Anna Müller")[number % 2],
        due=TODAY + timedelta(days=number * 13 - 30), cost="12000" if number % 2 else "",
        currency="CNY" if number % 2 else "", made_on=TODAY - timedelta(days=80), closed_on=None,
        result="", note="", linked_table="", linked_id=None,
    )  # fmt: skip


def chart(number: int, of: HitRow) -> ChartRow:
    findings = ("same", "equivalent", "absent", "unknown")
    features = tuple(
        FeatureRow(i, i, text, findings[(number + i) % 4], "see drawing 3 附图3" if i % 2 else "")
        for i, text in enumerate(
            ("A print head with a reservoir for a gallium alloy 镓合金储液腔",
             "a nozzle whose inner wall is coated with an oxide-repelling layer",
             "a heater that keeps the alloy between 35 °C and 60 °C",
             "a controller that sets the back pressure by the measured droplet volume"), 1,
        )
    )  # fmt: skip
    return ChartRow(
        number, of.id, 1, "Print head LM-3 打印头", of.members[0], "claim 1",
        "Not all features found.",
        "Anna Müller", TODAY - timedelta(days=20), features,
    )  # fmt: skip


def detail(number: int) -> HitDetail:
    row = hit(number)
    markets = (
        MarketState("CN", "in_force", False, row.members[0], date(2043, 3, 1), True,
                    (say("In force in {office}.", office="CN"),)),
        MarketState("US", "pending", False, row.members[1], None, False,
                    (say("Pending: claims may change."),)),
        MarketState("JP", "not_in_force", True, row.members[4], date(2025, 1, 1), False, ()),
    )  # fmt: skip
    return HitDetail(
        row=row, abstract="", classes=("H05K 3/12",), inventors=(), cells=(), likelihood="high",
        impact=("low", "medium", "high", "critical")[number % 4],
        grade_reason="The head ships to three customers; a change costs half a year 三家客户在用",
        graded_by="Anna Müller", graded_on=TODAY - timedelta(days=30), members=(), markets=markets,
        charts=(chart(number, row),) if number % 2 == 0 else (),
        answers=(answer(number, row), answer(number + 1, row)), decisions=(), sightings=(),
        elsewhere=(),
    )  # fmt: skip


THREATS = tuple(detail(f.id) for f in FAMILIES if f.verdict == "threat")


def watch_row(number: int, *warnings: Warn) -> WatchRow:
    return WatchRow(
        number, RUNS[0].watch if number == 1 else f"Competitor {number}", "technology",
        "Who prints liquid metals on stretchable substrates, and does it read on our head? "
        "谁在可拉伸基底上打印液态金属？",
        "CTO 李娜", "3m", TODAY - timedelta(days=4), bool(warnings), RUNS[0].ran_on, RUNS[0].ran_on,
        False, len(FAMILIES), 7, 8, None, Health(tuple(warnings), bool(warnings)),
    )  # fmt: skip


LATE = Warn(Ailment.OVERDUE, say("Overdue since {day}.", day=TODAY - timedelta(days=4)))


def heading(title: str, **more: Any) -> Heading:
    return Heading(
        COMPANY, say(title), TODAY, word=DISCLAIMER, source=source_line(searches(RUNS)),
        sample=True, **more,
    )  # fmt: skip


def watch() -> WatchValues:
    known = ("US20190012345A1", "CN109876543B")
    queries = (QueryRow(1, "lens", QUERY, 2, TODAY, "王小明", None, ""),)
    whole = WatchDetail(
        watch_row(1, LATE), "", date(2025, 1, 1), "", ("CN", "US", "EP"), (), (), (), (), known,
        ("Printing heads 打印头",), ("LM-3",), "", queries, RUNS,
    )  # fmt: skip
    land = Landscape(
        families=131, ran_on=TODAY, cut_off=TODAY - timedelta(days=3), database="lens", query=QUERY,
        applicants=tuple((f"{OWNERS[i % 3]} {i}", 30 - i) for i in range(18)),
        years=tuple((2010 + i, 3 + i * i // 9) for i in range(16)),
        offices=(("CN", 90), ("US", 61), ("WO", 40), ("EP", 22), ("JP", 9)),
        classes=(("H05K 3", 70), ("B41J 2", 41), ("H01B 1", 12)), cells=(),
        newcomers=(("北辰柔性电子（苏州）有限公司", 4),), undated=2, unplaced=131, own_name=COMPANY,
        own_families=21,
    )  # fmt: skip
    answers = tuple(a for threat in THREATS for a in threat.answers)
    return WatchValues(
        heading("Watch report", subtitle=whole.row.name), TODAY, RUNS[4].ran_on, whole, FAMILIES,
        answers, land,
        {f.id: (SightingRow(5, TODAY, "changed", f.changed),) for f in FAMILIES if f.changed},
    )  # fmt: skip


def risks() -> RiskValues:
    counting = (say("One line a patent family that was judged a threat."),)
    return RiskValues(heading("Risk register", counting=counting), TODAY, THREATS, searches(RUNS))


def gate(number: int, stage: str, conclusion: str, concluded: date | None) -> GateRow:
    families = tuple(
        GateFamilyRow(t.row.id, t.row.key, t.row.shown_title, "", "", RUNS[0].watch, t.row.verdict,
                      t.row.grade, "Not infringed: feature F3 is absent 缺少特征F3", "")
        for t in THREATS
    )  # fmt: skip
    planned = TODAY + timedelta(days=120)
    return GateRow(
        number, 1, "Print head LM-3 打印头", stage, planned, concluded, conclusion,
        "Passable in China and the EU if the heater is left out. 去除加热器后可在中国与欧盟上市。",
        ("US application still pending", "专利WO2024001234尚未进入国家阶段"), ("CN", "US", "EP"),
        searches(RUNS), "Anna Müller", TODAY - timedelta(days=30 * number), families,
        gate_state(stage, conclusion, concluded, planned, TODAY),
    )  # fmt: skip


def fto() -> FtoValues:
    gates = (
        gate(1, "design_freeze", "conditions", TODAY - timedelta(days=20)),
        gate(2, "concept", "clear", TODAY - timedelta(days=400)),
    )
    return FtoValues(
        heading("Freedom-to-operate record", subtitle=gates[0].subject), TODAY, gates, THREATS
    )


def notice() -> NoticeValues:
    due = tuple(
        DueItem("answer", TODAY + timedelta(days=9 * i - 12),
                say("{answer}: {family}", answer="Design around", family=f"FAM{i:04}"),
                "张伟", i < 2)
        for i in range(11)
    )  # fmt: skip
    watches = (watch_row(1, LATE), *(watch_row(n, LATE) for n in range(2, 9)), watch_row(9))
    return NoticeValues(
        heading("Early-warning notice"), TODAY, TODAY - timedelta(days=90), THREATS, due, watches
    )
