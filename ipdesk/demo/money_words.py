"""Words of the demonstration's money: prices, rates and programmes of an invented company."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SAMPLE = "样例 / sample"
EVIDENCE = "{year}年度企业所得税年度纳税申报表（样例）"
BANK = "北京海淀科创银行（样例）"
AGENT = "北京衡知知识产权代理有限公司"
LIST = "{month} 年费缴费清单"
KEEP = "产品在售，继续维持 / product on sale"
ABANDON = "技术路线已更替 / superseded technology"
POLICY = "发明创造奖励办法"
CENTRE = "北京市知识产权保护中心"
GROUND = "国家重点发展产业：新材料 / key industry: new materials"
RESULT = "授权 / granted"

# office, right, item, amount, currency: what the invented agents ask for
PRICES = (
    ("CN", "invention", "filing", 4500, "CNY"),
    ("CN", "utility_model", "filing", 2600, "CNY"),
    ("CN", "design", "filing", 1600, "CNY"),
    ("CN", "invention", "examination", 300, "CNY"),
    ("CN", "", "annuity", 120, "CNY"),
    ("CN", "", "reexamination", 6000, "CNY"),
    ("", "", "annuity", 900, "CNY"),
    ("", "", "renewal", 1200, "CNY"),
    ("US", "", "maintenance", 1500, "CNY"),
)
RATES = (
    ("USD", "7.05"), ("EUR", "8.02"), ("CHF", "8.75"), ("JPY", "0.0471"), ("KRW", "0.0051"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MadeProgramme:
    """A programme; ``days`` and documents count from today (name, due, submitted or None)."""

    values: Mapping[str, Any]
    days: Mapping[str, int]
    documents: tuple[tuple[str, int, int | None], ...] = ()
    matters: int = 0


PROGRAMMES = (
    MadeProgramme(
        {
            "name": "专利质押融资贴息 / pledge-interest subsidy",
            "kind": "pledge_interest",
            "authority": "区知识产权局（样例）",
            "conditions": "以专利权质押取得贷款并已还本付息；按实付利息的一定比例补贴。",
            "owner": "王敏",
            "state": "preparing",
            "expected": 86_000,
        },
        {"opens": -20, "closes": 24},
        (
            ("质押登记通知书", 10, -3),
            ("还本付息凭证", 17, None),
            ("专项审计报告", 21, None),
        ),
        3,
    ),
    MadeProgramme(
        {
            "name": "高价值专利培育项目 / high-value patent cultivation",
            "kind": "cultivation",
            "authority": "市知识产权局（样例）",
            "conditions": "围绕重点产品形成专利组合，配套导航分析；中期、结题各一次检查。",
            "owner": "李强",
            "state": "applied",
            "expected": 300_000,
            "currency": "CNY",
        },
        {"opens": -120, "closes": -60, "applied_on": -66},
        (("项目申报书", -66, -66), ("答辩材料", 15, None)),
        8,
    ),
    MadeProgramme(
        {
            "name": "知识产权管理体系认证 / management-standard certification",
            "kind": "standard",
            "authority": "认证机构（样例）",
            "conditions": "GB/T 29490 认证取得后申请；监督审核每年一次。",
            "owner": "陈莎拉",
            "state": "received",
            "expected": 50_000,
            "received": 50_000,
        },
        {"closes": -200, "applied_on": -210, "decided_on": -150, "received_on": -118},
    ),
    MadeProgramme(
        {
            "name": "专利奖申报 / patent award",
            "kind": "award",
            "authority": "省知识产权局（样例）",
            "conditions": "已授权发明专利，实施效益显著，无权属纠纷。",
            "owner": "王敏",
            "state": "refused",
            "refusal": "实施年限不足两年",
        },
        {"closes": -190, "applied_on": -200, "decided_on": -95},
    ),
)
