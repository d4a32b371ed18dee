"""Small builders that let a test read like a chart: `statement`, `procedure`, `operation`, `score`, `chart`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from service.chart.chart import Chart
from service.coded import devices, smoking, titles
from service.domain import partial_dates
from service.domain.findings import Finding
from service.domain.places import NOWHERE, Place, Side
from service.domain.spans import Interval, Span
from service.domain.statements import Basis, Polarity, Statement
from service.fhir import datatypes, resources
from service.fhir.eligibility import is_in_use
from service.fhir.record import Record
from service.findings.surgery import index_operation
from service.text.statements import attributes

LUMBAR = Place((), "lumbar")
TODAY = date(2026, 6, 1)
RULES = Path(__file__).parents[2] / "rules"
NUMBERS = {
    name: entry["value"]
    for name, entry in tomllib.loads((RULES / "parameters.toml").read_text(encoding="utf-8")).items()
}
WORDS = tomllib.loads((RULES / "vocabulary.toml").read_text(encoding="utf-8"))["findings"]


def on(text: str | Span | None) -> Span | None:
    """A span from a FHIR date, or from the number of days before TODAY written as ``-30``."""
    if text is None or isinstance(text, Span):
        return text
    if text.startswith("-"):
        return partial_dates.on(partial_dates.back(TODAY, int(text[1:])))
    span = partial_dates.parse(text)
    assert span is not None, text
    return span


def at(*where: str) -> Place:
    """``at("L4-L5")`` names a segment, ``at("lumbar")`` a region."""
    segments = tuple(w for w in where if any(letter.isdigit() for letter in w))
    regions = [w for w in where if w not in segments]
    return Place(segments, regions[0] if regions else "")


def statement(
    concept: str,
    stated: str | Span | None = None,
    *,
    source: str = "",
    basis: Basis = Basis.CODE,
    onset: str | Span | None = None,
    ended: str | Span | None = None,
    place: Place = NOWHERE,
    side: Side = Side.UNKNOWN,
    polarity: Polarity = Polarity.YES,
    words: str = "",
    closed: bool = False,
    about_surgery: bool = False,
    encounter: str = "",
    code: str = "",
    study: str = "",
    sentence: int = 0,
) -> Statement:
    return Statement(
        concept=concept,
        source=source or f"Condition/{concept}-{stated}-{onset}-{side}",
        basis=basis,
        polarity=polarity,
        stated=on(stated),
        onset=on(onset),
        ended=on(ended),
        place=place,
        side=side,
        study=study,
        words=words,
        closed=closed,
        about_surgery=about_surgery,
        encounter=encounter,
        code=code,
        sentence=sentence,
        resource=(source or "Condition/").partition("/")[0],
        attributes=attributes.read(concept, words),
    )


def procedure(id_: str, performed: str | None = None, *, status: str = "completed", **more: Any) -> resources.Procedure:
    when = on(performed)
    return resources.Procedure(
        resource_type="Procedure",
        id=id_,
        status=status,
        performed_date_time=(when.first.isoformat() if when and performed and performed.startswith("-") else performed),
        **more,
    )


def operation(
    id_: str,
    performed: str | None,
    *concepts: str,
    place: Place = LUMBAR,
    side: Side = Side.UNKNOWN,
    encounter: str = "",
    status: str = "completed",
    words: str = "",
) -> tuple[resources.Procedure, tuple[Statement, ...]]:
    """One Procedure row with what its code, body site and text were read to say."""
    row = procedure(
        id_,
        performed,
        status=status,
        encounter=datatypes.Reference(reference=encounter) if encounter else None,
        code=datatypes.CodeableConcept(text=words or concepts[0]),
    )
    return row, tuple(
        statement(
            concept,
            performed,
            source=row.ref,
            place=place,
            side=side,
            encounter=encounter,
            words=words or concept,
        )
        for concept in concepts
    )


def score(
    id_: str, day: str, value: float, *, unit: str = "{score}", text: str = "Pain score"
) -> tuple[resources.Observation, tuple[Statement, ...]]:
    when = on(day)
    assert when is not None
    row = resources.Observation(
        resource_type="Observation",
        id=id_,
        status="final",
        code=datatypes.CodeableConcept(text=text),
        effective_date_time=when.first.isoformat(),
        value_quantity=datatypes.Quantity(value=value, unit=unit, code=unit),
    )
    return row, (statement("pain-score", when, source=row.ref, basis=Basis.VALUE, words=text),)


Row = tuple[resources.Procedure | resources.Observation, tuple[Statement, ...]]


def bare_chart(
    *parts: Row | Statement, as_of: date = TODAY, numbers: dict[str, float] | None = None, **kinds: Any
) -> Chart:
    """A chart before surgery was read."""
    rows = [p for p in parts if isinstance(p, tuple)]
    said = [p for p in parts if isinstance(p, Statement)]
    record = Record(
        as_of=as_of,
        procedures=tuple(r for r, _ in rows if isinstance(r, resources.Procedure)),
        observations=tuple(r for r, _ in rows if isinstance(r, resources.Observation)),
        **kinds,
    )
    told = (*said, *(s for _, more in rows for s in more), *_from_names(record))
    return Chart(record, told, {**NUMBERS, **(numbers or {})})


def _from_names(record: Record) -> Iterator[Statement]:
    """What devices, visits and the question for smoking say by their names: no test gives their statements by hand."""
    yield from (s for device in record.devices if is_in_use(device) for s in devices.read(device))
    yield from (s for encounter in record.encounters for s in titles.visits(encounter))
    asked = (o for o in record.observations if smoking.is_asked(o))
    yield from (s for o in asked if (s := smoking.read(o, record.as_of)))


def chart(*parts: Row | Statement, as_of: date = TODAY, **kinds: Any) -> Chart:
    """A chart whose surgery has been read: what the pain, neuro, labs, imaging and patient families are given."""
    bare = bare_chart(*parts, as_of=as_of, **kinds)
    story, found = index_operation.read(bare)
    return replace(bare, surgery=story, known={f.name: f for f in found})


def unlawful(findings: Iterable[Finding]) -> list[str]:
    """The findings that vocabulary.toml does not know, or whose word or number it does not allow."""
    wrong = []
    for found in findings:
        entry = WORDS.get(found.name, {})
        if isinstance(found.value, Interval):
            low, high = entry.get("range", (1, 0))
            fine = low <= found.value.low <= found.value.high <= high
        else:
            fine = found.value in entry.get("words", ())
        if not fine:
            wrong.append(f"{found.name} = {found.value}")
    return wrong


def sheet(findings: Iterable[Finding]) -> dict[str, str | int | tuple[int, int]]:
    """Findings as plain words and numbers; an interval that is not exact as a pair."""
    return {f.name: _plain(f.value) for f in findings}


def _plain(value: str | Interval) -> str | int | tuple[int, int]:
    if isinstance(value, Interval):
        return value.low if value.low == value.high else (value.low, value.high)
    return value
