"""The words on a card: header, reasons, next steps and sources as plain markdown, chart text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from service.domain.conclusions import Conclusions, NextStep, Reason
from service.domain.spans import Interval
from service.output.cards.markdown import bullets, clip, escape, sentence

QUOTED = 80
REFS_TOLD = 12
FIT = "fit"
OWN_CHOICE = "design"


def header(conclusions: Conclusions, *, whole: bool = True) -> str:
    """Operation and course; on the first card also timeline, imaging since, implants and cautions."""
    story = conclusions.sheet.story
    head = " · ".join(part for part in (escape(story.operation), escape(story.course)) if part)
    if not whole:
        return f"**{head}**" if head else ""
    lines = [escape(line) for line in (*story.timeline, *story.imaging, *story.implants, *story.cautions)]
    return "\n\n".join(part for part in (f"**{head}**" if head else "", bullets(lines)) if part)


def reasons(counted: Iterable[Reason], conclusions: Conclusions) -> list[str]:
    """Each reason as a sentence with the chart's words, once each, and its sources."""
    lines: list[str] = []
    quoted: set[str] = set()
    for reason in counted:
        words = [w for w in _words(reason, conclusions) if w not in quoted] if reason.group != FIT else []
        quoted.update(words)
        told = "; ".join(f"“{escape(clip(text, QUOTED))}”" for text in words[:2])
        sources = [] if reason.group == FIT else [source for source in reason.sources if source != OWN_CHOICE]
        cited = f" \\[{', '.join(sources)}\\]" if sources else ""
        lines.append(escape(reason.text) + (f": {told}" if told else "") + cited)
    return lines


def _words(reason: Reason, conclusions: Conclusions) -> list[str]:
    """What the chart itself says; a number of days or years is said by the reason already."""
    findings = conclusions.sheet.findings
    found = [findings[name] for name in reason.findings if name in findings]
    return list(dict.fromkeys([f.words for f in found if f.words and not isinstance(f.value, Interval)]))


def next_steps(steps: Iterable[NextStep], given: set[str]) -> str:
    """The steps this card wants; a step that an earlier card already explained is only named."""
    lines = []
    for step in steps:
        known = step.id in given
        urgency = "" if step.urgency == "routine" else f" ({step.urgency})"
        why = f": {escape(sentence(step.why))}" if step.why and not known else ""
        cautions = "" if known else "".join(f"\n  - *{escape(sentence(caution))}*" for caution in step.cautions)
        lines.append(f"{escape(step.title)}{urgency}{why}{cautions}")
    return f"**Next step**\n\n{bullets(lines)}" if lines else ""


def foot(
    record: str,
    counted: Iterable[Reason],
    conclusions: Conclusions,
    citations: Mapping[str, str],
    rule_set: str,
    missing: tuple[str, ...],
    overridden: bool,
) -> str:
    """Sources, the chart entries used, what could not be had, and which rule spoke."""
    counted = tuple(counted)
    cited = dict.fromkeys([source for reason in counted if reason.group != FIT for source in reason.sources])
    cited = cited or dict.fromkeys([source for reason in counted for source in reason.sources])
    refs = list(dict.fromkeys([ref for reason in counted for ref in reason.refs]))
    lines = [" ".join(conclusions.modifiers)] if conclusions.modifiers else []
    if missing:
        lines.append(f"Not available to this check: {', '.join(missing)}.")
    if cited:
        lines.append("Sources: " + "; ".join([citations.get(ident) or cite(ident, "") for ident in cited]))
    if refs:
        more = f" and {len(refs) - REFS_TOLD} more" if len(refs) > REFS_TOLD else ""
        lines.append("Chart entries: " + ", ".join([escape(ref) for ref in refs[:REFS_TOLD]]) + more)
    changed = " Changed by this site." if overridden else ""
    lines.append(f"Rule {record}, rule set {rule_set}: a draft, not clinically approved. For clinicians.{changed}")
    return "\n\n".join(lines)


def cite(ident: str, citation: str) -> str:
    """A source as the foot of a card names it."""
    return "expert choice of this rule set" if ident == OWN_CHOICE else f"\\[{ident}\\] {escape(citation)}"
