"""Entries that are dated a little ahead of the day of evaluation: used as of that day, for clocks and zones differ.

A note that is half an hour old may carry tomorrow's date, where it was written further east or by a clock that is
wrong. Dropping it would hide what it says; what lies more than a day ahead is left out by `eligibility.future`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from service.fhir import resources

REASON = "used as of the day of evaluation, though dated a day ahead"
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T[0-9:.,+\-Z]*)?\Z")


def any_ahead(days: Iterable[str | None], today: str) -> bool:
    """Whether one of the written days lies after ``today`` as written; asked of entries that count."""
    return any(text is not None and text[:10] > today and _DAY.match(text) for text in days)


def pulled_back(resource: resources.Resource, today: str) -> resources.Resource:
    """The same view with every day after ``today`` written as ``today``; periods and notes too, values not."""
    found: resources.Resource = _pulled(resource, today)
    return found


def _pulled(held: Any, today: str) -> Any:
    if isinstance(held, str):
        return today if held[:10] > today and _DAY.match(held) else held
    if isinstance(held, tuple):
        return tuple(_pulled(each, today) for each in held)
    if isinstance(held, msgspec.Struct):
        changed = {
            name: new
            for name in held.__struct_fields__
            if not name.startswith("value") and (new := _pulled(old := getattr(held, name), today)) is not old
        }
        return msgspec.structs.replace(held, **changed) if changed else held
    return held
