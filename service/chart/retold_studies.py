"""Studies that only notes tell of: the chart and its study files in, one file more for each study retold out."""

from __future__ import annotations

from collections.abc import Sequence

from service.chart.chart import Chart
from service.chart.study_matching import Study
from service.domain import partial_dates
from service.domain.spans import Span
from service.domain.statements import Polarity, Statement

_KINDS = {"MR": "mri", "CT": "ct", "DX": "xray", "EMG": "emg"}


def gather(chart: Chart, held: Sequence[Study]) -> list[Study]:
    """Studies that only notes tell of. One that may be a study of the chart told again is not counted twice."""
    told: dict[str, list[Statement]] = {}
    for statement in chart.statements:
        if statement.retold and statement.polarity is not Polarity.UNCERTAIN:
            told.setdefault(statement.retold, []).append(statement)
    found = []
    for name, statements in sorted(told.items()):
        modality = name.partition("#")[2].partition("@")[0]
        kind = _KINDS[modality]
        dated = "@" in name
        when = statements[0].onset if dated else statements[0].stated
        if when is None or any(kind in file.kinds and file.done and _may_be(file, when, dated, chart) for file in held):
            continue
        kinds = {kind}
        if any(s.concept in {"stable-films", "dynamic-listhesis"} for s in statements):
            kinds.add("flexion_extension")
        if any(s.concept in {"balanced-films", "sagittal-imbalance"} for s in statements):
            kinds.add("standing_films")
        found.append(
            Study(
                refs=(statements[0].source,),
                kinds=frozenset(kinds),
                modalities=frozenset({modality}) if modality != "EMG" else frozenset(),
                when=when,
                done=True,
                lumbar=True,
                imaging=modality != "EMG",
                words=statements[0].words,
                retold=name,
            )
        )
    return found


def _may_be(file: Study, when: Span, dated: bool, chart: Chart) -> bool:
    """Whether a retold study may be this one: on its day where the note gives one, else any from before the note."""
    if file.when is None:
        return True
    if dated:
        return partial_dates.back(when.first, int(chart.numbers["report_study_days"])) <= file.when.last and (
            partial_dates.back(file.when.first, int(chart.numbers["report_study_days"])) <= when.last
        )
    return file.when.first <= when.last
