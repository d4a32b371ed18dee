"""What somebody is to do if something comes: a sentence in, whether it only tells that out.

"Should the pain in the leg come back, please ring the spine nurse" tells of no pain of now. Return advice has any verb
("consult hospital when:", "return without losing time:", "ring pain service:"): an order, or a place of help with a
word of condition, and a list of what to come for. A list of dangers tells as little.
"""

from __future__ import annotations

import re

from service.text.documents.dangers import lists_dangers

_IF = re.compile(
    r"\W{0,4}(?:should|in (?:the event|case) of|if|with any|were) (?:the|any|his|her|your|there|he|she|you|sciatica"
    r"|(?:leg|back) pain|pain|new|renewed|further|symptoms?)\b[^.;]{0,90}?[,\s](?:(?:please|he|she|you|they|pt"
    r"|patient|is"
    r"|are|will|would|can|may|should|must|knows?|has|asked|told|to) )*(?:ring|call|phone|contact|get in touch|come back"
    r"|re-?present|come in)\b (?:us|the|our|me|\w+ (?:nurse|ward|clinic|team|line)|at once|straight|in touch|early"
    r"|sooner"
    r"|again|back)",
    re.IGNORECASE,
)
_LEAD = r"\W{0,4}(?:[A-Z][^.:;!?]{0,60}:\s?)?(?:please |do |always |immediately |urgently |at once |then )*"
_ORDER = (
    r"(?:consult|call|ring|phone|contact|see|alert|notify|inform|return|re-?turn|dial|text|message|come back|seek"
    r"|telephone|ask for)"
)
_MAYBE = r"(?:come(?: in)?|go|report|attend|visit|present|get|hurry|head|turn|apply|write|e-?mail|address)"
"""What tells of an order only where a condition follows it: "Present to ED: foot drop" is a patient."""
_NO_ORDER = (
    r"(?!\s(?:from|received|back to (?:work|theatre)|log|placed|made|visit|appointment|consult\w*|review|note"
    r"|finger|light"
    r"|bell|details|number|to (?:clinic|work|theatre|ward)|came|handed|taken|(?:call|conversation|ins?"
    r"|consultation|advice)\b|re\b|regarding|with\b|of\b|is\b|was\b|history"
    r"|today|at \d))"
)
"""A verb that is a noun here: "Call from wife:", "Return visit:", "Ring finger:"."""
_DOOR = (
    r"(?:hospital|emergency|casualty|a ?& ?e|a and e|ed|er|999|911|112|111|000|811|1-1-2|gp|doctors?|physician"
    r"|ward|clinic"
    r"|polyclinic|surgery|rooms|office|practice|nurse|help-?line|line|service|unit|department|hot-?line|on[- ]call"
    r"|surgeon"
    r"|team|ambulance|us|me|consultant|secretary|outpatients?|triage|urgent care|centre|center)"
)
_AT_ONCE = (
    r"(?:at once|immediate\w*|urgent\w*|straight|without (?:delay|losing time|waiting)|promptly|asap|same day|any ?time"
    r"|day (?:and|or) night|24/7|directly|quickly)"
)
_WHEN = r"(?:if|when(?:ever)?|in (?:the )?(?:case|event)(?: of)?|should|for|upon|on|at|as soon as|with)"
_LIST = r"(?=[^.]{0,300}?[,;/]|[^.]{0,80}? or )"
_ORDERED = re.compile(
    rf"{_LEAD}{_ORDER}\b{_NO_ORDER}(?=[^.:]{{0,80}}\b(?:{_DOOR}|{_AT_ONCE}|{_WHEN})\b)[^.:]{{0,80}}:{_LIST}"
    rf"|{_LEAD}{_MAYBE}\b{_NO_ORDER}[^.:]{{0,80}}\b(?:{_AT_ONCE}|{_WHEN})\s?:{_LIST}"
    rf"|{_LEAD}(?:consult|alert|notify|inform|visit|telephone|ask for|text|message)\b{_NO_ORDER}[^.:]{{0,60}}?"
    rf"\b(?:if|when(?:ever)?|in (?:the )?(?:case|event)|should|for)\b{_LIST}"
    rf"|{_LEAD}(?:(?:to|the|your|nearest|straight|back|or|and|own|on-call|spine|spinal|duty|{_AT_ONCE}|{_DOOR})[\s/,]{{1,2}})"
    rf"{{1,6}}(?:if|when(?:ever)?|in (?:the )?(?:case|event)(?: of)?)\s?[:-]",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:since|yesterday|today|tonight|overnight|last night|this (?:morning|afternoon|evening)|reports?|reported"
    r"|complain\w*|c/o|has (?:had|been|now)|\d+ (?:hours?|days?) ago|x ?\d+ ?(?:days?|hours?|h|d)|began|started|now has"
    r"|woke|he (?:is|was|has|had|can)|she (?:is|was|has|had|can))\b",
    re.IGNORECASE,
)
"""What no advice tells: somebody rang, and this is what for."""


def is_conditional_advice(text: str) -> bool:
    if _IF.match(text) is not None or lists_dangers(text):
        return True
    return _ORDERED.match(text) is not None and _HAPPENED.search(text) is None
