"""Reasons with the very words behind them: a reason and the findings it stands on in; sentence, quotes, entries out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from service.chart.chart import Chart, by_source
from service.domain.conclusions import Reason
from service.domain.findings import Finding
from service.domain.spans import Interval, Span
from service.domain.statements import Basis, Polarity, Ref
from service.output.cards import quotes
from service.output.page.entries import Entries, day

_MOST_QUOTES = 4
_TELLING = {Basis.VALUE: 0, Basis.REPORT: 1}
"""What was measured or reported is quoted before what was complained of or coded."""


def told(reason: Reason, findings: Mapping[str, Finding], chart: Chart | None, entries: Entries) -> dict[str, Any]:
    """The sentence, the quotes that show it (words, day, where they stand) and the marks of all its entries."""
    quoted: dict[tuple[str, str], dict[str, Any]] = {}
    grounds = [each for name in reason.findings for each in quotes.grounds(name, findings)]
    for finding in sorted(grounds, key=lambda each: _TELLING.get(each.basis, len(_TELLING))):
        words = " ".join(finding.words.split())
        if not finding.refs:
            continue
        ref = _said_in(finding, chart)
        shown: tuple[str, ...] = (words if words and not _is_number(finding, words) else "",)
        if quotes.is_title(words):
            ref, shown = _told_there(finding, chart) or (ref, shown)
        span = finding.when or entries.when(ref)
        for said in shown:
            quoted.setdefault((said, ref), _quote(said, span, _source(finding, ref, entries), entries.mark(ref)))
    with_words = [each for each in quoted.values() if each["words"]]
    marks = entries.marks(reason.refs)
    return {
        "text": reason.text,
        "strong": reason.weight >= 2,
        "quotes": (with_words or list(quoted.values()) or [_bare(ref, entries) for ref in reason.refs])[:_MOST_QUOTES],
        "entries": marks,
    }


def strongest(reasons: Iterable[Reason]) -> list[Reason]:
    """Heaviest first; of one weight what was found before what merely fits."""
    return sorted(reasons, key=lambda each: (-each.weight, each.group == quotes.FIT))


def of(
    reasons: Sequence[Reason], findings: Mapping[str, Finding], chart: Chart | None, entries: Entries
) -> list[dict[str, Any]]:
    return [told(reason, findings, chart, entries) for reason in strongest(reasons)]


def _said_in(finding: Finding, chart: Chart | None) -> Ref:
    """The entry that holds the words: of a study and its report, the report."""
    if chart is not None and finding.words:
        said = by_source(chart)
        for ref in finding.refs:
            if any(statement.words == finding.words for statement in said.get(ref, ())):
                return ref
    return finding.refs[0]


def _told_there(finding: Finding, chart: Chart | None) -> tuple[Ref, tuple[str, ...]] | None:
    """What a report says, where only its title stands behind a finding: first what it denies, for that is the proof."""
    said = by_source(chart) if chart is not None else {}
    for ref in finding.refs:
        told = [s for s in said.get(ref, ()) if s.words and not quotes.is_title(s.words)]
        told.sort(key=lambda s: s.polarity is Polarity.YES)
        if told:
            return ref, tuple(dict.fromkeys(" ".join(s.words.split()) for s in told))[:2]
    return None


def _is_number(finding: Finding, words: str) -> bool:
    """A birth date says nothing to a reader who is told the age."""
    return isinstance(finding.value, Interval) and finding.name == "age_years" and words[:1].isdigit()


def _source(finding: Finding, ref: Ref, entries: Entries) -> str:
    return "Answered here" if finding.basis is Basis.ANSWER else entries.titled(ref)


def _bare(ref: Ref, entries: Entries) -> dict[str, Any]:
    return _quote("", entries.when(ref), entries.titled(ref), entries.mark(ref))


def _quote(words: str, span: Span | None, source: str, mark: str) -> dict[str, Any]:
    return {"words": words, "when": day(span), "source": source, "entry": mark}
