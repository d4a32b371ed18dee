"""Real charts bent out of shape: an invented patient in; a request that any sender might send out."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

import orjson

from tests.demo import ehr
from tests.patients import build
from tests.web.calls import today

LONG = "x" * 40_000
DEEP: Any = "end"
for _ in range(45):
    DEEP = {"extension": [DEEP]}

STRANGE: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**18, -(10**18), 1e300, "", " ", "\n", "\x00", "null", "NaN", "-", "/", "#", "?",
    [], {}, [[]], [{}], [None], {"": None}, {"a": {"b": []}}, [1, "a", None, {}], LONG, DEEP,
    "é", "e\u0301", "İ", "ſ", "ﬁ", "\u202etxet", "\ufeff", "\U0001f9b4", "١٢", "²", "½", "\u2028", "a\u0000b",
    "0000-00-00", "0001-01-01", "9999-12-31", "9999-12-31T23:59:60+14:00", "2024-02-30", "2024-13", "2024-W01-1",
    "20240101", "2024-1-1", "24", "-2024", "2024-01-01T25:00:00Z", "2024-01-01T10:00", "2024-01-01 10:00:00",
    "2024-01-01T00:00:00.123456789123Z", "2024-06-31T00:00:00-99:99", "tomorrow",
    "Patient/", "/", "Patient/a/b", "Patient/x/_history/1", "urn:uuid:", "urn:uuid:1", "#", "#x", "http://[::1",
    "Patient?", "http://x/y" * 50, "Condition/Condition/Condition", "L4-L5", "L5/L4", "L9-S9", "left right",
    "no no no pain",
    "http://snomed.info/sct", "http://hl7.org/fhir/sid/icd-10-cm", "M54.16", "entered-in-error", "completed", "active",
    "Bundle", "Patient", "OperationOutcome", "Observation", "Parameters", "<script>", "{level}", "%s%n", "${x}", "\\",
    {"reference": "#"}, {"reference": "#self"}, {"reference": None}, {"reference": {"reference": "x"}},
    {"coding": None}, {"coding": [None]}, {"coding": [{"system": None, "code": None}]}, {"coding": {"code": "x"}},
    {"coding": [{"system": "http://snomed.info/sct", "code": 84020006}]}, {"text": ["low back pain"]},
    {"start": "2024-01-01", "end": "2020-01-01"}, {"start": None}, {"value": "5", "unit": 5},
    {"value": 1e308, "unit": "mg/L"},
    {"value": -0.0, "unit": "mg/L", "code": "mg/L", "system": "http://unitsofmeasure.org"},
    {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Bundle", "entry": []}}]},
    {"resourceType": "OperationOutcome", "issue": "x"}, {"resourceType": ["Patient"]}, {"resourceType": "patient"},
)  # fmt: skip

VIEW, SELECT, SIGN = (f"/cds-services/fbss-{name}" for name in ("patient-view", "order-select", "order-sign"))
DAYS = ("2026-03-02", "0001-01-01", "9999-12-31", "1900-02-28", "2026-02-30", "x", "")


def case(seed: int, prefetch: dict[str, str]) -> tuple[str, bytes]:
    """The request of one number: always the same address and body for the same number on the same day."""
    dice = Random(seed)
    patient = build.load(dice.choice(_NAMES))
    door = dice.choice((_view, _view, _order, _explain, _explain, _evaluate, _apply, _feedback))
    address, payload = door(patient, dice, prefetch)
    for _ in range(dice.choice((1, 1, 2, 3, 6, 15))):
        payload = _bent(payload, dice)
    return address, _torn(orjson.dumps(payload), dice)


_NAMES = build.names()


def _view(patient, dice, prefetch):
    return VIEW, copy.deepcopy(ehr.request(patient.name, build.chart(patient, today()), prefetch))


def _order(patient, dice, prefetch):
    address, call = dice.choice((SELECT, SIGN)), _view(patient, dice, prefetch)[1]
    order = {
        "resourceType": "ServiceRequest", "id": "draft", "status": "draft", "intent": "order",
        "subject": {"reference": f"Patient/{patient.name}"}, "code": {"text": "MRI lumbar spine without contrast"},
    }  # fmt: skip
    call["hook"] = address.removeprefix("/cds-services/fbss-")
    call["context"] |= {
        "selections": ["ServiceRequest/draft"],
        "draftOrders": {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": order}]},
    }
    return address, call


def _explain(patient, dice, prefetch):
    return f"/explain?asOf={dice.choice(DAYS[:4])}", copy.deepcopy(build.bundle(patient))


def _evaluate(patient, dice, prefetch):
    return f"/fhir/$evaluate-fbss?asOf={dice.choice(DAYS)}", copy.deepcopy(build.bundle(patient))


def _apply(patient, dice, prefetch):
    given = [
        {"name": "subject", "valueString": f"Patient/{patient.name}"},
        {"name": "data", "resource": copy.deepcopy(build.bundle(patient))},
    ]
    return "/fhir/PlanDefinition/backstory-fbss/$apply", {"resourceType": "Parameters", "parameter": given}


def _feedback(patient, dice, prefetch):
    reason = {"reason": {"system": "https://backstory.example", "code": "other"}, "userComment": "no"}
    report = {"card": "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "outcome": "overridden", "overrideReason": reason}
    return f"{VIEW}/feedback", {"feedback": [report, dict(report, outcome="accepted")]}


def _bent(payload: Any, dice: Random) -> Any:
    """One edit somewhere, as often deep inside as near the top."""
    places = _places(payload)
    if not places:
        return dice.choice(STRANGE)
    held, key = dice.choice(places)
    edit = dice.choice(_EDITS)
    edit(held, key, places, dice)
    return payload


def _places(payload: Any) -> list[tuple[Any, Any]]:
    """Every object and list of the request with each of its keys."""
    found: list[tuple[Any, Any]] = []
    left = [payload]
    while left:
        held = left.pop()
        for key, inner in held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ():
            found.append((held, key))
            if isinstance(inner, dict | list):
                left.append(inner)
    return found


def _replace(held, key, places, dice):
    held[key] = copy.deepcopy(dice.choice(STRANGE))


def _drop(held, key, places, dice):
    del held[key]


def _wrap(held, key, places, dice):
    held[key] = dice.choice(([held[key]], {"value": held[key]}, {"resource": held[key]}, [[held[key]], None]))


def _repeat(held, key, places, dice):
    if isinstance(held, list):
        held.extend(copy.deepcopy(held[key]) for _ in range(dice.choice((1, 2, 30))))
    else:
        held[key] = [held[key]] * dice.choice((2, 200))


def _swap(held, key, places, dice):
    """Another part of the same request, so that types are right and places wrong: duplicate ids, crossed references."""
    other, name = dice.choice(places)
    held[key] = copy.deepcopy(other[name])


def _rename(held, key, places, dice):
    if isinstance(held, dict):
        names = ("", "id", "resourceType", "_" + key, key.upper(), key + "[x]", "contained", "extension")
        held[dice.choice(names)] = held.pop(key)


def _contain(held, key, places, dice):
    """Resources inside resources that refer to themselves and to each other in a circle."""
    if isinstance(held[key], dict):
        loop = [
            {"resourceType": "Observation", "id": "self", "hasMember": [{"reference": "#other"}], "status": "final"},
            {"resourceType": dice.choice(("Condition", "Bundle", "Observation", "Medication", [])), "id": "other",
             "subject": {"reference": "#self"}, "contained": [{"resourceType": "Observation", "id": "other"}]},
        ]  # fmt: skip
        held[key] |= {"contained": loop, "subject": {"reference": "#self"}, "result": [{"reference": "#self"}]}


def _stretch(held, key, places, dice):
    if isinstance(held[key], str):
        held[key] = held[key] * dice.choice((2, 100)) + dice.choice(("", "\u0301" * 50, "\x00", " or no", "?"))


_EDITS = (_replace, _replace, _replace, _drop, _wrap, _repeat, _swap, _swap, _rename, _contain, _stretch)


def _torn(body: bytes, dice: Random) -> bytes:
    """Now and then the bytes themselves: cut short, a byte changed, numbers and escapes that JSON does not know."""
    kind = dice.randrange(40)
    if kind == 0:
        return body[: dice.randrange(len(body) + 1)]
    if kind == 1 and body:
        at = dice.randrange(len(body))
        return body[:at] + bytes([dice.randrange(256)]) + body[at + 1 :]
    if kind == 2:
        wrong = (b'"\\ud800"', b"NaN", b'"status":Infinity,"x"', b'"a":1e400,"x"')
        return body.replace(b'"status"', dice.choice(wrong), 1)
    if kind == 3:
        return dice.choice((b"\xef\xbb\xbf", b"\x00", b" ", b"[" * 70)) + body
    return body
