"""Request bodies: bounded bytes in, parsed JSON out; what is too large, too deep or not JSON is refused."""

from __future__ import annotations

import zlib
from codecs import BOM_UTF8
from functools import cached_property, partial
from typing import Any

import orjson
from starlette.requests import Request

from service.domain.errors import BadRequest, TooLarge, UnsupportedMedia
from service.intake import duplicate_keys, envelope
from service.settings import Settings
from service.web import content_negotiation
from service.web.lane import SMALL, Lane, Turn

_WINDOWS = {
    "": 0,
    "identity": 0,
    "gzip": zlib.MAX_WBITS | 16,
    "x-gzip": zlib.MAX_WBITS | 16,
    "deflate": -zlib.MAX_WBITS,
}
_NOT_MARKS = bytes(byte for byte in range(256) if byte not in b"{}[],")

MOST_VALUES = 400_000
"""Objects, lists and commas of one body; a chart of five megabytes has 290,000 at most. Whatever it holds, the parser
lets nothing else of the process run until it is done."""

_OF_A_VALUE = 16
"""What each of them weighs at least, however little is written in it."""

_MOST_PACKED = 1_032
"""Times that deflate can make of a body at most."""


class Body:
    """The text of a body; its brackets alone, which tell how deep it is nested; and how many values it holds.

    What is told of a text is worked out when it is first asked for: of a large one, not on the event loop.
    """

    def __init__(self, sent: bytes) -> None:
        self._sent = sent
        self.text = sent.removeprefix(BOM_UTF8)

    @cached_property
    def _marks(self) -> bytes:
        return self._sent.translate(None, _NOT_MARKS)

    @cached_property
    def brackets(self) -> bytes:
        return self._marks.replace(b",", b"")

    @property
    def values(self) -> int:
        return len(self._marks) - len(self.brackets) // 2

    @property
    def weight(self) -> int:
        """How much memory what is made of it takes, beside that of other bodies: bytes, or more if it is dense."""
        return max(len(self.text), _OF_A_VALUE * self.values)


def weight(sent: bytes) -> int:
    return Body(sent).weight


async def taken(request: Request, settings: Settings, *, aside: bool = False) -> tuple[Body, Turn]:
    """The body as it was before it was packed, and the turn of this call, to be held as long as what is made of it.

    Raises UnsupportedMedia when it says that it is no JSON, TooLarge over ``max_body``, Busy when too much waits.
    """
    content_negotiation.agree_on_body(request)
    sent = await read_bytes(request, settings.max_body)
    lane: Lane = request.app.state.lane
    window = _window(request.headers.get("content-encoding", ""))
    if not window:
        body = Body(sent)
        return body, await lane.enter(len(sent) if len(sent) > SMALL else body.weight, aside=aside)
    turn = await lane.enter(min(settings.max_body, _MOST_PACKED * len(sent)), aside=aside)
    try:
        body = Body(await turn.run(partial(_unpacked, sent, window, settings.max_body)))
    except BaseException:  # whatever it was, also that the caller hung up: the turn must not be held for good
        turn.leave()
        raise
    turn.settle(len(body.text))
    return body, turn


def read_json(body: Body, settings: Settings) -> Any:
    """Parse a body. Raises BadRequest for anything that is not sound JSON, TooLarge for too many values."""
    return _once(body.text, _parsed(body, settings.max_depth))


def read_call(body: Body, settings: Settings) -> Any:
    """The body of a hook call, refused for the same reasons; what stands in its prefetch may still be text."""
    text = body.text
    _count(body)
    call = envelope.read(text)
    if call is None:
        return _once(text, _parsed(body, settings.max_depth))
    return call if _shallow(body.brackets, settings.max_depth) else _parsed(body, settings.max_depth)


def parse(text: bytes, max_depth: int) -> Any:
    """Parse strict JSON: no NaN, no lone surrogates, nothing nested deeper than ``max_depth``, no endless crowd."""
    return _parsed(Body(text), max_depth)


def _window(encoding: str) -> int:
    window = _WINDOWS.get(encoding.strip().lower())
    if window is None:
        raise UnsupportedMedia("The body must be sent as it is, or packed once with gzip or deflate.")
    return window


def _unpacked(body: bytes, window: int, limit: int) -> bytes:
    """The body as it was before it was packed; no more of it is ever unpacked than the limit and one byte."""
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


def _parsed(body: Body, max_depth: int) -> Any:
    if not body.text.strip():
        raise BadRequest("The body is empty; it must be JSON.")
    _count(body)
    try:
        parsed = orjson.loads(body.text)
    except orjson.JSONDecodeError as problem:
        raise BadRequest(f"The body is not valid JSON (line {problem.lineno}, column {problem.colno}).") from None
    if not _shallow(body.brackets, max_depth) and _deeper(parsed, max_depth):
        raise BadRequest(f"The body is nested deeper than {max_depth} levels.")
    return parsed


def _count(body: Body) -> None:
    if body.values > MOST_VALUES:
        raise TooLarge("The body holds too many values: send fewer, or only the resource types listed in the README.")


def _once(body: bytes, parsed: Any) -> Any:
    """The same, when it is all that was sent: which of two values of one key is meant cannot be known."""
    if duplicate_keys.any_key(body, parsed):
        raise BadRequest("An object in the body names the same key twice.")
    return parsed


def _shallow(brackets: bytes, max_depth: int) -> bool:
    """A quick proof that the nesting is fine: strip empty pairs layer by layer. False only means "not proven", for a
    bracket inside a string stops it. Brackets that stand in strings on purpose can hide depth; what reads a body must
    bear the 1,024 levels of the parser."""
    left = brackets
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
