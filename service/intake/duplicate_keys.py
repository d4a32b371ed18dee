"""JSON text and its parse in; out, whether an object named a key twice, of which a parser silently keeps one."""

from __future__ import annotations

from typing import Any

import orjson

_EDGE = 2048
_OF_A_CALL = (b'"hook"', b'"context"', b'"patientId"', b'"prefetch"', b'"fhirServer"', b'"fhirAuthorization"')


def any_key(text: bytes, parsed: Any) -> bool:
    """Whether anything was lost: what is written again holds as many quotation marks as the text, unless a key was.

    Exact, for a key has two of them, and a mark inside a string stays one, however it was written.
    """
    try:
        written = orjson.dumps(parsed)
    except orjson.JSONEncodeError:  # nested deeper than anything that is read
        return False
    return text.count(b'"') + _as_number(text) != written.count(b'"')


def suspected(call: bytes) -> bool:
    """Whether a hook call seems to say twice whom it is about, told by its edges: what EHRs write round the prefetch.

    The exact answer for a whole call would take longer than all that is asked of most calls.
    """
    edges = call if len(call) <= 2 * _EDGE else call[:_EDGE] + call[-_EDGE:]
    return any(edges.count(name) > 1 for name in _OF_A_CALL)


def _as_number(text: bytes) -> int:
    """Quotation marks written as a number; after an escaped backslash the same letters are only letters."""
    return text.replace(b"\\\\", b"").count(b"\\u0022") if b"\\u0022" in text else 0
