"""FHIR content negotiation: what a caller accepts and sends, held against the one format that is spoken here, JSON."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from service.domain.errors import NotAcceptable, UnsupportedMedia

FHIR_JSON = "application/fhir+json"
_JSON = frozenset({"application/fhir+json", "application/json", "text/json", "json"})
_RANGES = frozenset({"*/*", "application/*"})
_R4 = ("4.0", "4.0.1")


def agree(request: Request) -> None:
    """Refuse a caller who wants an answer that is not R4 JSON (406). ``_format`` outweighs the Accept header."""
    wanted = request.query_params.get("_format")
    if wanted is not None:
        # A plus sign in a query string is a space, and few callers escape it.
        if wanted.split(";")[0].strip().lower().replace(" ", "+") not in _JSON:
            raise NotAcceptable("Answers are written as JSON only: _format=json.")
        return
    accept = request.headers.get("accept", "").strip()
    if accept and not any(_fits(part) for part in accept.split(",")):
        raise NotAcceptable("Answers are written as application/fhir+json only, in FHIR 4.0.")


def agree_on_body(request: Request) -> None:
    """Refuse a body that does not say that it is JSON (415)."""
    sent = request.headers.get("content-type", FHIR_JSON).split(";")[0].strip().lower()
    if sent not in _JSON:
        raise UnsupportedMedia("The body must be JSON: Content-Type application/fhir+json.")


def write(resource: Any) -> Response:
    return Response(orjson.dumps(resource), media_type=FHIR_JSON)


def _fits(part: str) -> bool:
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    values = dict(piece.split("=", 1) for piece in parameters if "=" in piece)
    if values.get("q", "1").strip() in ("0", "0.0", "0.00", "0.000"):
        return False
    if values.get("fhirversion", _R4[0]).strip('"') not in _R4:
        return False
    return media in _JSON or media in _RANGES
