"""Every text that a user may read has its Chinese, with the same places to fill in."""

import re
import tomllib
from collections import Counter

from ipdesk.base.i18n import say
from tests.texts import PLACE, ROOT, entries, texts


def test_every_text_is_translated() -> None:
    known = {key for _, key, text in entries("zh_CN") if text}
    missing = {f"{file}:{line} {text}" for file, line, text in texts() if text not in known}
    assert not missing, "\n".join(sorted(missing)[:40])


def test_translations_fill_in_the_same_places() -> None:
    wrong = []
    for file, key, text in entries("zh_CN"):
        want, got = set(PLACE.findall(key)), set(PLACE.findall(text))
        if got != want and got | {"n"} != want | {"n"}:
            wrong.append(f"{file}: {key} → {text}")
    assert not wrong, "\n".join(wrong)


def test_one_text_has_one_translation() -> None:
    spoken: dict[str, set[str]] = {}
    for _, key, text in entries("zh_CN"):
        spoken.setdefault(key, set()).add(text)
    torn = {key: found for key, found in spoken.items() if len(found) > 1}
    assert not torn


def test_no_translation_is_left_over() -> None:
    used = Counter(text for _, _, text in texts())
    left = [f"{file}: {key}" for file, key, _ in entries("zh_CN") if not used[key]]
    assert not left, "\n".join(left)


def _singulars() -> dict[str, str]:
    path = ROOT / "resources" / "locale" / "en" / "one.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_a_single_thing_is_told_in_the_singular() -> None:
    counted = re.compile(r"{n} ((?:working|closing) )?(?!falls|was)[a-z]{3,}s\b")
    known = _singulars()
    lone = {text for _, _, text in texts({"tr": None, "say": None}) if counted.search(text)}
    assert not lone - set(known)
    assert not set(known) - {text for _, _, text in texts()}
    assert all(set(PLACE.findall(one)) <= set(PLACE.findall(many)) for many, one in known.items())


def test_one_and_several_are_told_apart() -> None:
    assert str(say("{n} families to review.", n=1)) == "1 family to review."
    assert str(say("{n} families to review.", n=2)) == "2 families to review."
