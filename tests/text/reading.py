"""One sentence and where it stands in; what the text stage says of it out."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

from msgspec.structs import replace

from service.domain.statements import Polarity, Statement
from service.fhir import datatypes, resources
from service.fhir.record import Record
from service.findings.case_sheet import compiled
from service.text.bank_score import Row, parse
from service.text.pipeline import Language, Told, read
from service.text.vocabulary.chart_weights import ChartWeights
from service.text.vocabulary.sentence_weights import SentenceWeights
from tests.rule_sets import shipped

AS_OF = date(2026, 1, 1)
WRITTEN = "2025-06-01"
SENTENCES = files("tests.text") / "sentences.tsv"
_MARK = {Polarity.YES: "", Polarity.NO: "-", Polarity.UNCERTAIN: "?"}


@cache
def whole_language() -> Language:
    """As shipped, with the weights of the classifiers."""
    return compiled(shipped().language)


@cache
def language() -> Language:
    """The rules alone: what the frames and the rules of assertion read of a text, before any classifier."""
    return replace(whole_language(), assertion=SentenceWeights({}), alarm=SentenceWeights({}), causes=ChartWeights({}))


@cache
def authored() -> tuple[Row, ...]:
    return tuple(parse(SENTENCES.read_text("utf-8").splitlines()))


def told(sentence: str, kind: str = "note") -> Told:
    return read(record(sentence, kind), language())


def statements(sentence: str, kind: str = "note") -> tuple[Statement, ...]:
    return told(sentence, kind).statements


def labels(sentence: str, kind: str = "note") -> frozenset[str]:
    """Concepts as the sentence file writes them: bare, ``-`` denied, ``?`` doubted; what is closed is left out."""
    return frozenset(_MARK[s.polarity] + s.concept for s in statements(sentence, kind) if not s.closed)


def record(text: str, kind: str, title: str = "MRI lumbar spine") -> Record:
    name, note = datatypes.CodeableConcept(text=text), (datatypes.Annotation(text=text),)
    match kind:
        case "report":
            return Record(as_of=AS_OF, reports=(report(text, title),))
        case "name":
            condition = resources.Condition(resource_type="Condition", id="c", recorded_date=WRITTEN, code=name)
            return Record(as_of=AS_OF, conditions=(condition,))
        case "condition":
            condition = resources.Condition(resource_type="Condition", id="c", recorded_date=WRITTEN, note=note)
            return Record(as_of=AS_OF, conditions=(condition,))
        case "procname":
            procedure = resources.Procedure(resource_type="Procedure", id="p", performed_date_time=WRITTEN, code=name)
            return Record(as_of=AS_OF, procedures=(procedure,))
        case "procedure":
            procedure = resources.Procedure(resource_type="Procedure", id="p", performed_date_time=WRITTEN, note=note)
            return Record(as_of=AS_OF, procedures=(procedure,))
        case _:
            spoken = resources.Observation(
                resource_type="Observation", id="o", effective_date_time=WRITTEN, value_string=text
            )
            return Record(as_of=AS_OF, observations=(spoken,))


def report(conclusion: str, title: str = "MRI lumbar spine", **more: object) -> resources.DiagnosticReport:
    given = {
        "resource_type": "DiagnosticReport",
        "id": "r",
        "status": "final",
        "code": datatypes.CodeableConcept(text=title),
        "effective_date_time": WRITTEN,
        "conclusion": conclusion,
    }
    return resources.DiagnosticReport(**(given | more))
