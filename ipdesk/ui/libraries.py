"""Which system library Qt misses, in one sentence."""

import re
import sys

from ipdesk.base.i18n import tr

_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libX11.so.6": "libx11-6",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
"""Library → Debian package; other systems name the packages alike."""

X11_LIBRARIES = tuple(name for name in _PACKAGES if name.startswith("libx"))


def qt_sentence(error: BaseException) -> str:
    """What is missing and what to do, from the error of importing Qt."""
    found = re.search(r"(lib[\w.+-]+\.so[.\d]*)", str(error))
    if found is None:
        return tr("Qt cannot start: {why}", why=str(error))
    return library_sentence(found.group(1))


def library_sentence(library: str) -> str:
    """The sentence for one missing library."""
    package = _PACKAGES.get(library, "")
    if package and sys.platform.startswith("linux"):
        return tr(
            "The window cannot start: the system library {library} is missing. "
            "Install the package {package}, e.g. “sudo apt-get install {package}”.",
            library=library,
            package=package,
        )
    return tr("The window cannot start: the system library {library} is missing.", library=library)
