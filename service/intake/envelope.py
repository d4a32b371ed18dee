"""The body of a hook call, as JSON text, taken apart no further than needed: what stands in its prefetch stays text."""

from __future__ import annotations

from typing import Any

import orjson
from msgspec import DecodeError, Raw, Struct, field
from msgspec.json import Decoder

from service.intake import duplicate_keys

_NULL = Raw(b"null")
_CALL = {"hook": "hook", "hookInstance": "instance", "context": "context", "fhirServer": "server",
         "fhirAuthorization": "authorization"}  # fmt: skip
"""The attributes that are read, by the names of the fields that hold them."""


class _Envelope(Struct):
    hook: Raw = _NULL
    instance: Raw = field(name="hookInstance", default=_NULL)
    context: Raw = _NULL
    prefetch: dict[str, Raw] | None = None
    server: Raw = field(name="fhirServer", default=_NULL)
    authorization: Raw = field(name="fhirAuthorization", default=_NULL)
    extension: Raw = _NULL


_decode = Decoder(_Envelope).decode
_every = Decoder(dict[str, Raw]).decode


def read(body: bytes) -> dict[str, Any] | None:
    """The attributes of a call as its whole parse would give them, but for prefetch values, which are ``Raw`` text.

    ``None`` when the body is not that of a call, is not sound JSON or UTF-8, or may name an attribute, a key of one or
    a key of its prefetch twice: a whole parse tells what is wrong.
    """
    try:
        envelope = _decode(body)
        if not _says_each_once(body, envelope):
            return None
        told: dict[str, Any] = {"prefetch": envelope.prefetch}
        for name, at in _CALL.items():
            written = bytes(getattr(envelope, at))
            told[name] = orjson.loads(written)  # small, and handed on as a whole parse gives it
            if isinstance(told[name], dict) and duplicate_keys.any_key(written, told[name]):
                return None
        if not body.isascii():
            body.decode()  # msgspec steps over strings that nobody reads without looking into them
    except (DecodeError, RecursionError, UnicodeDecodeError, orjson.JSONDecodeError):
        return None
    return told


def _says_each_once(body: bytes, envelope: _Envelope) -> bool:
    held = {name: getattr(envelope, at) for name, at in (*_CALL.items(), ("extension", "extension"))}
    prefetch = {"prefetch": envelope.prefetch} if envelope.prefetch is not None else {}
    return (
        duplicate_keys.end_of(body, held | prefetch) >= 0
        # Attributes that only this sender knows are stepped over too; they cost a second look at the body.
        or duplicate_keys.end_of(body, _every(body) | prefetch) >= 0
    )
