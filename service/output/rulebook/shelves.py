"""The rules in the order in which a clinician looks for them: knowledge in, shelves of records and families out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from service.knowledge import Knowledge
from service.knowledge.frame_families import Family, families
from service.knowledge.records import Record, RedFlagRecord
from service.knowledge.telling import Told, tell


@dataclass(frozen=True, slots=True)
class Shelf:
    """A heading, what stands below it in one sentence, and its records: alarms as they are told, the rest by title."""

    heading: str
    about: str
    records: tuple[Record, ...]


class Rulebook:
    """Everything there is to read. Each part is taken apart when it is first asked for, and kept."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @cached_property
    def shelves(self) -> tuple[Shelf, ...]:
        """Every record that is in use, on one shelf each; empty shelves are left out."""
        return tuple(shelf for shelf in _shelves(self.knowledge) if shelf.records)

    @cached_property
    def records(self) -> dict[str, Record]:
        """The records by id, in the order of the shelves."""
        return {record.id: record for shelf in self.shelves for record in shelf.records}

    @cached_property
    def told(self) -> dict[str, Told]:
        """What each record says, by id, in the order of the shelves."""
        return {ident: tell(record, self.knowledge) for ident, record in self.records.items()}

    @cached_property
    def families(self) -> dict[str, Family]:
        """The families of language frames, by id."""
        return {family.id: family for family in families()}

    @cached_property
    def asked_by(self) -> dict[str, tuple[str, ...]]:
        """For each step the ids of the records that ask for it as a next step or instead of another."""
        asked: dict[str, list[str]] = {}
        for ident, told in self.told.items():
            for step in dict.fromkeys(entry.step for part in told.parts for entry in part.entries if entry.step):
                asked.setdefault(step, []).append(ident)
        return {step: tuple(idents) for step, idents in asked.items()}


def _shelves(known: Knowledge) -> Iterator[Shelf]:
    flags = known.redflags.values()
    yield _shelf(
        "Emergencies", "One true sign is enough; nothing else outweighs it.", [r for r in flags if r.kind == "red flag"]
    )
    yield _shelf(
        "Bedside warnings",
        "What is to be looked at today, at the bedside.",
        [r for r in flags if r.kind != "red flag"],
    )
    yield _shelf(
        "Causes of pain",
        "What speaks for and against each is added up: five points with an objective finding are likely, three are "
        "possible.",
        known.causes.values(),
    )
    yield _shelf(
        "Silence and remarks",
        "When to say nothing, and single lines added to a card.",
        [*known.negatives.values(), *known.modifiers.values(), *known.notes.values()],
    )
    yield _shelf("Next steps", "What is ordered or done, when not, and what instead.", known.steps.values())
    yield _shelf("Findings that follow from others", "Words that several rules share.", known.findings.values())


def _shelf(heading: str, about: str, records: Iterable[Record]) -> Shelf:
    return Shelf(heading, about, tuple(sorted(records, key=_place)))


def _place(record: Record) -> tuple[int, str, str]:
    """The most dangerous alarm first, as on cards."""
    rank = record.priority if isinstance(record, RedFlagRecord) else 0
    return rank, record.title.lower(), record.id
