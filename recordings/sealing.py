"""Encrypts what only few may read, with a key that lies outside the database.

Fernet (AES-128-CBC with HMAC-SHA256, https://github.com/fernet/spec): whoever has the database or a backup of it, and
not the key, reads nothing and can change nothing unnoticed.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from recordings.errors import SealBroken

OTHER_KEY = (
    "was sealed with another key, or is damaged; put that key as a further line into the file secrets/originals, "
    "or restore it from a backup"
)


class Seal:
    """Closes with one key; opens with that and with those that were used before."""

    def __init__(self, keys: str) -> None:
        """`keys`: the key to close with, then older ones, parted by spaces or lines.

        A key is 32 random bytes in URL-safe base64, padded or not. Raises SealBroken for anything else.
        """
        try:
            self._fernet = MultiFernet([Fernet(key.encode() + b"=" * (-len(key) % 4)) for key in keys.split()])
        except ValueError as error:
            raise SealBroken("the key of the originals is no key; put back the file secrets/originals") from error

    def close(self, value: dict[str, Any]) -> bytes:
        """Encrypt something that JSON can hold."""
        return self._fernet.encrypt(json.dumps(value, ensure_ascii=False).encode())

    def open(self, sealed: bytes) -> dict[str, Any]:
        """What was closed with the same key. Raises SealBroken for another key, and for what was tampered with."""
        try:
            value: dict[str, Any] = json.loads(self._fernet.decrypt(sealed))
        except InvalidToken as error:
            raise SealBroken(f"an original {OTHER_KEY}") from error
        return value

    def close_bytes(self, data: bytes, about: str) -> bytes:
        """Encrypt bytes that belong to something: they open for the same `about` only."""
        return urlsafe_b64decode(self._fernet.encrypt(about.encode() + b"\0" + data))

    def open_bytes(self, sealed: bytes, about: str) -> bytes:
        """What was closed with the same key for the same thing. Raises SealBroken."""
        try:
            data = self._fernet.decrypt(urlsafe_b64encode(sealed))
        except InvalidToken as error:
            raise SealBroken(f"{about} {OTHER_KEY}") from error
        name, _, data = data.partition(b"\0")
        if name != about.encode():
            raise SealBroken(f"what should belong to {about} belongs to something else; restore it from a backup")
        return data
