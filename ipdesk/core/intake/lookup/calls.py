"""Every call to the EPO, written down before it is made and after: the user can read it all.

Calls go to ops.epo.org through the client library ``python-epo-ops-client``, never by themselves.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import epo_ops
import requests
from epo_ops.middlewares import Throttler
from epo_ops.middlewares.middleware import Middleware
from epo_ops.middlewares.throttle.storages import SQLite

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say
from ipdesk.base.settings import data_folder
from ipdesk.core.intake.formats import limits
from ipdesk.core.intake.lookup.questions import Question

KEYS = ("ops_key", "ops_secret")
_SECONDS = 30.0


def lookup_folder() -> Path:
    """Where the log of calls and the answers as they came are kept."""
    return data_folder() / "lookups"


def log_file() -> Path:
    """The log of calls: when, what was asked, what came back."""
    return lookup_folder() / "calls.log"


class CallLog:
    """Appends a line to the log of calls."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, words: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        with self.path.open("a", encoding="utf-8") as handle:
            handle.write(f"{now}  {words}\n")


class _Told(Middleware):  # type: ignore[misc]  # the library has no types
    """Writes each call down, before it leaves and when it is answered."""

    def __init__(self, log: CallLog) -> None:
        self._log = log

    def process_request(self, env: Any, url: str, data: Any, **kwargs: Any) -> Any:
        self._log.write(f"GET {url}")
        return url, data, kwargs

    def process_response(self, env: Any, response: Any) -> Any:
        self._log.write(f"    {response.status_code}, {len(response.content):,} bytes")
        return response


class _Client(epo_ops.Client):  # type: ignore[misc]  # the library has no types
    """The library's client; the exchange of the key for a pass is written down as well."""

    def __init__(self, key: str, secret: str, log: CallLog, pace: SQLite) -> None:
        self._log = log
        middlewares = [Throttler(pace), _Told(log)]
        super().__init__(key, secret, "xml", middlewares, timeout=_SECONDS)

    def _acquire_token(self) -> None:
        self._log.write(f"POST {self.__auth_url__} (key and secret for a pass)")
        super()._acquire_token()
        self._log.write("    answered")


class FamilySource:
    """Fetches families with the bibliographic data of their members, as XML.

    *server* stands for ops.epo.org in tests. Calls raise IpdeskError in words; close it afterwards.
    """

    def __init__(self, key: str, secret: str, log: CallLog, *, server: str = "") -> None:
        self._log = log
        self._pace = SQLite(str(_made(lookup_folder()) / "pace.db"))
        self._client = _Client(key, secret, log, self._pace)
        if server:
            self._client.__auth_url__ = f"{server}/3.2/auth/accesstoken"
            self._client.__service_url_prefix__ = f"{server}/3.2/rest-services"

    def __call__(self, question: Question) -> bytes:
        try:
            answer = self._client.family(question.reference, _input(question), None, ["biblio"])
        except (requests.RequestException, ValueError, KeyError, AttributeError) as error:
            # the library fails in the latter ways where an answer lacks its usual headers
            self._log.write(f"    failed: {type(error).__name__}")
            raise _in_words(error, question) from error
        content = bytes(answer.content)
        if len(content) > limits.FILE_BYTES:
            raise limits.too_large(len(content), limits.FILE_BYTES)
        return content

    def close(self) -> None:
        """Let go of the file in which the library keeps its pace."""
        self._pace.db.close()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _input(question: Question) -> Any:
    if question.kind:
        return epo_ops.models.Docdb(question.number, question.country, question.kind)
    return epo_ops.models.Epodoc(question.country + question.number)


def _in_words(error: Exception, question: Question) -> IpdeskError:
    response = getattr(error, "response", None)
    status = response.status_code if response is not None else 0
    if status == 404:
        return IpdeskError(
            say("The EPO knows no family of {number}; check it.", number=question.asked)
        )
    if type(error).__name__.endswith("Exceeded"):
        return IpdeskError(say("The EPO's quota for this key is used up; try again later."))
    if status in (400, 401, 403):
        return IpdeskError(
            say("The EPO refused the key ({status}); check key and secret.", status=status)
        )
    if status or not isinstance(error, requests.RequestException):
        return IpdeskError(
            say("The EPO answered with an error ({status}); try again later.", status=status or "?")
        )
    return IpdeskError(say("ops.epo.org cannot be reached; check the connection."))
