"""Rates of exchange read from a list that the user has; nothing is fetched."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from ipdesk.base.i18n import ntr, tr
from ipdesk.core.fees.rate_columns import RateList, rates_in
from ipdesk.core.fees.support_edits import take_rates
from ipdesk.core.intake.reader import tables_of
from ipdesk.ui.docket.acts import run_edit
from ipdesk.ui.messages import Kind
from ipdesk.ui.money.views import View
from ipdesk.ui.page import tell


def choose_rates(view: View) -> None:
    """Ask for the file."""
    kinds = tr("Lists") + " (*.xlsx *.xls *.csv *.txt *.ods)"
    name, _kind = QFileDialog.getOpenFileName(view, tr("Read rates of exchange"), "", kinds)
    if name:
        read_rates_file(view, Path(name))


def read_rates_file(view: View, path: Path) -> None:
    """Read it in the background and keep its rates in one action that can be undone."""
    desk = view.desk

    def work(_task: Any) -> RateList:
        return rates_in(tables_of(path), path.name)

    desk.worker.job(work, partial(_keep, view), partial(tell, desk))


def _keep(view: View, found: RateList) -> None:
    if not found.rates:
        view.desk.say(str(found.problems[0]) if found.problems else tr("No rate in this file."),
                      Kind.PROBLEM)  # fmt: skip
        return
    n = len(found.rates)
    words = ntr("{n} rate read.", "{n} rates read.", n)
    if found.problems:
        words += " " + " ".join(str(problem) for problem in found.problems[:3])
    run_edit(view.desk, lambda d, _law: take_rates(d, found.rates), words)
