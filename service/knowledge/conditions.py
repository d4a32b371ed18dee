"""Conditions in the vocabulary's own sentences: tests and known values in, words for people out."""

from __future__ import annotations

from service.domain.spans import Interval
from service.knowledge import Knowledge
from service.knowledge.records import Test, When

_SAID = {"at_least": "at least", "at_most": "at most", "more_than": "more than", "less_than": "less than"}
_ASKED_OF_ALL = "fbss_context"
"""Every cause is asked only of a patient with lumbar surgery and current pain; the heading says so once."""


def condition(when: When, knowledge: Knowledge) -> str:
    """All that a ``when`` asks, in one sentence; "" when it asks for nothing."""
    return ", and ".join(conditions(when, knowledge))


def conditions(when: When, knowledge: Knowledge) -> tuple[str, ...]:
    """The same, one part each."""
    asked = tuple(_asked(test, knowledge) for test in when if test.finding != _ASKED_OF_ALL)
    return asked if asked or not when else ("lumbar surgery and current pain",)


def stated(finding: str, value: str | Interval, knowledge: Knowledge) -> str:
    """What a patient of a vignette has: one finding and its value, in words."""
    word = knowledge.vocabulary.findings[finding]
    means = _means(finding, knowledge)
    if not isinstance(value, Interval):
        return {"yes": means, "no": f"no to '{means}'"}.get(value, f"{means}: {value}")
    if (value.low, value.high) == (word.low, word.high):
        return f"{means}: not known"
    told = f"{value.low}" if value.low == value.high else f"{value.low} to {value.high}"
    return f"{means}: {told} {word.unit}"


def _asked(test: Test, knowledge: Knowledge) -> str:
    """What one test asks."""
    means = _means(test.finding, knowledge)
    if test.words == ("yes",):
        return means
    if test.words == ("no",):
        return f"no to '{means}'"
    if test.words:
        return f"{means}: {' or '.join(test.words)}"
    bounds = []
    for bound in test.bounds:
        parameter = knowledge.parameters[bound.parameter]
        bounds.append(f"{_SAID[bound.comparison]} {parameter.value:g} {parameter.unit}")
    return f"{means}: {' and '.join(bounds)}"


def _means(finding: str, knowledge: Knowledge) -> str:
    """The vocabulary's sentence as it stands inside another: without its explanations, small at the start."""
    means = knowledge.vocabulary.findings[finding].means
    means = means.split(": ")[0].split(" (no = ")[0]
    if means[1:2].islower() or means[1:2] == " ":
        means = means[0].lower() + means[1:]
    return means
