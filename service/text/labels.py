"""A text by itself to labels: what it says of each concept, as a person who labels sentences would write it down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from service.domain.spans import Span
from service.domain.statements import Basis, Polarity, Statement
from service.text.documents.entries import Entry, Text
from service.text.pipeline import Told, read_entry
from service.text.vocabulary.language import Language

KINDS = ("report", "note", "condition", "procedure")
_MARK = {Polarity.NO: "-", Polarity.UNCERTAIN: "?", Polarity.YES: ""}
_LASTING = frozenset({"operation", "stated", "procedure", "risk", "technique"})
_BASIS = {"report": Basis.REPORT}


def read_alone(text: str, kind: str, language: Language, written: Span | None = None) -> Told:
    """One text as if it were all of a chart. ``kind`` is one of `KINDS`; a condition or a procedure is its name."""
    named = kind in {"condition", "procedure"}
    entry = Entry(
        ref=f"{kind}/text",
        kind=kind,
        basis=_BASIS.get(kind, Basis.NOTE),
        texts=(Text(text, written, own_name=named),),
    )
    return read_entry(entry, language)


def today() -> Span:
    """The day on which a text without a date of its own is taken to be written."""
    day = date.today()
    return Span(day, day)


def labels(
    statements: Iterable[Statement], language: Language, kind: str = "note", *, listed: bool = False
) -> tuple[str, ...]:
    """``x`` said, ``-x`` denied, ``?x`` doubted, in the order of the alphabet; what is over is left out,
    and what a text of this ``kind`` tells only for somebody else (the symptoms in the indication of a report).

    ``listed``: only the concepts by which people label. Of several statements of one concept the said one counts,
    then the doubted one.
    """
    found: dict[str, Polarity] = {}
    rank = (Polarity.NO, Polarity.UNCERTAIN, Polarity.YES)
    for statement in statements:
        is_a = language.meanings.get(statement.concept, ("", ""))[0]
        if listed and statement.concept in language.unlabelled:
            continue
        if (statement.closed and is_a not in _LASTING) or kind not in language.kinds.get(statement.concept, KINDS):
            continue
        held = found.get(statement.concept)
        if held is None or rank.index(statement.polarity) > rank.index(held):
            found[statement.concept] = statement.polarity
    return tuple(sorted((_MARK[p] + c for c, p in found.items()), key=lambda label: label.lstrip("-?")))
