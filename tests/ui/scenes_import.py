"""A list on its way in: remembered columns, a preview with every verdict, the result, the names."""

import csv
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

from ipdesk.core.docket.handing_on import giving
from ipdesk.core.intake.wishes import Policy
from ipdesk.core.portfolio.model import MatterRow
from ipdesk.core.portfolio.queries import matter_ids, matter_rows
from ipdesk.store.paging import ListQuery
from ipdesk.ui.intake.likenames import LikeNames
from ipdesk.ui.pages.imports import ImportPage
from ipdesk.ui.window import Window

SAMPLE = Path(__file__).parent.parent / "samples" / "agent_zh.xlsx"
HEADERS = "我方文号 专利名称 申请类型 申请号 申请日 授权日 申请人 发明人 代理机构 同族号".split()
_KINDS = {"invention": "发明", "utility_model": "实用新型", "design": "外观设计"}
_NUMBERS = count(1)

Wait = Callable[[Window], None]
Act = Callable[[Window], object]


def page_of(window: Window) -> ImportPage:
    page = window.page
    assert isinstance(page, ImportPage)
    return page


def sample(wait: Wait, *steps: str) -> Act:
    """Open a list of an agent and go on so many steps."""
    return lambda window: _bring(window, wait, SAMPLE, len(steps))


def mixed(wait: Wait, then: Callable[[ImportPage], object]) -> Act:
    """The preview of a list with new, changed and refused rows, and a name that looks alike."""

    def act(window: Window) -> None:
        with _written(_mixed(window)) as path:
            _bring(window, wait, path, 1)
            then(page_of(window))

    return act


def reached(wait: Wait) -> Act:
    """A list that corrects the day of a first filing on which others rest."""

    def act(window: Window) -> None:
        m = next(m for m in _matters(window) if m.right == "invention" and m.office == "CN" and
                 m.filing_date and _claimed(window, m.id))  # fmt: skip
        day = str(m.filing_date + timedelta(days=1)) if m.filing_date else ""
        row = [m.reference, m.title_zh, "发明", m.application_number, day, "", "", "", "", ""]
        with _written([row]) as path:
            _bring(window, wait, path, 1)

    return act


def _claimed(window: Window, matter: int) -> bool:
    with window.desk.worker.database().read() as connection:
        return bool(giving(connection, [matter]))


def first_change(page: ImportPage) -> None:
    """The first changed row with its fields."""
    page.preview.show_filter("changed")


def first_refusal(page: ImportPage) -> None:
    """The first refused row with what is wrong."""
    page.preview.show_filter("refused")


def ask_titles(page: ImportPage) -> None:
    """Every changed title waits for an answer."""
    page.preview.policies.chosen.emit("title", Policy.ASK)


def remembered(wait: Wait) -> Act:
    """A list whose columns were given another meaning the last time."""

    def act(window: Window) -> None:
        page = page_of(window)
        with _written(_fresh(window)) as path:
            _bring(window, wait, path, 0)
            page.columns.mean(8, "note")
            wait(window)
            for _ in range(2):
                page.go_on()
                wait(window)
        with _written(_fresh(window)) as path:
            _bring(window, wait, path, 0)

    return act


def result(wait: Wait) -> Act:
    """What an import did."""

    def act(window: Window) -> None:
        with _written([*_fresh(window), *_refused()]) as path:
            _bring(window, wait, path, 2)

    return act


def names(wait: Wait) -> Act:
    """Names that may mean one party, after an import."""

    def act(window: Window) -> None:
        result(wait)(window)
        LikeNames(page_of(window).desk, page_of(window)).show()

    return act


def look_up(window: Window) -> None:
    """The line for numbers, where the user allowed it."""
    page = page_of(window)
    page.start_again()
    page.desk.settings.change(look_up=True)
    page.reload()


def _bring(window: Window, wait: Wait, path: Path, steps: int) -> None:
    page = page_of(window)
    page.start_again()
    wait(window)
    page.bringing.open(path)
    wait(window)
    for _ in range(steps):
        page.go_on()
        wait(window)


def _mixed(window: Window) -> list[list[str]]:
    known = [m for m in _matters(window) if m.right in _KINDS and m.office == "CN"][:6]
    changed = [
        [m.reference, m.title_zh + "及其制造方法", _KINDS[m.right], m.application_number,
         str(m.filing_date or ""), "2026-03-17" if k % 2 else str(m.grant_date or ""),
         ";".join(m.applicants), ";".join(m.inventors), "", ""]
        for k, m in enumerate(known)
    ]  # fmt: skip
    return [*_fresh(window), *changed, *_refused()]


def _fresh(window: Window) -> list[list[str]]:
    """Two new matters in one family; their applicant looks like a known one."""
    applicant = next(a for m in _matters(window) for a in m.applicants if a.endswith("有限公司"))
    alike = applicant.removesuffix("有限公司") + "股份有限公司"
    return [
        [f"NEW-{next(_NUMBERS):03}", title, kind, "", "2026-05-12", "", alike, "王敏;李雷",
         "北京知桥专利代理事务所", "F-PUMP"]
        for title, kind in (("液态金属电磁泵", "发明"), ("液态金属电磁泵壳体", "实用新型"))
    ]  # fmt: skip


def _refused() -> list[list[str]]:
    return [
        ["", "柔性电路板", "发明", "CN201610851265.2", "2016-09-26", "", "", "赵六", "", ""],
        ["BAD-2", "液冷板", "发明", "", "2016-13-45", "", "", "赵六", "", ""],
    ]


def _matters(window: Window) -> list[MatterRow]:
    with window.desk.worker.database().read() as connection:
        return list(matter_rows(connection, matter_ids(connection, ListQuery())))


@contextmanager
def _written(rows: list[list[str]]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "代理机构案件清单 2026-11.csv"
        with path.open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows([HEADERS, *rows])
        yield path
