"""What may become of an operated patient: a day and dice in, the entries of the chart and what truly happened out.

Rates are set so that each course is seen in a few thousand patients; they are no claim about any hospital. Dates are
true to how charts are kept: visits have hours, diagnoses are recorded when the visit ends, reports come later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from tests.patients.shorthand import Calendar, concept, resource

CLINICS = ("Orthopaedics", "Neurosurgery", "Pain clinic", "Emergency department", "General practice")
SPINE, EMERGENCY, PRACTICE = CLINICS[:2], CLINICS[3], CLINICS[4]
LOCAL = "https://hospital.example/procedures"
_NUMBER = {"discectomy": ("pcs:0SB20ZZ", "Microdiscectomy L4/5"), "laminectomy": ("sct:387731002", "Laminectomy L4/5"),
           "fusion": ("pcs:0SG00AJ", "Posterior fusion L4/5 with pedicle screws")}  # fmt: skip


@dataclass
class Story:
    """One patient in the making. ``truth`` holds what truly happened, and whether the chart could have told before."""

    who: str
    dice: Random
    end: datetime
    entries: list[dict[str, Any]] = field(default_factory=list)
    truth: list[dict[str, Any]] = field(default_factory=list)
    visit: str = ""

    def add(self, kind: str, when: datetime, **short: Any) -> str:
        """Add an entry in the short form of tests/patients; nothing that lies after the export is written."""
        ident = f"{self.who}-{len(self.entries)}"
        if when <= self.end:
            calendar = Calendar(self.end.date(), timedelta())
            told = {"type": kind, "id": ident, "date": when, **short}
            self.entries.append(resource(told, f"Patient/{self.who}", calendar))
        return ident

    def see(self, when: datetime, clinic: str, minutes: int = 40) -> datetime:
        """A visit; the hour at which it ends is returned, for what is written down then."""
        end = when + timedelta(minutes=minutes)
        self.visit = self.add(
            "Encounter", when, until=end, text="Visit",
            raw={"serviceProvider": {"display": clinic},
                 "participant": [{"individual": {"reference": f"Practitioner/{clinic[:4]}-{self.dice.randrange(3)}"}}]},
        )  # fmt: skip
        return end

    def diagnose(self, when: datetime, code: str, text: str = "", onset: datetime | None = None, **more: Any) -> str:
        """A diagnosis of the visit; some have no day of recording, and half of those no visit either, as exports go."""
        drawn = self.dice.random()
        recorded: dict[str, Any] = {} if drawn < 0.14 else {"recorded": when}
        if drawn > 0.07:
            recorded["encounter"] = self.visit
        told = {"codes": [code], "onset": (onset or when).date(), **recorded, **more}
        told.pop("date", None)
        ident = f"{self.who}-{len(self.entries)}"
        if when <= self.end:
            short = {"type": "Condition", "id": ident, **({"text": text} if text else {}), **told}
            self.entries.append(resource(short, f"Patient/{self.who}", Calendar(self.end.date(), timedelta())))
        return ident

    def pain(self, when: datetime, value: int) -> None:
        self.add("Observation", when, codes=["loinc:72514-3"], value=value, unit="{score}")

    def lab(self, when: datetime, code: str, value: float, unit: str) -> None:
        self.add("Observation", when, codes=[code], value=value, unit=unit, raw={"issued": stamp(when)})

    def image(self, when: datetime, modality: str, title: str, conclusion: str) -> datetime:
        """Pictures, and a report hours or days later; one in ten is a PDF that nobody can read."""
        study = self.add("ImagingStudy", when, modality=modality, text=title)
        issued = when + timedelta(hours=self.dice.choice((3, 20, 44)))
        report: dict[str, Any] = {"text": title, "study": study, "raw": {"issued": stamp(issued)}}
        if self.dice.random() < 0.1:
            report["raw"]["presentedForm"] = [{"contentType": "application/pdf", "url": "Binary/1"}]
        else:
            report["conclusion"] = conclusion
        if issued <= self.end:
            self.add("DiagnosticReport", when, **report)
        return issued

    def happened(self, outcome: str, when: datetime, *, told: bool) -> None:
        if when <= self.end:
            self.truth.append({"patient": self.who, "outcome": outcome, "on": when.date().isoformat(), "told": told})


def stamp(when: datetime) -> str:
    return when.astimezone(UTC).isoformat()


def operate(story: Story, when: datetime, kind: str, *, local: bool) -> None:
    """The stay and the operation; some hospitals code it in a system of their own, and name it in no other way."""
    code, text = _NUMBER[kind]
    story.see(when - timedelta(hours=2), story.dice.choice(SPINE), minutes=60 * 52)
    site: dict[str, Any] = {"site": "L4-L5", "side": "left"} if kind == "discectomy" else {"site": "L4-L5"}
    named: dict[str, Any] = {"codes": [code], "text": f"{text}{' left' if kind == 'discectomy' else ''}", **site}
    if local:
        own = {"system": LOCAL, "code": f"OP-{kind[:3].upper()}", "display": "Theatre case"}
        named = {"raw": {"code": {"coding": [own]}}}
    story.add("Procedure", when, until=when + timedelta(hours=2), encounter=story.visit, **named)


def controls(story: Story, when: datetime) -> None:
    """The routine: six weeks, three months, a year; no pain to speak of."""
    for days, pain in ((42, 2), (90, 1), (365, 0)):
        end = story.see(_hour(story, when, days), story.dice.choice(SPINE))
        story.pain(end, pain if story.dice.random() < 0.8 else 0)
    for days in sorted(story.dice.sample(range(100, 800), 4)):
        story.see(_hour(story, when, days), PRACTICE)


def lasting(story: Story, when: datetime) -> None:
    """Pain that never went: seen by many."""
    for days in (45, 100, 190, 300, 420):
        clinic = CLINICS[2] if days > 150 else story.dice.choice(SPINE)
        end = story.see(_hour(story, when, days), clinic)
        story.pain(end, story.dice.choice((5, 6, 7)))
        if days in (100, 300):
            story.diagnose(end, "cm:M54.16", "Left leg pain since the operation", onset=when)


def recurrence(story: Story, when: datetime) -> None:
    """Free of pain, then the same leg at once; MRI, and for half of them another operation."""
    end = story.see(_hour(story, when, 42), story.dice.choice(SPINE))
    story.pain(end, 0)
    back = _hour(story, when, story.dice.randrange(120, 400))
    end = story.see(back, PRACTICE)
    story.diagnose(end, "cm:M54.32", "Sudden left sciatica, same leg as before the operation", onset=back)
    story.pain(end, 8)
    end = story.see(back + timedelta(days=9), story.dice.choice(SPINE))
    seen = story.image(back + timedelta(days=12), "MR", "MRI lumbar spine",
                       "Recurrent disc herniation at L4/5 left compressing the L5 root.")  # fmt: skip
    story.see(back + timedelta(days=19), story.dice.choice(SPINE))
    story.happened("same-level-herniation", seen, told=True)
    if story.dice.random() < 0.5:
        again = back + timedelta(days=story.dice.randrange(25, 60))
        operate(story, again, "discectomy", local=False)
        story.happened("revision-operation", again, told=True)


def no_union(story: Story, when: datetime) -> None:
    """A fusion that does not heal: pain at a year, then CT."""
    for days in (90, 180, 390):
        end = story.see(_hour(story, when, days), story.dice.choice(SPINE))
        story.pain(end, 6)
        story.diagnose(end, "cm:M54.50", "Low back pain, worse when standing up", onset=when + timedelta(days=60))
    seen = story.image(_hour(story, when, 400), "CT", "CT lumbar spine",
                       "No bridging bone at L4/5. Halo around both L5 screws.")  # fmt: skip
    end = story.see(_hour(story, when, 412), story.dice.choice(SPINE))
    story.happened("non-union", seen, told=True)
    if story.dice.random() < 0.4:
        again = _hour(story, when, 470)
        operate(story, again, "fusion", local=False)
        story.happened("revision-operation", again, told=True)


def infection(story: Story, when: datetime) -> None:
    """A wound that drains; two days later it is coded. One in three comes once only, and is coded at that visit."""
    day = _hour(story, when, story.dice.randrange(11, 26))
    told = story.dice.random() < 0.67
    if told:
        end = story.see(day, PRACTICE)
        story.diagnose(end, "cm:T81.31XA", "Purulent wound drainage", onset=day, recorded=end)
        story.lab(day + timedelta(hours=5), "loinc:1988-5", 96.0, "mg/L")
        story.lab(day + timedelta(minutes=20), "loinc:8310-5", 38.9, "Cel")
        story.see(day + timedelta(days=1), story.dice.choice(SPINE))
    coded = day + timedelta(days=2)
    end = story.see(coded, EMERGENCY)
    story.diagnose(end, "cm:T81.42XA", "Deep wound infection", onset=coded, recorded=end)
    story.happened("deep-infection", end, told=told)


def cauda_equina(story: Story, when: datetime) -> None:
    """The emergency; half of them had said so at a visit the day before."""
    day = _hour(story, when, story.dice.randrange(60, 500))
    told = story.dice.random() < 0.5
    end = story.see(day, PRACTICE)
    story.diagnose(end, "cm:M54.32", "Sciatica, both legs" if told else "Sciatica", onset=day, recorded=end)
    if told:
        story.diagnose(end, "sct:449813001", "", onset=day, recorded=end)
        story.see(day + timedelta(hours=20), EMERGENCY)
    coded = day + timedelta(days=1, hours=6)
    end = story.see(coded, EMERGENCY) if not told else coded
    story.diagnose(end, "cm:G83.4", "", onset=coded, recorded=end)
    story.happened("cauda-equina", end, told=told)


def haematoma(story: Story, when: datetime) -> None:
    """The first days: severe pain, then the code."""
    day = when + timedelta(days=3)
    story.pain(day, 9)
    story.see(day + timedelta(hours=1), EMERGENCY, minutes=600)
    coded = day + timedelta(hours=12)
    story.diagnose(coded, "cm:G97.61", "", onset=coded, recorded=coded)
    story.happened("haematoma", coded, told=True)


def _hour(story: Story, when: datetime, days: int) -> datetime:
    """A visit in office hours, about that many days after."""
    day = (when + timedelta(days=days + story.dice.randrange(-4, 5))).date()
    return datetime(
        day.year, day.month, day.day, story.dice.randrange(7, 16), story.dice.choice((0, 20, 40)), tzinfo=UTC
    )


Course = Callable[[Story, datetime], None]
AFTER: dict[str, tuple[tuple[Course, int], ...]] = {
    "discectomy": ((controls, 62), (lasting, 14), (recurrence, 14), (infection, 4), (cauda_equina, 4), (haematoma, 2)),
    "laminectomy": ((controls, 66), (lasting, 20), (infection, 5), (cauda_equina, 4), (haematoma, 5)),
    "fusion": ((controls, 58), (lasting, 16), (no_union, 18), (infection, 8)),
}
__all__ = ["AFTER", "Story", "concept", "controls", "operate", "stamp"]
