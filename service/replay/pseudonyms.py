"""Names that tell nobody who it is, the same from run to run: a keyed hash whose key lies beside the results."""

from __future__ import annotations

import os
import secrets
from hashlib import blake2b
from pathlib import Path

FILE = "pseudonym.key"
_BYTES = 32


def key_in(folder: Path) -> bytes:
    """The key of this folder, made at the first run; only its owner can read it."""
    path = folder / FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_bytes()
        if len(key) != _BYTES:
            raise ValueError(
                f"{path} is not a key of this command; move it away to begin with new pseudonyms"
            ) from None
        return key
    with os.fdopen(descriptor, "wb") as file:
        file.write(key := secrets.token_bytes(_BYTES))
    return key


def pseudonym(key: bytes, name: str) -> str:
    """Sixteen hexadecimal digits for a patient or a clinician; without the key nobody can make or reverse them."""
    return blake2b(name.encode(), key=key, digest_size=8).hexdigest() if name else ""
