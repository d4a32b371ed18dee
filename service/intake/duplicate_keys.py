"""JSON text and its parse in; out, whether an object named a key twice, of which a parser silently keeps one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

_KEY = re.compile(rb'[\s,{]*+"([^"\\]*+)"\s*+:\s*+')
_END = re.compile(rb"[\s{]*+\}")


def any_key(text: bytes, parsed: Any) -> bool:
    """Whether anything was lost: what is written again holds as many quotation marks as the text, unless a key was.

    Exact, for a key has two of them, and a mark inside a string stays one, however it was written.
    """
    try:
        written = orjson.dumps(parsed)
    except orjson.JSONEncodeError:  # nested deeper than anything that is read
        return False
    return text.count(b'"') + _as_number(text) != written.count(b'"')


def end_of(text: bytes, held: Mapping[str, Any], at: int = 0) -> int:
    """Where the object at ``at`` of sound JSON ends, if it names the keys of ``held`` alone and each once; else -1.

    ``held`` has the text of each value as a parser cut it out, or what is held of an object in its place: the walk
    steps from value to value and looks into none. A key that is written with escapes is none that it knows.
    """
    left = {key.encode(): value for key, value in held.items()}
    while named := _KEY.match(text, at):
        value, at = left.pop(named[1], None), named.end()
        if isinstance(value, dict):
            at = end_of(text, value, at)
        elif value is not None and text.startswith(written := bytes(value), at):
            at += len(written)
        else:
            return -1
        if at < 0:
            return -1
    closed = _END.match(text, at)
    return closed.end() if closed else -1


def _as_number(text: bytes) -> int:
    """Quotation marks written as a number; after an escaped backslash the same letters are only letters."""
    return text.replace(b"\\\\", b"").count(b"\\u0022") if b"\\u0022" in text else 0
