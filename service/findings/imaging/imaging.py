"""Imaging: studies, their reports and the codes beside them in; the imaging findings of the case sheet out.

A finding counts when its study is later than the index operation; a study without a report says only that it exists.
Doubtful words ("possible abscess") count for abscess, haematoma and infection alone, and keep any report from being
called negative. What a later study takes back no longer counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from service.chart.chart import Chart, after_index, begun, finding, said
from service.chart.studies import gather
from service.domain import spine
from service.domain.findings import Finding
from service.domain.places import Precision, Side, same_side
from service.domain.statements import Basis, Polarity
from service.findings.imaging import (
    emergencies,
    new_diagnosis_codes,
    operated_site,
    other_tests,
    pictured,
    preoperative,
    study_status,
)
from service.findings.imaging.report_findings import Imaging, Seen, by_bone, compatible, lies, read_imaging, told
from service.findings.imaging.study_age import COMPRESSIVE, days_after
from service.findings.imaging.study_status import NOT_NEGATIVE

_NO_TARGET = frozenset({"arachnoiditis-finding"})
"""What a study shows and no operation takes away."""
_SLIP = ("listhesis", "dynamic-listhesis")
_AT = {
    "herniation_at": ("disc-herniation", "residual-fragment"),
    "stenosis_at": ("stenosis",),
    "foraminal_stenosis_at": ("foraminal-stenosis",),
    "listhesis_at": _SLIP,
}
_ORDER = (spine.SAME_LEVEL, spine.ADJACENT, spine.REMOTE, spine.SAME_REGION, spine.UNKNOWN_LEVEL)
_SIMPLE: dict[str, tuple[str, ...]] = {
    "wide_foramina": ("wide-foramen",),
    "pars_fracture": ("pars-facet-fracture",),
    "nonunion_seen": ("nonunion",),
    "solid_fusion": ("solid-fusion",),
    "motion_at_fusion": ("motion-at-fusion",),
    "implant_broken": ("implant-broken",),
    "implant_loose": ("implant-loose",),
    "implant_breach": ("implant-breach",),
    "cage_moved": ("cage-moved",),
    "sagittal_imbalance": ("sagittal-imbalance",),
    "arachnoiditis_seen": ("arachnoiditis-finding",),
    "fluid_collection": ("epidural-collection", "csf-leak"),
    "lead_moved": ("lead-moved",),
    "facet_arthrosis": ("facet-arthrosis",),
    "dynamic_listhesis": ("dynamic-listhesis",),
}
_FAULT = ("implant-broken", "implant-loose", "implant-displaced", "implant-other-fault", "cage-moved")
"""A breach is a matter of placing, not a failure: it is a finding of its own."""
_ELSEWHERE = frozenset({spine.ADJACENT, spine.REMOTE})
_DISC_MATERIAL = ("disc-herniation", "residual-fragment", "compression")
_DISC_CHANGE = ("modic-change", "disc-degeneration", "annular-defect")
_ABNORMAL = (*COMPRESSIVE, *_FAULT, "nonunion", "listhesis", "dynamic-listhesis", "instability", "motion-at-fusion")


def read(chart: Chart) -> Iterator[Finding]:
    """Every finding of the imaging family."""
    if chart.surgery is None or not chart.surgery.in_scope:
        return
    files = gather(chart)
    seen = read_imaging(chart, files)
    pictures = (_disc, _compression, _levels_told, _scar, _plain, _by_modality, _faults, emergencies.read, _slip)
    parts = (*pictures, _sacroiliitis) if seen.since else (_faults, _sacroiliitis)
    yield from study_status.read(chart, files)
    yield from other_tests.read(chart, files)
    elsewhere = bool(seen.since) and _only_remote(chart, seen.yes("disc-herniation", "residual-fragment"))
    for coded in new_diagnosis_codes.read(chart):
        # A code names no more than a region: the report says at which level the herniation is.
        if coded.name != "herniation_coded" or not elsewhere:
            yield coded
    yield from preoperative.read(chart, seen)
    yield from operated_site.read(chart, seen)
    yield from pictured.read(chart, seen)
    yield from chain.from_iterable(part(chart, seen) for part in parts)


def _disc(chart: Chart, seen: Imaging) -> Iterator[Finding]:
    """Disc material: where, on which side, how early, and whether it was left behind."""
    found = seen.yes("disc-herniation", "residual-fragment")
    pain = chart.pain.side if chart.pain else Side.UNKNOWN
    sides = {same_side(s.said.side, pain) for s in found} - {None}
    if sides:
        yield told("herniation_same_side", "yes" if True in sides else "no", found)
    if _only_remote(chart, found):
        yield told("only_remote", "yes", found)
    yield from _denied_there(chart, seen)
    operated = chart.surgery.side if chart.surgery else Side.UNKNOWN
    residual = [s for s in found if _left_behind(chart, s, operated)]
    if residual:
        yield told("residual_fragment", "yes", residual)
    material = seen.yes(*_DISC_MATERIAL) or seen.yes("epidural-scar")
    if material and all(_is_early_mr(chart, s) for s in material):
        yield told("early_mr", "yes", material)
    yield from _day_of_mr(chart, found)


def _day_of_mr(chart: Chart, found: Iterable[Seen]) -> Iterator[Finding]:
    """How long after the operation the latest MRI was that shows disc material."""
    dated = [(s.when.last, s) for s in found if s.when and _is_mr(s)]
    if not dated:
        return
    last = max(day for day, _ in dated)
    latest = [s for day, s in dated if day == last]
    if after := days_after(chart, latest[0].when):
        yield told("mr_finding_days", after, latest)


def _only_remote(chart: Chart, found: tuple[Seen, ...]) -> bool:
    return bool(found) and all(_relation(chart, s) == spine.REMOTE for s in found)


def _denied_there(chart: Chart, seen: Imaging) -> Iterator[Finding]:
    """A current MRI that finds no herniation where the operation was, whatever it finds elsewhere."""
    denied = [
        s for s in seen.no("disc-herniation") if s.current and study_status.is_told(s.study) and "mri" in s.study.kinds
    ]
    here = [s for s in denied if _relation(chart, s) not in _ELSEWHERE]
    if here and all(_relation(chart, s) in _ELSEWHERE for s in seen.perhaps("disc-herniation", "residual-fragment")):
        yield told("herniation_denied", "yes", here)


def _compression(chart: Chart, seen: Imaging) -> Iterator[Finding]:
    """A compressive finding at the operated level, and whether a current report leaves something to operate on."""
    touching = _touching(seen)
    at_level = [s for s in touching if _relation(chart, s) == spine.SAME_LEVEL or emergencies.is_of_blood(s, seen)]
    if at_level:
        yield told("compressive_finding", "yes", at_level)
    targets = [
        s
        for s in seen.yes(*NOT_NEGATIVE)
        if s.current
        and s.said.concept not in _NO_TARGET
        and s.said.basis is not Basis.CODE
        and (s in touching or s.said.concept not in COMPRESSIVE)
    ]
    if targets:
        yield told("surgical_target", "yes", targets)
    clear = _clear(chart, seen)
    if clear and not seen.perhaps(*COMPRESSIVE):
        yield told("compressive_finding", "no", clear)
    clear += [
        s
        for s in seen.yes("epidural-scar", modality="MR")
        if s.current and study_status.is_told(s.study) and study_status.is_understood(chart, s.study)
    ]
    if clear and not any(s.current for s in seen.perhaps(*NOT_NEGATIVE)):
        yield told("surgical_target", "no", clear)


def _touching(seen: Imaging) -> list[Seen]:
    """What compresses or may: a disc of which the same sentence says that it touches no nerve does not."""
    free = {(s.said.source, s.said.sentence, s.said.place) for s in seen.yes("no-compression")}
    return [
        s
        for s in seen.yes(*COMPRESSIVE)
        if s.said.concept != "disc-herniation" or (s.said.source, s.said.sentence, s.said.place) not in free
    ]


def _levels_told(chart: Chart, seen: Imaging) -> Iterator[Finding]:
    for name, concepts in _AT.items():
        found = by_bone(seen, concepts)
        if found:
            best = min((_relation(chart, s) for s in found), key=_ORDER.index)
            yield told(name, best, [s for s in found if _relation(chart, s) == best])
    if grown := [s for s in seen.yes("foraminal-stenosis") if s.said.attributes.grown]:
        yield told("foraminal_grown", "yes", grown)
    changed = [s for s in seen.yes(*_DISC_CHANGE) if _relation(chart, s) == spine.SAME_LEVEL]
    if changed:
        yield told("disc_change_operated", "yes", changed)
    fused = set(chart.surgery.fused.segments) if chart.surgery else set()
    abnormal = seen.perhaps(*_ABNORMAL)
    if fused and abnormal and all(_is_within(s, fused) for s in abnormal):
        yield told("only_fused_level", "yes", abnormal)


def _scar(_: Chart, seen: Imaging) -> Iterator[Finding]:
    """Scar speaks only from a current MRI report, and alone only where no report names anything that compresses."""
    scar = [s for s in seen.yes("epidural-scar", modality="MR") if s.current and study_status.is_told(s.study)]
    if not scar:
        return
    yield told("scar_on_mri", "yes", scar)
    if not any(s.current for s in seen.perhaps(*COMPRESSIVE)):
        yield told("scar_only", "yes", scar)


def _plain(chart: Chart, seen: Imaging) -> Iterator[Finding]:
    for name, concepts in _SIMPLE.items():
        found = seen.yes(*concepts)
        if name == "solid_fusion":
            found = _not_apart_from(found, seen.yes("nonunion"))
        if name == "motion_at_fusion" and (fused := set(chart.surgery.fused.segments) if chart.surgery else set()):
            found += tuple(s for s in seen.yes("dynamic-listhesis") if _is_within(s, fused))
        yield from [told(name, "yes", found)] if found else []
    if found := seen.yes("vertebral-fracture", "sacral-fracture"):
        yield told("vertebral_fracture", "yes", found)
    elif found := tuple(s for s in seen.perhaps("vertebral-fracture", "sacral-fracture") if s.current):
        yield told("vertebral_fracture", "suspected", found)


def _not_apart_from(solid: tuple[Seen, ...], open_: tuple[Seen, ...]) -> tuple[Seen, ...]:
    """Without the fused segments that are solid beside another that is not."""
    return tuple(s for s in solid if not open_ or any(compatible(s.said.place, o.said.place) for o in open_))


def _by_modality(_: Chart, seen: Imaging) -> Iterator[Finding]:
    """What only the right kind of picture can rule out: CT for bone and screws, motion films for motion."""
    if not seen.yes("pars-facet-fracture") and (
        found := (*seen.yes("pars-intact", modality="CT"), *seen.no("pars-facet-fracture", modality="CT"))
    ):
        yield told("pars_intact", "yes", found)
    if not seen.yes("implant-breach") and (
        found := (*seen.yes("implant-contained", modality="CT"), *seen.no("implant-breach", modality="CT"))
    ):
        yield told("implant_contained", "yes", found)
    moving = [s for s in seen.no("dynamic-listhesis", "instability") if "flexion_extension" in s.study.kinds]
    if not seen.yes("dynamic-listhesis") and (found := (*seen.yes("stable-films"), *moving)):
        yield told("stable_films", "yes", found)
    standing = [s for s in seen.no("sagittal-imbalance") if "standing_films" in s.study.kinds]
    if not seen.yes("sagittal-imbalance") and (found := (*seen.yes("balanced-films"), *standing)):
        yield told("balanced_films", "yes", found)


def _faults(chart: Chart, seen: Imaging) -> Iterator[Finding]:
    found = seen.yes(*_FAULT)
    coded = new_diagnosis_codes.news(chart, *_FAULT)
    if found or coded:
        yield finding("implant_fault", "yes", [*(s.said for s in found), *coded])


def _slip(chart: Chart, seen: Imaging) -> Iterator[Finding]:
    """A slip is new only if somebody looked before the operation and named none."""
    found = seen.yes(*_SLIP)
    known = (*said(chart, *_SLIP), *said(chart, *_SLIP, polarity=Polarity.UNCERTAIN))
    if found and seen.before and all(after_index(chart, begun(s)) for s in known):
        yield told("new_listhesis", "yes", found)


def _sacroiliitis(chart: Chart, seen: Imaging) -> Iterator[Finding]:
    """An inflammatory disease is not bound to the operation: a word of any day counts, unless a study denies it."""
    named = [s for s in said(chart, "sacroiliitis") if not s.closed and (s.basis is not Basis.NOTE or s.retold)]
    if named and not seen.no("sacroiliitis"):
        yield finding("sacroiliitis", "yes", named)


def _clear(chart: Chart, seen: Imaging) -> list[Seen]:
    """What current, final reports of a lumbar MRI that were understood say outright: nothing compresses."""
    said_clear = (*seen.yes("no-compression", "normal-study"), *seen.no(*COMPRESSIVE))
    mri = [s for s in said_clear if s.current and "mri" in s.study.kinds]
    return [s for s in mri if study_status.compresses_nothing(chart, s.study)]


def _relation(chart: Chart, seen: Seen) -> str:
    return lies(chart, seen.said)


def _left_behind(chart: Chart, seen: Seen, operated: Side) -> bool:
    """Called residual and not on the other side; or a herniation of the first 90 days, operated level and side."""
    side = same_side(seen.said.side, operated)
    if seen.said.concept == "residual-fragment":
        return side is not False
    return side is True and _relation(chart, seen) == spine.SAME_LEVEL and _is_early(chart, seen)


def _is_early_mr(chart: Chart, seen: Seen) -> bool:
    """Possibly within the first 90 days."""
    return _is_mr(seen) and _is_early(chart, seen)


def _is_mr(seen: Seen) -> bool:
    """On MRI, or on a study whose modality nobody tells."""
    return not seen.study.modalities or "MR" in seen.study.modalities


def _is_early(chart: Chart, seen: Seen) -> bool:
    after = days_after(chart, seen.when)
    return after is not None and after.low < chart.numbers["early_mr_days"]


def _is_within(seen: Seen, segments: set[str]) -> bool:
    place = seen.said.place
    return not seen.said.attributes.beside and place.precision is Precision.SEGMENT and set(place.segments) <= segments
