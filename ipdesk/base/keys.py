"""The user's own keys for services, kept in the keyring of the system and nowhere else.

Where a machine has no keyring, environment variables may hold them; that is said, never guessed.
"""

import os

import keyring
from keyring.errors import KeyringError, PasswordDeleteError

from ipdesk.base.errors import IpdeskError
from ipdesk.base.i18n import say

_APP = "IPDesk"


def read_key(name: str) -> str:
    """A key by its name (``ops_key``), empty when there is none.

    ``IPDESK_OPS_KEY`` in the environment comes first. Raises IpdeskError where neither helps.
    """
    given = os.environ.get(f"IPDESK_{name.upper()}", "")
    if given:
        return given
    try:
        return keyring.get_password(_APP, name) or ""
    except (KeyringError, RuntimeError, OSError) as error:
        raise no_keyring(name, error) from error


def keep_key(name: str, value: str) -> None:
    """Keep a key in the system's keyring. Raises IpdeskError where there is none to be used."""
    try:
        keyring.set_password(_APP, name, value)
    except (KeyringError, RuntimeError, OSError) as error:
        raise no_keyring(name, error) from error


def forget_key(name: str) -> None:
    """Take a key out of the keyring; that there is none is no problem."""
    try:
        keyring.delete_password(_APP, name)
    except PasswordDeleteError:
        return
    except (KeyringError, RuntimeError, OSError) as error:
        raise no_keyring(name, error) from error


def no_keyring(name: str, error: Exception) -> IpdeskError:
    """What to do on a machine whose keyring cannot be used."""
    return IpdeskError(
        say(
            "The keyring of this system cannot be used ({why}). Unlock or install one, or put the "
            "key into the environment variable {name} before IPDesk starts.",
            why=str(error).strip().splitlines()[0][:120] if str(error).strip() else "–",
            name=f"IPDESK_{name.upper()}",
        )
    )
