"""Heads and signs that deny a list: a note in, the same with each such denial in the form that the reader knows out.

"EE denies the following: falls, incont." denies what stands behind its colon; in "-F -CP -SOB -saddle, +finger" each
minus denies its item and each plus tells it; "All answered no." behind a list answers it.
"""

from __future__ import annotations

import re

from service.text.shorthand.sign_items import Item, told

_FOLLOWING = (
    r"(?:\s(?:any|all|each)(?:\sof)?)?(?:\s(?:the\s)?following|\sthese)?"
    r"(?:\s(?:symptoms?|signs|red flags?|complaints|problems))?"
)
_AT_PRESENT = r"(?:\s(?:today|now|currently|at present|at this time|at review|so far))?"
_HEAD = re.compile(
    rf"\b(?:(?P<verb>den(?:ies|ied|ying)|negates?|negated){_FOLLOWING}"
    r"|(?:does|do|did|has|have) not (?:have|had|report|reported|endorse|complain of)(?:\s(?:the following"
    r"|any of these))?"
    r"|not (?:reporting|complaining of|endorsing|experiencing|having)(?:\s(?:the following|any of these))?"
    r"|none of(?:\s(?:the following|these))?|absent|ruled out|excluded|negative for(?:\sthe following)?"
    rf"|negatives?){_AT_PRESENT}\s?:[ \t]*(?P<below>\n(?=[ \t]*[-*+][ \t]))?(?=[^\s:]|[ \t]*[-*+])",
    re.IGNORECASE,
)
_NEGATES = re.compile(
    r"\b(?:insured|patient|pt|claimant|he|she|client|gentleman|lady|mr \w+|mrs \w+) negates? (?=\w)", re.I
)
_NO_REPORT = re.compile(r"\bno (?:reports?|complaints?|mention) of (?=[^.,;]{2,40},)", re.IGNORECASE)
_SIGN = re.compile(r"(?:\A|(?<=[\s:;,(]))[-+](?=[A-Za-z])(?!ve\b)")
_ITEM_ENDS = re.compile(r"[.;)](?=\s|\Z)|\s-{1,2}\s")
_LEAST, _LONGEST = 3, 45
_ALL_NO = re.compile(
    r"(?<=[a-z)])\.\s+(?=(?:all|each|every one) (?:(?:were|was|of these|of them) )?"
    r"(?:(?:answered|marked|scored|ticked) )?(?:as )?\"?(?:no|nil|neg(?:ative)?|denied)\b)",
    re.IGNORECASE,
)


def with_denied_heads(text: str) -> str:
    """The text with denied lists as the reader knows them. A few looks where nothing is denied so."""
    if ":" in text:
        text = _HEAD.sub(lambda found: "denies:\n" if found["below"] else "denies ", text)
    if "negate" in text:
        text = _NEGATES.sub("Denies ", text)
    if "o report" in text or "o complaint" in text or "o mention" in text:
        text = _NO_REPORT.sub("denies ", text)
    if ". All " in text or ". all " in text or ". Each " in text:
        text = _ALL_NO.sub(", ", text)
    if " -" in text or " +" in text:
        text = "\n".join(_signed(line) for line in text.split("\n"))
    return text


def _signed(line: str) -> str:
    """A line whose items have their sign in front: three or more, most of them denied or one of each."""
    signs = list(_SIGN.finditer(line))
    if len(signs) < _LEAST or sum(line[s.start()] == "-" for s in signs) < _LEAST - 1:
        return line
    ends = [*(s.start() for s in signs[1:]), len(line)]
    if last := _ITEM_ENDS.search(line, signs[-1].end()):
        ends[-1] = last.start()
    items = [line[s.end() : end].strip(" \t,/&") for s, end in zip(signs, ends, strict=True)]
    if not all(0 < len(item) <= _LONGEST and not _ITEM_ENDS.search(item) for item in items):
        return line
    said = [
        told(Item(item, line[s.start()] == "+", item))
        if item != "F"
        else "No fever."
        if line[s.start()] == "-"
        else "Fever."
        for s, item in zip(signs, items, strict=True)
    ]
    return f"{line[: signs[0].start()]}{' '.join(said)} {line[ends[-1] :].lstrip(' .;,')}".rstrip()
