"""The pages in the order of the sidebar; each is imported off the GUI thread when first shown."""

from __future__ import annotations

from collections.abc import Callable

from ipdesk.base.i18n import say
from ipdesk.ui.desk import Desk, PageSpec
from ipdesk.ui.page import Page


def _settings() -> Callable[[Desk], Page]:
    from ipdesk.ui.pages.settings import SettingsPage

    return SettingsPage


PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        id="settings",
        title=say("Settings"),
        icon="gear",
        shortcut="Ctrl+0",
        tip=say("Language, look, company, lead times, backups"),
        load=_settings,
        group="file",
    ),
)
