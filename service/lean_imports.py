"""Imports of libraries that load a second one for their own command line, if it is there: without that second one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import cast


@contextmanager
def hidden(*names: str) -> Iterator[None]:
    """Let the modules of these names seem not to be installed, unless they are loaded already.

    httpx and structlog load rich and pygments to write to a terminal, which a server never does: 5 MB in every worker.
    """
    absent = [name for name in names if name not in sys.modules]
    for name in absent:
        sys.modules[name] = cast(ModuleType, None)  # Python's own mark for "not to be found"
    try:
        yield
    finally:
        for name in absent:
            sys.modules.pop(name, None)
