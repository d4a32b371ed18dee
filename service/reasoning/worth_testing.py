"""Worth testing is not worth naming: a case in; the bedside questions that a specific pattern proposes out."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from service.domain.conclusions import Question
from service.knowledge import Knowledge
from service.knowledge.records import Clause
from service.reasoning.differential import Case
from service.reasoning.engine import BEDSIDE, Engine
from service.reasoning.next_steps import BEDSIDE_RANK, Want

MOST_ASKED = 3


def asked(case: Case, named: Collection[str], engine: Engine, knowledge: Knowledge) -> tuple[Clause, ...]:
    """At most three, in the order of the file, of causes that are not named anyway."""
    held = engine.match(BEDSIDE, case.properties)
    if not held:
        return ()
    return tuple(ask for ask in knowledge.bedside if ask.key in held and ask.causes[0] not in named)[:MOST_ASKED]


def questions(asks: Collection[Clause], knowledge: Knowledge) -> tuple[Question, ...]:
    return tuple(
        Question(ask.id, ask.because, knowledge.causes[ask.causes[0]].title, ask.findings, bedside=True) for ask in asks
    )


def wants(asks: Collection[Clause]) -> Iterator[Want]:
    """The step of each, behind everything that the causes themselves want."""
    for ask in asks:
        yield Want(ask.step, "routine", ask.because, ask.causes[0], BEDSIDE_RANK)
