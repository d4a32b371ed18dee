"""Measured values to one unit: a quantity or its text in, the amount it can mean in the unit of units.toml out."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct

from service.fhir import datatypes

_TEXT = re.compile(r"\s{0,3}(<=|>=|<|>)?\s{0,3}(\d{1,7}(?:[.,]\d{1,6})?)\s{0,3}(\D.{0,23})?\Z", re.DOTALL)
_SAME_LETTER = str.maketrans({"µ": "u", "μ": "u", "²": "2", "³": "3", "⁹": "9", "×": "x"})


class Amount(Struct, frozen=True, gc=False):
    """The values that a result can mean: ``< 5`` is everything below 5, an exact result has ``low == high``."""

    low: float
    high: float


class Measure(Struct, frozen=True, gc=False):
    unit: str
    low: float
    high: float
    factors: Mapping[str, float]
    zeros: Mapping[str, float]


def read_quantity(quantity: datatypes.Quantity | None, kind: str) -> Amount | None:
    """The amount of a Quantity; ``None`` when value, unit or comparator is unknown or the value is a slip.

    The UCUM code rules; the printed unit stands in when there is no code we know. Two known units that disagree make
    the value unknown, for a factor of ten decides here between a card and none.
    """
    if quantity is None or quantity.value is None:
        return None
    told = [u for u in (quantity.code, quantity.unit) if u is not None and u.strip()] or [""]
    known = {_scale(kind, u) for u in told} - {None}
    if len(known) != 1:
        return None
    factor, zero = next(iter(known)) or (1.0, 0.0)
    return _amount(quantity.value, (quantity.comparator or "").strip(), factor, zero, kind)


def read_text(text: str | None, kind: str) -> Amount | None:
    """The amount of a result that is written out: ``< 5 mg/L``, ``38,2 °C``."""
    shape = _TEXT.match(text or "")
    if shape is None:
        return None
    scale = _scale(kind, shape[3] or "")
    return _amount(float(shape[2].replace(",", ".")), shape[1] or "", *scale, kind) if scale else None


def names_of(concept: str) -> frozenset[str]:
    """The whole names, in small letters, by which a result without a known code is recognised."""
    return _names().get(concept, frozenset())


def surely_above(amount: Amount, limit: float) -> bool:
    return amount.low > limit


def surely_at_least(amount: Amount, limit: float) -> bool:
    return amount.low >= limit


def surely_at_most(amount: Amount, limit: float) -> bool:
    return amount.high <= limit


def surely_below(amount: Amount, limit: float) -> bool:
    return amount.high < limit


def _scale(kind: str, unit: str) -> tuple[float, float] | None:
    measure = _measures()[kind]
    name = "".join(unit.translate(_SAME_LETTER).lower().split())
    factor = measure.factors.get(name)
    return None if factor is None else (factor, measure.zeros.get(name, 0.0))


def _amount(value: float, comparator: str, factor: float, zero: float, kind: str) -> Amount | None:
    if not math.isfinite(value):
        return None
    # Rounded, so that 100.4 degrees Fahrenheit are exactly 38 and 2.5 mg/dL exactly 25 mg/L.
    exact = round((value - zero) * factor, 6)
    measure = _measures()[kind]
    if not measure.low <= exact <= measure.high:
        return None
    match comparator:
        case "":
            return Amount(exact, exact)
        case "<":
            return Amount(measure.low, max(measure.low, math.nextafter(exact, -math.inf)))
        case "<=":
            return Amount(measure.low, exact)
        case ">":
            return Amount(math.nextafter(exact, math.inf), math.inf)
        case ">=":
            return Amount(exact, math.inf)
        case _:
            return None


@cache
def _measures() -> Mapping[str, Measure]:
    return {
        kind: Measure(entry["unit"], entry["plausible"][0], entry["plausible"][1], entry["is"], entry.get("zero", {}))
        for kind, entry in _table().items()
        if kind != "names"
    }


@cache
def _names() -> Mapping[str, frozenset[str]]:
    return {concept: frozenset(names) for concept, names in _table()["names"].items()}


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((files("rules") / "units.toml").read_text(encoding="utf-8"))
