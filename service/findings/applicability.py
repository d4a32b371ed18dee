"""Most charts hold no spine surgery: codes and texts in; out, whether anything could tell of one, at little cost."""

from __future__ import annotations

from collections.abc import Iterable

from service.chart.operations import CLASS_OF, MINOR_KIND
from service.domain.statements import Statement
from service.fhir.record import Record
from service.findings.surgery.reported_history import STATING
from service.text.surgery_scan import may_tell_of_surgery
from service.text.vocabulary.language import Language

TELLING = frozenset({*CLASS_OF, *MINOR_KIND, *STATING, "stimulator-present"})
"""The concepts that surgery is read from; without any of them a chart is out of scope."""


def may_concern(record: Record, coded: Iterable[Statement], language: Language) -> bool:
    """False only when no code and no text of the record can tell of spine surgery."""
    return any(s.concept in TELLING for s in coded) or may_tell_of_surgery(record, language, TELLING)
