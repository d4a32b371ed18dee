"""What one misreading does to a right answer: ``python -m tests.reasoning.misreadings [-v] [SET ...]``.

Every judged chart whose first cause is right is concluded again with one finding of its case sheet forgotten, or read
as each other word that it could be. Counted by finding: how often the first cause stays, gives way to another, or is no
longer named, and how often something that may harm (a banned cause, alarm or step) appears. The findings that prove the
first cause may overturn it and are counted apart; the signs of alarms are left alone, because one of them is enough by
intention. The vignettes of causes that expect one to be possible or better are shaken likewise.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from service import pipeline
from service.domain.conclusions import Conclusions
from service.domain.findings import CaseSheet, Finding
from service.findings import case_sheet
from service.knowledge import Knowledge
from service.knowledge.laws import read_by
from service.knowledge.records import CauseRecord
from service.reasoning import chain, vignettes
from tests.blind import patients

CHARTS = Path(patients.__file__).parent / "patients"
SCOPE = frozenset({"lumbar_surgery", "minor_patient", "index_surgery"})
"""Without an operation, or in a child, the rule set is silent by intention."""
LISTED = 30


@dataclass
class Count:
    """Of so many misreadings of one finding, what became of the first cause."""

    tried: int = 0
    gave_way: int = 0
    vanished: int = 0
    harm: int = 0
    told: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        kept = self.tried - self.gave_way - self.vanished
        share = 100 * kept / self.tried if self.tried else 100.0
        return f"{self.tried:6} {share:7.1f} % {self.gave_way:8} {self.vanished:8} {self.harm:6}"


def main(arguments: list[str]) -> int:
    service = pipeline.start()
    chosen = [each for each in arguments if not each.startswith("-")]
    tables: dict[str, dict[str, Count]] = {}
    charts = silent = 0
    story: dict[str, Count] = defaultdict(Count)
    proof: dict[str, Count] = defaultdict(Count)
    quiet: dict[str, Count] = defaultdict(Count)
    for name, sheet, rule in _charts(service, chosen):
        before = _conclude(sheet, service)
        if not patients.is_right(rule, _told(before)):
            continue
        if before.causes and not before.alarms:
            charts += 1
            _shake(name, sheet, rule, before, service, story, proof)
        elif rule.get("silent") and not before.alarms:
            silent += 1
            _disturb(name, sheet, service, quiet)
    tables[f"charts with a right first cause: {charts}; findings that do not prove it"] = story
    tables["the same; findings that prove it"] = proof
    tables[f"charts that are rightly silent: {silent} (gives way: a cause is named; harm: an alarm)"] = quiet
    tables["vignettes of causes; findings that do not prove it"] = _vignettes(service)
    for title, counts in tables.items():
        _print(title, counts, "-v" in arguments)
    return 0


def _charts(service: pipeline.Service, chosen: list[str]) -> Iterator[tuple[str, CaseSheet, dict[str, Any]]]:
    for folder in sorted(CHARTS.iterdir()):
        if chosen and folder.name not in chosen:
            continue
        rules = json.loads((folder / "judge.json").read_text("utf-8"))
        for ident, rule in sorted(rules.items()):
            case = json.loads((folder / f"{ident}.json").read_text("utf-8"))
            record = pipeline.read(case["bundle"], date.fromisoformat(case["asOf"]))
            yield f"{folder.name}/{ident}", case_sheet.read(record, service.knowledge), rule


def _conclude(sheet: CaseSheet, service: pipeline.Service) -> Conclusions:
    return chain.conclude(sheet, service.engine, service.knowledge, explain=False)


def _told(concluded: Conclusions) -> dict[str, Any]:
    """The part of ``/explain`` that a judge looks at."""
    spoken = (*concluded.alarms, *concluded.warnings, *concluded.causes)
    return {
        "redFlags": [{"id": each.id} for each in concluded.alarms],
        "causes": [{"id": each.id, "certainty": each.certainty} for each in concluded.causes],
        "bedsideWarnings": [{"id": each.id} for each in concluded.warnings],
        "nextSteps": [{"id": each.id} for each in concluded.steps],
        "cards": [{"indicator": each.indicator} for each in spoken],
    }


def _misread(sheet: CaseSheet, knowledge: Knowledge) -> Iterator[tuple[str, str, CaseSheet]]:
    """The sheet with one finding forgotten or read as another word, and what was done to which."""
    signs = {name for flag in knowledge.redflags.values() for clause in flag.fires for name in read_by(clause)}
    for name, finding in sheet.findings.items():
        if name in SCOPE:
            continue
        others = [word for word in knowledge.vocabulary.findings[name].words if word not in (finding.value, "unknown")]
        yield name, "forgotten", _with(sheet, name, None)
        if name not in signs or name in _OF_THE_STORY:
            for word in others:
                yield name, f"{finding.value} → {word}", _with(sheet, name, replace(finding, value=word))


_OF_THE_STORY = frozenset({"course", "pain_dominance", "pain_side", "mri", "ct", "onset_speed"})
"""Alarms read them beside their signs; none of their words is a sign."""


def _with(sheet: CaseSheet, name: str, finding: Finding | None) -> CaseSheet:
    findings: Mapping[str, Finding] = {
        **{each: known for each, known in sheet.findings.items() if each != name},
        **({name: finding} if finding else {}),
    }
    return replace(sheet, findings=findings)


def _shake(
    name: str,
    sheet: CaseSheet,
    rule: dict[str, Any],
    before: Conclusions,
    service: pipeline.Service,
    story: dict[str, Count],
    proof: dict[str, Count],
) -> None:
    lead = before.causes[0]
    proving = _proving(service.knowledge.causes[lead.id], service.knowledge)
    wrongs = set(patients.faults(rule, _told(before)))
    for finding, how, other in _misread(sheet, service.knowledge):
        count = (proof if finding in proving else story)[finding]
        after = _conclude(other, service)
        _tally(count, lead.id, after, f"{name} {how}")
        if harms := set(patients.faults(rule, _told(after))) - wrongs:
            count.harm += 1
            count.told.append(f"{name} {how}: {', '.join(sorted(harms))}")


def _proving(record: CauseRecord, knowledge: Knowledge) -> frozenset[str]:
    """The findings that objective entries of a cause read, directly or through what is concluded from them."""
    names = {name for clause in record.for_ if clause.group == "finding" for name in read_by(clause)}
    for _ in range(3):
        for concluded in knowledge.findings.values():
            if concluded.finding in names:
                names |= {name for clause in concluded.entries for name in read_by(clause)}
    return frozenset(names - _OF_THE_STORY)


_ONE = {"foraminal-stenosis-progressive": "residual-foraminal-stenosis"}
"""One evaluation under two titles."""


def _tally(count: Count, lead: str, after: Conclusions, what: str) -> None:
    lead = _ONE.get(lead, lead)
    named = [_ONE.get(each.id, each.id) for each in after.causes]
    count.tried += 1
    if lead not in named:
        count.vanished += 1
        count.told.append(f"{what}: {lead} → {named[:2] or 'nothing'}")
    elif named[0] != lead:
        count.gave_way += 1
        count.told.append(f"{what}: {lead} → {named[:2]}")


def _disturb(name: str, sheet: CaseSheet, service: pipeline.Service, quiet: dict[str, Count]) -> None:
    for finding, how, other in _misread(sheet, service.knowledge):
        after = _conclude(other, service)
        count = quiet[finding]
        count.tried += 1
        if after.causes:
            count.gave_way += 1
            count.told.append(f"{name} {how}: {[each.id for each in after.causes][:2]}")
        if after.alarms:
            count.harm += 1
            count.told.append(f"{name} {how}: {[each.id for each in after.alarms][:2]}")


def _vignettes(service: pipeline.Service) -> dict[str, Count]:
    counts: dict[str, Count] = defaultdict(Count)
    for record, vignette in vignettes.every(service.knowledge):
        if not isinstance(record, CauseRecord) or vignette.expect not in ("likely", "documented"):
            continue
        sheet = vignettes.sheet_of(record, vignette)
        before = _conclude(sheet, service)
        if not before.causes or before.causes[0].id != record.id:
            continue
        proving = _proving(record, service.knowledge)
        for finding, how, other in _misread(sheet, service.knowledge):
            if finding not in proving:
                _tally(counts[finding], record.id, _conclude(other, service), f"{vignette.name} {how}")
    return counts


def _print(title: str, counts: Mapping[str, Count], verbose: bool) -> None:
    whole = Count()
    for count in counts.values():
        whole.tried += count.tried
        whole.gave_way += count.gave_way
        whole.vanished += count.vanished
        whole.harm += count.harm
    print(f"\n{title}\n{'finding':26} {'tried':>6} {'stays':>9} {'gives way':>8} {'vanishes':>8} {'harm':>6}")
    print(f"{'all':26} {whole}")
    worst = sorted(counts.items(), key=lambda each: -(each[1].gave_way + each[1].vanished + each[1].harm))
    for name, count in worst[:LISTED]:
        if count.gave_way + count.vanished + count.harm:
            print(f"{name:26} {count}")
            for line in count.told if verbose else ():
                print(f"    {line}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
