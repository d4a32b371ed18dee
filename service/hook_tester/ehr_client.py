"""An EHR as a CDS Hooks client: discovers, fills templates from a chart, signs, calls and sends feedback."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import httpx
import orjson

Token = Callable[[str], str]
"""From the URL that is called (the audience) to a signed JWT."""

_PLACE = re.compile(r"\{\{\s*([^}]+?)\s*\}\}")
_READ = re.compile(r"([A-Z][A-Za-z]+)/([A-Za-z0-9.\-]{1,64})")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``body`` is None when it was not JSON, ``status`` 0 when nothing came back at all."""

    status: int
    media: str = ""
    body: Any = None
    seconds: float = 0.0
    headers: Mapping[str, str] | None = None
    text: str = ""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def cards(self) -> list[Any]:
        cards = self.body.get("cards") if isinstance(self.body, dict) and self.status == 200 else None
        return cards if isinstance(cards, list) else []


@dataclass
class Ehr:
    """One client of one CDS service server."""

    base: str
    http: httpx.Client
    token: Token | None = None

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        raw: bytes | None = None,
        media: str = "application/json",
        headers: Mapping[str, str] | None = None,
        signed: bool = True,
    ) -> Answer:
        url = f"{self.base.rstrip('/')}{path}"
        sent = dict(headers or {})
        if self.token and signed:
            sent["Authorization"] = f"Bearer {self.token(url)}"
        content = raw if raw is not None else orjson.dumps(body) if body is not None else None
        if content is not None:
            sent.setdefault("Content-Type", media)
        began = time.perf_counter()
        try:
            answer = self.http.request(method, url, content=content, headers=sent)
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            return Answer(0, text=type(problem).__name__, seconds=time.perf_counter() - began)
        return _read(answer, time.perf_counter() - began)

    def discover(self) -> Answer:
        return self.send("GET", "/cds-services")

    def call(self, ident: str, request: Mapping[str, Any]) -> Answer:
        return self.send("POST", f"/cds-services/{ident}", request)

    def feedback(self, ident: str, report: Any) -> Answer:
        return self.send("POST", f"/cds-services/{ident}/feedback", report)


def connect(timeout: float) -> httpx.Client:
    """One connection pool that waits no longer than ``timeout`` seconds for an answer, and follows no redirect."""
    return httpx.Client(timeout=timeout)


def _read(answer: httpx.Response, seconds: float) -> Answer:
    try:
        body = orjson.loads(answer.content) if answer.content else None
    except orjson.JSONDecodeError:
        body = None
    media = answer.headers.get("content-type", "")
    return Answer(answer.status_code, media, body, seconds, dict(answer.headers), answer.text)


def request(hook: str, context: Mapping[str, Any], prefetch: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A hook request with a fresh instance."""
    made: dict[str, Any] = {"hook": hook, "hookInstance": str(uuid.uuid4()), "context": dict(context)}
    if prefetch is not None:
        made["prefetch"] = dict(prefetch)
    return made


def prefetch(
    templates: Mapping[str, str], context: Mapping[str, Any], chart: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Answer each template from a chart, as an EHR would: a resource or null for a read, a searchset for a search."""
    held = list(chart)
    return {key: _answer(fill(str(template), context), held) for key, template in templates.items()}


def fill(template: str, context: Mapping[str, Any]) -> str:
    """Put the context into the tokens of a template."""

    def value(place: re.Match[str]) -> str:
        name = place[1]
        if name.startswith("context."):
            return str(context.get(name.removeprefix("context."), ""))
        kind, _, ident = str(context.get("userId", "")).partition("/")
        return ident if name == f"user{kind}Id" else ""

    return _PLACE.sub(value, template)


def _answer(query: str, chart: list[Mapping[str, Any]]) -> Any:
    if read := _READ.fullmatch(query):
        return next((r for r in chart if r.get("resourceType") == read[1] and r.get("id") == read[2]), None)
    kind, _, parameters = query.partition("?")
    wanted = dict(parse_qsl(parameters))
    whose = wanted.get("patient", "").removeprefix("Patient/")
    found = [r for r in chart if r.get("resourceType") == kind and _about(r) in ("", whose)]
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": len(found),
        **({"entry": [{"resource": resource} for resource in found]} if found else {}),
    }


def _about(resource: Mapping[str, Any]) -> str:
    held = resource.get("subject") or resource.get("patient") or {}
    return str(held.get("reference", "")).removeprefix("Patient/")


def feedback_on(card: Mapping[str, Any], when: str) -> dict[str, Any]:
    """An entry of a feedback report: the first suggestion taken if there is one, else overridden with a reason."""
    entry: dict[str, Any] = {"card": card.get("uuid"), "outcomeTimestamp": when}
    suggestions = card.get("suggestions") or []
    if suggestions:
        return {**entry, "outcome": "accepted", "acceptedSuggestions": [{"id": suggestions[0].get("uuid")}]}
    reasons = card.get("overrideReasons") or []
    reason = {name: reasons[0][name] for name in ("code", "system") if name in reasons[0]} if reasons else None
    return {**entry, "outcome": "overridden", **({"overrideReason": {"reason": reason}} if reason else {})}
