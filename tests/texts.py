"""Finding every text of the program and its translations; ``python -m tests.texts`` lists gaps."""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS: Mapping[str, tuple[int, ...] | None] = {"tr": None, "say": None, "ntr": (1, 2)}
PLACE = re.compile(r"{(\w+)[^}]*}")


def texts(
    keywords: Mapping[str, tuple[int, ...] | None] = KEYWORDS,
) -> Iterator[tuple[str, int, str]]:
    """File, line and English text of everything that users may read."""
    found = extract_from_dir(
        ROOT / "ipdesk", method_map=[("**.py", "python")], keywords=keywords, options_map={}
    )
    for file, line, message, _comments, _context in found:
        yield file, line, message[0] if isinstance(message, tuple) else message


def entries(language: str) -> Iterator[tuple[str, str, str]]:
    """File, English text and translation of every entry of a catalogue."""
    for path in sorted((ROOT / "resources" / "locale" / language).glob("*.po")):
        with path.open("rb") as handle:
            for message in read_po(handle, locale=language):
                key = message.id[0] if isinstance(message.id, tuple) else message.id
                text = message.string[0] if isinstance(message.string, tuple) else message.string
                if key:
                    yield path.name, str(key), str(text)


def main(wanted: list[str]) -> int:
    """Print the untranslated texts of the files whose path starts with one of *wanted*."""
    known = {key for _, key, text in entries("zh_CN") if text}
    missing: dict[str, str] = {}
    for file, line, text in texts():
        if text not in known and (not wanted or file.startswith(tuple(wanted))):
            missing.setdefault(text, f"{file}:{line}")
    for text, place in missing.items():
        print(f"{place}\t{text}")
    return len(missing) > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
