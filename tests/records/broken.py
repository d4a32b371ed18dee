"""A copy of the small rule set with one thing changed, for tests of the laws."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.rule_sets import SMALL


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    """Copy the small rule set into ``folder`` and replace ``old`` in one file (an empty ``old`` appends)."""
    target = folder / "rules"
    shutil.copytree(SMALL, target)
    path = target / file
    before = path.read_text() if path.exists() else ""
    assert old in before
    path.write_text(before.replace(old, new, 1) if old else before + new)
    return target
