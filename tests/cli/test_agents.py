"""The round trip with agents on the command line: send, read, list, query, accept."""

import openpyxl

from tests.cli.test_contract import Program, ipdesk

__all__ = ["ipdesk"]  # a fixture

LIST = """案号,申请类型,申请号,申请日,案件名称,申请人,代理机构
A-1,发明,CN202010012345.0,2020-03-12,一种打印头,澄镓科技,京华专利代理有限公司
A-2,实用新型,202120054321.6,2021-05-07,一种墨盒,澄镓科技,京华专利代理有限公司
"""


def test_a_workbook_goes_out_and_its_answers_are_decided_on(ipdesk: Program) -> None:
    folder = ipdesk.folder
    (folder / "list.csv").write_text(LIST, encoding="utf-8")
    assert ipdesk("import", str(folder / "list.csv")) == 0
    out = str(folder / "w.xlsx")
    assert ipdesk("agent", "send", "--agent", "somebody", "--output", out) == 1
    assert "京华" in ipdesk.err
    told = ipdesk.json("agent", "send", "--agent", "京华", "--output", out, "--json")
    assert (told["matters"], told["queries"]) == (2, 0)
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    for header, value in (("Your reference", "JH-1"), ("Filing date", "2020-03-17")):
        column = next(c for c in range(1, 20) if str(sheet.cell(1, c).value).startswith(header))
        sheet.cell(2, column).value = value
    book.save(folder / "back.xlsx")
    back = str(folder / "back.xlsx")
    trial = ipdesk.json("agent", "read", back, "--dry-run", "--json")
    assert (trial["answers"], trial["new"], trial["agent"]) == (2, None, "京华专利代理有限公司")
    assert ipdesk.json("agent", "read", back, "--json")["new"] == 2
    assert ipdesk.json("agent", "read", back, "--json")["new"] == 0
    rows = {r["field"]: r for r in ipdesk.lines("agent", "list", "--json")}
    assert (rows["filing_date"]["sent"], rows["filing_date"]["now"]) == ("2020-03-12",) * 2
    assert ipdesk("agent", "accept") == 2
    assert ipdesk("agent", "accept", "--field", "other_reference", "--agent", "京华") == 0
    assert ipdesk("agent", "query", "--reference", "A-1", "--text", "Why?") == 0
    assert ipdesk.lines("agent", "list", "--json") == []
    assert (
        ipdesk.json("agent", "send", "--agent", "京华", "--output", out, "--json")["queries"] == 1
    )
    assert ipdesk("agent", "ask", "A-2", "Was the annuity paid?") == 0
    asked = ipdesk.lines("agent", "list", "--state", "queried", "--json")
    assert {r["query"] for r in asked} == {"Why?", "Was the annuity paid?"}
    (agent,) = ipdesk.lines("agent", "names", "--json")
    assert (agent["matters"], agent["queries"], agent["sent_on"]) == (2, 2, "2026-11-24")
    assert ipdesk.json("matter", "A-1", "--json")["facts"]["other_reference"] == "JH-1"
    assert ipdesk("agent", "read", str(folder / "list.csv")) == 3
