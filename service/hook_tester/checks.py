"""One verdict per requirement that can be seen from outside: what was seen in, passed or failed with a reason out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from service.hook_tester import card_checks, discovery_checks
from service.hook_tester.ehr_client import Answer
from service.hook_tester.exchanges import Seen
from service.hook_tester.sample_patient import NOT_SELECTED

PASSED, FAILED, UNSEEN = "passed", "failed", "not seen"
LATE_SECONDS = 5.0
SLOW_SECONDS = 0.5
Check = Callable[[Seen], Iterable[str]]
"""Yields a sentence for each breach; a check with nothing to look at raises NotSeen."""

NotSeen = card_checks.NotSeen


@dataclass(frozen=True, slots=True)
class Outcome:
    id: str
    state: str
    said: str = ""


def judge(seen: Seen, *, closed: bool) -> list[Outcome]:
    """All checks, in the order of the requirements. ``closed`` says that the service asks for tokens."""
    found = []
    for ident, check in CHECKS.items():
        if ident in _CLOSED and not closed:
            found.append(Outcome(ident, UNSEEN, "the service was tried without authentication"))
            continue
        try:
            breaches = list(check(seen))
        except NotSeen as nothing:
            found.append(Outcome(ident, UNSEEN, str(nothing)))
            continue
        except (AttributeError, KeyError, TypeError):  # an object where a list belongs, and the like
            breaches = ["the answer has a shape in which this cannot be found"]
        found.append(Outcome(ident, FAILED if breaches else PASSED, "; ".join(dict.fromkeys(breaches))[:400]))
    return found


def _refused(answers: dict[str, Answer], *names: str, statuses: range = range(400, 500)) -> Iterator[str]:
    for name in names:
        if name not in answers:
            raise NotSeen("nothing was tried")
        if answers[name].status not in statuses:
            yield f"{name}: {answers[name].status}"


def _answered(seen: Seen, case: str, statuses: tuple[int, ...] = (200,)) -> Iterator[str]:
    if not seen.of(case):
        raise NotSeen("no service is offered")
    for service, answer in seen.of(case).items():
        if answer.status not in statuses:
            yield f"{service}: {answer.status}"


def _all_answers(seen: Seen) -> Iterator[Answer]:
    return (answer for answer in seen.answers if answer.status)


def _tr_01(seen: Seen) -> Iterator[str]:
    for answer in (seen.discovery, *seen.calls.values()):
        if answer.ok and answer.body is None:
            yield f"an answer of status {answer.status} is not JSON"


def _holes(value: Any, path: str, empty: tuple[Any, ...]) -> Iterator[str]:
    if any(value == hole and type(value) is type(hole) for hole in empty):
        yield path
    if isinstance(value, dict):
        for name, inner in value.items():
            if not (path == "" and name in ("services", "cards") and inner == []):
                yield from _holes(inner, f"{path}.{name}", empty)
    elif isinstance(value, list):
        for inner in value:
            yield from _holes(inner, f"{path}[]", empty)


def _no_holes(empty: tuple[Any, ...]) -> Check:
    def check(seen: Seen) -> Iterator[str]:
        for answer in _all_answers(seen):
            holes = _holes(answer.body, "", empty) if answer.body is not None else ()
            yield from (f"{json.dumps(empty[0])} or empty at {path or 'the root'}" for path in holes)

    return check


def _tr_06(seen: Seen) -> Iterator[str]:
    for answer in (seen.discovery, *seen.calls.values()):
        if answer.ok and not answer.media.startswith("application/json"):
            yield f"content type '{answer.media}'"


def _pd_01(seen: Seen) -> Iterator[str]:
    for case in ("none", "failed"):
        yield from _answered(seen, case, (200, 412))


def _rs_03(seen: Seen) -> Iterator[str]:
    for case in ("none", "failed", "failed entry"):
        for service, answer in seen.of(case).items():
            if answer.status not in (200, 412):
                yield f"{service}, {case}: {answer.status}"


def _rs_02(seen: Seen) -> Iterator[str]:
    for service, answer in seen.of("nobody").items():
        if answer.status == 200 and answer.cards != []:
            yield f"{service} speaks of a patient about whom there is nothing to say"


def _rs_01(seen: Seen) -> Iterator[str]:
    for answer in seen.calls.values():
        if answer.ok and (answer.status != 200 or not isinstance((answer.body or {}).get("cards"), list)):
            yield f"status {answer.status} without an array of cards"


def _rs_05(seen: Seen) -> Iterator[str]:
    for name, answer in seen.bad.items():
        kind = answer.body.get("resourceType") if isinstance(answer.body, dict) else None
        if answer.status >= 400 and kind != "OperationOutcome":
            yield f"{name}: no OperationOutcome"


def _rq_11(seen: Seen) -> Iterator[str]:
    for (service, case), answer in seen.calls.items():
        if case in ("full", "again") and answer.seconds > SLOW_SECONDS:
            yield f"{service}: {answer.seconds:.2f} s"


def _rq_18(seen: Seen) -> Iterator[str]:
    for service, first in seen.of("full").items():
        second = seen.of("again")[service]
        if [c.get("summary") for c in first.cards] != [c.get("summary") for c in second.cards]:
            yield f"{service}: the same request got other cards"


def _rq_17(seen: Seen) -> Iterator[str]:
    for answer in seen.of("nobody").values():
        if "hernia" in answer.text.lower():
            yield "an answer holds another patient's data"


def _fa_05(seen: Seen) -> Iterator[str]:
    if any("backstory-try-secret" in answer.text for answer in seen.answers):
        yield "the access token comes back in an answer"


def _rb_01(seen: Seen) -> Iterator[str]:
    for answer in _all_answers(seen):
        if answer.status >= 500:
            yield f"a {answer.status}"


def _rb_02(seen: Seen) -> Iterator[str]:
    for answer in seen.answers:
        if not answer.status or answer.seconds > LATE_SECONDS:
            yield answer.text if not answer.status else f"{answer.seconds:.1f} s"


def _in_01(seen: Seen) -> Iterator[str]:
    drafts = [s for s in seen.services if s.get("hook") in ("order-select", "order-sign")]
    if not drafts:
        raise NotSeen("no order hook is offered")
    for service in drafts:
        answer = seen.calls.get((service["id"], "full"))
        if answer is not None and answer.status != 200:
            yield f"{service['id']}: {answer.status}"


def _pd_06(seen: Seen) -> Iterator[str]:
    """A first page only: refuse, or let some card say so when there are cards."""
    yield from _answered(seen, "first page", (200, 412))


def _hook(hook: str) -> Check:
    def check(seen: Seen) -> Iterator[str]:
        offered = [s for s in seen.services if s.get("hook") == hook]
        if not offered:
            raise NotSeen(f"{hook} is not offered")
        for service in offered:
            answer = seen.calls.get((service["id"], "full"))
            if answer is not None and answer.status != 200:
                yield f"{service['id']}: {answer.status}"

    return check


def _hk_02(seen: Seen) -> Iterator[str]:
    yield from _hook("order-select")(seen)
    for service in seen.services:
        if service.get("hook") == "order-select":
            answer = seen.calls[service["id"], "full"]
            if NOT_SELECTED in answer.text:
                yield "speaks of an order that is not selected"


def _co_02(seen: Seen) -> Iterator[str]:
    if seen.cors is None:
        raise NotSeen("nothing was tried")
    headers = {name.lower(): value for name, value in (seen.cors.headers or {}).items()}
    allowed = headers.get("access-control-allow-origin", "")
    if allowed and headers.get("access-control-allow-credentials") == "true":
        yield f"an unknown origin is allowed ({allowed}) with credentials"


def _se_11(seen: Seen) -> Iterator[str]:
    telling = ("expired", "signature", "kid", "issuer")
    for name, answer in seen.security.items():
        if answer.status == 401 and any(word in answer.text.lower() for word in telling):
            yield f"{name}: the 401 tells why"


CHECKS: dict[str, Check] = {
    "TR-01": _tr_01,
    "TR-02": _no_holes((None,)),
    "TR-03": _no_holes(("", [], {})),
    "TR-06": _tr_06,
    "TR-07": _tr_01,
    **discovery_checks.CHECKS,
    "RQ-01": lambda seen: _answered(seen, "full"),
    "RQ-02": lambda seen: _refused(seen.bad, "hook is missing", "another hook"),
    "RQ-03": lambda seen: [
        *_refused(seen.bad, "hookInstance is missing", "hookInstance is null", "hookInstance is a number"),
        *_refused(seen.bad, "hookInstance is no UUID", statuses=range(200, 500)),
    ],
    "RQ-04": lambda seen: _answered(seen, "token without server", (200, 400, 412)),
    "RQ-07": lambda seen: _refused(seen.bad, "context is missing", "context is a list", "patientId is missing"),
    "RQ-08": lambda seen: _answered(seen, "none", (200, 412)),
    "RQ-09": lambda seen: _answered(seen, "extended"),
    "RQ-10": lambda seen: _refused(
        seen.bad, "not JSON", "JSON with a comment", "a list", "a string", "null", "an empty body"
    ),
    "RQ-11": _rq_11,
    "RQ-12": lambda seen: _answered(seen, "role"),
    "RQ-13": lambda seen: [
        *_refused(seen.bad, "charset", statuses=range(200, 201)),
        *_refused(seen.bad, "another content type"),
    ],
    "RQ-14": lambda seen: _refused(seen.bad, "unknown id"),
    "RQ-15": lambda seen: _refused(seen.bad, "GET", "PUT", "DELETE"),
    "RQ-16": lambda seen: _refused(seen.bad, "30 MB", "deep nesting"),
    "RQ-17": _rq_17,
    "RQ-18": _rq_18,
    "PD-01": _pd_01,
    "PD-02": lambda seen: _answered(seen, "nulls"),
    "PD-03": lambda seen: _answered(seen, "failed entry", (200, 412)),
    "PD-04": lambda seen: _answered(seen, "partial", (200, 412)),
    "PD-06": _pd_06,
    "PD-07": lambda seen: [*_answered(seen, "nobody"), *_answered(seen, "empty")],
    "PD-08": lambda seen: _answered(seen, "more keys"),
    "PD-11": lambda seen: _answered(seen, "bare bundles"),
    "PD-12": lambda seen: _answered(seen, "odd", (200, 400, 412)),
    "FA-05": _fa_05,
    "RS-01": _rs_01,
    "RS-02": _rs_02,
    "RS-03": _rs_03,
    "RS-05": _rs_05,
    **card_checks.CHECKS,
    "FB-01": lambda seen: _refused(seen.feedback, "good", statuses=range(200, 300)),
    "FB-02": lambda seen: _refused(seen.feedback, "good", statuses=range(200, 300)),
    "FB-03": lambda seen: _refused(seen.feedback, "repeated", "several", statuses=range(200, 300)),
    "FB-04": lambda seen: [
        *_refused(seen.feedback, "bad: a list", "bad: no card", "bad: no outcome", "bad: not JSON"),
        *_refused(seen.feedback, "reason without display", statuses=range(200, 300)),
    ],
    "FB-05": lambda seen: [
        *_refused(seen.feedback, "unknown service"),
        *_refused(seen.feedback, "unknown card", statuses=range(200, 300)),
    ],
    "DI-15": lambda seen: _refused(seen.security, "discovery", statuses=range(401, 402)),
    "SE-01": lambda seen: _refused(seen.security, "no token", statuses=range(401, 402)),
    "SE-02": lambda seen: _refused(seen.security, "alg none", statuses=range(401, 402)),
    "SE-03": lambda seen: _refused(seen.security, "HS256", statuses=range(401, 402)),
    "SE-04": lambda seen: _refused(seen.security, "nonsense", statuses=range(401, 402)),
    "SE-11": _se_11,
    "CO-02": _co_02,
    "RB-01": _rb_01,
    "RB-02": _rb_02,
    "IN-01": _in_01,
    "HK-01": _hook("patient-view"),
    "HK-02": _hk_02,
    "HK-03": _hook("order-sign"),
    "HK-05": _hook("encounter-start"),
    "HK-07": _hook("problem-list-item-create"),
}
_CLOSED = frozenset({"DI-15", "SE-01", "SE-02", "SE-03", "SE-04", "SE-11"})
