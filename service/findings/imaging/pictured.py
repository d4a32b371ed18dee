"""A deficit that grows although its cause is known: the last reports in, whether one shows it out.

A screw in the canal or disc material on a nerve, seen when the deficit was already there, explains that it grows: the
next step is the surgeon, and the same picture again would only cost hours.
"""

from __future__ import annotations

from collections.abc import Iterator

from service.chart.chart import Chart, after_index, finding, said, within
from service.domain.findings import Finding
from service.domain.places import same_side
from service.domain.statements import Basis
from service.findings.imaging.report_findings import Imaging
from service.findings.imaging.study_age import SIGNS

_ON_A_NERVE = ("implant-breach", "disc-herniation", "residual-fragment", "compression")


def read(chart: Chart, seen: Imaging) -> Iterator[Finding]:
    """``deficit_pictured``, where a report of the last days shows it on a side that agrees."""
    if "deficit_new" not in chart.known:
        return
    days = chart.numbers["pictured_days"]
    signs = [s for s in said(chart, *SIGNS) if s.stated and after_index(chart, s.stated)]
    found = [
        each.said
        for each in seen.yes(*_ON_A_NERVE)
        if each.said.basis is Basis.REPORT
        and each.when
        and within(each.when, days, chart)
        and any(
            s.stated
            and s.stated.first <= each.when.last
            and within(s.stated, chart.numbers["new_sign_days"], chart)
            and same_side(s.side, each.said.side) is not False
            for s in signs
        )
    ]
    if found:
        yield finding("deficit_pictured", "yes", found)
