"""A look-up by number: the answers become a file, which goes the way of every other list."""

import re
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from ipdesk.base.errors import Cancelled, IpdeskError
from ipdesk.base.i18n import say
from ipdesk.base.keys import read_key
from ipdesk.core.intake.lookup.calls import KEYS, CallLog, FamilySource, log_file, lookup_folder
from ipdesk.core.intake.lookup.questions import Question

Tell = Callable[[int, int], object]


def own_source(*, enabled: bool, server: str = "") -> FamilySource:
    """The EPO, asked with the user's key. Raises IpdeskError when it is off or has no key."""
    if not enabled:
        raise IpdeskError(
            say("The look-up by number is off; switch it on in the settings, with your EPO key.")
        )
    key, secret = (read_key(name) for name in KEYS)
    if not key or not secret:
        raise IpdeskError(
            say(
                "There is no key of the EPO's Open Patent Services; put yours into the settings. "
                "It is free: developers.epo.org."
            )
        )
    return FamilySource(key, secret, CallLog(log_file()), server=server)


def looked_up(
    questions: Sequence[Question],
    source: FamilySource,
    tell: Tell | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Path:
    """Fetch the families and keep the answers as they came, one file, beside the log of calls.

    Raises IpdeskError, and Cancelled between two questions; then nothing is kept.
    """
    answers = []
    with closing(source):
        for done, question in enumerate(questions):
            if cancelled and cancelled():
                raise Cancelled(say("Stopped; nothing was written."))
            if tell:
                tell(done, len(questions))
            answers.append(source(question))
    name = re.sub(r"[^0-9A-Za-z]+", "-", questions[0].asked).strip("-")
    if len(questions) > 1:
        name += f" +{len(questions) - 1}"
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    path = lookup_folder() / f"EPO {name} {stamp}.xml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\n".join(_with_prolog(a) for a in answers))
    return path


def _with_prolog(answer: bytes) -> bytes:
    """Documents one after another are told apart by their first lines."""
    plain = answer.lstrip(b"\xef\xbb\xbf \r\n\t")
    return plain if plain.startswith(b"<?xml") else b'<?xml version="1.0"?>\n' + plain
