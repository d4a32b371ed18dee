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
_BIDS = re.compile(
    rf"\b(?:makes?|takes?|establish(?:es)?) contact\b(?: \w+){{0,2}}? (?:by|at|on|upon|with|in case of|when|if|for)\b{_LIST}"
    r"|\b(?:announces?|presents?|reports?) (?:him|her|them)sel(?:f|ves)\b(?: \w+){0,3}? (?:in case of|by|at|upon|with|if"
    rf"|for)\b{_LIST}"
    r"|\bre-?present(?:ation|s|ing)?\b (?:(?:is|at|possible|any|time|any ?time|immediate(?:ly)?|always|again) )+(?:with|by"
    rf"|upon|in case of|if|for)\b{_LIST}"
    r"|\A\W{0,4}(?:upon|in case of|by|at|with) [^.]{5,200}(?:\b(?:shall|should|must|is to|are to|may|can)\b[^.]{0,40}"
    r"\b(?:contact|re-?present|call|ring|come|return|report|announce|turn)"
    r"|:\s?(?:immediate|direct|urgent|prompt)\w* (?:re-?)?(?:present|contact|admission|return|call))"
    r"|\b(?:told|warned|advised|informed|explained|reminded)(?: \w+){0,2}? (?:he|she|they|pt|patient) (?:may|might|could)"
    r" (?:get|have|develop|feel|notice|see)\b"
    r"|\bto be (?:told|asked|advised|instructed) to (?:send|bring|take|drive|call|ring)\b.{0,60}\b(?:for|if|with|when)\b",
    re.IGNORECASE,
)
"""What is bidden as a tale of now or to come: "She makes contact by fever, wetness from wound", "told he may get"."""
_THEN_CALLS = re.compile(
    r"[,;/].{2,200}?(?:\s-{1,2}|[:=,;.]|\bto)\s(?:then |please |just |do |always |immediately |so )?(?:call|ring|phone|contact"
    r"|telephone|come|return|report|message)\s(?:to\s)?(?:us\b|(?:the|our|your|this)\s(?:\w+\s)?(?:ward|office|clinic|line|help-?line"
    r"|nurse|number|practice|surgery|unit|team|hospital|surgeon|doctor|gp|department)\b|straight (?:back|in|to|away)|back (?:in|to (?:us|the|a&e|ed|er|hospital))"
    r"|in (?:straight|at once|immediately|the same)|999|911|112|111|at once|immediately)",
    re.IGNORECASE,
)
"""Signs and behind them what they bid: "Fevers, drainage, trouble urinating - call us, don't message"."""
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
    bids = _ORDERED.match(text) or _BIDS.search(text) or ("?" not in text and _THEN_CALLS.search(text))
    return bool(bids) and _HAPPENED.search(text) is None
