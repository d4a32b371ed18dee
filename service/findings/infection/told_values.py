"""Very high CRP or ESR that a note tells and no result on record shows: a chart in, readings out.

Only values far above every limit are taken from words: what a note tells as falling, planned or old is not one.
"""

from __future__ import annotations

from service.chart.chart import Chart, said
from service.chart.measurements import Reading
from service.chart.units import Amount
from service.domain.statements import Basis

_AT_LEAST = {"crp": Amount(100, 2000), "esr": Amount(51, 150)}
"""What the language data calls very high: mg/L, mm/h."""


def with_told(chart: Chart, concept: str, values: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The readings, and behind them the very high values of notes written after the last of them."""
    last = values[-1].when.last if values else None
    told = [
        Reading(_AT_LEAST[concept], s.stated, None, s.source, s.words, firm=False)
        for s in said(chart, concept)
        if s.basis is Basis.NOTE and not s.closed and s.stated and (last is None or s.stated.first > last)
    ]
    return values + tuple(sorted(told, key=lambda r: r.when.first))
