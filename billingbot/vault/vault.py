"""Sealing secrets, so that the database alone does not betray them.

Fernet (AES-128-CBC with HMAC-SHA256, https://github.com/fernet/spec), with several keys: the first seals, all open.
What is sealed names whose it is, so that a value that was moved to another vendor or field does not open there.
"""

import json
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from billingbot.errors import SecretUnreadable
from billingbot.logs import conceal

_PREFIX = "enc_v1:"


class Vault:
    """Seals and opens secrets. Safe to use from many threads.

    Args:
        keys: as `checked_keys` returns them, newest first; at least one.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        conceal(*keys)
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, vendor: str, name: str, secret: str) -> str:
        """Return the sealed secret as text, which is another one each time."""
        conceal(secret)
        content = json.dumps({"vendor": vendor, "name": name, "secret": secret})
        return _PREFIX + self._fernet.encrypt(content.encode()).decode()

    def open(self, vendor: str, name: str, sealed: str) -> str:
        """Return the secret. Raises `SecretUnreadable`: another key, a damaged text, or another field's."""
        try:
            content = json.loads(self._fernet.decrypt(sealed.removeprefix(_PREFIX).encode("utf-8", "replace")))
        except InvalidToken:
            raise SecretUnreadable("It was sealed with another key, or is damaged.") from None
        if (content["vendor"], content["name"]) != (vendor, name):
            raise SecretUnreadable("It was sealed for another field.")
        conceal(str(content["secret"]))
        return str(content["secret"])
