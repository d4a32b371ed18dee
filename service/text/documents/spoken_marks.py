"""Marks and letters that were spoken and written out as words: "no fever period", "m r I". A text in,
it as meant out."""

from __future__ import annotations

import re

_MARKED = re.compile(
    r"[ ,]{1,3}(?P<mark>comma|period|full stop|semicolon|question mark|exclamation (?:mark|point)"
    r"|(?:new|next) (?:line|paragraph|heading|section)|(?:open|close) (?:bracket|parenthesis|parentheses|quote)s?)"
    r"(?=[\s.,;:]|$)",
    re.IGNORECASE,
)
"""Punctuation that was spoken and that dictation software wrote out."""
_MARK_WORDS = (
    " comma", " period", " full stop", " semicolon", " question mark", " exclamation", " heading", " section",
    " paragraph", " line", " bracket", " parenthes", " quote",
)  # fmt: skip
"""One of these stands in every spoken mark."""
_SPOKEN_MARKS = {
    "comma": ",", "period": ".", "full stop": ".", "semicolon": ";", "question mark": "?",
}  # fmt: skip
_TIME_BEFORE = re.compile(
    r"\b(?:an?|the|this|that|her|his|my|your|their|each|every|no|of|last|late|next|missed|heavy|long|short|same"
    r"|whole|first|which|time"
    r"|trial|rest|quiet|honeymoon|week|month|year|day|hour|grace|waiting|menstrual|monthly|recovery|postoperative"
    r"|operative|op"
    r"|reporting|notice|study|good|bad|pain-?free|for|any|prolonged|brief|normal|free|healing|interim|cooling"
    r"|latency|two|three|light)$",
    re.IGNORECASE,
)
"""What stands before a "period" that is a time, or before one that bleeds."""
_TIME_AFTER = re.compile(
    r"\s+(?:of|is|was|pains?|late|since|began|started|due|cramps?|blood|during|between|after surgery|when)\b",
    re.IGNORECASE,
)
_SPELT = re.compile(r"(?<![\w'./-])(?:[A-Za-z] ){1,4}[A-Za-z](?![\w'/-])")
"""Letters that were spoken one by one: "m r I", "p v r"."""
_NAMES = frozenset(
    [
        "mri", "ct", "mra", "mrv", "pvr", "emg", "ncs", "crps", "csf", "crp", "esr", "wbc", "dvt", "pe", "si", "sij",
        "slr",
        "ces", "uti", "er", "ed", "or", "icu", "bp", "hr", "iv", "im", "pt", "ot", "gp", "snrb", "esi", "tlif", "plif",
        "alif", "xlif", "llif", "olif", "acdf", "scs", "rfa", "mbb", "nsaid", "copd", "bmi", "vas", "odi", "fbss",
        "mrsa",
        "mssa", "ra", "ms", "tens", "ok", "tia", "cva", "ekg", "ecg", "emr", "gi", "gu", "nsaids", "dexa", "ua",
        "ehl", "dp",
    ]
)  # fmt: skip


def written(text: str) -> str:
    """The text with its spoken punctuation as marks, and names that were spelt letter by letter as names."""
    low = text.lower()
    if any(word in low for word in _MARK_WORDS):
        text = _MARKED.sub(_mark, text)
    return _SPELT.sub(_joined, text)


def _mark(found: re.Match[str]) -> str:
    """The mark that was spoken; a period of time stays one."""
    said = found["mark"].lower()
    if said == "period":
        text, begin = found.string, found.start()
        if _TIME_BEFORE.search(text[max(0, begin - 16) : begin]) or _TIME_AFTER.match(
            text[found.end() : found.end() + 16]
        ):
            return found[0]
    return _SPOKEN_MARKS.get(said, "\n" if said[:3] in {"new", "nex"} else " ")


def _joined(found: re.Match[str]) -> str:
    """The letters as the name that they spell, if they spell one."""
    name = found[0].replace(" ", "")
    return name.upper() if name.lower() in _NAMES else found[0]
