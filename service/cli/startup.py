"""What every command starts from: the settings and the site's rules, or one sentence on what is wrong and an exit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

from service.cli.terminal import echo

if TYPE_CHECKING:
    from service.settings import Settings

T = TypeVar("T")


def settings() -> Settings:
    """The environment; exit code 2 when a variable is wrong."""
    from pydantic import ValidationError

    from service.settings import Settings

    try:
        return Settings()
    except ValidationError as problem:
        wrong = "; ".join(
            f"BACKSTORY_{'_'.join(str(part) for part in each['loc']).upper()}: {each['msg'].removeprefix(_PYDANTIC)}"
            for each in problem.errors(include_input=False)
        )
        refuse(f"A setting is wrong. {wrong}.")


def with_site(load: Callable[[Path | None], T]) -> T:
    """What ``load`` makes of the rules and the site file (BACKSTORY_SITE); exit code 1 when they cannot be loaded."""
    from service.knowledge import RuleError

    site = settings().site
    try:
        return load(site)
    except RuleError as problem:
        fail(f"The rules cannot be loaded:\n{problem}")


def refuse(sentence: str) -> NoReturn:
    echo(sentence, err=True)
    raise typer.Exit(2)


def fail(sentence: str) -> NoReturn:
    echo(sentence, err=True)
    raise typer.Exit(1)


_PYDANTIC = "Value error, "
