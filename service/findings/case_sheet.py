"""The case sheet: one patient's record and the knowledge in, all findings of one day out; nothing else is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from msgspec.structs import replace

from service.chart.chart import STRENGTH, Chart, PainStory, SurgeryStory
from service.coded import answers, code_titles, codes
from service.coded.codes import Codes
from service.domain.findings import CaseSheet, Finding
from service.domain.statements import Basis, Statement
from service.fhir.record import Record
from service.findings import applicability, done_steps, patient_summary
from service.findings.background import risk_factors
from service.findings.imaging import imaging
from service.findings.infection import inflammation_labs
from service.findings.neuro import deficits
from service.findings.pain import course, current_pain
from service.findings.surgery import index_operation
from service.text import pipeline as text_pipeline
from service.text.documents import opening


class Knowing(Protocol):
    """What the facts need to know: the code index, the parsed language data and the numbers."""

    @property
    def codes(self) -> Codes: ...
    @property
    def language(self) -> Mapping[str, Any]: ...
    @property
    def numbers(self) -> Mapping[str, float]: ...


def read(record: Record, knowledge: Knowing) -> CaseSheet:
    """Statements, then the families in their order; a chart without lumbar surgery ends at its first finding."""
    return read_with_chart(record, knowledge)[0]


def read_with_chart(record: Record, knowledge: Knowing) -> tuple[CaseSheet, Chart | None]:
    """The same, with the chart that the findings were read from; None where no word could concern the spine."""
    record = code_titles.titled(opening.opened(record), knowledge.codes)
    coded = codes.read(record, knowledge.codes) + answers.read(record)
    language = compiled(knowledge.language)
    if not applicability.may_concern(record, coded, language):
        return CaseSheet(record.as_of, _with({}, index_operation.NONE), unread=opening.unread(record)), None
    told = text_pipeline.read(record, language, _known_to(knowledge))
    chart = Chart(
        record,
        _what_counts(record, coded + told.statements),
        knowledge.numbers,
        not_understood=told.not_understood,
        unread=told.unread,
        done=told.done,
        resembles=told.resembles,
    )
    operated, found = index_operation.read(chart)
    chart = _learned(chart, found, operated)
    if not operated.in_scope:
        return CaseSheet(record.as_of, chart.known, unread=told.unread), chart
    suffered, found = current_pain.read(chart)
    chart = _learned(chart, found, operated, suffered)
    for family in (deficits.read, inflammation_labs.read, imaging.read, risk_factors.read):
        chart = _learned(chart, family(chart), operated, suffered)
    chart = _learned(chart, course.worsened(chart.known), operated, suffered)
    story = patient_summary.tell(chart, chart.known)
    settled = done_steps.read(chart, language.done)
    return CaseSheet(record.as_of, chart.known, story, told.not_understood, told.unread, settled), chart


def _known_to(knowledge: Knowing) -> Callable[[str | None, str | None], bool]:
    index = knowledge.codes
    return lambda system, code: bool(index.hits(system, code))


def _learned(
    chart: Chart, found: Iterable[Finding], operated: SurgeryStory, suffered: PainStory | None = None
) -> Chart:
    """The chart with what one more family found."""
    known = _with(chart.known, found)
    return replace(chart, surgery=operated, pain=suffered, known=known)


def may_concern(record: Record, knowledge: Knowing) -> bool:
    """Whether any code or text of a record could tell of spine surgery; where none can, ``read`` finds nothing."""
    coded = codes.read(record, knowledge.codes) + answers.read(record)
    return applicability.may_concern(record, coded, compiled(knowledge.language))


def say(record: Record, knowledge: Knowing) -> tuple[Statement, ...]:
    """Everything the codes and the words of a record say, whether it counts or not."""
    return (
        codes.read(record, knowledge.codes)
        + text_pipeline.read(record, compiled(knowledge.language), _known_to(knowledge)).statements
    )


def _what_counts(record: Record, said: Iterable[Statement]) -> tuple[Statement, ...]:
    """A statement dated after the day of evaluation is left out, whoever made it."""
    day = record.as_of
    return tuple(s for s in said if not any(span and span.first > day for span in (s.stated, s.onset)))


def _with(known: Mapping[str, Finding], found: Iterable[Finding]) -> Mapping[str, Finding]:
    """Of two findings of one name the first stands, unless the later one has the stronger basis."""
    merged = dict(known)
    for finding in found:
        held = merged.get(finding.name)
        if held is None or _strength(finding.basis) > _strength(held.basis):
            merged[finding.name] = finding
    return merged


def _strength(basis: Basis) -> int:
    return STRENGTH.index(basis)


_MOST_LANGUAGES = 4
_COMPILED: dict[int, tuple[Mapping[str, Any], text_pipeline.Language]] = {}


def compiled(raw: Mapping[str, Any]) -> text_pipeline.Language:
    """The language data compiled, made once; the parsed one is kept beside it so that its identity stays its own."""
    held = _COMPILED.get(id(raw))
    if held is None:
        if len(_COMPILED) >= _MOST_LANGUAGES:
            _COMPILED.clear()
        held = (raw, text_pipeline.compile_language(raw))
        _COMPILED[id(raw)] = held
    return held[1]
