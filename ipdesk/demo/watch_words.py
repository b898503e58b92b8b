"""Strangers invented for the demonstration: rivals, their families, what we say of them."""

from dataclasses import dataclass

from ipdesk.core.watch.model import WatchFields


@dataclass(frozen=True, slots=True)
class Family:
    """An invented family: rival by place, months since filing, members with their status."""

    rival: int
    months: int
    members: tuple[tuple[str, str], ...]
    title: str
    title_zh: str
    code: str
    abstract: str = ""
    claims: int = 12


RIVALS = (
    ("Hengyin Electronic Materials Co., Ltd.", "恒银电子材料有限公司"),
    ("Suzhou Rouxin Technology Co., Ltd.", "苏州柔芯科技有限公司"),
    ("Norvex Printed Systems GmbH", "诺维印刷系统有限公司"),
    ("Harborline University", "海岸线大学"),
    ("Tianrui Thermal Control Co., Ltd.", "天睿热控股份有限公司"),
)


def _one(
    serial: int,
    rival: int,
    months: int,
    status: str,
    en: str,
    zh: str,
    code: str,
    abstract: str = "",
) -> Family:
    kind = "B" if status == "granted" else "A"
    return Family(rival, months, ((f"CN9{serial:08}{kind}", status),), en, zh, code, abstract)


FAMILIES: tuple[Family, ...] = (
    Family(
        0,
        50,
        (("CN900010001B", "granted"), ("US99010001B2", "granted"), ("EP9901001A1", "published")),
        "Liquid metal conductive ink with core-shell particles",
        "具有核壳颗粒的液态金属导电墨水",
        "C09D11/52",
        "Gallium indium droplets in a polymer shell are dispersed in a solvent; the printed trace "
        "sinters at room temperature. 镓铟液滴包覆聚合物壳层，常温烧结。",
    ),
    Family(
        4,
        41,
        (("CN900010102B", "granted"), ("DE990200102A1", "lapsed")),
        "Thermal interface pad of liquid metal",
        "一种液态金属热界面导热垫",
        "C09K5/14",
    ),
    Family(
        2,
        30,
        (("EP9901200A1", "published"), ("WO2099012000A1", "published")),
        "Print head for conductive liquids with heated nozzle",
        "带加热喷嘴的导电液体打印头",
        "B41J2/14",
        "A nozzle plate is heated so that liquid metal ink leaves the print head without clogging.",
    ),
    _one(10203, 1, 34, "granted", "Stretchable circuit board", "一种可拉伸电路板", "H05K1/02"),
    _one(
        10304,
        1,
        28,
        "published",
        "Self-healing interconnect of liquid metal",
        "液态金属自修复互连线",
        "H05K1/09",
    ),
    _one(
        10405,
        0,
        26,
        "published",
        "Ink cartridge with stirring element",
        "带搅拌件的墨盒",
        "B41J2/175",
    ),
    _one(
        10506, 3, 44, "lapsed", "Gallium alloy with low melting point", "低熔点镓合金", "C22C28/00"
    ),
    _one(
        10607,
        3,
        25,
        "published",
        "Strain sensor printed on textile",
        "织物上印刷的应变传感器",
        "G01L1/20",
    ),
    Family(
        2,
        39,
        (("CN900010708A", "granted"), ("CN900010708B", "granted")),
        "Wetting layer for printed metal",
        "印刷金属用浸润层",
        "B05D3/00",
    ),
    _one(10809, 0, 23, "published", "Silver flake ink for antennas", "天线用银片油墨", "C09D11/52"),
    _one(
        10910,
        1,
        22,
        "published",
        "Flexible antenna with liquid metal channel",
        "液态金属通道柔性天线",
        "H01Q1/38",
    ),
    _one(
        11011,
        4,
        24,
        "published",
        "Leak-proof frame for a thermal pad",
        "导热垫防泄漏框",
        "H01L23/42",
    ),
    _one(
        11112,
        3,
        36,
        "refused",
        "Method for classifying printed images",
        "一种打印图像分类方法",
        "G06T7/00",
    ),
    _one(11213, 2, 27, "published", "Levelling of a printing platform", "打印平台调平", "B41J3/40"),
    _one(
        11314,
        0,
        20,
        "published",
        "Liquid metal ink with oxidation inhibitor",
        "含抗氧化剂的液态金属墨水",
        "C09D11/52",
    ),
    _one(11415, 1, 20, "published", "Multilayer stretchable board", "多层可拉伸线路板", "H05K3/46"),
    _one(11516, 3, 19, "published", "Folding table", "一种折叠桌", "A47B3/00"),
    _one(11617, 2, 19, "published", "Nozzle cleaning station", "喷头清洗站", "B41J2/165"),
    _one(11718, 4, 19, "published", "Phase-change plate with gallium", "含镓相变板", "C09K5/06"),
    _one(
        11819,
        0,
        18,
        "published",
        "Recycling gallium from printed circuits",
        "从印刷电路回收镓",
        "C22B58/00",
    ),
    _one(
        11920,
        1,
        18,
        "published",
        "Tactile sensor array with liquid metal",
        "液态金属触觉传感阵列",
        "G01L1/20",
    ),
    _one(
        12021,
        2,
        18,
        "published",
        "Conductive ink curing at room temperature",
        "常温固化导电油墨",
        "C09D11/52",
    ),
    _one(12122, 3, 18, "published", "Bone cement with gallium", "含镓骨水泥", "A61L24/00"),
)
PATCH_FAMILIES: tuple[Family, ...] = (
    Family(
        1,
        47,
        (("CN900020001B", "granted"), ("US99020001B2", "granted")),
        "Wearable patch with stretchable electrodes",
        "具有可拉伸电极的可穿戴贴片",
        "A61B5/00",
        "An adhesive patch carries liquid metal electrodes that measure the electrocardiogram.",
    ),
    Family(
        3,
        26,
        (("WO2099020002A1", "published"),),
        "Skin sensor with printed wiring",
        "印刷布线的皮肤传感器",
        "A61B5/25",
    ),
)
GRANTED = "CN900010708"
"""Published in the first three runs, granted in the last."""
CLEARED = (
    ("CN900010506A", "background", "已失效，仅作背景技术"),
    ("CN900010708A", "irrelevant", "浸润层材料不同，与我方产品无关"),
    ("CN900011112A", "irrelevant", "图像处理，领域不同"),
    ("CN900010809A", "background", "银片油墨，非液态金属"),
    ("CN900011516A", "irrelevant", "家具"),
    ("CN900010607A", "relevant", "织物传感器，保持关注"),
)
THREATS = ("CN900010001B", "CN900010102B")
ASSIGNED = ("CN900012021A", "CN900011920A")
WHY = (
    "权利要求1覆盖流芯墨水的核壳颗粒",
    "两个主要市场均已授权，产品在售",
    "导热垫结构相近",
    "仅中国有效，结构可改",
    "律所意见：缺少防泄漏框特征，不落入保护范围",
)
FEATURES = (
    ("镓铟液滴", "same", "实施例 2"),
    ("聚合物壳层", "equivalent", "我方为氧化物壳层"),
    ("常温烧结", "same", ""),
    ("壳层厚度 20–50 nm", "unknown", "待测"),
)
SUMMARIES = (
    "检索中美两地，一个相关同族，电极排布不同。",
    "两个同族：美国专利需避开粘附层厚度范围；PCT 尚未进入国家阶段，继续监控。",
)

INKS = WatchFields(
    name="导电墨水 Conductive inks",
    kind="technology",
    question="谁在申请液态金属导电墨水，是否影响流芯产品？",
    every="3m",
    owner="沈宇航",
    scope="CN US EP WO, 2016 年以来",
    markets=("CN", "US", "DE"),
    synonyms=("liquid metal", "conductive ink", "液态金属", "导电油墨", "gallium"),
    classes=("C09D 11/52", "C22C 28/00"),
    known_documents=("CN900010001B",),
    technologies=("Metal inks",),
    products=("InkFlow conductive inks",),
    queries=(
        ("lens", 'title:("liquid metal" OR gallium) AND (ink OR paste)'),
        ("cnipa", "名称=(液态金属 OR 镓) AND 摘要=(墨水 OR 油墨)"),
    ),
)
RIVAL = WatchFields(
    name="恒银电子 Hengyin",
    kind="competitor",
    question="恒银在哪些方向布局，是否进入我方市场？",
    every="1m",
    owner="陈莎拉",
    markets=("CN", "US"),
    applicants=("恒银电子材料有限公司", "Hengyin Electronic Materials"),
    queries=(("cnipa", "申请人=(恒银电子材料有限公司)"),),
)
PATCH = WatchFields(
    name="肤电贴片 FTO",
    kind="fto",
    question="肤电贴片在中国和美国能否自由实施？",
    every="6m",
    owner="王敏",
    markets=("CN", "US", "JP"),
    synonyms=("patch", "electrode", "贴片", "可拉伸"),
    technologies=("Medical electronics",),
    products=("SkinCircuit patch",),
    queries=(("espacenet", 'ta=(patch AND stretchable) AND cl="A61B5"'),),
)
PADS = WatchFields(
    name="导热垫 Thermal pads",
    kind="technology",
    question="上市前导热垫还有哪些障碍？",
    every="2m",
    owner="王敏",
    synonyms=("thermal pad", "热界面", "导热垫"),
    technologies=("Thermal interface",),
    products=("CoolBridge thermal pads",),
    queries=(("lens", '"thermal interface" AND gallium'),),
)
MARKS = WatchFields(
    name="商标 CHENGJIA",
    kind="trademark",
    question="是否有人在第 2、7、9 类申请近似商标？",
    every="1m",
    owner="李强",
    synonyms=("CHENGJIA", "澄镓"),
)
