"""Lists of what to watch for: a note in, the same without the signs that such a list only names out.

"Notify NP: T>100.4, no void 8h", "not having any of the things on the pink sheet (fever, can't pee)" and "told him what
to look for - stiff neck, fever - come back" tell nothing of the patient. What makes such a list is its head: criteria,
an order to call, a paper, or a lesson of signs; what it reaches is the bracket, the dashes or the lines behind its
colon. A list in which something happened (a day, a time, a measured value, a person) is left as it stands.
"""

from __future__ import annotations

import re

_PARTY = (
    r"(?:the\s|on-?call\s|duty\s|spine\s|spinal\s){0,2}(?:np|md|rn|pa|mo|gp|rmo|sho|provider|physician"
    r"|doctor|dr|surgeon"
    r"|team|reg(?:istrar)?|nurse|ward|office|clinic|hospital|us|ortho|neurosurgery|hospitalist|service|staff)\b"
)
_CALLS = (
    r"(?:call|ring|phone|notify|alert|page|bleep|contact|inform|return|come|stop|seek|escalate|attend"
    r"|report|go|re-?present"
    r"|dial|flag|tell|refer)"
)
_PAPER = (
    r"(?:cards?|sheets?|leaflets?|booklets?|hand-?outs?|lists?|pamphlets?|brochures?|posters?|magnet|paper(?:work)?)"
)
_OF_ADVICE = (
    r"(?:stop|warning|return|worry|scary|danger|emergency|alarm|red|pink|yellow|green|blue|orange|purple"
    r"|white|hospital"
    r"|discharge|advice|info\w*|safety|fridge|wallet|alert|printed|ces|cauda equina|symptom|watch"
    r"|red[- ]?flags?|steroid"
    r"|(?:anti)?coag\w*|vte\w*|opioid)"
)
_TEACHES = (
    r"(?:told|tells?|explain\w*|spelt out|spelled out|advi[sc]\w+|instruct\w*|inform\w*|educat\w+|taught"
    r"|teach\w*|warn\w*"
    r"|brief\w*|counsel\w*|knows?|aware|recit\w+|verbali[sz]\w+|states?|name[sd]?|remind\w*|reviewed|discussed"
    r"|understands?|agreed|repeated|shown|shared|covered|asked to|listed back|lists back|guidance|listed|gave|given)"
)
_WATCHED = (
    r"(?:what (?:to|would|should|do i)|when (?:to|he|she|they|you|i|we)\b|reasons?|circumstances|situations"
    r"|(?:warning|alarm|danger|worrying|concerning|emergency) \w+|red (?:ones|flags?)|s/s|s&s|s/sx|signs?|symptoms?)"
)
_HEADS = (
    rf"(?:\A|[.:;]\s)\W*(?:please |do )?(?:notify|alert|inform|page|bleep|call|contact|text|tell"
    rf"|escalate to) {_PARTY}",
    r"\b(?:criteri(?:a|on)|triggers?|thresholds?|parameters?|(?:alert|alarm) settings|precautions"
    r"|contra-?indications?"
    r"|reportables?|reportable \w+|side[- ]?effects?|policy|wording|definition|disclaimer|posters?|videos?|leaflets?"
    r"|booklets?|hand-?outs?|pamphlets?|brochures?|flyers?|avs|teach-?back|teaching|education|training"
    r"|counsell?ing|guidance"
    r"|(?:potential|possible|anticipated) (?:problems|complications))\b",
    r"\b(?:drummed|drilled|hammered)\b",
    r"\b(?:r/?v|review|visit|contact|report|return|come|adv\w*) (?:\w+ ){0,4}sos\b|\badv\w*:? sos\b",
    r"\b(?:group|class|monitoring|house|home|safety|stop(?:ping)?|ward|pool|gym|swimming|return|contact|escalation"
    r"|lifting|trial) rules?\b|\brules? (?:on|for|of|reviewed|read|signed|explained|given)\b",
    r"\b(?:call|notif\w+|hold|standing|contact|call-?back) (?:orders?|limits?|reasons|conditions)\b",
    rf"\b(?:reasons|conditions|circumstances|grounds|indications) (?:to|for|why|when) (?:{_CALLS}|coming"
    rf"|calling|ringing)",
    r"\bhold \w+ (?:for|if)\Z",
    r"\bto (?:the )?(?:ed|er|a&e|casualty|hospital|emergency) (?:for|if|with any)\Z",
    r"\b(?:be |to be )?used? (?:it |this )?(?:for|if|when)\Z",
    r"\bexpect(?:ed)? (?:after|from|with)\b",
    rf"\b{_OF_ADVICE}[- ]{_PAPER}\b",
    r"\b(?:use|keep|carry|read|given?|gave|issued|provided|handed|has|have|with|per|on) (?:[a-z]+ ){0,2}"
    r"(?:card|sheet|leaflet|booklet|hand-?out|pamphlet|letter|brochure)\b",
    r"\b(?:phone|call|line|helpline|triage|automated) script\b",
    rf"\b{_TEACHES}\b.{{0,60}}?\b{_WATCHED}",
    r"\b(?:(?:alarm|warning|danger|red flag) (?:signs?|signals?|symptoms?|features|data)"
    r"|s/s \w+)\b.{0,20}\b(?:instructed"
    r"|explained|discussed|given|told|printed|reviewed|named|taught|known)\b",
    r"\b(?:guidelines?|data|signs?|symptoms?) of (?:alarm|warning|danger)\b",
    rf"\bwhat (?:to|would|should|counts|do i|must) (?:(?:look|watch)(?: out)?|worry|make|bring|prompt"
    rf"|as urgent|{_CALLS})\b",
    r"\bcan (?:now )?(?:tell|name|list|give|recite|repeat)\b",
    r"\b(?:things|ones|what|those|stuff) (?:that )?(?:you|they|we|the \w+) (?:\w+ )?(?:warned|told|said|mentioned)\b",
    r"\b(?:carers?|wife|husband|family|daughter|son|partner|mother|relatives?|home|school|boss"
    r"|employer) (?:briefed|told)\b",
    r"\bplease re-?present\Z",
)
_HEAD = re.compile("|".join(_HEADS), re.IGNORECASE)
_NONE = re.compile(
    r"\b(?:none|nothing|not|no|never|haven't|hasn't|don't|doesn't|without|denies|nil|neither|isn't|aren't)\b",
    re.IGNORECASE,
)
_CAME = re.compile(
    r"\b(?:had|having|(?:has|have|i've|he's|she's) got|developed|met|activated|failed|breached|reached"
    r"|triggered|presents|presented|presenting"
    r"|came|comes|returns|returned|rings|rang|called|calls|attends|attended|as per|as advised|because|due to|went"
    r"|positive|i (?:have|do)|i've|(?:two|some|both|one|all|most|three|several) of|paged|notified|alerted|escalated"
    r"|admitted|readmitted|exactly|since|exceed\w*|(?<!-)present|ticked|marked|circled|endors\w*|yes|sought"
    r"|requested|abandoned|stopped|cancelled|refused|declined|meets?|meeting|fulfil\w*|satisf\w+|fired"
    r"|raised|said|says he"
    r"|says she|reason for)\b",
    re.IGNORECASE,
)
"""In the head: that what the list names came, unless that is denied."""
_TALE = re.compile(
    r"\A\s*(?:yes|y)\b|\b(?:since|began|started|now|today|tonight|yesterday|overnight|last night"
    r"|this (?:morning|am|pm|evening"
    r"|afternoon|shift)(?<!met this shift)|ago|complain\w*|c/o|noticed|developed|woke|paged|bleeped|attended"
    r"|admitted|treated|(?:he|she|they|it|pt|patient|i) (?:is|was|has|had|have|am|can|cannot|can't|did"
    r"|says?|reports?)"
    r"|he's|she's|i'm|i've|my|(?<!none )(?<!not )(?<!nil )(?<!all )met|positive|present(?! to)|pod ?\d"
    r"|at \d{3,4}|\d{1,2}[:.]\d\d(?:am|pm|h|\b)(?!\d)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
"""What tells that something of the list happened to somebody."""
_MEASURED = re.compile(
    r"\b(?:sbp|bp|hr|pulse|rr|spo2|sats|t|temp\w*|fever|news2?|mews|pvr|residual"
    r"|scan(?:ned)?)(?: of)?[ :=]{0,2}\d[\d./]*"
    r"(?!\d)(?! ?(?:\+|or (?:more|above|over|higher|less|below)|and (?:above|over)))",
    re.IGNORECASE,
)
"""A value, where a limit has its "<" or "or more"."""
_LIMITS = re.compile(
    r"\b(?:call|notif\w+|hold|contact|call-?back|escalation)[ -](?:parameters?|orders?|criteri\w+"
    r"|triggers?|thresholds?"
    r"|limits?)\b",
    re.IGNORECASE,
)
"""A head behind which values are limits without a mark."""
_SAID_OUTSIDE = re.compile(
    r"\b(?:since|has|have|having|had|got|reports?|complains?|c/o|noticed|developed|both|now|happen\w*|but)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\((?=[^()]*[,;/&]|[^()]* or )|:(?=\s)|\s-{1,2}\s|\s=\s"
    r"|(?:(?<=criteria)|(?<=triggers)|(?<=parameters)|(?<=thresholds))\s(?:to|are)\s|,?\sincl(?:ud(?:es?|ing))?\s"
)
_LISTS = re.compile(r"[,;/<>]| or | & | and |\n|\d[.)]\s")
_ENDS = re.compile(r"(?<![\s.(]\d)[.!?](?=\s+[A-Z\d(]|\s*\Z|\s*\n)|\n(?![a-z]|[ \t]*\n?[ \t]*[-*+] )|\n[ \t]*\n")
_BEGINS = re.compile(r"[.!?](?=\s)(?!\sA:?\Z)|\n")
_AS_TAUGHT = re.compile(
    r"\s(?:as per|per|in line with|according to) (?:(?:the|her|his|our) )?(?:return precautions"
    r"|(?:red[- ]flag|discharge"
    r"|return|safety[- ]net\w*) (?:advice|instructions)|(?:advice|instructions) (?:sheet|card)"
    r"|safety[- ]net\w*)(?=\s?[:,-])",
    re.IGNORECASE,
)
"""By what somebody came: it bids nothing any more."""
_LONGEST_HEAD = 110
_LONGEST_LIST = 400
_MAY = re.compile(
    r"card|sheet|leaflet|booklet|hand-?out|list|pamphlet|brochure|poster|video|magnet|paper|criteri|parameter|trigger"
    r"|threshold|setting|rule|contra-?indic|side[- ]?effect|policy|wording|defini|disclaim|avs\b"
    r"|reportable|precaution|safety"
    r"|notify|alert|call|contact|orders?\b|sos\b|drummed|drilled|training|potential|possible|anticipated"
    r"|reasons|circumst|conditions|what|when|script|alarm|hold |expect|used? (?:for|if)"
    r"|told|tell|explain|advi|instruct|educat|taught|teach|warn|brief|counsel|guid|know|aware|recit"
    r"|verbali[sz]|s/s|signs"
    r"|can (?:name|give|repeat)|re-?present|to (?:the )?(?:ed|er|a&e|hospital)",
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
    if _MEASURED.search(named) and not _LIMITS.search(_head(text, opens.start())):
        return False
    stop = _ENDS.search(text, end)
    return not _SAID_OUTSIDE.search(text[end : stop.start() if stop else len(text)])
