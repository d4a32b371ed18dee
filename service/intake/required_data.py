"""What a hook call must bring, sent or fetched: without it nothing can be said of a patient, and saying so is a 412."""

from __future__ import annotations

from service.domain.errors import MissingData
from service.intake.bundles import Gathered

REQUIRED = ("procedures", "conditions")
"""The prefetch keys without which there is no answer."""


def require(gathered: Gathered) -> None:
    """Refuse when procedures or conditions could not be had; what came in part only is named as missing."""
    for key, reason in gathered.unavailable.items():
        if key in REQUIRED:
            raise MissingData(f"The patient's {key} are required and could not be had ({reason}).")
    for key in (*gathered.pages, *gathered.partial):
        gathered.unavailable.setdefault(key, gathered.partial.get(key, "first page only"))


def require_all(gathered: Gathered) -> None:
    """Refuse to say "nothing" when procedures or conditions came in part only: there is no card to name that on."""
    for key in REQUIRED:
        if key in gathered.unavailable:
            raise MissingData(f"The patient's {key} could be had in part only ({gathered.unavailable[key]}).")


def require_readable(gathered: Gathered) -> None:
    """Refuse when a required key brought entries and nothing of any of them could be used: that is no "none"."""
    for key in REQUIRED:
        start = f"prefetch.{key}"
        sent = {entry.path for entry in gathered.entries if _stands_in(entry.path, start)}
        lost = {path for path in gathered.lost if _stands_in(path, start)}
        if lost and sent <= lost:
            raise MissingData(f"The patient's {key} are required, and none that was sent is readable and theirs.")


def _stands_in(path: str, start: str) -> bool:
    return path == start or path.startswith(f"{start}.")
