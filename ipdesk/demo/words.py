"""The invented company: its people, technologies, products and what its titles are made of."""

COMPANY = ("Beijing Chengjia Technology Co., Ltd.", "北京澄镓科技有限公司")
SUBSIDIARY = ("Chengjia Printed Electronics (Suzhou) Co., Ltd.", "澄镓印刷电子（苏州）有限公司")
AGENCIES = (
    ("Beijing Hengzhi IP Agency", "北京衡知知识产权代理有限公司"),
    ("Suzhou Lanqiao Patent Firm", "苏州蓝桥专利代理事务所（普通合伙）"),
)
STAFF = (("Wang Min", "王敏"), ("Li Qiang", "李强"), ("Sarah Chen", "陈莎拉"))
INVENTORS = (
    ("Shen Yuhang", "沈宇航"),
    ("Gao Wenjing", "高文静"),
    ("Luo Tianyi", "罗天翼"),
    ("Fang Xiaoou", "方小鸥"),
    ("Deng Kaiwen", "邓凯文"),
    ("Qin Muyao", "秦沐瑶"),
    ("Bai Jingchen", "白景辰"),
    ("Ren Zhiheng", "任志恒"),
    ("Tao Lin", "陶霖"),
    ("Meng Qiuyue", "孟秋月"),
    ("Zhu Haoran", "朱浩然"),
    ("Pan Ruoxi", "潘若曦"),
)

# name, Chinese name, parent, classes, keywords (first one Chinese)
TECHNOLOGIES = (
    ("Liquid metal", "液态金属", "", ("C22C 28/00",), ("液态金属", "liquid metal")),
    ("Gallium alloys", "镓基合金", "Liquid metal", ("C22C 28/00",), ("镓铟锡", "eutectic")),
    ("Metal inks", "金属墨水", "Liquid metal", ("C09D 11/52",), ("导电墨水", "conductive ink")),
    ("Thermal interface", "热界面材料", "Liquid metal", ("C09K 5/14",), ("导热", "thermal paste")),
    ("Printing", "印刷工艺", "", ("B41J 2/01", "H05K 3/12"), ("印刷", "printing")),
    ("Print heads", "打印头", "Printing", ("B41J 2/14",), ("喷头", "nozzle")),
    ("Surface treatment", "表面处理", "Printing", ("B05D 3/00",), ("浸润", "wetting")),
    ("Desktop printers", "桌面打印机", "Printing", ("B41J 3/40",), ("打印机", "printer")),
    ("Devices", "器件", "", ("H05K 1/16",), ("柔性电路", "flexible circuit")),
    ("Stretchable circuits", "可拉伸电路", "Devices", ("H05K 1/02",), ("可拉伸", "stretchable")),
    ("Sensors", "传感器", "Devices", ("G01L 1/20",), ("应变", "strain")),
    ("Antennas", "天线", "Devices", ("H01Q 1/38",), ("天线", "antenna")),
    ("Medical electronics", "医用电子", "Devices", ("A61B 5/00",), ("电极", "electrode")),
)
PRODUCTS = (
    ("DP-1 desktop circuit printer", "DP-1 桌面电路打印机", "sold"),
    ("InkFlow conductive inks", "流芯导电墨水", "sold"),
    ("CoolBridge thermal pads", "冷桥导热垫", "launch"),
    ("SkinCircuit patch", "肤电贴片", "design"),
    ("FlexTag antennas", "柔签天线", "concept"),
)

# technology → (thing in English, in Chinese, product or "")
SUBJECTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "Gallium alloys": (
        ("low-melting gallium alloy", "低熔点镓基合金", ""),
        ("oxidation-resistant gallium-indium alloy", "抗氧化镓铟合金", ""),
        ("magnetic liquid-metal composite", "磁性液态金属复合材料", ""),
    ),
    "Metal inks": (
        ("liquid-metal conductive ink", "液态金属导电墨水", "InkFlow conductive inks"),
        ("room-temperature sintering ink", "常温烧结墨水", "InkFlow conductive inks"),
        ("core-shell metal particle dispersion", "核壳金属颗粒分散液", "InkFlow conductive inks"),
    ),
    "Thermal interface": (
        ("liquid-metal thermal pad", "液态金属导热垫", "CoolBridge thermal pads"),
        ("leak-proof thermal interface sheet", "防泄漏热界面片", "CoolBridge thermal pads"),
        ("phase-change cooling plate", "相变冷却板", "CoolBridge thermal pads"),
    ),
    "Print heads": (
        ("print head for liquid metal", "液态金属打印头", "DP-1 desktop circuit printer"),
        ("anti-clogging nozzle", "防堵喷嘴", "DP-1 desktop circuit printer"),
        ("pneumatic ink supply unit", "气动供墨装置", "DP-1 desktop circuit printer"),
    ),
    "Surface treatment": (
        ("substrate wetting layer", "基材浸润层", ""),
        ("plasma pre-treatment device", "等离子预处理装置", ""),
        ("adhesion-promoting film", "增粘薄膜", ""),
    ),
    "Desktop printers": (
        ("desktop circuit printer", "桌面电路打印机", "DP-1 desktop circuit printer"),
        ("print platform levelling mechanism", "打印平台调平机构", "DP-1 desktop circuit printer"),
        ("ink cartridge with level detection", "带余量检测的墨盒", "DP-1 desktop circuit printer"),
    ),
    "Stretchable circuits": (
        ("stretchable circuit", "可拉伸电路", "SkinCircuit patch"),
        ("self-healing interconnect", "自修复互连线", "SkinCircuit patch"),
        ("multilayer flexible board", "多层柔性电路板", "SkinCircuit patch"),
    ),
    "Sensors": (
        ("strain sensor", "应变传感器", "SkinCircuit patch"),
        ("capacitive tactile sensor array", "电容式触觉传感阵列", "SkinCircuit patch"),
        ("pressure insole", "压力鞋垫", ""),
    ),
    "Antennas": (
        ("reconfigurable antenna", "可重构天线", "FlexTag antennas"),
        ("printed RFID tag", "印刷射频标签", "FlexTag antennas"),
        ("frequency-selective surface", "频率选择表面", "FlexTag antennas"),
    ),
    "Medical electronics": (
        ("electrode patch", "电极贴片", "SkinCircuit patch"),
        ("injectable bone filling", "可注射骨填充物", ""),
        ("wearable ECG garment", "可穿戴心电衣", "SkinCircuit patch"),
    ),
}
ASPECTS = (
    ("{0} and preparation method thereof", "一种{0}及其制备方法"),
    ("{0} and use thereof", "一种{0}及其应用"),
    ("Device for producing {0}", "一种{0}的生产装置"),
    ("Method for testing {0}", "一种{0}的检测方法"),
    ("Packaging structure of {0}", "一种{0}的封装结构"),
    ("{0} with improved stability", "一种高稳定性的{0}"),
    ("Control system for {0}", "一种{0}的控制系统"),
    ("{0} for flexible substrates", "一种用于柔性基材的{0}"),
)
MODEL_ASPECTS = (
    ("{0} assembly", "一种{0}组件"),
    ("Mounting structure of {0}", "一种{0}的安装结构"),
    ("{0} housing", "一种{0}壳体"),
    ("Quick-change fixture for {0}", "一种{0}的快换夹具"),
)
DESIGNS = (
    ("Circuit printer", "电路打印机"),
    ("Ink cartridge", "墨盒"),
    ("Electrode patch", "电极贴片"),
    ("Cooling plate", "散热板"),
    ("Printer control panel", "打印机操作面板"),
    ("Graphical user interface for circuit design", "电路设计图形用户界面"),
)
MARKS = (
    ("CHENGJIA", (9, 2, 7)),
    ("澄镓", (9, 2, 7)),
    ("INKFLOW", (2,)),
    ("流芯", (2,)),
    ("COOLBRIDGE", (9, 17)),
    ("SKINCIRCUIT", (9, 10)),
)
SOFTWARE = (
    ("澄镓电路打印控制软件", "Circuit printing control software", "V1.0"),
    ("澄镓电路打印控制软件", "Circuit printing control software", "V2.0"),
    ("流芯墨水配方管理系统", "Ink recipe management system", "V1.0"),
    ("肤电数据采集软件", "Skin data acquisition software", "V1.2"),
    ("喷头故障诊断软件", "Nozzle diagnosis software", "V1.0"),
    ("柔性电路版图设计软件", "Flexible circuit layout software", "V3.1"),
)
DOMAINS = (
    ("chengjia.example", "CN", "DNSPod"),
    ("chengjia-tech.example", "XX", "Gandi"),
    ("inkflow.example", "XX", "Gandi"),
    ("coolbridge.example", "XX", "DNSPod"),
)
