"""`python -m tests.output.card_counts [FOLDER ...]`: what cards say and offer, counted, beside what they were.

The cards of the test patients, of the demo, and of every folder named (see `met_cards.of_folder`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from service import pipeline
from service.knowledge import Knowledge
from service.output.cards import lines
from tests.output import met_cards
from tests.output.met_cards import Met
from tests.output.quote_proof import quoted


class Measure(NamedTuple):
    """What is counted, what it was before the cards were written for thirty seconds ("" where nobody counted), and how.

    The old figures are those of 294 cards of other patients.
    """

    name: str
    before: str
    count: Callable[[Sequence[Met]], str]


def measures(knowledge: Knowledge) -> tuple[Measure, ...]:
    def quotes_of(met: Iterable[Met]) -> list[bool]:
        return [each.proves for one in met for each in quoted(one, knowledge)]

    return (
        Measure("cards", "294", lambda met: str(len(met))),
        Measure("words: median, longest", "173, 330", lambda met: _middle([each.words for each in met])),
        Measure("lines: median, longest", "23", lambda met: _middle([each.height for each in met])),
        Measure("above six lines or sixty words", "294 of 294", lambda met: _of(map(_is_long, met))),
        Measure("without a detail", "", lambda met: _of(not each.lines for each in met)),
        Measure("words that are sources, ids, rule text", "22 %", _rule_text),
        Measure("summaries that name an action", "20 of 183", lambda met: _of(each.names_an_action for each in met)),
        Measure("quotes that prove nothing", "79 of 385", lambda met: _of(not proves for proves in quotes_of(met))),
        Measure("warning, critical: no button", "70 of 208", lambda met: _of(not e.orders for e in met if e.grave)),
        Measure(
            "several orders, at most one to choose",
            "84",
            lambda met: _of(e.card["selectionBehavior"] == "at-most-one" for e in met if len(e.orders) > 1),
        ),
        Measure("CRP and ESR, one of them ordered", "29", lambda met: str(sum(each.halves_the_labs for each in met))),
        Measure("lists that break off", "", lambda met: str(sum(each.breaks_off for each in met))),
        Measure("steps neither named nor counted", "", lambda met: str(sum(len(each.unnamed_steps) for each in met))),
        Measure(
            "causes neither named nor counted",
            "",
            lambda met: str(sum(len(met_cards.unnamed_causes(answer)) for answer in _answers(met))),
        ),
    )


def table(groups: dict[str, Sequence[Met]], knowledge: Knowledge) -> str:
    """One row a measure: what it was, then one column a group of cards, then all of them."""
    columns = {**groups, "all": [each for met in groups.values() for each in met]}
    rows = [("", "before", *columns)]
    rows += [(m.name, m.before or "-", *(m.count(met) for met in columns.values())) for m in measures(knowledge)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(w) if at == 0 else cell.rjust(w) for at, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def _middle(numbers: list[int]) -> str:
    return f"{median(numbers):g}, {max(numbers)}" if numbers else "-"


def _of(found: Iterable[bool]) -> str:
    told = list(found)
    return f"{sum(told)} of {len(told)}"


def _is_long(met: Met) -> bool:
    return met.height > lines.MOST_LINES or met.words > lines.MOST_WORDS


def _rule_text(met: Sequence[Met]) -> str:
    words = sum(each.words for each in met)
    return f"{100 * sum(each.rule_words for each in met) / words:.0f} %" if words else "-"


def _answers(met: Iterable[Met]) -> list[met_cards.Answer]:
    return list({id(each.answer): each.answer for each in met}.values())


def groups(folders: Iterable[Path], service: pipeline.Service) -> dict[str, Sequence[Met]]:
    told: dict[str, Sequence[Met]] = {
        "tests": list(met_cards.of_tests(service)),
        "demo": list(met_cards.of_demo(service)),
    }
    return told | {folder.name: list(met_cards.of_folder(folder, service)) for folder in folders}


def main() -> int:
    service = pipeline.start()
    told = groups(map(Path, sys.argv[1:]), service)
    print(table(told, service.knowledge))
    return 0


if __name__ == "__main__":
    sys.exit(main())
