"""A family is fetched by number only when asked, every call is written down, answers are a list."""

from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from ipdesk.base.errors import IpdeskError, Refused
from ipdesk.base.keys import forget_key, keep_key, read_key
from ipdesk.core.intake.lookup.asking import looked_up, own_source
from ipdesk.core.intake.lookup.calls import log_file
from ipdesk.core.intake.lookup.questions import Question, question_of, questions_of
from ipdesk.core.intake.plan import plan
from ipdesk.core.intake.reading import read_list
from tests.core.intake.lookup.office import KEY, SECRET, office

# the library keeps its pace in a way that newer Pythons warn of
pytestmark = pytest.mark.filterwarnings("ignore:The default datetime:DeprecationWarning")


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IPDESK_DATA", str(tmp_path))
    monkeypatch.setenv("IPDESK_OPS_KEY", KEY)
    monkeypatch.setenv("IPDESK_OPS_SECRET", SECRET)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("EP1000000", ("publication", "EP", "1000000", "")),
        ("EP 1000000 A1", ("publication", "EP", "1000000", "A1")),
        ("US 2013/0101709 A1", ("publication", "US", "2013101709", "A1")),
        ("US8,920,865 B2", ("publication", "US", "8920865", "B2")),
        ("CN110311168A", ("publication", "CN", "110311168", "A")),
        ("WO2014/001374", ("publication", "WO", "2014001374", "")),
        ("CN201610895413.X", ("application", "CN", "201610895413", "A")),
        ("ZL201720123456.9", ("application", "CN", "201720123456", "U")),
        ("PCT/CN2016/088042", ("application", "CN", "2016088042", "W")),
        ("EP10197481.4", ("application", "EP", "10197481", "A")),
    ],
)
def test_a_number_makes_its_question(text: str, question: tuple[str, str, str, str]) -> None:
    assert question_of(text)[:4] == question


@pytest.mark.parametrize("text", ["", "liquid metal", "16/457,320", "12345"])
def test_what_cannot_be_asked_is_said(text: str) -> None:
    with pytest.raises(Refused):
        questions_of(text)


def test_a_family_comes_as_a_list_and_every_call_is_written_down(keys: None) -> None:
    with office() as server:
        fetch = own_source(enabled=True, server=server)
        path = looked_up(questions_of("EP4000001; CN113300001A"), fetch)
    result = read_list(path)
    assert result.format == "ops"
    numbers = {d.publication_number: d.application_number for d in result.drafts}
    assert numbers == {"EP4000001A1": "EP21700123", "CN113300001A": "CN202010123456"}
    found = plan(result.drafts)
    assert len(found.entries) == 2  # both questions brought the same family
    assert {e.family for e in found.entries} == {"77000001"}
    log = log_file().read_text(encoding="utf-8")
    assert log.count("GET ") == 2
    assert "/family/publication/epodoc/(EP4000001)/biblio" in log
    assert "POST " in log
    assert SECRET not in log
    assert KEY not in log


def test_it_is_off_until_the_user_allows_it(keys: None) -> None:
    with pytest.raises(IpdeskError, match="off"):
        own_source(enabled=False)
    assert not log_file().exists()


def test_a_wrong_key_and_an_unknown_number_are_said(
    keys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = [Question("publication", "EP", "9999999", "", "EP9999999")]
    with office() as server:
        with pytest.raises(IpdeskError, match="knows no family of EP9999999"):
            looked_up(unknown, own_source(enabled=True, server=server))
        monkeypatch.setenv("IPDESK_OPS_SECRET", "another")
        with pytest.raises(IpdeskError, match="refused the key"):
            looked_up(unknown, own_source(enabled=True, server=server))
    with pytest.raises(IpdeskError, match="cannot be reached"):
        looked_up(unknown, own_source(enabled=True, server=server))  # it is closed now
    assert "failed" in log_file().read_text(encoding="utf-8")


def test_a_machine_without_a_keyring_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IPDESK_OPS_KEY", raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    try:
        for act in (
            lambda: read_key("ops_key"),
            lambda: keep_key("ops_key", "x"),
            lambda: forget_key("ops_key"),
        ):
            with pytest.raises(IpdeskError, match="IPDESK_OPS_KEY"):
                act()
    finally:
        keyring.set_keyring(before)
