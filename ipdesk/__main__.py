"""``ipdesk`` and ``python -m ipdesk``: no command opens the window, a command runs on its own."""

import sys
from collections.abc import Sequence

from ipdesk.base.settings import demo_database

_ASKING = {"-h", "--help"}


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code of the program."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if "--version" in words:
        from ipdesk import __version__

        print(f"IPDesk {__version__}")
        return 0
    if _has_command(words) or _ASKING & set(words):
        from ipdesk.cli.program import run

        return run(words)
    return _window(words)


def _has_command(words: list[str]) -> bool:
    """Whether a word stands there that is neither an option nor its value."""
    takes_value = {"--database", "--language", "--today"}
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word in takes_value:
            skip = True
        elif not word.startswith("-"):
            return True
    return False


def _window(words: list[str]) -> int:
    from ipdesk.cli.options import window_options

    options = window_options(words)
    target = str(demo_database()) if options.demo else options.database
    try:
        from ipdesk.app import open_window
    except ImportError as error:
        from ipdesk.ui.libraries import qt_sentence

        print(qt_sentence(error), file=sys.stderr)
        return 1
    return open_window(target, demo=options.demo, language=options.language, today=options.today)


if __name__ == "__main__":
    sys.exit(main())
