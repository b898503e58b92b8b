"""Words of the demonstration's layout plans: effects, fields, markets, rows, inventions."""

EFFECTS = (
    ("Conductivity", "导电性"),
    ("Adhesion", "附着力"),
    ("Oxidation resistance", "抗氧化"),
    ("Printing precision", "打印精度"),
    ("Stretchability", "可拉伸性"),
    ("Heat transfer", "导热性"),
    ("Leak-proofness", "防泄漏"),
    ("Low cost", "降低成本"),
)
APPLICATIONS = (
    ("Desktop prototyping", "桌面打样"),
    ("Wearables", "可穿戴"),
    ("Medical care", "医疗"),
    ("Chip cooling", "芯片散热"),
    ("Smart labels", "智能标签"),
    ("Education", "教育"),
)
# a word of the Chinese title → effects, application (places in the lists above)
PLACES: tuple[tuple[str, tuple[int, ...], int | None], ...] = (
    ("低熔点镓基合金", (0, 7), None),
    ("抗氧化镓铟合金", (2,), None),
    ("磁性液态金属", (4,), None),
    ("液态金属导电墨水", (0, 1), 0),
    ("常温烧结墨水", (0, 7), 0),
    ("核壳金属颗粒", (2, 0), 0),
    ("液态金属导热垫", (5,), 3),
    ("防泄漏热界面片", (6, 5), 3),
    ("相变冷却板", (5,), 3),
    ("液态金属打印头", (3,), 0),
    ("防堵喷嘴", (3, 7), 0),
    ("气动供墨", (3,), 0),
    ("基材浸润层", (1,), None),
    ("等离子预处理", (1,), None),
    ("增粘薄膜", (1, 4), 1),
    ("桌面电路打印机", (3, 7), 0),
    ("打印平台调平", (3,), 0),
    ("墨盒", (6, 7), 5),
    ("可拉伸电路", (4, 0), 1),
    ("自修复互连线", (4,), 1),
    ("多层柔性电路板", (0,), 1),
    ("应变传感器", (4,), 1),
    ("触觉传感阵列", (4, 3), 2),
    ("压力鞋垫", (4,), 1),
    ("可重构天线", (0,), 4),
    ("射频标签", (7,), 4),
    ("频率选择表面", (0,), 4),
    ("电极贴片", (1, 4), 2),
    ("骨填充物", (6,), 2),
    ("心电衣", (4, 1), 1),
)
NEW_PRODUCT = ("ThermaFoil heating film", "暖箔发热膜", "design")
# product, office, months from today, kind
LAUNCHES = (
    ("DP-1 desktop circuit printer", "CN", -62, "launch"),
    ("DP-1 desktop circuit printer", "CN", -66, "production"),
    ("DP-1 desktop circuit printer", "US", 9, "launch"),
    ("InkFlow conductive inks", "CN", -31, "launch"),
    ("InkFlow conductive inks", "DE", 8, "launch"),
    ("CoolBridge thermal pads", "CN", 4, "launch"),
    ("CoolBridge thermal pads", "KR", 10, "launch"),
    ("CoolBridge thermal pads", "US", 14, "launch"),
    ("SkinCircuit patch", "CN", 11, "launch"),
    ("SkinCircuit patch", "US", 17, "launch"),
    ("SkinCircuit patch", "EP", 20, "launch"),
    ("SkinCircuit patch", "JP", 24, "rival"),
    ("FlexTag antennas", "CN", 15, "launch"),
    ("FlexTag antennas", "KR", 19, "launch"),
    ("ThermaFoil heating film", "CN", 5, "launch"),
    ("ThermaFoil heating film", "US", 12, "launch"),
)
# kind, title, product, technology, months from today, office, place, ground, confidential
DISCLOSURES = (
    ("exhibition", "Industry fair", "SkinCircuit patch", "", 13, "CN", "Shanghai", "", False),
    ("paper", "Strain sensing at 300 %", "", "Sensors", 3, "US", "", "", False),
    ("tender", "Data-centre cooling", "CoolBridge thermal pads", "", 2, "CN", "", "", True),
    ("sale", "Samples to a key account", "FlexTag antennas", "", 7, "CN", "Shenzhen", "", False),
)
RISK = ("FlexTag antennas", "KR", "a small market: we license and do not sue there")
# technology → what belongs to it, and the place of who answers for it
DEFINITIONS: dict[str, tuple[str, int]] = {
    "Liquid metal": ("Metals liquid below 60 °C and what is made of them; no mercury.", 0),
    "Gallium alloys": ("Composition and purification of gallium-based alloys.", 1),
    "Metal inks": ("Inks that conduct after printing, with their carriers and storage.", 1),
    "Thermal interface": ("Pads, pastes and films that carry heat; not heat sinks.", 0),
    "Printing": ("Machines and methods that put liquid metal on a substrate.", 1),
    "Print heads": ("Nozzles, valves and ink supply up to the nozzle.", 1),
    "Surface treatment": ("Making a substrate take the metal; not the ink itself.", 0),
    "Desktop printers": ("Frame, platform, cartridge and control of the machine.", 1),
    "Devices": ("Finished circuits and articles that hold liquid metal.", 0),
    "Stretchable circuits": ("Circuits that work at more than 30 % strain.", 0),
    "Sensors": ("Measuring by the metal's own change under load.", 1),
    "Antennas": ("Radiating structures, fixed and reconfigurable.", 0),
    "Medical electronics": ("Contact with the body, on the skin or in it.", 1),
}
# right, budget of each quarter of the year to come
BUDGETS = (("invention", 26_000), ("utility_model", 4_000), ("pct", 12_000), ("design", 3_000))
# title → gap, proposal, why this right
REASONS: dict[str, tuple[str, str, str]] = {
    "免处理基材直接打印的导电墨水": (
        "Our ink claims all ask for a primed substrate.",
        "Claim the ink by its wetting agent, and the print without priming as a method.",
        "the model protects early, the invention for long",
    ),
    "液态金属发热膜及其温控结构": (
        "Nothing protects the heating film, and it is sold in spring.",
        "Film with its control loop; a second claim on the two-zone layout.",
        "anyone can take the film apart and copy it",
    ),
    "导热垫边缘密封结构": (
        "A competitor sells pads with a sealed edge in our field.",
        "The stepped edge, in three shapes.",
        "a small change of shape, wanted before the launch",
    ),
    "导热垫自动贴装方法": (
        "The pad is protected, its placing is not.",
        "Method and gripper, with the parameters kept secret.",
        "a method cannot be a utility model",
    ),
    "皮肤贴片的透气叠层": (
        "Abroad we hold the first patch only.",
        "Breathable layers with the electrode in the second one.",
        "markets in four offices, decision needed late",
    ),
    "标签天线的卷对卷印刷": (
        "Printing of tags is open to everyone.",
        "Roll-to-roll printing with inline sintering.",
        "the process is visible at the customer's plant",
    ),
}
# title zh, title en, technology, effect, application, product, role, right, territories,
# value, copying, detectability, month of the plan's year, status
ROWS = (
    (
        "免处理基材直接打印的导电墨水",
        "Ink that prints on untreated substrates",
        ("Metal inks", 1, 0, "InkFlow conductive inks"),
        ("core", "same_day_pair", ("CN", "US", "EP"), (5, 5, 4), 2, "search"),
    ),
    (
        "防氧化墨水的储存与脱气方法",
        "Storing and degassing ink without oxidation",
        ("Metal inks", 2, 0, "InkFlow conductive inks"),
        ("improvement", "invention", ("CN",), (3, 4, 2), 4, "idea"),
    ),
    (
        "液态金属发热膜及其温控结构",
        "Liquid-metal heating film with temperature control",
        ("Thermal interface", 5, 1, "ThermaFoil heating film"),
        ("core", "same_day_pair", ("CN", "US"), (5, 4, 5), 2, "approval"),
    ),
    (
        "导热垫边缘密封结构",
        "Edge seal of a thermal pad",
        ("Thermal interface", 6, 3, "CoolBridge thermal pads"),
        ("fence", "utility_model", ("CN",), (4, 5, 5), 1, "approved"),
    ),
    (
        "导热垫自动贴装方法",
        "Placing thermal pads automatically",
        ("Thermal interface", 7, 3, "CoolBridge thermal pads"),
        ("chain", "invention", ("CN", "KR"), (3, 3, 2), 3, "drafting"),
    ),
    (
        "喷头在线清洁机构",
        "Cleaning a print head in place",
        ("Print heads", 3, 0, "DP-1 desktop circuit printer"),
        ("fence", "utility_model", ("CN",), (3, 4, 5), 5, "idea"),
    ),
    (
        "多喷头协同打印的路径规划",
        "Planning the paths of several print heads",
        ("Print heads", 3, 0, "DP-1 desktop circuit printer"),
        ("improvement", "pct", ("CN", "US"), (4, 3, 2), 6, "idea"),
    ),
    (
        "皮肤贴片的透气叠层",
        "Breathable layers of a skin patch",
        ("Stretchable circuits", 4, 2, "SkinCircuit patch"),
        ("core", "pct", ("CN", "US", "EP", "JP"), (5, 4, 5), 5, "search"),
    ),
    (
        "贴片外观",
        "Look of the patch",
        ("Stretchable circuits", 1, 2, "SkinCircuit patch"),
        ("fence", "design", ("CN",), (3, 5, 5), 7, "idea"),
    ),
    (
        "应变传感器的温度补偿",
        "Compensating temperature in a strain sensor",
        ("Sensors", 4, 1, "SkinCircuit patch"),
        ("improvement", "invention", ("CN",), (4, 3, 3), 2, "approval"),
    ),
    (
        "标签天线的卷对卷印刷",
        "Roll-to-roll printing of tag antennas",
        ("Antennas", 7, 4, "FlexTag antennas"),
        ("core", "invention", ("CN", "US"), (4, 4, 2), 9, "idea"),
    ),
    (
        "镓基合金提纯工艺参数",
        "Process parameters of purifying gallium alloys",
        ("Gallium alloys", 7, None, ""),
        ("trade_secret", "trade_secret", (), (5, 2, 1), 3, "approved"),
    ),
    (
        "开放墨水兼容性测试方法",
        "Open test of ink compatibility",
        ("Metal inks", 0, 5, ""),
        ("defensive_publication", "publication", (), (2, 3, 3), 8, "idea"),
    ),
    (
        "教学用电路打印套件",
        "Circuit printing kit for schools",
        ("Desktop printers", 7, 5, "DP-1 desktop circuit printer"),
        ("decoy", "utility_model", ("CN",), (2, 3, 4), 10, "dropped"),
    ),
)
# title, inventors' places, technology, product, months ago, state of the decision
INVENTIONS = (
    ("Spray coating of heating film", "发热膜喷涂方法", "Thermal interface", 4, ""),
    ("Ink recovery from cartridges", "墨盒余墨回收", "Desktop printers", 2, "improve"),
    ("Patch with hydrogel edge", "水凝胶封边贴片", "Stretchable circuits", 1, ""),
    ("Gallium dosing by vibration", "振动定量给镓", "Gallium alloys", 6, "keep_secret"),
)
# a word of a rival's Chinese title → technology, effect, application (places in the lists above)
RIVALS: tuple[tuple[str, str, int, int | None], ...] = (
    ("导电墨水", "Metal inks", 0, 0),
    ("导电油墨", "Metal inks", 0, 0),
    ("抗氧化剂", "Metal inks", 2, 0),
    ("热界面", "Thermal interface", 5, 3),
    ("防泄漏框", "Thermal interface", 6, 3),
    ("相变板", "Thermal interface", 5, 3),
    ("打印头", "Print heads", 3, 0),
    ("喷头清洗", "Print heads", 3, 0),
    ("平台调平", "Desktop printers", 3, 0),
    ("墨盒", "Desktop printers", 6, 5),
    ("可拉伸", "Stretchable circuits", 4, 1),
    ("自修复", "Stretchable circuits", 4, 1),
    ("传感", "Sensors", 4, 2),
    ("天线", "Antennas", 0, 4),
    ("镓合金", "Gallium alloys", 7, None),
    ("回收镓", "Gallium alloys", 7, None),
)
