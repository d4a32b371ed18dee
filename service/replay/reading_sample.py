"""Charts for people to read: an opening's visible entries in, the lines of a page without name or verdict out.

Which openings are drawn depends on the key alone, never on the order of the work, so that a run that was broken off
draws the same.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from typing import Any

from service.replay.buckets import MERGED
from service.replay.pseudonyms import pseudonym

SIZE = 50
QUIET = "no card"
"""Openings after surgery without a card, drawn beside those with one so that a page does not tell which it is."""

_DATES = ("recordedDate", "onsetDateTime", "performedDateTime", "issued", "effectiveDateTime", "started", "authoredOn",
          "authored", "date")  # fmt: skip
_LONGEST = 4_000
_MOST_LINES = 250


def missed(outcome: str) -> str:
    """Under this name the last opening before an emergency is drawn of which nothing had been said."""
    return f"missed: {outcome}"


def rank(key: bytes, rule: str, patient: str) -> str:
    """The smallest of these are drawn: one opening for each patient and rule."""
    return pseudonym(key, f"sample {rule} {patient}")


class Drawn:
    """The candidates of one bucket: for each rule the patients with the smallest ranks, each at the first opening."""

    def __init__(self, key: bytes, size: int = SIZE) -> None:
        self._key, self._size = key, size
        self._held: dict[str, dict[str, dict[str, Any]]] = {}

    def offer(self, rule: str, patient: str, at: float, visible: Sequence[dict[str, Any]]) -> None:
        held, drawn = self._held.setdefault(rule, {}), rank(self._key, rule, patient)
        if drawn in held or (len(held) >= self._size and drawn > max(held)):
            return
        held[drawn] = {
            "rule": rule, "rank": drawn, "patient": pseudonym(self._key, patient), "at": at, "lines": page(visible),
        }  # fmt: skip
        if len(held) > self._size:
            del held[max(held)]

    def rows(self) -> list[dict[str, Any]]:
        return [held[drawn] for _, held in sorted(self._held.items()) for drawn in sorted(held)]


def page(visible: Iterable[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Day, kind and words of every entry, latest first."""
    found = []
    for raw in visible:
        kind = str(raw.get("resourceType"))
        words = _words(raw)
        if words and kind not in ("Medication", MERGED):
            found.append((_day(raw), kind, words[:_LONGEST]))
    return sorted(found, reverse=True)[:_MOST_LINES]


def _day(raw: dict[str, Any]) -> str:
    for name in _DATES:
        if isinstance(told := raw.get(name), str):
            return told[:10]
    for name in ("performedPeriod", "effectivePeriod", "period"):
        held = raw.get(name)
        if isinstance(held, dict) and isinstance(held.get("start"), str):
            return str(held["start"])[:10]
    return ""


def _words(raw: dict[str, Any]) -> str:
    if raw.get("resourceType") == "Patient":
        return f"{raw.get('gender') or 'sex unknown'}, born {str(raw.get('birthDate') or 'unknown')[:4]}"
    parts = [_concept(raw.get(name)) for name in ("code", "medicationCodeableConcept", "type", "vaccineCode")]
    parts += [
        _concept(each) for name in ("type", "bodySite", "reasonCode", "conclusionCode") for each in _list(raw, name)
    ]
    parts.append(_concept(raw.get("bodySite")))
    parts.append(_value(raw))
    parts += [str(raw[name]) for name in ("description", "conclusion") if isinstance(raw.get(name), str)]
    parts += [str(each["text"]) for each in _list(raw, "note") if isinstance(each, dict) and each.get("text")]
    parts += [_attached(each) for each in _list(raw, "presentedForm")]
    status = _concept(raw.get("clinicalStatus")) or raw.get("status")
    parts.append(f"[{status}]" if isinstance(status, str) and status not in ("final", "completed", "finished") else "")
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _concept(held: object) -> str:
    if not isinstance(held, dict):
        return ""
    first = next((each for each in _list(held, "coding") if isinstance(each, dict)), {})
    told = str(held.get("text") or first.get("display") or "")
    code = str(first.get("code") or "")
    return f"{told} ({code})" if told and code and told != code else told or code


def _value(raw: dict[str, Any]) -> str:
    held = raw.get("valueQuantity")
    if isinstance(held, dict):
        return f"{held.get('value')} {held.get('unit') or ''}".strip()
    if told := _concept(raw.get("valueCodeableConcept")):
        return told
    return next((str(raw[name]) for name in ("valueString", "valueBoolean", "valueInteger") if name in raw), "")


def _attached(form: object) -> str:
    if not isinstance(form, dict) or not isinstance(form.get("data"), str):
        return ""
    if not str(form.get("contentType", "")).startswith("text/"):
        return f"(attachment: {form.get('contentType')})"
    try:
        return base64.b64decode(form["data"]).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _list(held: dict[str, Any], name: str) -> list[Any]:
    told = held.get(name)
    return told if isinstance(told, list) else []
