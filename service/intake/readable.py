"""One resource in, its typed view out, with what could not be read of it left out and named: unreadable is not nothing.

What is left out is the smallest part that keeps the meaning of the rest: a note, a code, a date; of a measured value
all of it, for a number without its sign or unit is another number. A resource is refused only where the part that
cannot be read decides whether it counts at all, whose it is, or what it says of its own code.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from service.domain.statements import Skipped
from service.fhir import resources
from service.intake.resource_kinds import Kind

_MOST_REPAIRS = 40
"""Of one resource: each costs another look at all of it."""

_TIMES_BEFORE_ALL = 3
"""An element that fails again and again is left out as a whole."""

_DECIDING = frozenset({"status", "docStatus", "verificationStatus", "intent", "subject", "patient"})
_CODED_STATUS = frozenset({"clinicalStatus", "verificationStatus"})
_QUANTITIES = frozenset({"valueQuantity", "onsetAge"})
_STEP = re.compile(r"\.([A-Za-z0-9_]+)|\[(\d+)\]")
_NUMBER = re.compile(r"\s*-?\d{1,12}(\.\d{1,12})?\s*\Z")
_NAMES = {
    "int | float": "a number",
    "str": "a string",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "object": "an object",
    "array": "a list",
    "null": "null",
}

Where = tuple[str | int, ...]


def view(raw: dict[str, Any], kind: Kind, path: str, skipped: list[Skipped]) -> resources.Resource | None:
    """The view of a resource whose element names are known good; ``None`` when what decides cannot be read.

    Every part that was left out, or read although it was written in another shape, is added to ``skipped``.
    """
    failures: dict[str | int, int] = {}
    for _ in range(_MOST_REPAIRS):
        try:
            return msgspec.convert(raw, kind.view, strict=True)
        except msgspec.ValidationError as problem:
            what, where = _told(str(problem))
            if not where:
                skipped.append(Skipped(path, what))
                return None
            held = _at(raw, where)
            if (meant := _meant(held, where, what)) is not None:
                skipped.append(Skipped(path + _written(where), f"{what}; read as what it must mean"))
                raw = _with(raw, where, meant)
                continue
            if _only_extension(held):
                what = "no value, only an extension that says why"
            skipped.append(Skipped(path + _written(where), what))
            failures[where[0]] = failures.get(where[0], 0) + 1
            cut = where[:1] if failures[where[0]] > _TIMES_BEFORE_ALL else _smallest(where)
            if not cut or (cut[0] in _DECIDING and not (len(cut) == 1 and _only_extension(held))):
                return None
            raw = _with(raw, cut, None)
    skipped.append(Skipped(path, "more of it is unreadable than is worth mending"))
    return None


def _told(message: str) -> tuple[str, Where]:
    """What was expected, in plain words, and where: from the library's message, which never holds a value."""
    what, _, where = message.partition(" - at `$")
    what = what.replace(" | null", "")
    for name, plain in _NAMES.items():
        what = what.replace(f"`{name}`", plain)
    what = what.replace("`", "").replace("Object missing required field", "Missing field")
    steps = tuple(name or int(at) for name, at in _STEP.findall(where))
    return what[0].lower() + what[1:], steps


def _written(where: Where) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in where)


def _at(raw: Any, where: Where) -> Any:
    for step in where:
        raw = raw[step]
    return raw


def _only_extension(held: object) -> bool:
    """How some senders write a primitive that has no value: its extensions stand where the value belongs."""
    return isinstance(held, dict) and bool(held) and set(held) <= {"extension", "id"}


def _meant(held: object, where: Where, what: str) -> Any:
    """What is beyond doubt although it is written in another shape: STU3 statuses, numbers and truths in quotes."""
    if not isinstance(held, str) or len(held) > 200:
        return None
    if len(where) == 1 and "expected an object" in what:
        return {"coding": [{"code": held}]} if where[0] in _CODED_STATUS else None
    if "expected true or false" in what:
        return {"true": True, "false": False}.get(held.strip().lower())
    if "expected a number" in what and _NUMBER.match(held):
        return float(held) if "." in held else int(held)
    return None


def _smallest(where: Where) -> Where:
    """The part to leave out so that the rest still means what it meant; nothing where no rest would."""
    for depth, step in enumerate(where):
        if step in _QUANTITIES:
            where = where[: depth + 1]
            break
    values = [depth for depth, step in enumerate(where) if isinstance(step, str) and step.startswith("value")]
    if values:  # a code without its value would say "yes": leave out the component or answer, else the resource
        place = values[0]
        if place == 0 or not isinstance(where[place - 1], int):
            return ()
        return where[:place]
    return where


def _with(raw: Any, where: Where, value: Any) -> Any:
    """A copy along the way, with ``value`` in this place, or without the place when it is ``None``."""
    step, rest = where[0], where[1:]
    copy = raw.copy()
    if rest:
        copy[step] = _with(raw[step], rest, value)
    elif value is None:
        del copy[step]
    else:
        copy[step] = value
    return copy
