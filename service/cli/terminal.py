"""What this command prints: texts and tables in; the same without characters that steer a terminal, out.

A chart, a file's name or another server's answer may hold escape sequences, which could rewrite what stands on the
screen, and marks that turn the order of letters round. None of them is ever meant.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import Any

import orjson
import typer

_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_IN_JSON = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]")


def plain(text: str) -> str:
    """A text without control characters but line end and tab, and without marks of writing direction."""
    return text if text.isascii() and text.isprintable() else _STEERING.sub("", text)


def echo(said: object, *, err: bool = False) -> None:
    """Print one plain text and a line end."""
    typer.echo(plain(str(said)), err=err)


def write_json(value: Any) -> None:
    """Print one value as a line of JSON, in which such a character is written as its number: the same value to all
    who read JSON, and nothing to a terminal."""
    sys.stdout.buffer.write(_IN_JSON.sub(_numbered, orjson.dumps(value)) + b"\n")
    sys.stdout.buffer.flush()


def _numbered(found: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(found[0].decode())


def row(cells: Iterable[object]) -> list[str]:
    """The cells of one row of CSV, plain."""
    return [plain(str(cell)) for cell in cells]
