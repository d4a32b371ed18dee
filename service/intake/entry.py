"""One resource as it was sent, and where it stood; of a searchset that is still text, parsed when it is asked for."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson
from msgspec import Raw, Struct

from service.domain.errors import BadRequest
from service.fhir import resources


class Text:
    """A searchset as JSON text, parsed once and only when one of its resources is needed as a dict."""

    __slots__ = ("_entries", "_text")

    def __init__(self, text: Raw) -> None:
        self._text = text
        self._entries: list[Any] | None = None

    def resource(self, at: int) -> dict[str, Any]:
        if self._entries is None:
            self._entries = parsed(self._text)["entry"]
        found: dict[str, Any] = self._entries[at]["resource"]
        return found


def parsed(text: Raw) -> Any:
    """Parse what was cut out of a body. Raises BadRequest for what only a whole parse finds, such as 1e999."""
    try:
        return orjson.loads(memoryview(text))
    except orjson.JSONDecodeError:
        raise BadRequest("The body is not valid JSON.") from None


def written(resource: dict[str, Any]) -> bytes:
    """The resource in one spelling, whatever the order of its keys. Raises BadRequest over 254 levels of nesting."""
    try:
        return orjson.dumps(resource, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        raise BadRequest("The body is nested too deep.") from None


def fingerprint(resource: dict[str, Any]) -> str:
    """The id that stands in where a resource has none and its sender names it in no other way."""
    return "no-id-" + hashlib.sha256(written(resource)).hexdigest()[:12]


class Entry(Struct):
    """``sent`` is the resource itself, or the text of the searchset whose entry number ``at`` it is; then ``view`` is
    there too. ``full_url`` is the name that other entries may call it by."""

    path: str
    sent: dict[str, Any] | Text
    full_url: str = ""
    view: resources.Resource | None = None
    at: int = 0

    @property
    def resource(self) -> dict[str, Any]:
        return self.sent.resource(self.at) if isinstance(self.sent, Text) else self.sent

    @property
    def kind(self) -> object:
        return self.resource.get("resourceType") if self.view is None else self.view.resource_type

    @property
    def own_id(self) -> object:
        return self.resource.get("id") if self.view is None else self.view.id
