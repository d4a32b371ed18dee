"""The one place where templates are opened: every value is escaped, and a misspelt name is an error."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.knowledge.signatures import standing
from service.output.rulebook.frames import combination, verdict

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent


def render(template: str, **values: Any) -> str:
    """A whole page from a template of this folder."""
    return _environment().get_template(template).render(**values)


@cache
def style() -> str:
    """The style sheet of every page, which the pack carries inside."""
    return (FOLDER / "rules.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    # Loaded with the first page: a server that answers hooks only never needs it.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(
        standing=standing, combination=combination, verdict=verdict, points=_points, day=lambda day: f"{day:%-d %b %Y}"
    )
    return made


def _points(points: int) -> str:
    return f"+{points}" if points > 0 else f"−{-points}" if points else ""
