"""Small filing lists for the tests of the import page."""

from pathlib import Path

HEADER = "我方文号,专利名称,申请类型,申请号,申请日,授权日,申请人,发明人,案件状态"
ROWS = (
    "LM-001,一种液态金属印刷喷头,发明,CN201610895413.X,2016-10-13,,北京澄镓科技有限公司,张三;李四,实审",
    "LM-002,液态金属墨水,发明,201610859128.2,2016.9.28,,北京澄镓科技有限公司,王五,实审",
    "LM-003,打印平台调平机构,实用新型,CN201420393883.2,2014-07-16,2015-01-07,北京澄镓科技有限公司,赵六,授权",
    ",柔性电路板,发明,CN201610851265.2,2016-09-26,,北京澄镓科技有限公司,赵六,实审",
)
"""The number of the last row has a wrong check digit and the row has no reference: refused."""

RIGHT_NUMBER = "CN201610851265.1"


def write_list(folder: Path, name: str = "list.csv", rows: tuple[str, ...] = ROWS) -> Path:
    """The list as a file."""
    path = folder / name
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path
