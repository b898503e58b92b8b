"""Pictures of every page in both languages and both themes: ``python -m tests.screenshots DIR``."""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ipdesk.base.i18n import LANGUAGES
from ipdesk.base.settings import SettingsFile
from ipdesk.core.docket.setting import docket_for
from ipdesk.demo.whole import fill_demo
from ipdesk.store.migrate import open_database
from ipdesk.ui.commands import Palette
from ipdesk.ui.window import Window
from tests.ui.scenes import DIALOGS, SCENES, Scene, play, stage

THEMES = ("light", "dark")


def main(argv: Sequence[str] | None = None) -> int:
    """Take the pictures; the demonstration portfolio is made for them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="scenes whose name begins so, by commas")
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--themes", default=",".join(THEMES))
    parser.add_argument("--percent", type=int, default=100, help="size of the text")
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--empty", action="store_true", help="of an empty portfolio")
    parser.add_argument("--database", type=Path, help="of this file instead of the demonstration")
    chosen = parser.parse_args(argv)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["IPDESK_CONFIG"] = scratch
        database = chosen.database or Path(scratch) / "demonstration.ipdesk"
        if chosen.database is None:
            _make(database, fill=not chosen.empty)
        for language in chosen.languages.split(","):
            for theme in chosen.themes.split(","):
                _take(app, database, chosen, language, theme)
    return 0


def _make(database: Path, fill: bool) -> None:
    made = open_database(database, user="Li Lei")
    if fill:
        with made.read() as connection:
            docket = docket_for(connection, date.today())
        fill_demo(made, docket)
    made.close()


def _take(
    app: QApplication, database: Path, chosen: argparse.Namespace, language: str, theme: str
) -> None:
    wide, high = (int(side) for side in chosen.size.split("x"))
    wanted = tuple(name for name in chosen.only.split(",") if name)
    scenes = SCENES if chosen.empty else (*SCENES, *DIALOGS)
    with stage(
        app, database, SettingsFile(), date.today(), language=language, theme=theme,
        percent=chosen.percent, size=(wide, high),
    ) as window:  # fmt: skip
        for scene in scenes:
            if wanted and not scene.name.startswith(wanted):
                continue
            play(window, scene)
            path = chosen.folder / f"{scene.name}-{language}-{theme}.png"
            seen = _seen(window, scene)
            seen.grab().save(str(path))
            print(path)
            if seen is not window:
                seen.close()


def _seen(window: Window, scene: Scene) -> QWidget:
    """The dialog that the scene opened, else the window."""
    if scene in DIALOGS:
        for kind in (QDialog, Palette):
            opened = [w for w in window.findChildren(kind) if w.isVisible()]
            if opened:
                return opened[-1]
    return window


if __name__ == "__main__":
    sys.exit(main())
