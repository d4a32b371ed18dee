"""What a picture shows of an emergency: imaging in, findings out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from service.chart.chart import Chart, finding, said, within
from service.domain.done_steps import DONE
from service.domain.findings import Finding
from service.domain.statements import Basis, Statement
from service.findings.imaging import new_diagnosis_codes
from service.findings.imaging.report_findings import Imaging, Seen, told


def read(chart: Chart, seen: Imaging) -> Iterator[Finding]:
    """Also when only suspected, and from unfinished reports; old ones have been dealt with or are coded."""
    days = chart.numbers["old_sign_days"]
    for name, concept in (
        ("abscess_seen", "epidural-abscess"),
        ("epidural_hematoma_seen", "epidural-hematoma"),
        ("tumour_seen", "spinal-tumour"),
    ):
        if recent := [s for s in seen.perhaps(concept) if within(s.when, days, chart)]:
            yield told(name, "yes", recent)
    if recent := [s for s in seen.perhaps("spinal-infection") if within(s.when, days, chart)]:
        yield told("spinal_infection_seen", "yes", recent)
        if not new_diagnosis_codes.news(chart, "spinal-infection", "epidural-abscess"):
            yield told("spinal_infection_coded", "yes", recent)
    for name, found in (
        ("fracture_seen", seen.yes("vertebral-fracture", "sacral-fracture")),
        ("cauda_equina_compressed", of_cauda_equina(seen.yes("compression", "cauda-equina-code"))),
    ):
        found = tuple(s for s in found if s.said.basis is Basis.REPORT or (s.said.retold and name == "fracture_seen"))
        if recent := [s for s in found if within(s.when, days, chart)]:
            yield told(name, "yes", recent)
            if name == "fracture_seen":
                yield from _pictured_by(recent)
    cord = [s for s in said(chart, "compression") if "cord" in s.attributes.sites]
    cord = [s for s in cord if s.basis is Basis.REPORT or _on_whole_spine(chart, s)]
    if cord := [s for s in cord if within(s.onset or s.stated if s.retold else s.stated, days, chart)]:
        yield finding("cord_compressed", "yes", cord)


def _pictured_by(found: Sequence[Seen]) -> Iterator[Finding]:
    """The best picture that shows the fracture: what CT shows needs no CT, what MRI shows no film."""
    for modality, word in (("CT", "ct"), ("MR", "mri")):
        if shown := [s for s in found if modality in s.study.modalities]:
            yield told("fracture_pictured", word, shown)
            return


def _on_whole_spine(chart: Chart, told: Statement) -> bool:
    """Whether a note retells it from a picture of the whole spine: what the edge of a lumbar one shows asks for one."""
    return bool(told.retold) and any(
        d.source == told.source and d.study == "whole_spine_mri" and d.manner == DONE for d in chart.done
    )


def of_cauda_equina(found: Iterable[Seen]) -> tuple[Seen, ...]:
    """Those of which the report says that it is the cauda equina."""
    return tuple(s for s in found if s.said.attributes.cauda_equina)


def is_of_blood(each: Seen, seen: Imaging) -> bool:
    """A compression of no named level in a report of a haematoma: blood lies where the operation was."""
    return not each.said.place.segments and any(
        each.said.source == s.said.source for s in seen.perhaps("epidural-hematoma")
    )
