"""Several copies of one resource in, one resource out that says what all of them say.

A copy that was updated later decides where only one can be right (a status, a date, a value); what it merely does not
mention (a note, a code, a conclusion) is kept from the others, so that a thin copy hides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from service.intake.entry import Entry, written

_MOST = 8
"""Copies of one resource that are joined, the latest ones: no chart holds more versions that differ."""

_SPOKEN = frozenset({"text", "conclusion", "description"})
"""Words of which both copies' are kept."""

Version = tuple[str, bytes]


def version(entry: Entry) -> Version:
    """Ordered by the time of the last update, then by content, so that the order of sending never matters."""
    meta = entry.resource.get("meta")
    updated = meta.get("lastUpdated") if isinstance(meta, dict) else None
    return (updated if isinstance(updated, str) else "", written(entry.resource))


def join(entries: Iterable[Entry]) -> Entry:
    """The latest of them, with what the others say in it."""
    by_version = {version(entry): entry for entry in entries}
    ordered = [by_version[key] for key in sorted(by_version, reverse=True)]
    latest, others = ordered[0], ordered[1:]
    merged: dict[str, Any] = latest.resource
    content = {bytes_of(latest.resource)}
    joined = 0
    for other in others:
        if joined == _MOST:
            break
        mark = bytes_of(other.resource)
        if mark in content:
            continue
        content.add(mark)
        merged = _joined(merged, other.resource)
        joined += 1
    if not joined:
        return latest
    return Entry(latest.path, merged, latest.full_url)


def bytes_of(resource: dict[str, Any]) -> bytes:
    """Its content, whatever its version."""
    return written({name: value for name, value in resource.items() if name != "meta"})


def _joined(later: Any, earlier: Any, name: str = "") -> Any:
    if isinstance(later, dict) and isinstance(earlier, dict):
        found = {**earlier, **later}
        for key in later.keys() & earlier.keys():
            found[key] = _joined(later[key], earlier[key], key)
        return _one_of_each_choice(found, later)
    if isinstance(later, list) and isinstance(earlier, list):
        seen = {written({"": each}) for each in later}
        return [*later, *(each for each in earlier if written({"": each}) not in seen)]
    if isinstance(earlier, dict | list) and not isinstance(later, dict | list):
        return earlier
    if name in _SPOKEN and isinstance(later, str) and isinstance(earlier, str) and earlier != later:
        return f"{later}\n{earlier}"
    return later


_CHOICES = ("performed", "onset", "abatement", "effective", "value")
_STATUSES = frozenset({"clinicalStatus", "verificationStatus", "category", "meta", "identifier", "subject", "patient"})


def _one_of_each_choice(found: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    """Of ``onset[x]`` and the like the later copy's form stands alone, and its statuses are not mixed with others."""
    chosen = [stem for stem in _CHOICES if any(key.startswith(stem) for key in later)]
    return {
        key: later[key] if key in later and key in _STATUSES else value
        for key, value in found.items()
        if key in later or not any(key.startswith(stem) for stem in chosen)
    }
