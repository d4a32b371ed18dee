"""The EHR of `backstory try`, for tests; and cards as a narrow panel shows them."""

from __future__ import annotations

import io

from rich.console import Console

from service.cli.report import cards as panels
from service.hook_tester.ehr_client import Ehr

__all__ = ["Ehr", "render"]


def render(cards, width=92):
    """The cards as text without any colour."""
    console = Console(width=width, record=True, file=io.StringIO())
    for panel in panels(cards):
        console.print(panel)
    return console.export_text()
