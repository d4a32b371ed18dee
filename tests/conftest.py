"""What holds for every test: the shipped rules are loaded once in a process, and what costs time is done once."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import pytest

if sys.dont_write_bytecode:
    # Hundreds of modules would be compiled again in each process of the tests, and there are a hundred of those.
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(Path(__file__).parents[1] / "build" / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
gc.set_threshold(20_000, 20, 20)  # as the service does: twelve thousand tests and a language stay for good

from tests import rule_sets  # noqa: E402 - after what makes loading cheap

rule_sets.share()

LONG = (
    "tests/operations/test_lifecycle.py",
    "tests/page/",
    "tests/replay/test_command.py",
    "tests/records/test_rules_commands.py",
    "tests/operations/",
)
"""What begins first, the longest before the others: begun last, one process would wait for the other.

Tests that look at the clock are not among them: beside these they would look in vain.
"""

TOGETHER = ("tests/page/", "tests/helm/")
"""Folders whose browser, servers or rendered charts are made once for all of their files."""


def _rank(path: str) -> int:
    return next((rank for rank, long in enumerate(LONG) if path.startswith(long)), len(LONG))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _rank(item.nodeid))


@pytest.fixture(scope="module", autouse=True)
def kept() -> None:
    """What stands when a file begins stays: no test pays, or is measured, for a look through all of it."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):  # type: ignore[no-untyped-def]
    """A file is run by one process, so that the servers and folders of its fixtures are made once."""
    if config.option.dist != "load":  # somebody asked for another way
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            path = nodeid.split("::", 1)[0]
            return next((folder for folder in TOGETHER if path.startswith(folder)), path)

    config.option.loadscopereorder = False
    return ByFile(config, log)
