"""Implants in the magnet: devices, codes and their MR marks in, whether to check first or not to scan at all out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.chart.chart import Chart, finding, said
from service.domain.findings import Finding
from service.domain.statements import Basis, Ref, Statement
from service.fhir import resources
from service.fhir.elements import words_of
from service.findings.surgery import explants

_KINDS = (
    ("pacemaker", re.compile(r"pace-?maker|cardiac resynchroni[sz]ation|\bcrt-?[dp]\b")),
    ("defibrillator", re.compile(r"defibrillat|\baicd\b|\bicd\b")),
    (
        "stimulator",
        re.compile(
            r"neuro-?stimulat|(?:nerve|spinal cord|dorsal column|brain|sacral) stimulat|pulse generator|\bscs\b|\bdbs\b"
        ),
    ),
    ("pump", re.compile(r"intrathecal (?:\w+ ){0,2}pump|infusion pump|(?:baclofen|morphine|insulin) pump")),
    ("cochlear", re.compile(r"cochlear")),
    ("clip", re.compile(r"aneurysm (?:\w+ )?clip|(?:cerebral|intracranial|vascular) clip")),
    (
        "metal",
        re.compile(
            r"orbit\w* (?:metal|foreign)|(?:metal\w*|foreign bod\w+) (?:\w+ ){0,3}(?:orbit|eye)"
            r"|intraocular (?:metal|foreign)|shrapnel|magnetic|retained metal"
        ),
    ),
)
_UNSAFE = re.compile(
    r"\bunsafe\b|not mri? ?[- ]?(?:safe|compatible)|mri? (?:is )?contra-?indicated|non-?mri? ?[- ]?(?:safe|compatible)"
)
_SUITED = re.compile(r"\bconditional\b|\bsafe\b|\bmri?[- ]?(?:\w+ )?compatible\b")
_OF_MAGNET = re.compile(r"\bmri?\b|magnetic", re.IGNORECASE)
_LONGEST = 600


def read(chart: Chart) -> Iterator[Finding]:
    """A mark is read from Device.safety and Device.note, by its words; that a device is unsafe, from its name too. A
    device that is not in use counts for nothing.

    An explicitly unsafe device bars MRI, whatever it is. A pacemaker, defibrillator, stimulator, pump, cochlear
    implant, clip or metal in the eye needs a check unless every such device on record is marked MR conditional or
    safe; a code that only repeats such a device needs none either.
    """
    active = [d for d in chart.record.devices if (d.status or "active").strip().lower() == "active"]
    unsafe = [d for d in active if _UNSAFE.search(_marks(d)) or _is_named_unsafe(d)]
    marked = {s.source for s in said(chart, "mr-unsafe")}
    barred = {d.ref for d in unsafe} | {d.ref for d in active if d.ref in marked}
    explicit = [s for s in said(chart, "mr-unsafe") if not s.closed and s.source not in barred]
    if barred or explicit:
        yield _on("mri_no", tuple(d for d in active if d.ref in barred), explicit)
    named = (*said(chart, "mr-check-device"), *explants.out_of_the_magnet(chart, said(chart, "stimulator-present")))
    coded = [s for s in named if not s.closed and _is_standing(chart, s)]
    doubtful = [d for d in active if d.ref not in barred and _is_to_check(d, coded) and not _is_suited(chart, d)]
    suited = {kind for d in active if _is_suited(chart, d) and d.ref not in barred for kind in _kinds(_names(d))}
    told = [s for s in coded if not s.source.startswith("Device/") and not (_kinds(s.words) & suited)]
    stimulator = chart.known.get("stimulator_present")
    by_operation = stimulator is not None and stimulator.value == "yes" and not suited & {"stimulator", "pump"}
    if doubtful or told or by_operation:
        refs = stimulator.refs if stimulator and by_operation else ()
        yield _on("device_check", tuple(doubtful), told, refs)


def _is_standing(chart: Chart, statement: Statement) -> bool:
    return not (statement.ended and statement.ended.last <= chart.as_of) and not statement.source.startswith("Service")


def _is_to_check(device: resources.Device, coded: list[Statement]) -> bool:
    return bool(_kinds(_names(device))) or any(s.source == device.ref for s in coded)


def _is_named_unsafe(device: resources.Device) -> bool:
    """A name such as "Pacemaker, MR unsafe"; that it is safe is believed of a mark only, for leads may differ."""
    name = _names(device)[:_LONGEST].lower()
    return bool(_OF_MAGNET.search(name) and _UNSAFE.search(name))


def _is_suited(chart: Chart, device: resources.Device) -> bool:
    marked = {s.source for s in said(chart, "mr-conditional")}
    return device.ref in marked or bool(_SUITED.search(_marks(device)) and not _UNSAFE.search(_marks(device)))


def _kinds(words: str) -> set[str]:
    plain = words.lower()[:_LONGEST]
    return {kind for kind, said_ in _KINDS if said_.search(plain)}


def _names(device: resources.Device) -> str:
    told = [words_of(device.type), *(c.display or "" for c in (device.type.coding if device.type else None) or () if c)]
    told += [n.name or "" for n in device.device_name or ()] + [device.model_number or ""]
    return " ; ".join(t for t in told if t)


def _marks(device: resources.Device) -> str:
    told = [c.text or "" for c in device.safety or ()]
    told += [k.display or "" for c in device.safety or () for k in c.coding or () if k]
    # A note speaks of many things: only the sentences about the magnet are a mark.
    sentences = [part for n in device.note or () for part in (n.text or "")[:_LONGEST].split(".")]
    told += [part for part in sentences if _OF_MAGNET.search(part)]
    return " ; ".join(t for t in told if t).lower()[:_LONGEST]


def _on(name: str, devices: tuple[resources.Device, ...], told: list[Statement], more: tuple[Ref, ...] = ()) -> Finding:
    refs = tuple(dict.fromkeys((*(d.ref for d in devices), *more)))
    words = "; ".join(dict.fromkeys([*(_names(d) for d in devices), *(s.words for s in told if s.words)]))
    return finding(name, "yes", told, refs=refs, basis=None if told else Basis.CODE, words=words[:160])
