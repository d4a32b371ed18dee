"""The body of a hook call, as JSON text, taken apart no further than needed: what stands in its prefetch stays text."""

from __future__ import annotations

from typing import Any

import orjson
from msgspec import DecodeError, Raw, Struct, field
from msgspec.json import Decoder

from service.intake import duplicate_keys


class _Envelope(Struct):
    hook: Any = None
    instance: Any = field(name="hookInstance", default=None)
    context: Raw = Raw(b"null")
    prefetch: dict[str, Raw] | None = None
    server: Any = field(name="fhirServer", default=None)
    authorization: Any = field(name="fhirAuthorization", default=None)


_decode = Decoder(_Envelope).decode


def read(body: bytes) -> dict[str, Any] | None:
    """The attributes of a call as its whole parse would give them, but for prefetch values, which are ``Raw`` text.

    ``None`` when the body is not that of a call, is not sound JSON or UTF-8, or names a key of its context twice: a
    whole parse tells what is wrong.
    """
    try:
        envelope = _decode(body)
        written = bytes(envelope.context)
        context = orjson.loads(written)  # small, and handed on as a whole parse gives it
        if duplicate_keys.any_key(written, context):
            return None
        if not body.isascii():
            body.decode()  # msgspec steps over strings that nobody reads without looking into them
    except (DecodeError, RecursionError, UnicodeDecodeError, orjson.JSONDecodeError):
        return None
    return {
        "hook": envelope.hook,
        "hookInstance": envelope.instance,
        "context": context,
        "prefetch": envelope.prefetch,
        "fhirServer": envelope.server,
        "fhirAuthorization": envelope.authorization,
    }
