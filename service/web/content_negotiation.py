"""Content negotiation: what a caller accepts and sends, held against the one format that is spoken here, JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson
from starlette.requests import Request
from starlette.responses import Response

from service.domain.errors import NotAcceptable, UnsupportedMedia

FHIR_JSON = "application/fhir+json"
_JSON = frozenset({FHIR_JSON, "application/json", "text/json"})
_FORMATS = _JSON | {"json"}
_R4 = ("4.0", "4.0.1")


class MediaType(NamedTuple):
    """``application/fhir+json; fhirVersion=4.0`` taken apart: name and parameters, in small letters."""

    name: str
    parameters: dict[str, str]


def media_types(header: str) -> Iterator[MediaType]:
    """Every media type of a header, in its order; commas and semicolons inside quotes part nothing."""
    for part in _parted(header, ","):
        name, *told = (piece.strip() for piece in _parted(part, ";"))
        if name:
            pairs = (piece.partition("=") for piece in told)
            yield MediaType(name.lower(), {key.strip().lower(): _bare(value) for key, _, value in pairs})


def agree(request: Request) -> None:
    """Refuse a caller who wants an answer that is not R4 JSON (406). ``_format`` outweighs the Accept header."""
    wanted = request.query_params.get("_format")
    if wanted is not None:
        # A plus sign in a query string is a space, and few callers escape it.
        if _named(wanted.strip().replace(" ", "+")) not in _FORMATS:
            raise NotAcceptable("Answers are written as JSON only: _format=json.")
        return
    ranges = list(media_types(",".join(request.headers.getlist("accept"))))
    if ranges and not _quality(ranges) > 0:
        raise NotAcceptable("Answers are written as application/fhir+json only, in FHIR 4.0.")


def agree_on_body(request: Request) -> None:
    """Refuse a body that does not say that it is JSON (415); one that says nothing is taken for JSON."""
    if _named(request.headers.get("content-type", FHIR_JSON)) not in _JSON:
        raise UnsupportedMedia("The body must be JSON: Content-Type application/json or application/fhir+json.")


def write(resource: Any) -> Response:
    return Response(orjson.dumps(resource), media_type=FHIR_JSON)


def _named(header: str) -> str:
    """The one media type of a header; "" when it names none or several."""
    named = [each.name for each in media_types(header)]
    return named[0] if len(named) == 1 else ""


def _quality(ranges: list[MediaType]) -> float:
    """How much the answer is wanted: what the closest range says of its own name, or of JSON by another name."""
    said: dict[str, float] = {}
    for each in ranges:
        if each.parameters.get("fhirversion", _R4[0]) in _R4:
            said[each.name] = max(_q(each), said.get(each.name, 0.0))
    if FHIR_JSON in said:
        return said[FHIR_JSON]
    by_range = said.get("application/*", said.get("*/*", 0.0))
    return max(by_range, *(said.get(name, 0.0) for name in _JSON))


def _q(media: MediaType) -> float:
    """The weight of a range; one that is no number counts as not given."""
    try:
        return float(media.parameters.get("q", "1"))
    except ValueError:
        return 1.0


def _parted(text: str, mark: str) -> list[str]:
    """The text parted at a mark, but not inside quotes; in one pass, for a header may be long."""
    if '"' not in text:
        return text.split(mark)
    parts, start, quoted, escaped = [], 0, False, False
    for at, sign in enumerate(text):
        if escaped:
            escaped = False
        elif quoted and sign == "\\":
            escaped = True
        elif sign == '"':
            quoted = not quoted
        elif sign == mark and not quoted:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


def _bare(value: str) -> str:
    return value.strip().strip('"').lower()
