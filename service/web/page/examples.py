"""Charts to choose from in open mode: a folder of Bundles in; their names and contents out."""

from __future__ import annotations

from pathlib import Path

from service.knowledge import RuleError
from service.settings import Settings

_MOST = 50


def load(settings: Settings) -> dict[str, bytes]:
    """The Bundles of the folder by name, in its order. Raises RuleError outside open mode or without such a folder:
    these charts are given to anybody who asks."""
    if settings.app_examples is None:
        return {}
    if not settings.open:
        raise RuleError(["BACKSTORY_APP_EXAMPLES shows charts to anybody: it goes with open mode only."])
    folder: Path = settings.app_examples
    try:
        found = sorted(folder.glob("*.json"))[:_MOST]
        return {each.stem: each.read_bytes() for each in found}
    except OSError as problem:
        raise RuleError([f"BACKSTORY_APP_EXAMPLES cannot be read: {problem.strerror or problem}."]) from None
