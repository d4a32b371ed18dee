"""Amounts of urine as charts write them: a text in, the same with each amount as a sentence says it out.

"HNPU 380 / 410" tells of two voids, for a volume stands behind it; "PVRs 480 / 560 / 640", "PVR 0.9 L", "1,050 ml" and
"left behind 810" tell how much the bladder holds. Where amounts stand in a row the last one is that of now.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.text.clauses.reading import Reading

_MAY = re.compile(
    r"\b(?:HN?PU|NPU|PU'?d?|PVRs?|resid\w*|RU|bladder|vesical|void\w*|urin\w*|scan\w*|retain\w*|TWOC|TOV|IDC"
    r"|IDUC|cath\w*|foley"
    r"|HPU|BS|in ?[/-] ?out|pads?|left behind|micturi\w+)\b",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\b(\d),(\d{3})(?=\s?(?:mls?|cc|millilit)\b)", re.IGNORECASE)
_URINE = re.compile(
    r"\b(?:PVRs?|resid\w*|retention|retain\w*|bladder|vesical|void\w*|urin\w*|cath\w*|ISC|micturi\w+|drained"
    r"|empt(?:y|ies|ied|ying))\b",
    re.IGNORECASE,
)
_LITRES = re.compile(
    r"(?<![\d.,/\w])(?P<n>\d(?:\.\d{1,2})?\s?(?:l|lit(?:re|er)s?)|(?:one|two|an?|half a|nearly a"
    r"|over a)\slit(?:re|er)s?)(?![\w/])(?!\s?(?:of )?(?:fluid|water"
    r"|saline|iv|o2|oxygen|a day|per day|daily|min))",
    re.IGNORECASE,
)
_PASSED = re.compile(
    r"\b(?:HN?PU|NPU)\b(?!\s?(?:x\s?)?\d{1,2}\s?(?:h|hrs?|hours|/24)\b)"
    r"(?=\s?[:=-]?\s?(?:x\s?\d\b|twice|once|(?:again )?(?:good|large|adequate)|\d{3}(?![\d:])\s?(?:mls?|cc"
    r"|[/,+&;.)]|and|then|at|@|x"
    r"|\Z|\n)|\d{2,3}\s?(?:mls?|cc)\b))"
    r"(?!\s?\d{3,4}\s?(?:h|hrs|am|pm)\b)"
)
"""What stands for "has not passed urine", where a volume or a count behind it tells that it did."""
_VOLUMES = re.compile(
    r"\b(?P<what>passed urine|HPU|PU'?d|PU|voided|voids?)\s?[:=-]?\s?(?P<n>\d{2,3})(?P<more>(?:\s?(?:/|,|\+|&|-"
    r"|and|then)\s?\d{2,3}"
    r")*)(?![\d:%]|\.\d|\s?(?:mls?|cc|h\b|hrs?|hours?|days?|am|pm|min|x|times|/))",
)
_LEFT = (
    r"(?:PVRs?|(?:post[- ]?void )?(?:residuals?|resid\.?|res\.?)(?: urines?| volumes?)?|post[- ]?void scans?"
    r"|left behind|RU(?=[ :=]\s?\d)"
    r"|bladder scans?|BS(?=[ :=>]\s?\d{2,4}))"
)
_SERIES = re.compile(
    rf"\b(?P<what>{_LEFT})(?P<between>\s?[:=-]?\s?(?:(?:rising|climbing|falling|of|were|was|are|now|up|going"
    rf"|from|on scan"
    r"|today|then)\s){0,3})"
    r"[>~]?\s?\d{1,4}\s?(?:mls?|cc)?"
    r"(?:\s?(?:,|/|->|-|;|\+|>|to|then|and)(?:\s(?:then|and|now))?\s?[>~]?\d{1,4}\s?(?:mls?|cc)?){0,8}"
    r"(?:\s?(?:,|/|->|-|;|>|to|then|and)(?:\s(?:then|and|now))?\s?)[>~]?(?P<last>\d{1,4})\s?(?:mls?"
    r"|cc)?(?![\d:%/]|\.\d|\s?(?:h\b|hrs?|hours?"
    r"|days?|weeks?|am|pm))",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:left behind|RU|BS)\s?[:=>~-]{0,2}\s?(?P<n>\d{1,4})\b(?:\s?(?:mls?|cc)\b)?(?![:%/]|\.\d|\s?(?:h\b"
    r"|hrs?|hours?|days?|am|pm|mmol|mg))"
    r"|(?<!MRI )(?<!CT )(?<!bone )(?<!DEXA )\b(?i:scan(?:ned|s)?|scan (?:shows|showed|after|post|then|now"
    r"|says))\s?[:=>~-]{0,2}\s?(?P<scan>\d{1,4})\b(?:\s?(?:mls?|cc)\b)?"
    r"(?![:%/-]|\.\d|\s?(?:h\b|hrs?|hours?|days?|weeks?|wks?|mm|cm|am|pm|slices|times|x\b|of\b))",
)
_GLOBE = re.compile(r"\b(?:bladder|vesical) globe\b(?: of)?|\bglobus vesicalis\b", re.IGNORECASE)
_RETAINS = re.compile(r"\bretain(?:ing|s|ed)\b(?: urine)?(?:,)?(?=\s>?\d{3,4}\b)", re.IGNORECASE)
_SELF = re.compile(
    r"\bself[- ]?(?=(?:void|urinat)\w*)|(?<=void)(s|ed|ing)?(?: well)? (?:by|for) (?:him|her)?self\b"
    r"|(?<=urinati)on (?:by|for) (?:him|her)self\b",
    re.IGNORECASE,
)
_DRY = re.compile(r"\b(?:dry pads?|pads?(?: is| are| was| were)?(?: all)? dry)\b", re.IGNORECASE)
_IN_OUT = re.compile(
    r"\bin\s?[/-]\s?out(?: cath(?:eter)?)?\s?[:=-]?\s?(?P<n>\d{3,4})\b(?:\s?(?:mls?|cc)\b)?(?=[\s,.;)]|\Z)",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(
    r"(?P<at>^\s*|[.;|]\s*)(?:(?:bladder|GU|urine|u/?o|output)\s?[:=-]?\s?)?"
    r"(?:IDC|IUC|(?:foley|urinary|indwelling)(?: catheter| cath)?|catheter|cath)\b"
    r"(?![^.;|]*\d{3,4}\s?(?:mls?|cc)\b(?!\s?/?\s?h))(?:[\s:=,/+-]|\d+|mls?\b|cc\b|hr?s?\b|hourly\b)*"
    r"(?=[.;|]|\Z)",
    re.IGNORECASE,
)
"""A catheter that a chart lists with amounts or hours, as on every ward: it is in place, and nothing is retained."""
_LINES = re.compile(
    r"(?P<at>\b(?:LDAs?|lines?(?: and drains)?|access|tubes|attachments)\s?:[^.\n]{0,80}?\b)"
    r"(?:foley|IDC|IUC|catheter)\b(?= ?(?:[,;.]|\Z))",
    re.IGNORECASE,
)
"""A catheter among the lines of somebody on a ward."""
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


def with_urine_chart(text: str) -> str:
    """The text with the amounts of a urine chart in words. One look where it tells of none."""
    if not _MAY.search(text):
        return text
    return "\n".join(_line(line) if _MAY.search(line) else line for line in text.split("\n"))


def _line(line: str) -> str:
    line = _SELF.sub(lambda found: found[1] or "", line)
    line = _LINES.sub(r"\g<at>Foley in situ", line)
    line = _IN_PLACE.sub(r"\g<at>Foley in situ, urine output noted", line)
    if not any(c.isdigit() for c in line) and "litre" not in line.lower() and "liter" not in line.lower():
        return line
    line = _THOUSANDS.sub(r"\1\2", line)
    if _URINE.search(line):
        line = _LITRES.sub(_millilitres, line)
        line = _GLOBE.sub("urinary retention with a residual of", line)
        if "cathet" not in line:
            line = _RETAINS.sub("urinary retention, residual", line)
    line = _DRY.sub("dry", line)
    line = _IN_OUT.sub(r"in-out catheter \g<n> ml", line)
    line = _PASSED.sub("passed urine", line)
    line = _VOLUMES.sub(_volumes, line)
    line = _SERIES.sub(_last, line)
    return _ONE.sub(_single, line)


def _millilitres(found: re.Match[str]) -> str:
    figure = found["n"].lower()
    if figure[0].isdigit():
        return f"{round(float(figure.rstrip(' litres')) * 1000)} ml"
    return "500 ml" if figure.startswith("half") else "2000 ml" if figure.startswith("two") else "1000 ml"


def _volumes(found: re.Match[str]) -> str:
    more = re.sub(r"\s?(?:/|,|\+|&|-|and|then)\s?(\d{2,3})", r" and \1 ml", found["more"])
    return f"{found['what']} {found['n']} ml{more}"


def _last(found: re.Match[str]) -> str:
    return f"residual {found['last']} ml"


def _single(found: re.Match[str]) -> str:
    figure = found["n"] or found["scan"]
    low = int(figure) < 100 and not _URINE.search(found.string)
    if _YEAR.match(figure) or int(figure) > 3000 or low:
        return found[0]
    return f"bladder scan residual {figure} ml"


_HELPED = re.compile(
    r"\b(?:cath\w*|drain\w*|idc|iduc|isc|sic|foley|straight|in[- /]?(?:and[- /])?out|cannot|can[' ]?t|unable"
    r"|could ?n[o']t"
    r"|retention|retain\w*|no(?:t)? (?:pass\w*|void\w*)|npu|distress\w*|painful|strain\w*|dribbl\w*|overflow\w*|numb\w*"
    r"|still|rising|climb\w*)\b",
    re.IGNORECASE,
)
"""What makes a full bladder a retention, or emptied it for the patient."""


_HELD = re.compile(
    r"\b(?:PVRs?|resid\w*|rest|remain\w*|left|BVI|scan\w*)(?: volume| urine)?(?: (?:by|on"
    r"|via) \w+)?\s?[:=-]?\s?(?:(?:of|was|is|only|then"
    r"|shows?|showed)\s)?"
    r"(?P<n>\d{1,4})\b(?!:)(?:\s?(?:mls?|cc)\b)?",
    re.IGNORECASE,
)
_VOIDED = re.compile(
    r"\b(?:void\w*|PU'?d?|passed|passing|spontaneous\w*|urinat\w*|micturat\w*|HPU|WC|toilet)\b", re.IGNORECASE
)
_EMPTY = 100
"""Millilitres that stay behind in a bladder that empties."""


def emptied(readings: Sequence[Reading], text: str) -> list[Reading]:
    """The readings without the full bladder that the same sentence tells was emptied by itself: "scan 340 ml; 18:40
    spontaneous 400 ml, rest 15 ml"."""
    if not any(r.concept == "urinary-retention" and not r.sign for r in readings) or _HELPED.search(text):
        return list(readings)
    held = [int(found["n"]) for found in _HELD.finditer(text)]
    if not held or held[-1] >= _EMPTY or not _VOIDED.search(text):
        return list(readings)
    return [r for r in readings if r.concept != "urinary-retention" or r.sign]
