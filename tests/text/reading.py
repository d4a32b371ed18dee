"""One sentence and where it stands in; what the text stage says of it out."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from service.domain.statements import Polarity, Statement
from service.fhir import resources
from service.fhir.record import Record
from service.text.pipeline import Lexicon, compile_lexicon, read

AS_OF = date(2026, 1, 1)
WRITTEN = "2025-06-01"
_MARK = {Polarity.YES: "", Polarity.NO: "-", Polarity.UNCERTAIN: "?"}


class Authored(NamedTuple):
    kind: str
    labels: frozenset[str]
    sentence: str


@cache
def lexicon() -> Lexicon:
    return compile_lexicon(tomllib.loads((files("rules") / "lexicon.toml").read_text("utf-8")))


def authored() -> tuple[Authored, ...]:
    lines = (files("tests.text") / "sentences.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(Authored(kind, frozenset(labels.split()), sentence) for kind, labels, sentence in rows)


def statements(sentence: str, kind: str = "note") -> tuple[Statement, ...]:
    return read(record(sentence, kind), lexicon())


def labels(sentence: str, kind: str = "note") -> frozenset[str]:
    """Concepts as the sentence file writes them: bare, ``-`` denied, ``?`` doubted; what is closed is left out."""
    return frozenset(_MARK[s.polarity] + s.concept for s in statements(sentence, kind) if not s.closed)


def record(text: str, kind: str, title: str = "MRI lumbar spine") -> Record:
    name, note = resources.CodeableConcept(text=text), (resources.Annotation(text=text),)
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
            told = resources.Observation(
                resource_type="Observation", id="o", effective_date_time=WRITTEN, value_string=text
            )
            return Record(as_of=AS_OF, observations=(told,))


def report(conclusion: str, title: str = "MRI lumbar spine", **more: object) -> resources.DiagnosticReport:
    given = {
        "resource_type": "DiagnosticReport",
        "id": "r",
        "status": "final",
        "code": resources.CodeableConcept(text=title),
        "effective_date_time": WRITTEN,
        "conclusion": conclusion,
    }
    return resources.DiagnosticReport(**(given | more))
