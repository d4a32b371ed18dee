"""How advice on orders is worded: which entry a caution is about, its day, its references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from service.domain.conclusions import Conclusions
from service.domain.findings import Finding
from service.domain.statements import Ref
from service.output.cards import quotes
from service.output.cards.markdown import clip

NAMED = ("anticoagulant", "device_check", "mri_no", "gd_caution", "gd_allergy", "contrast_allergy")
"""What a reader wants by its own name: the drug, the device, the value, the agent."""
_LONGEST_NAME = 40


def named(text: str, names: Iterable[str], conclusions: Conclusions) -> str:
    """The sentence with the drug, device or value that it is about: "Anticoagulant (apixaban 5 mg): plan ..."."""
    findings = conclusions.sheet.findings
    words = next((findings[n].words for n in NAMED if n in names and n in findings and findings[n].words), "")
    said = clip(quotes.tidy(words.partition(" ; ")[0]), _LONGEST_NAME)
    if not said or said.lower() in text.lower():
        return text
    at = min((found for mark in ":;" if (found := text.find(mark)) > 0), default=len(text))
    return f"{text[:at]} ({said}){text[at:]}"


def refs(names: Iterable[str], conclusions: Conclusions) -> tuple[Ref, ...]:
    """Where the chart says so."""
    findings = conclusions.sheet.findings
    return tuple(dict.fromkeys(ref for name in names if name in findings for ref in findings[name].refs))


def when(names: Iterable[str], conclusions: Conclusions) -> str:
    """The day of the first of these findings that has one, "" when none has."""
    stated = (conclusions.sheet.findings.get(name) for name in names)
    return next((quotes.told(finding.when) for finding in stated if finding and finding.when), "")


def is_(name: str, word: str, findings: Mapping[str, Finding]) -> bool:
    return name in findings and findings[name].value == word


def lower(text: str) -> str:
    """Lower the first letter unless it opens an abbreviation (MRI, CT, CRP)."""
    return text[0].lower() + text[1:] if len(text) > 1 and not text[1].isupper() else text
