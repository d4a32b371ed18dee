"""The lines of a card: operation, reasons with the words that prove them, what to mind, what was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from service.domain.conclusions import Alarm, Conclusions, NextStep, Reason
from service.output.cards import quotes
from service.output.cards.context import NOT_TOLD
from service.output.cards.lines import FIRST, HELPS, MUST, NEXT, SECOND, Line
from service.output.cards.markdown import clip, escape, uncapitalised

QUOTED = 80
_MOST_MINDED = 4
_SAFETY = re.compile(
    r"(?i)device|metal|\bMR\b|pacemaker|stimulator|pump|kidney|eGFR|allerg|pregnan|anticoag|puncture|metal|unsafe"
)
_UNSAFE = re.compile(r"(?i)unsafe device|device or metal")
_FIRST_OPERATION = " · operation 1 of 1"


def story(conclusions: Conclusions) -> Line:
    """The operation and the course since, once on the first card."""
    told = conclusions.sheet.story
    operation = told.operation.replace(_FIRST_OPERATION, "")
    course = told.course.removesuffix(" (recorded)")
    return Line(FIRST, " · ".join(escape(part) for part in (operation, course) if part))


def reasons(counted: Iterable[Reason], conclusions: Conclusions, said: str) -> list[Line]:
    """Each reason with the words that prove it, but what ``said`` (the summary) tells already; risks rank last."""
    findings = conclusions.sheet.findings
    lines: list[Line] = []
    quoted: set[str] = set()
    for reason in counted:
        if reason.group == quotes.FIT:
            continue
        words = quotes.of(reason, findings)
        if (words and (words.lower() in said.lower() or words in quoted)) or reason.text.lower() in said.lower():
            continue
        quoted.add(words)
        repeated = words.lower() in reason.text.lower()
        text = escape(_short(reason.text)) + ("" if repeated else f": “{escape(clip(words, QUOTED))}”")
        lines.append(Line(HELPS if reason.group == "risk" else FIRST if not lines else SECOND, text))
    return lines


def against(counted: Iterable[Reason], conclusions: Conclusions) -> list[Line]:
    """What speaks against it, the heaviest first; the first is told before any second reason."""
    findings = conclusions.sheet.findings
    lines: list[Line] = []
    for reason in sorted(counted, key=lambda each: -each.weight)[:2]:
        words = quotes.of(reason, findings)
        text = f"Against: {escape(uncapitalised(_short(reason.text)))}" + (
            f": “{escape(clip(words, QUOTED))}”" if words else ""
        )
        lines.append(Line(FIRST if not lines else SECOND, text))
    return lines


def mind(steps: Iterable[NextStep], conclusions: Conclusions) -> list[Line]:
    """Device, kidney, allergy, pregnancy and anticoagulant, never cut for anything else; then the other cautions."""
    story = conclusions.sheet.story
    devices = (each for each in story.implants if _SAFETY.search(each))
    told = dict.fromkeys(escape(_closed(clip(each, QUOTED))) for each in (*devices, *story.cautions))
    for step in steps:
        if step.kind != "bedside":
            # A step that stands in for an MRI that a device forbids says so, and whom to call.
            told |= dict.fromkeys(escape(each) for each in (step.why,) if _UNSAFE.search(each))
            told |= dict.fromkeys(escape(_short(each)) for each in step.cautions if "LOINC" not in each)
    safety = [each for each in told if _SAFETY.search(each)][:_MOST_MINDED]
    other = [each for each in told if not _SAFETY.search(each)][:1]
    return [
        Line(MUST, f"**Mind**: {'; '.join(safety)}" if safety else ""),
        *(Line(HELPS, each[:1].upper() + each[1:]) for each in other),
    ]


_PAPERS = ("DiagnosticReport/", "DocumentReference/", "Composition/", "ImagingStudy/")


def not_understood(alarm: Alarm, conclusions: Conclusions) -> Line:
    """In an emergency: the newest words of a report or note that were not understood, to be read by somebody.

    The names of problems and procedures are on the screen anyhow, most of them of other medicine.
    """
    missed = [each for each in conclusions.sheet.not_understood if each.source.startswith(_PAPERS)]
    if alarm.indicator != "critical" or not missed:
        return Line(MUST, "")
    newest = max(missed, key=lambda each: (each.stated.last.toordinal() if each.stated else 0, each.source, each.words))
    more = f" (and {len(missed) - 1} more)" if len(missed) > 1 else ""
    return Line(MUST, f"Not understood, please read: “{escape(clip(quotes.tidy(newest.words), 60))}”{more}")


def not_available(missing: Iterable[str]) -> Line:
    kinds = [kind for kind in missing if kind not in NOT_TOLD]
    return Line(MUST, f"Not available to this check: {', '.join(kinds)}." if kinds else "")


def worth_testing(conclusions: Conclusions) -> Line:
    """What the pattern makes worth a test at the bedside, as questions and without naming a cause."""
    asked = [escape(question.text) for question in conclusions.questions if question.bedside]
    return Line(SECOND, f"Worth testing: {' '.join(asked[:1])}" if asked else "")


def sentences(action: str) -> Iterator[Line]:
    """What to do, sentence by sentence; the first is always said."""
    parts = [part.strip() for part in action.replace("h. ", "h.\n").split(". ") if part.strip()]
    for at, part in enumerate(parts):
        yield Line(MUST if at == 0 else NEXT, escape(part.rstrip(".")))


def _closed(text: str) -> str:
    """A text that was cut inside a bracket ends it."""
    return f"{text})" if text.count("(") > text.count(")") else text


def _short(text: str) -> str:
    """A sentence up to its first semicolon: what follows is in the whole reasoning."""
    short = text.partition(";")[0]
    return (short.partition(" (")[0] if short.count("(") > short.count(")") else short).rstrip(" .")
