"""Implants in the magnet: devices, codes and their MR marks in, whether to check first or not to scan at all out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from service.chart.chart import Chart, finding, said
from service.domain.findings import Finding
from service.domain.statements import Ref, Statement
from service.findings.surgery import explants

_LONGEST = 160
_IN_BODY = frozenset({"stimulator", "pump"})


def read(chart: Chart) -> Iterator[Finding]:
    """An explicitly unsafe device bars MRI, whatever it is. A pacemaker, defibrillator, stimulator, pump, cochlear
    implant, clip or metal in the eye needs a check unless every such device on record is marked MR conditional or
    safe; a code that only repeats such a device needs none either.

    A device that is not in use says nothing (it is left out where devices are read).
    """
    unsafe = [s for s in said(chart, "mr-unsafe") if s.resource == "Device" or not s.closed]
    if unsafe:
        yield _on("mri_no", unsafe)
    barred = {s.source for s in unsafe}
    suited = {s.source for s in said(chart, "mr-conditional")} - barred
    named = (*said(chart, "mr-check-device"), *explants.out_of_the_magnet(chart, said(chart, "stimulator-present")))
    standing = [s for s in named if not s.closed and _is_standing(chart, s)]
    # Of a name alone it is not believed that the leads belong to it: the order stays, its conditions are told.
    named_so = {s.source for s in said(chart, "mr-conditional-name")} - barred - suited
    safe = {kind for s in standing if s.source in suited | named_so for kind in s.attributes.devices}
    doubtful = [s for s in standing if s.resource == "Device" and s.source not in barred | suited | named_so]
    told = [s for s in standing if s.resource != "Device" and s.attributes.devices.isdisjoint(safe)]
    stimulator = chart.known.get("stimulator_present")
    by_operation = stimulator is not None and stimulator.value == "yes" and safe.isdisjoint(_IN_BODY)
    if doubtful or told or by_operation:
        yield _on("device_check", [*doubtful, *told], stimulator.refs if stimulator and by_operation else ())
    elif by_name := [s for s in standing if s.source in named_so]:
        yield _on("device_check", by_name, word="conditional")


def _is_standing(chart: Chart, statement: Statement) -> bool:
    return not (statement.ended and statement.ended.last <= chart.as_of) and statement.resource != "ServiceRequest"


def _on(name: str, told: Iterable[Statement], more: tuple[Ref, ...] = (), word: str = "yes") -> Finding:
    """The devices first, each by all its names, then what other entries say."""
    on = sorted(told, key=lambda s: s.resource != "Device")
    refs = dict.fromkeys((*(s.source for s in on if s.resource == "Device"), *more))
    words = "; ".join(dict.fromkeys(s.words for s in on if s.words))
    return finding(name, word, on, refs=tuple(refs), words=words[:_LONGEST])
