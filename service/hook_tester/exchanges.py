"""What can be seen of a CDS Hooks service from outside: an EHR in; its discovery and the answers to every try out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from service.hook_tester.ehr_client import Answer, Ehr, feedback_on, prefetch, request
from service.hook_tester.sample_patient import chart, context, other_chart

WHEN = "2026-01-15T12:00:00Z"
FOREIGN_ORIGIN = "https://not-on-any-list.invalid"
_FAILED = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "exception"}]}
_FAILED_ENTRY = {"resourceType": "Bundle", "entry": [{"resource": _FAILED, "search": {"mode": "outcome"}}]}
_DEPTH = 5_000


@dataclass
class Seen:
    """Answers by what was tried: ``calls`` by service and case, ``bad`` by mistake, ``feedback`` by report."""

    discovery: Answer
    again: Answer
    calls: dict[tuple[str, str], Answer] = field(default_factory=dict)
    bad: dict[str, Answer] = field(default_factory=dict)
    feedback: dict[str, Answer] = field(default_factory=dict)
    security: dict[str, Answer] = field(default_factory=dict)
    cors: Answer | None = None
    drafts: frozenset[str] = frozenset()

    @property
    def services(self) -> list[dict[str, Any]]:
        held = self.discovery.body.get("services") if isinstance(self.discovery.body, dict) else None
        return [each for each in held if isinstance(each, dict)] if isinstance(held, list) else []

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [card for answer in self.calls.values() for card in answer.cards if isinstance(card, dict)]

    @property
    def suggestions(self) -> list[dict[str, Any]]:
        return [each for card in self.cards for each in card.get("suggestions") or () if isinstance(each, dict)]

    @property
    def actions(self) -> list[dict[str, Any]]:
        return [
            each
            for suggestion in self.suggestions
            for each in suggestion.get("actions") or ()
            if isinstance(each, dict)
        ]

    @property
    def answers(self) -> Iterator[Answer]:
        yield from (self.discovery, self.again)
        for table in (self.calls, self.bad, self.feedback, self.security):
            yield from table.values()

    def of(self, case: str) -> dict[str, Answer]:
        return {service: answer for (service, tried), answer in self.calls.items() if tried == case}


def look(ehr: Ehr, today: date, hooks: tuple[str, ...] = ()) -> Seen:
    """Try everything once. A service that answers badly never stops the look; ``hooks`` narrows it."""
    seen = Seen(ehr.discover(), ehr.discover())
    offered = [s for s in seen.services if isinstance(s.get("id"), str) and (not hooks or s.get("hook") in hooks)]
    for service in offered:
        for case, body in _cases(service, today):
            seen.calls[service["id"], case] = ehr.call(service["id"], body)
    if offered:
        first = offered[0]
        seen.bad.update(_mistakes(ehr, first, today))
        seen.feedback.update(_reports(ehr, first["id"], seen))
        seen.security.update(_unsigned(ehr, first, today))
        preflight = {
            "Origin": FOREIGN_ORIGIN,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization, content-type",
        }
        seen.cors = ehr.send("OPTIONS", f"/cds-services/{first['id']}", headers=preflight, signed=False)
    return seen


def whole(service: Mapping[str, Any], today: date) -> dict[str, Any]:
    """A call with everything that the service asked for."""
    about = context(str(service.get("hook")))
    return request(str(service.get("hook")), about, prefetch(service.get("prefetch") or {}, about, chart(today)))


def _cases(service: Mapping[str, Any], today: date) -> Iterator[tuple[str, dict[str, Any]]]:
    hook, about = str(service.get("hook")), context(str(service.get("hook")))
    templates: Mapping[str, str] = service.get("prefetch") or {}
    full = prefetch(templates, about, chart(today))
    yield "full", request(hook, about, full)
    yield "again", request(hook, about, full)
    yield "nobody", request(hook, about, prefetch(templates, about, other_chart()))
    yield "nulls", request(hook, about, dict.fromkeys(templates))
    yield "empty", request(hook, about, prefetch(templates, about, other_chart()[:1]))
    yield "none", request(hook, about)
    yield "failed", request(hook, about, dict.fromkeys(templates, _FAILED))
    yield "failed entry", request(hook, about, dict.fromkeys(templates, _FAILED_ENTRY))
    yield "partial", request(hook, about, dict(list(full.items())[: max(1, len(full) // 2)]))
    yield "odd", request(hook, about, dict(zip(templates, _odd(), strict=False)))
    yield "bare bundles", request(hook, about, {key: _bare(value) for key, value in full.items()})
    yield "first page", request(hook, about, {key: _paged(value) for key, value in full.items()})
    yield "more keys", request(hook, about, {**full, "notAskedFor": {"resourceType": "Patient", "id": "x"}})
    yield "extended", {**request(hook, about, full), "extension": {"com.example.note": "x"}, "unheardOf": {"a": 1}}
    yield "role", request(hook, {**about, "userId": "PractitionerRole/x"}, full)
    yield "no encounter", request(hook, {k: v for k, v in about.items() if k != "encounterId"}, full)
    yield "server without token", {**request(hook, about, full), "fhirServer": "https://fhir.example.invalid/r4"}
    yield "token without server", {**request(hook, about, full), "fhirAuthorization": _authorization()}


def _authorization() -> dict[str, Any]:
    return {
        "access_token": "backstory-try-secret",
        "token_type": "Bearer",
        "expires_in": 300,
        "scope": "patient/*.read",
        "subject": "backstory",
    }


def _odd() -> Iterator[Any]:
    while True:
        yield from ("text", 7, [], True, {"resourceType": 3}, {"resourceType": "Bundle", "entry": {"a": 1}}, {})


def _bare(value: Any) -> Any:
    if isinstance(value, dict) and value.get("resourceType") == "Bundle":
        return {name: held for name, held in value.items() if name in ("resourceType", "entry")}
    return value


def _paged(value: Any) -> Any:
    if isinstance(value, dict) and value.get("resourceType") == "Bundle":
        return {**value, "link": [{"relation": "next", "url": "https://fhir.example.invalid/r4?page=2"}]}
    return value


def _mistakes(ehr: Ehr, service: Mapping[str, Any], today: date) -> Iterator[tuple[str, Answer]]:
    ident, good = service["id"], whole(service, today)
    path = f"/cds-services/{ident}"

    def without(*names: str) -> dict[str, Any]:
        return {name: value for name, value in good.items() if name not in names}

    def post(body: Any = None, raw: bytes | None = None, media: str = "application/json") -> Answer:
        return ehr.send("POST", path, body, raw=raw, media=media)

    yield "hook is missing", post(without("hook"))
    yield "another hook", post({**good, "hook": "medication-refill"})
    yield "hookInstance is missing", post(without("hookInstance"))
    yield "hookInstance is null", post({**good, "hookInstance": None})
    yield "hookInstance is a number", post({**good, "hookInstance": 7})
    yield "hookInstance is no UUID", post({**good, "hookInstance": "visit 7"})
    yield "context is missing", post(without("context"))
    yield "context is a list", post({**good, "context": []})
    yield "patientId is missing", post({**good, "context": {"userId": "Practitioner/x"}})
    yield "not JSON", post(raw=b"{nonsense")
    yield "JSON with a comment", post(raw=b'{"hook": "x"} // comment')
    yield "a list", post([good])
    yield "a string", post("text")
    yield "null", post(raw=b"null")
    yield "an empty body", post(raw=b"")
    yield "deep nesting", post(raw=b"[" * _DEPTH + b"]" * _DEPTH)
    yield "another content type", post(good, media="text/plain")
    yield "charset", post(good, media="application/json; charset=utf-8")
    yield "unknown id", ehr.send("POST", "/cds-services/no-such-service-here", good)
    for method in ("GET", "PUT", "DELETE"):
        yield method, ehr.send(method, path)
    padded = b" " * 30_000_000
    yield "30 MB", post(raw=padded)


def _reports(ehr: Ehr, ident: str, seen: Seen) -> Iterator[tuple[str, Answer]]:
    card = next((c for c in seen.cards if c.get("uuid")), {"uuid": "c8f8e9b0-58fb-45ab-9f2f-b2d1a2cb1cbe"})
    good = {"feedback": [feedback_on(card, WHEN)]}
    overridden = {"card": card["uuid"], "outcome": "overridden", "outcomeTimestamp": WHEN}
    yield "good", ehr.feedback(ident, good)
    yield "repeated", ehr.feedback(ident, good)
    yield "several", ehr.feedback(ident, {"feedback": [overridden, *good["feedback"]]})
    reason = {"reason": {"code": "x", "system": "https://example.org"}, "userComment": "text"}
    yield "reason without display", ehr.feedback(ident, {"feedback": [{**overridden, "overrideReason": reason}]})
    foreign = {**overridden, "card": "0d0e9c0c-8f4e-4a53-8a33-0b8c52b4e1a1"}
    yield "unknown card", ehr.feedback(ident, {"feedback": [foreign]})
    yield "bad: a list", ehr.feedback(ident, [1])
    yield "bad: no card", ehr.feedback(ident, {"feedback": [{"outcome": "accepted"}]})
    yield "bad: no outcome", ehr.feedback(ident, {"feedback": [{"card": card["uuid"]}]})
    yield "bad: not JSON", ehr.send("POST", f"/cds-services/{ident}/feedback", raw=b"{")
    yield "unknown service", ehr.feedback("no-such-service-here", good)


_NONE = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJpc3MiOiJ4IiwiYXVkIjoieCIsImV4cCI6NDEwMjQ0NDgwMH0."
_HS256 = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjEifQ.eyJpc3MiOiJ4IiwiYXVkIjoieCIsImV4cCI6NDEwMjQ0NDgwMH0."
    "c2lnbmF0dXJl"
)


def _unsigned(ehr: Ehr, service: Mapping[str, Any], today: date) -> Iterator[tuple[str, Answer]]:
    """Calls that a closed service must refuse; an open one answers them, and the checks on them are not run."""
    path, body = f"/cds-services/{service['id']}", whole(service, today)
    headers = {
        "no token": {},
        "alg none": {"Authorization": f"Bearer {_NONE}"},
        "HS256": {"Authorization": f"Bearer {_HS256}"},
        "nonsense": {"Authorization": "Bearer x"},
    }
    for name, header in headers.items():
        yield name, ehr.send("POST", path, body, headers=header, signed=False)
    yield "discovery", ehr.send("GET", "/cds-services", signed=False)
