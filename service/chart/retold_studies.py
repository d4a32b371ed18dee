"""Studies that only notes tell of: the chart and its study files in, one file more for each study retold out."""

from __future__ import annotations

from collections.abc import Sequence

from service.chart.chart import Chart
from service.chart.study_matching import Study
from service.domain import partial_dates
from service.domain.done_steps import DECLINED, DONE, PENDING
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
        kinds = _named(chart, statements[0].source, modality) or {kind}
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
    return found + _told(chart, [*held, *found])


def _named(chart: Chart, source: str, modality: str) -> set[str]:
    """The kinds of that modality that the note names itself: an MRI of the sacroiliac joints is none of the spine."""
    told = {d.study for d in chart.done if d.source == source and _MODALITIES.get(d.study) == modality != ""}
    return told | ({"xray"} if told & _FILMS else set())


def _told(chart: Chart, held: Sequence[Study]) -> list[Study]:
    """Studies of which a text tells that they were done or asked for, where nothing else of the chart shows them."""
    found: list[Study] = []
    for told in chart.done:
        if told.study not in _MODALITIES or told.manner == DECLINED or told.when is None:
            continue
        done = told.manner != PENDING
        others = [file for file in (*held, *found) if told.study in file.kinds and (file.done or not done)]
        if any(_may_be(file, told.when, told.dated, chart) for file in others):
            continue
        modality = _MODALITIES[told.study]
        found.append(
            Study(
                refs=(told.source,),
                kinds=frozenset({told.study} | ({"xray"} if told.study in _FILMS else set())),
                modalities=frozenset({modality} if modality else ()),
                when=told.when,
                done=done,
                waiting=not done,
                lumbar=bool(modality),
                imaging=bool(modality),
                words=told.words,
                retold=f"{told.source}#{told.study}" if told.manner == DONE else "",
            )
        )
    return found


_MODALITIES = {
    "mri": "MR", "whole_spine_mri": "MR", "si_mri": "MR", "pelvis_mri": "MR", "ct": "CT", "ct_myelogram": "CT",
    "xray": "DX", "flexion_extension": "DX", "standing_films": "DX", "hip_xray": "DX",
    "emg": "", "vascular_test": "", "bone_density": "", "leg_duplex": "",
}  # fmt: skip
FILED = frozenset(_MODALITIES)
"""The studies and tests that are kept as files, by the finding that the case sheet has for them."""
_FILMS = frozenset({"flexion_extension", "standing_films"})


def _may_be(file: Study, when: Span, dated: bool, chart: Chart) -> bool:
    """Whether a retold study may be this one: on its day where the note gives one, else any from before the note."""
    if file.when is None:
        return True
    if dated:
        return partial_dates.back(when.first, int(chart.numbers["report_study_days"])) <= file.when.last and (
            partial_dates.back(file.when.first, int(chart.numbers["report_study_days"])) <= when.last
        )
    return file.when.first <= when.last
