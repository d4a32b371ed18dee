"""Lists of what to watch for: a note in, the same without the signs that such a list only names out.

"Notify NP: T>100.4, no void 8h", "not having any of the things on the pink sheet (fever, can't pee)" and "told him what
to look for - stiff neck, fever - come back" tell nothing of the patient. What makes such a list is its head: criteria,
an order to call, a paper, or a lesson of signs; what it reaches is the bracket, the dashes or the lines behind its
colon. A list in which something happened (a day, a time, a measured value, a person) is left as it stands.
"""

from __future__ import annotations

import re

_PARTY = (
    r"(?:the\s|on-?call\s|duty\s|spine\s|spinal\s){0,2}(?:np|md|rn|pa|mo|gp|rmo|sho|provider|physician|doctor|dr|surgeon"
    r"|team|reg(?:istrar)?|nurse|ward|office|clinic|hospital|us|ortho|neurosurgery|hospitalist|service)\b"
)
_CALLS = r"(?:call|ring|phone|notify|alert|page|bleep|contact|inform|return|come|stop|seek|escalat\w+|attend|report|go)"
_PAPER = (
    r"(?:cards?|sheets?|leaflets?|booklets?|hand-?outs?|lists?|pamphlets?|brochures?|posters?|magnet|paper(?:work)?)"
)
_OF_ADVICE = (
    r"(?:stop|warning|return|worry|scary|danger|emergency|alarm|red|pink|yellow|green|blue|orange|purple|white|hospital"
    r"|discharge|advice|info\w*|safety|fridge|wallet|alert|printed|ces|cauda equina|cauda|symptom|watch|red[- ]?flags?)"
)
_HEADS = (
    rf"(?:\A|[.:;]\s)\W*(?:please |do )?(?:notify|alert|inform|page|bleep|call|contact|text|escalate to) {_PARTY}",
    r"\b(?:call|notif\w+|hold|stop(?:ping)?|escalation|return|readmission|discharge|exit|exclusion|trigger|contact"
    r"|call-?back|transfer|pifu|m?ews|news2?|early warning|standing)[ -](?:parameters?|orders?|criteri\w+|triggers?"
    r"|thresholds?|rules?|limits?|reasons|conditions)",
    r"\b(?:parameters|criteria|triggers|thresholds|reasons|conditions|circumstances|grounds|rules|indications) "
    rf"(?:to|for|of|why|when) (?:(?:early|safe|urgent|a|the|re-?)[ -]?)?(?:{_CALLS}|discharge|(?:re-?)?admi\w+|coming"
    r"|calling|ringing|referral|contact)",
    r"\bcontra-?indications? (?:to|for)\b",
    r"\bhold \w+ (?:for|if)\Z",
    rf"\b{_OF_ADVICE}[- ]{_PAPER}\b",
    rf"\b(?:use|keep|carry|read|given?|gave|issued|provided|handed|has|have|with|per|on) (?:[a-z]+ ){{0,2}}"
    r"(?:card|sheet|leaflet|booklet|hand-?out|pamphlet|letter|brochure)\b",
    r"\b(?:leaflet|booklet|hand-?out|pamphlet|brochure|(?:phone|call|line|helpline|triage) script|avs)\b",
    r"\b(?:told|tells?|explain\w*|spelt out|spelled out|advi[sc]\w+|instruct\w*|inform\w*|educat\w+|taught|teach\w*"
    r"|warn\w*|brief\w*|counsel\w*|knows?|aware|recit\w+|verbali[sz]\w+|states?|name[sd]?|remind\w*|reviewed|discussed"
    r"|understands?|agreed|repeated|shown|shared|covered|asked to)\b.{0,60}?\b(?:what (?:to|would|should)|when to"
    r"|reasons?|circumstances|situations|(?:warning|alarm|danger) \w+|red (?:ones|flags?)|s/s|s&s|signs?|symptoms?)\b",
    r"\b(?:alarm|warning|danger|red flag) (?:signs?|signals?|symptoms?|features)\b.{0,20}\b(?:instructed|explained"
    r"|discussed|given|told|printed|reviewed|named|taught|known)\b",
    r"\b(?:instructed|explained|guidelines?(?: of)?) (?:of )?(?:alarm|warning|danger)\b",
    rf"\bwhat (?:to|would|should) (?:(?:look|watch)(?: out)?|worry|make|bring|prompt|{_CALLS})\b",
    r"\b(?:things|ones|what|those|stuff) (?:that )?(?:you|they|we|the \w+) (?:\w+ )?(?:warned|told|said|mentioned)\b",
    r"\bteach-?back\b|\b(?:carers?|wife|husband|family|daughter|son|partner|mother) briefed\b",
)
_HEAD = re.compile("|".join(_HEADS), re.IGNORECASE)
_NONE = re.compile(
    r"\b(?:none|nothing|not|no|never|haven't|hasn't|don't|doesn't|without|denies|nil|neither|isn't|aren't)\b",
    re.IGNORECASE,
)
_CAME = re.compile(
    r"\b(?:had|having|got|developed|met|activated|failed|breached|reached|triggered|presents?|presented|presenting"
    r"|came|comes|returns|returned|rings|rang|called|calls|attends|attended|as per|as advised|because|due to|went"
    r"|positive|i (?:have|do)|i've|(?:two|some|both|one|all|most|three|several) of|paged|notified|alerted|escalated"
    r"|admitted|readmitted|exactly)\b",
    re.IGNORECASE,
)
"""In the head: that what the list names came, unless that is denied."""
_TALE = re.compile(
    r"\b(?:since|began|started|now|today|tonight|yesterday|overnight|last night|this (?:morning|am|pm|evening"
    r"|afternoon|shift)(?<!met this shift)|ago|complain\w*|c/o|noticed|developed|woke|paged|bleeped|attended"
    r"|admitted|treated|(?:he|she|they|it|pt|patient|i) (?:is|was|has|had|have|am|can|cannot|can't|did|says?|reports?)"
    r"|he's|she's|i'm|i've|my|(?<!none )(?<!not )(?<!nil )met|pod ?\d|at \d{3,4}|\d{1,2}[:.]\d\d(?:am|pm|h|\b)(?!\d)"
    r"|(?:m|t|w|th|f|sat?|sun)\w*day)\b"
    r"|\b(?:sbp|bp|hr|pulse|rr|spo2|sats|t|temp\w*|fever|news2?|mews|pvr|residual|scan(?:ned)?)(?: of)?[ :=]{0,2}\d[\d./]*"
    r"(?!\d)(?! ?(?:\+|or (?:more|above|over|higher|less|below)|and (?:above|over)))",
    re.IGNORECASE,
)
"""What tells that something of the list happened to somebody."""
_SAID_OUTSIDE = re.compile(
    r"\b(?:since|has|have|having|had|got|reports?|complains?|c/o|noticed|developed|both|now|happen\w*|but)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\((?=[^()]*[,;/&]|[^()]* or )|:(?=\s)|\s-{1,2}\s|\s=\s"
    r"|(?:(?<=criteria)|(?<=triggers)|(?<=parameters)|(?<=thresholds))\s(?:to|are|include|incl)\s"
)
_LISTS = re.compile(r"[,;/<>]| or | & | and |\n|\d[.)]\s")
_ENDS = re.compile(r"(?<![\s.(]\d)[.!?](?=\s+[A-Z\d(]|\s*\Z|\s*\n)|\n(?![a-z]|[ \t]*\n?[ \t]*[-*+] )|\n[ \t]*\n")
_BEGINS = re.compile(r"[.!?](?=\s)|\n")
_AS_TAUGHT = re.compile(
    r"\s(?:as per|per|in line with|according to) (?:(?:the|her|his|our) )?(?:return precautions|(?:red[- ]flag|discharge"
    r"|return|safety[- ]net\w*) (?:advice|instructions)|(?:advice|instructions) (?:sheet|card)|safety[- ]net\w*)(?=\s?[:,-])",
    re.IGNORECASE,
)
"""By what somebody came: it bids nothing any more."""
_LONGEST_HEAD = 110
_LONGEST_LIST = 400
_MAY = re.compile(
    rf"{_PAPER}|criteri|parameter|trigger|threshold|contra-?indic|notify|alert|call|contact|orders?\b|reasons|what"
    r"|told|script|precaution|safety|alarm|list|explain|advi[sc]|instruct|educat|taught|teach|warn|brief|counsel|know|aware|recit|verbali[sz]|signs?|hold ",
    re.IGNORECASE,
)


def with_taught_lists(text: str) -> str:
    """The text without what such lists name. One look where nothing could be the head of one."""
    if not _MAY.search(text):
        return text
    text = _AS_TAUGHT.sub("", text)
    kept: list[str] = []
    begin = at = 0
    while (opens := _OPENS.search(text, at)) is not None:
        at = opens.end()
        end = _reach(text, opens)
        if end > at and _is_head(text, opens) and _names_only(text, opens, end):
            kept += text[begin:at], " "
            begin = at = end
    return "".join([*kept, text[begin:]])


def _head(text: str, at: int) -> str:
    before = text[max(0, at - _LONGEST_HEAD) : at]
    begin = max((stop.end() for stop in _BEGINS.finditer(before)), default=0)
    return before[begin:]


def _is_head(text: str, opens: re.Match[str]) -> bool:
    head = _head(text, opens.start())
    if not _HEAD.search(head):
        return False
    return not _CAME.search(head) or _NONE.search(head) is not None


def _reach(text: str, opens: re.Match[str]) -> int:
    """Where the list ends: with its bracket, with the second dash, or with its sentence and the items below it."""
    at, limit = opens.end(), min(len(text), opens.end() + _LONGEST_LIST)
    if opens[0] == "(":
        return max(at, text.find(")", at, limit))
    stop = _ENDS.search(text, at, limit)
    end = stop.start() if stop else limit if limit == len(text) else at
    if opens[0].strip(" \n-") == "":
        dash = text.find(" - ", at, end)
        return dash if dash > 0 else end
    return end


def _names_only(text: str, opens: re.Match[str], end: int) -> bool:
    """Whether what stands in the list is named only, and nothing outside of its bracket says that it came."""
    named = text[opens.end() : end]
    if not _LISTS.search(named) or _TALE.search(named):
        return False
    stop = _ENDS.search(text, end)
    return not _SAID_OUTSIDE.search(text[end : stop.start() if stop else len(text)])
