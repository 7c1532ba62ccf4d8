"""The secrets that somebody in this process holds. Whoever comes to hold one says so here, before it is used."""

import json
from base64 import b64encode
from collections import OrderedDict
from threading import Lock
from urllib.parse import quote, quote_plus

# A shorter one stands in too many words that are none.
_SHORTEST = 6
_MOST = 500


class KnownSecrets:
    """Finds secrets in a text, in each form in which they travel. Safe to use from many threads.

    Args:
        most: how many it knows; then it forgets the one that was named the longest ago. Access tokens come and go.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._lock = Lock()
        self._most = most
        self._forms: OrderedDict[str, list[str]] = OrderedDict()
        self._longest_first: tuple[str, ...] = ()

    def add(self, secret: str) -> None:
        """Know the secret from now on, unless it is too short to be told from other words."""
        if len(secret) < _SHORTEST:
            return
        with self._lock:
            if secret in self._forms:
                self._forms.move_to_end(secret)
                return
            self._forms[secret] = _forms_of(secret)
            if len(self._forms) > self._most:
                self._forms.popitem(last=False)
            every = {form for forms in self._forms.values() for form in forms}
            self._longest_first = tuple(sorted(every, key=len, reverse=True))

    def taken_out(self, text: str, instead: str) -> str:
        """Return the text with something else instead of each secret.

        >>> known = KnownSecrets()
        >>> known.add("pass/word")
        >>> known.taken_out("POST /?p=pass%2Fword: pass/word is wrong", "***")
        'POST /?p=***: *** is wrong'
        """
        for form in self._longest_first:
            if form in text:
                text = text.replace(form, instead)
        return text


_KNOWN = KnownSecrets()


def conceal(*secrets: str) -> None:
    """Keep these out of the log from now on."""
    for secret in secrets:
        _KNOWN.add(secret)


def known() -> KnownSecrets:
    """Return those of this process."""
    return _KNOWN


def _forms_of(secret: str) -> list[str]:
    """Return the secret as it is, in an address, in JSON, as Python quotes it, and within base64."""
    encoded = secret.encode("utf-8", "replace")
    plain = [secret, quote(encoded, safe=""), quote_plus(encoded), json.dumps(secret)[1:-1], repr(secret)[1:-1]]
    return list(dict.fromkeys([*plain, *_in_base64(encoded)]))


def _in_base64(secret: bytes) -> list[str]:
    """Return what is certain of it where other bytes stand before and after: those decide the outermost letters."""
    forms = []
    for before in range(3):
        letters = b64encode(b"\0" * before + secret).decode().rstrip("=")
        forms.append(letters[-(-8 * before // 6) : (before + len(secret)) * 8 // 6])
    return forms
