"""Request bodies: bounded bytes in, parsed JSON out; what is too large, too deep or not JSON is refused."""

from __future__ import annotations

import zlib
from codecs import BOM_UTF8
from typing import Any

import orjson
from starlette.requests import Request

from service.domain.errors import BadRequest, TooLarge, UnsupportedMedia
from service.intake import duplicate_keys, envelope
from service.settings import Settings
from service.web import content_negotiation

_WINDOWS = {
    "": 0,
    "identity": 0,
    "gzip": zlib.MAX_WBITS | 16,
    "x-gzip": zlib.MAX_WBITS | 16,
    "deflate": -zlib.MAX_WBITS,
}
_NOT_BRACKETS = bytes(byte for byte in range(256) if byte not in b"{}[]")


async def read_json(request: Request, settings: Settings) -> Any:
    """Read and parse the body. Raises UnsupportedMedia when it says that it is no JSON, TooLarge over ``max_body``,
    BadRequest for anything that is not sound JSON."""
    body = await _read_text(request, settings)
    return _once(body, parse(body, settings.max_depth))


async def read_call(request: Request, settings: Settings) -> Any:
    """The body of a hook call, refused for the same reasons; what stands in its prefetch may still be text."""
    body = await _read_text(request, settings)
    call = None if duplicate_keys.suspected(body) else envelope.read(body)
    if call is None:
        return _once(body, parse(body, settings.max_depth))
    return call if _shallow(body, settings.max_depth) else parse(body, settings.max_depth)


async def _read_text(request: Request, settings: Settings) -> bytes:
    content_negotiation.agree_on_body(request)
    body = await read_bytes(request, settings.max_body)
    return _unpacked(body, request.headers.get("content-encoding", ""), settings.max_body).removeprefix(BOM_UTF8)


def _unpacked(body: bytes, encoding: str, limit: int) -> bytes:
    """The body as it was before it was packed; no more of it is ever unpacked than the limit and one byte."""
    window = _WINDOWS.get(encoding.strip().lower())
    if window is None:
        raise UnsupportedMedia("The body must be sent as it is, or packed once with gzip or deflate.")
    if not window:
        return body
    if window == -zlib.MAX_WBITS and body[:1] == b"\x78":  # deflate, as the standard has it: in a zlib wrapper
        window = zlib.MAX_WBITS
    unpacker = zlib.decompressobj(window)
    try:
        unpacked = unpacker.decompress(body, limit + 1)
    except zlib.error:
        raise BadRequest("The body cannot be unpacked as its Content-Encoding says.") from None
    if len(unpacked) > limit:
        raise TooLarge(f"The body is larger than {limit} bytes when it is unpacked.")
    if not unpacker.eof or unpacker.unused_data:
        raise BadRequest("The body cannot be unpacked as its Content-Encoding says.")
    return unpacked


async def read_bytes(request: Request, limit: int) -> bytes:
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise TooLarge(f"The body is larger than {limit} bytes.")
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise TooLarge(f"The body is larger than {limit} bytes.")
        chunks.append(chunk)
    return b"".join(chunks)


def parse(body: bytes, max_depth: int) -> Any:
    """Parse strict JSON: no NaN, no lone surrogates, nothing nested deeper than ``max_depth``."""
    if not body.strip():
        raise BadRequest("The body is empty; it must be JSON.")
    try:
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError as problem:
        raise BadRequest(f"The body is not valid JSON (line {problem.lineno}, column {problem.colno}).") from None
    if not _shallow(body, max_depth) and _deeper(parsed, max_depth):
        raise BadRequest(f"The body is nested deeper than {max_depth} levels.")
    return parsed


def _once(body: bytes, parsed: Any) -> Any:
    """The same, when it is all that was sent: which of two values of one key is meant cannot be known."""
    if duplicate_keys.any_key(body, parsed):
        raise BadRequest("An object in the body names the same key twice.")
    return parsed


def _shallow(body: bytes, max_depth: int) -> bool:
    """A quick proof that the nesting is fine: strip empty pairs layer by layer. False only means "not proven", for a
    bracket inside a string stops it. Brackets that stand in strings on purpose can hide depth; what reads a body must
    bear the 1,024 levels of the parser."""
    left = body.translate(None, _NOT_BRACKETS)
    for _ in range(max_depth):
        if not left:
            return True
        less = left.replace(b"{}", b"").replace(b"[]", b"")
        if len(less) == len(left):
            return False
        left = less
    return not left


def _deeper(parsed: Any, max_depth: int) -> bool:
    level, depth = [parsed], 0
    while level:
        depth += 1
        if depth > max_depth:
            return any(isinstance(value, dict | list) for value in level)
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
    return False
