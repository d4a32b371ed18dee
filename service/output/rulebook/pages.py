"""The pages under /app/rules: a rulebook and what was asked for in, HTML out. Addresses in them are relative."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from service.knowledge.frame_families import PREFIX
from service.knowledge.telling import kind_of
from service.output.rulebook import search
from service.output.rulebook.shelves import Rulebook
from service.output.rulebook.templates import render


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: how its links reach the folder of the records, and the index."""

    base: str
    home: str


INDEX = Place("rules/", "rules")
INDEX_AS_FOLDER = Place("", "../rules")
RECORD = Place("", "../rules")
FAMILY = Place("../", "../../rules")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the index."""

    id: str
    title: str
    kind: str
    """What it is; "" where the whole shelf is of one kind."""
    status: str
    changed: bool
    found: search.Found


def index(book: Rulebook, query: str, today: date, place: Place = INDEX) -> str:
    """Every record and family once; with a query those that hold all of its words, each with the line it stands in."""
    words = search.words_of(query)
    shelves = []
    for shelf in book.shelves:
        rows = []
        one_kind = len({kind_of(record) for record in shelf.records}) == 1
        for record in shelf.records:
            told = book.told[record.id]
            found = search.find(words, search.lines_of(told)) if words else search.Found()
            if found is not None:
                kind = "" if one_kind else told.kind
                rows.append(Row(record.id, told.title, kind, told.status, bool(told.changes), found))
        if rows:
            shelves.append((shelf.heading, shelf.about, rows))
    families = []
    for family in book.families.values():
        lines = search.lines_of_family(family, dict(book.knowledge.vocabulary.concepts))
        found = search.find(words, lines) if words else search.Found()
        if found is not None:
            told_of = f"{len(family.frames)} frames, {len(family.by_concept())} concepts"
            families.append(Row(family.id, family.title, told_of, family.status, False, found))
    if families:
        about = "How reports and notes are read: what each way of saying a thing reads, and what it must not."
        shelves.append(("Language", about, families))
    return render(
        "index.html",
        place=place,
        book=book,
        known=book.knowledge,
        query=query[: search.LONGEST_QUERY],
        words=words,
        shelves=shelves,
        hits=sum(len(rows) for _, _, rows in shelves),
        today=today,
    )


def record(book: Rulebook, ident: str, today: date) -> str | None:
    """The page of one record; None when there is none of this id."""
    if ident not in book.told:
        return None
    order = list(book.told)
    at = order.index(ident)
    return render(
        "record.html",
        place=RECORD,
        book=book,
        known=book.knowledge,
        record=book.records[ident],
        told=book.told[ident],
        before=order[at - 1] if at else "",
        after=order[at + 1] if at + 1 < len(order) else "",
        today=today,
    )


def family(book: Rulebook, name: str, today: date) -> str | None:
    """The page of one family of language frames; None when there is none of this name."""
    found = book.families.get(f"{PREFIX}{name}")
    if found is None:
        return None
    return render(
        "family.html",
        place=FAMILY,
        book=book,
        known=book.knowledge,
        family=found,
        concepts=book.knowledge.vocabulary.concepts,
        today=today,
    )


def missing(book: Rulebook, ident: str, place: Place = RECORD) -> str:
    """The page for an id that is not there: why not, or which were meant."""
    off = book.knowledge.disabled.get(ident, "")
    near = [] if off else get_close_matches(ident, book.told, 3)
    return render("missing.html", place=place, book=book, known=book.knowledge, off=off, near=near)
