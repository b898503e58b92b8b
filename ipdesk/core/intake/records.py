"""What an import hands back: records as JSON lines, the summary, refused rows as a workbook."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from ipdesk.base.files import whole_file
from ipdesk.base.i18n import tr
from ipdesk.core.intake.model import CellProblem, MatterDraft, ReadResult, Table
from ipdesk.core.intake.plan import Entry, Plan, Verdict

_SHEET_NAME_SIGNS = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def record_of(draft: MatterDraft) -> dict[str, Any]:
    """One row as ``--records`` writes it; what the file does not say is null or empty."""
    return {
        "sheet": draft.sheet,
        "row": draft.row,
        "right": draft.right or None,
        "office": draft.office or None,
        "application_number": draft.application_number or None,
        "application_number_raw": draft.application_number_raw or None,
        "publication_number": draft.publication_number or None,
        "publication_number_raw": draft.publication_number_raw or None,
        "publication_numbers": list(
            draft.extra.get("publications") or [d.number for d in draft.documents]
        ),
        "grant_number": draft.grant_number or None,
        "title": draft.title or None,
        "filing_date": _day(draft.filing_date),
        "publication_date": _day(draft.publication_date),
        "grant_date": _day(draft.grant_date),
        "expiry_date": _day(draft.expiry_date),
        "priority_date": _day(draft.priority_date),
        "priorities": [c.number for c in draft.priorities if c.number],
        "applicants": list(draft.applicants),
        "inventors": list(draft.inventors),
        "status": draft.status or None,
        "reference": draft.reference or None,
        "problems": [_problem(p) for p in draft.problems],
        # beyond the agreed keys
        "title_en": draft.title_en or None,
        "title_zh": draft.title_zh or None,
        "owners": list(draft.owners),
        "agencies": list(draft.agencies),
        "attorneys": list(draft.attorneys),
        "route": draft.route or None,
        "family": draft.family_key or None,
        "classes": list(draft.classes),
        "goods": draft.goods or None,
        "events": [{"type": e.type, "date": e.date.isoformat()} for e in draft.events],
        "more": {k: _plain(v) for k, v in draft.extra.items()},
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _problem(problem: CellProblem) -> dict[str, Any]:
    said = problem.to_json()
    return {k: said[k] for k in ("column", "severity", "code", "message")}


def record_lines(drafts: Iterable[MatterDraft]) -> Iterator[str]:
    """JSON lines, Chinese readable."""
    for draft in drafts:
        yield json.dumps(record_of(draft), ensure_ascii=False)


def write_records(path: Path, drafts: Iterable[MatterDraft]) -> None:
    """The file that ``--records`` names."""
    with whole_file(path) as half, half.open("w", encoding="utf-8", newline="\n") as handle:
        for line in record_lines(drafts):
            handle.write(line + "\n")


def summary_of(result: ReadResult, plan: Plan, batch: int | None = None) -> dict[str, Any]:
    """What ``import --json`` prints."""
    problems = [*result.problems, *_added(plan, result.problems)]
    return {
        "file": result.file,
        "sha256": result.sha256,
        "format": result.format,
        "sheets": [s.to_json() for s in result.sheets if s.header_row or s.records],
        "mapping": [m.to_json() for m in result.mapping],
        "records": len(result.drafts),
        "new": plan.count(Verdict.NEW),
        "changed": plan.count(Verdict.CHANGED),
        "unchanged": plan.count(Verdict.UNCHANGED),
        "duplicates": plan.duplicates,
        "refused": plan.count(Verdict.REFUSED),
        "problems": [p.to_json() for p in problems],
        "batch": batch,
    }


def _added(plan: Plan, known: Sequence[CellProblem]) -> list[CellProblem]:
    """Problems that only the comparison found."""
    seen = set(map(id, known))
    return [p for p in plan.problems if id(p) not in seen]


def refused_rows(plan: Plan) -> list[Entry]:
    """The entries that an import would leave out."""
    return [e for e in plan.entries if e.verdict is Verdict.REFUSED]


def write_refused(path: Path, result: ReadResult, entries: Sequence[Entry]) -> int:
    """Refused rows as they stood in the file, with a column that says why; to correct and import.

    Every text is written as text: nothing can become a formula.
    """
    book = xlsxwriter.Workbook(
        str(path),
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
        },
    )
    bold = book.add_format({"bold": True, "bottom": 1})
    wrong = book.add_format({"font_color": "#B00020", "text_wrap": True, "valign": "top"})
    written = 0
    for table in result.tables:
        drafts = [d for e in entries for d in e.proposal.drafts if d.sheet == table.sheet.name]
        if drafts:
            written += _write_table(book, table, drafts, bold, wrong)
    if not written:
        book.add_worksheet()
    book.close()
    return written


def _write_table(
    book: Any, table: Table, drafts: Sequence[MatterDraft], bold: Any, wrong: Any
) -> int:
    name = table.sheet.name.translate(_SHEET_NAME_SIGNS).strip(" '")[:31] or "1"
    sheet = book.add_worksheet(name)
    headers = _headers(table)
    for column, header in enumerate([*headers, tr("Problem")]):
        sheet.write_string(0, column, header, bold)
    for row, draft in enumerate(drafts, start=1):
        cells = table.sheet.row(draft.row - 1)
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                if cell:
                    sheet.write_string(row, column, cell[:32767])
            else:
                sheet.write_number(row, column, cell)
        reasons = "\n".join(str(p.message) for p in draft.problems)
        sheet.write_string(row, len(headers), reasons[:32767], wrong)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(drafts), len(headers))
    sheet.set_column(len(headers), len(headers), 60)
    return len(drafts)


def _headers(table: Table) -> list[str]:
    """The headers of the file; guessed columns are called by their fields, so they come back."""
    fields = {m.index: m.field for m in table.mapping}
    named = []
    for index in range(len(table.sheet.columns)):
        header = table.headers[index] if index < len(table.headers) else ""
        guessed = header.startswith("@") or not header
        named.append(fields.get(index, "") if guessed else header)
    return named
