"""The lines of a card: operation, reasons with the words that prove them, what to mind, what was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable

from service.domain.conclusions import Conclusions, NextStep, Reason
from service.output.cards import quotes
from service.output.cards.context import NOT_TOLD
from service.output.cards.lines import FIRST, HELPS, MUST, SECOND, Line
from service.output.cards.markdown import clip, escape, uncapitalised

_MOST_MINDED = 4
_SAFETY = re.compile(
    r"(?i)device|metal|\bMR\b|pacemaker|stimulator|pump|kidney|eGFR|allerg|pregnan|anticoag|puncture|metal|unsafe"
)
_UNSAFE = re.compile(r"(?i)unsafe device|device or metal")
_SAME = (
    (
        re.compile(r"^a device (?:is marked MR unsafe|without a recorded MR mark)"),
        re.compile(rf"{_UNSAFE.pattern}|MR mark"),
    ),
    (re.compile(r"^kidney function calls for care"), re.compile(r"^Kidney function")),
    (re.compile(r"^pregnancy"), re.compile(r"^Pregnancy")),
    (re.compile(r"^allergy to gadolinium"), re.compile(r"^Allergy to gadolinium")),
)
"""A caution of the chart in general, and the order that says the same with what to do."""
_INFECTIONS = re.compile(r"infect|abscess|discitis|sepsis|mening")
_FIRST_OPERATION = " · operation 1 of 1"


def story(conclusions: Conclusions) -> Line:
    """The operation and the course since, once on the first card."""
    told = conclusions.sheet.story
    operation = told.operation.replace(_FIRST_OPERATION, "")
    # A card that speaks does not begin with "pain resolved": that was said before what it speaks of.
    course = "" if told.course.startswith("pain resolved") else told.course.removesuffix(" (recorded)")
    return Line(FIRST, " · ".join(escape(part) for part in (operation, course) if part))


def reasons(counted: Iterable[Reason], conclusions: Conclusions, said: str) -> list[Line]:
    """Each reason with the words that prove it, but what ``said`` (the summary) tells already; risks rank last.

    Long words that the summary began and had no room for go on here with the clause that broke off there; where none
    did, the summary holds enough of them.
    """
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
        shown = quotes.rest(words, said)
        if words and not shown:
            continue
        repeated = words.lower() in reason.text.lower()
        text = escape(_short(reason.text)) + (
            "" if repeated or not shown else f": “{escape(clip(shown, quotes.QUOTED))}”"
        )
        lines.append(Line(HELPS if reason.group == "risk" else FIRST if not lines else SECOND, text))
    return lines


def against(counted: Iterable[Reason], conclusions: Conclusions) -> list[Line]:
    """What speaks against it, the heaviest first; the first is told before any second reason."""
    findings = conclusions.sheet.findings
    lines: list[Line] = []
    for reason in sorted(counted, key=lambda each: -each.weight)[:2]:
        words = quotes.of(reason, findings)
        text = f"Against: {escape(uncapitalised(_short(reason.text)))}" + (
            f": “{escape(clip(words, quotes.QUOTED))}”" if words else ""
        )
        lines.append(Line(FIRST if not lines else SECOND, text))
    return lines


def mind(steps: Iterable[NextStep], conclusions: Conclusions, topic: str, said: str) -> list[Line]:
    """Device, kidney, allergy, pregnancy and anticoagulant, never cut for anything else; then the other cautions.

    What raises the risk of infection stands on the cards of infections (``topic``) alone, where ``said`` does not
    tell it, and an eGFR where it calls for care; what an order names with what to do is not named without it as well.
    """
    story = conclusions.sheet.story
    devices = [each for each in story.implants if _SAFETY.search(each)]
    kidneys = "gd_caution" in conclusions.sheet.findings
    cautions = [
        each
        for each in story.cautions
        if (not _is_infection_risk(each) or _matters(each, topic, said)) and (kidneys or not each.startswith("eGFR"))
    ]
    ordered: dict[str, None] = {}
    for step in steps:
        if step.kind != "bedside":
            # A step that stands in for an MRI that a device forbids says so, and whom to call.
            ordered |= dict.fromkeys(escape(each) for each in (step.why,) if _UNSAFE.search(each))
            ordered |= dict.fromkeys(escape(_short(each)) for each in step.cautions if "LOINC" not in each)
    told = dict.fromkeys(
        escape(_closed(clip(each, quotes.QUOTED)))
        for each in (*devices, *cautions)
        if not any(bare.search(each) and any(full.search(order) for order in ordered) for bare, full in _SAME)
    )
    told |= {each: None for each in ordered if each.lower() not in said.lower()}
    safety = [each for each in told if _SAFETY.search(each) and not _is_infection_risk(each)][:_MOST_MINDED]
    other = [each for each in told if each not in safety][:1]
    return [
        Line(MUST, f"**Mind**: {'; '.join(safety)}" if safety else ""),
        *(Line(HELPS, each[:1].upper() + each[1:]) for each in other),
    ]


def _is_infection_risk(caution: str) -> bool:
    return caution.startswith("raised risk of infection")


def _matters(caution: str, topic: str, said: str) -> bool:
    words = caution.partition("(")[2].removesuffix(")").lower()
    return bool(_INFECTIONS.search(topic)) and not (words and words in said.lower())


_TELLING = re.compile(
    r"numb|weak|saddle|bladder|urin|cathet|bowel|\banal|fever|rigor|\bpus\b|ooz|leak|wound|blood|clot|\bcrp|\besr|"
    r"\bleg|\bfoot|power|sensation|reflex|pain|worse"
)
_MEASURED = re.compile(r"[A-Za-z] ?\d+(?:\.\d+)?\b(?![:\d/])|\b\d/\d\b")
_PAPERS = ("DiagnosticReport/", "DocumentReference/", "Composition/", "ImagingStudy/")


def not_understood(conclusions: Conclusions) -> Line:
    """In an emergency: words of a report or note that were not understood, to be read by somebody.

    Those that name a sign of danger or a value are shown before the newest. The names of problems and procedures are on
    the screen anyhow, most of them of other medicine, and so is the title of a study.
    """
    papers = [each for each in conclusions.sheet.not_understood if each.source.startswith(_PAPERS)]
    missed = [each for each in papers if not quotes.is_title(each.words)]
    if not missed:
        return Line(MUST, "")
    newest = max(
        missed,
        key=lambda each: (
            len(set(_TELLING.findall(each.words.lower()))) + bool(_MEASURED.search(each.words)),
            each.stated.last.toordinal() if each.stated else 0,
            each.source,
            each.words,
        ),
    )
    more = f" (and {len(missed) - 1} more)" if len(missed) > 1 else ""
    return Line(MUST, f"Not understood, please read: “{escape(clip(quotes.tidy(newest.words), 60))}”{more}")


def not_available(missing: Iterable[str]) -> Line:
    kinds = [kind for kind in missing if kind not in NOT_TOLD]
    return Line(MUST, f"Not available to this check: {', '.join(kinds)}." if kinds else "")


def worth_testing(conclusions: Conclusions) -> Line:
    """What the pattern makes worth a test at the bedside, as questions and without naming a cause."""
    asked = [escape(question.text) for question in conclusions.questions if question.bedside]
    return Line(SECOND, f"Worth testing: {' '.join(asked[:1])}" if asked else "")


def _closed(text: str) -> str:
    """A text that was cut inside a bracket ends it."""
    return f"{text})" if text.count("(") > text.count(")") else text


def _short(text: str) -> str:
    """A sentence up to its first semicolon: what follows is in the whole reasoning."""
    short = text.partition(";")[0]
    return (short.partition(" (")[0] if short.count("(") > short.count(")") else short).rstrip(" .")
