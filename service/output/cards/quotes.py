"""Which of the chart's words prove a claim: a reason and the findings it stands on in; a quote and a date out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from service.domain.conclusions import Reason
from service.domain.findings import Finding
from service.domain.spans import Interval, Span

FIT = "fit"
QUOTED = 80
"""Longer words than these are cut where they are quoted."""
_BEGUN = 20
"""So many characters show that a text is the same one."""
_SHOWN_BY_DATES_AND_NUMBERS = frozenset(
    {"age_years", "anterior_surgery", "days_since_any", "days_since_operated", "days_since_surgery",
     "decompressed_levels", "early_mr", "ever_decompression", "ever_discectomy", "ever_fused", "fbss_context",
     "fused_levels", "fused_to_sacrum", "fusion_age_days", "implant_present", "index_minimally_invasive",
     "index_surgery", "leg_like", "lumbar_surgery", "minor_patient", "n_surgeries", "new_back_pain", "new_pain",
     "nothing_compresses", "only_remote", "onset_before_45", "pain_dominance", "pain_free_days", "pattern_differs",
     "same_side", "side_mismatch", "spine_pain", "stimulator_present", "wide_foramina"}
)  # fmt: skip
"""Findings that are worked out: the words behind them are a title or a complaint, which proves nothing."""
_ONLY_IF_SAID = {
    "burning": re.compile(
        r"(?i)burn|electr|neuropath|allodyn|shoot|sting|tingl|touch|pins|neuralg|dysaesth|dysesth|hot"
    ),
    "course": re.compile(r"(?i)relie|improv|unchang|return|recur|again|better|worse|since|new\b|free"),
    "onset_speed": re.compile(r"(?i)sudden|acute|gradual|slow|insidious|after|while|lift|fall"),
    "new_bilateral_leg_pain": re.compile(r"(?i)\bboth|bilat|\blegs|\bleft and right|\bright and left|\beither leg"),
    "leg_pain_cured": re.compile(r"(?i)relie|cured|gone|resolved|free|no (?:leg )?pain"),
}
_RISKS = frozenset({"immune_risk"})
_CLAUSE = re.compile(r"[;.] ")
_JOINED = re.compile(r"(?<=\.); (?=[A-Z])")
"""Where the words of two entries were put together."""
_TITLE = re.compile(
    r"(?i)^(?:(?:mri?|ct|xr|x-?rays?|radiographs?|films?|imaging|report|of|the|an?|lumbar|lumbosacral|thoracic|spine|"
    r"l-spine|pelvis|hips?|with|without|and|w|wo|or|iv|contrast|views?|ap|lateral|standing|magnetic|resonance|"
    r"computed|tomography)[\s,/.+-]*)+$"
)
_CODED_TAIL = re.compile(
    r"(?i),? (?:unspecified|initial encounter|not elsewhere classified|uncomplicated|without complications)$"
)
_MARKUP = re.compile(r"[<>\[\]|*_`\\~#]")
_ANNOTATION = re.compile(r"/?\{[^{}]*\}")
_CELSIUS = re.compile(r"(?<=\d )Cel\b")
"""Units as UCUM writes them for machines: mL/min/{1.73_m2}, Cel."""
_ADDRESS = re.compile(r"(?i)\S*(?:https?:|ftp:|www\.|javascript:)\S*")


def each_of(reason: Reason, findings: Mapping[str, Finding]) -> frozenset[str]:
    """The same words one by one, to tell whether two claims rest on the same ones."""
    return frozenset(said for words in _proving(reason, findings) if (said := tidy(words)))


def listed(reason: Reason, findings: Mapping[str, Finding]) -> list[str]:
    """The words that show this reason to be so, each once, in the order of its findings."""
    return list(dict.fromkeys(_proving(reason, findings)))


def risks(reason: Reason, findings: Mapping[str, Finding]) -> frozenset[str]:
    """Those of the words that only say why the patient is at risk."""
    return frozenset(tidy(findings[name].words) for name in reason.findings if name in _RISKS and name in findings)


def of(reason: Reason, findings: Mapping[str, Finding]) -> str:
    """The words of the chart that show this reason to be so, "" when only numbers, dates or a title stand behind it."""
    return "; ".join(dict.fromkeys(_proving(reason, findings)))


_CONCLUDED_FROM = re.compile(r"(?:_at|_seen|_coded|_loose|_broken|_breach|_moved|_fault|_fracture)$|^(?:deficit_|emg_)")


def grounds(name: str, findings: Mapping[str, Finding]) -> Iterator[Finding]:
    """The finding itself; for one that rules conclude, what the same chart entries say that it was concluded from."""
    own = findings.get(name)
    if own is None:
        return
    yield own
    if own.words or not own.refs or name in _SHOWN_BY_DATES_AND_NUMBERS:
        return
    for other in findings.values():
        if other.words and _CONCLUDED_FROM.search(other.name) and set(other.refs) <= set(own.refs):
            yield other


def _proving(reason: Reason, findings: Mapping[str, Finding]) -> Iterator[str]:
    if reason.group == FIT:
        return
    for finding in (each for name in reason.findings for each in grounds(name, findings)):
        if finding.name in _SHOWN_BY_DATES_AND_NUMBERS:
            continue
        if isinstance(finding.value, Interval) and not re.search(r"\d", finding.words):
            continue
        asked = _ONLY_IF_SAID.get(finding.name)
        for said in map(tidy, _JOINED.split(finding.words)):
            if said and not _TITLE.match(said) and (asked is None or asked.search(said)):
                yield said


def rest(words: str, said: str) -> str:
    """The clauses of long words that ``said`` began and broke off with "…"; else the words themselves.

    "" where ``said`` holds half of what would be quoted, and no clause begins where it broke off.
    """
    begun, broken, _ = said.partition("…")
    if not broken or not words:
        return words
    at = begun.lower().rfind(words[:_BEGUN].lower())
    told = begun[at:] if at >= 0 else ""
    if len(told) < _BEGUN or not words.lower().startswith(told.lower()) or len(words) <= QUOTED:
        return words
    # From the beginning of the clause that was broken off: without its "no" it would say the opposite.
    ended = max((clause.end() for clause in _CLAUSE.finditer(told)), default=0)
    if ended:
        return f"…{words[ended:]}"
    return "" if len(told) >= QUOTED // 2 else words


def tidy(words: str) -> str:
    """Chart words as a reader would say them: no coder's tail, no markup, no address, no full stop, plain units."""
    said = _CELSIUS.sub("°C", _ANNOTATION.sub("", words))
    said = _MARKUP.sub(" ", _ADDRESS.sub("", said))
    said = " ".join(said.split()).rstrip(" .;,")
    while (shorter := _CODED_TAIL.sub("", said)) != said:
        said = shorter
    return said


def is_title(words: str) -> bool:
    """Whether these are the name of a study and nothing more."""
    return bool(_TITLE.match(tidy(words)))


def day(reason: Reason, findings: Mapping[str, Finding]) -> Span | None:
    """When the chart says so: the newest day among the findings of a reason that are not about the operation."""
    spans = [
        finding.when
        for name in reason.findings
        for finding in grounds(name, findings)
        if finding.when is not None
        and (name not in _SHOWN_BY_DATES_AND_NUMBERS or name in ("nothing_compresses", "pain_free_days"))
    ]
    return max(spans, key=lambda span: (span.last, span.first), default=None)


def told(span: Span) -> str:
    """A day as a clinician writes it: "18 Feb 2026"; a month or a year when that is all that is known."""
    if span.first == span.last:
        return f"{span.first.day} {span.first:%b %Y}"
    if (span.first.year, span.first.month) == (span.last.year, span.last.month):
        return f"{span.first:%b %Y}"
    return str(span.first.year) if span.first.year == span.last.year else f"since {span.first.year}"
