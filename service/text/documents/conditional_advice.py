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
    r"|are|will|would|can|may|should|must|knows?|has|asked|told|to) )*(?:ring|call|phone|contact"
    r"|get in touch|come back"
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
    r"(?:at once|immediate\w*|urgent\w*|straight|without (?:delay|losing time|waiting)|promptly|asap"
    r"|same day|any ?time"
    r"|day (?:and|or) night|24/7|directly|quickly)"
)
_WHEN = r"(?:if|when(?:ever)?|in (?:the )?(?:case|event)(?: of)?|should|for|upon|on|at|as soon as|with)"
_LIST = r"(?=[^.]{0,300}?[,;/]|[^.]{0,80}? or )"
_ORDERED = re.compile(
    rf"{_LEAD}{_ORDER}\b{_NO_ORDER}(?=[^.:]{{0,80}}\b(?:{_DOOR}|{_AT_ONCE}|{_WHEN})\b)[^.:]{{0,80}}:{_LIST}"
    rf"|{_LEAD}{_MAYBE}\b{_NO_ORDER}[^.:]{{0,80}}\b(?:{_AT_ONCE}|{_WHEN})\s?:{_LIST}"
    rf"|{_LEAD}(?:consult|alert|notify|inform|visit|telephone|ask for|text|message)\b{_NO_ORDER}[^.:]{{0,60}}?"
    rf"\b(?:if|when(?:ever)?|in (?:the )?(?:case|event)|should|for)\b{_LIST}"
    rf"|{_LEAD}(?:(?:to|the|your|nearest|straight|back|or|and|own|on-call|spine|spinal|duty|{_AT_ONCE}"
    rf"|{_DOOR})[\s/,]{{1,2}})"
    rf"{{1,6}}(?:if|when(?:ever)?|in (?:the )?(?:case|event)(?: of)?)\s?[:-]",
    re.IGNORECASE,
)
_BIDS = re.compile(
    rf"\b(?:makes?|takes?|establish(?:es)?) contact\b(?: \w+){{0,2}}? (?:by|at|on|upon|with|in case of"
    rf"|when|if|for)\b{_LIST}"
    r"|\b(?:announces?|presents?|reports?) (?:him|her|them)sel(?:f|ves)\b(?: \w+){0,3}? (?:in case of|by"
    r"|at|upon|with|if"
    rf"|for)\b{_LIST}"
    r"|\bre-?present(?:ation|s|ing)?\b (?:(?:is|at|possible|any|time|any ?time|immediate(?:ly)?|always"
    r"|again) )+(?:with|by"
    rf"|upon|in case of|if|for)\b{_LIST}"
    r"|\A\W{0,4}(?:[A-Z][\w ]{2,20}:\s?)?(?:upon|in case of|by|at|with) [^.]{5,200}(?:\b(?:shall|should"
    r"|must|is to|are to|may|can)\b[^.]{0,40}"
    r"\b(?:contact|re-?present|call|ring|come|return|report|announce|turn)"
    r"|[:\s]\s?(?:immediate|direct|urgent|prompt)\w* (?:re-?)?(?:present|contact|admission|return|call))"
    rf"|\b(?:instructed|told|advised|asked|reminded|encouraged|urged|directed|knows|agrees|agreed|is"
    rf"|are)(?: \w+){{0,2}}? to"
    rf" (?:\w+ly |at once )?(?:report|notify|alert|flag|re-?present|present again)\b{_LIST}"
    rf"|(?:\A\W*|[:-]\s)(?:escalate|flag|report)\s(?:any |if |for |all )?{_LIST}"
    rf"|\b(?:refer|send|see|seeing)\b[^.]{{0,20}}\b(?:back|again|home|sooner"
    rf"|earlier)\b[^.]{{0,20}}\b(?:with|for|if|at"
    rf"|in case of)\b{_LIST}"
    r"|\b(?:would|might|may|could|can) (?:then )?(?:show|present|declare|manifest|announce)\b (?:itself "
    r"|up )?(?:as|with|by|in)\b"
    rf"|\b(?:pt|patient|he|she|caregiver|family|client) will (?:\w+ly )?(?:report|notify|alert)\b{_LIST}"
    rf"|\bwarnings? (?:was |were )?given\b[^.,]{{0,30}}\b(?:about|of|re)\b"
    rf"|\A\W*(?:to be )?used? (?:it |this )?(?:for|if|when)\b{_LIST}"
    r"|\baccept(?:ing|able)? (?:sats|spo2|sbp|bp|hr)\b"
    r"|\b(?:told|warned|advised|informed|explained|reminded)(?: \w+){0,2}? (?:he|she|they|pt"
    r"|patient) (?:may|might|could)"
    r" (?:get|have|develop|feel|notice|see)\b"
    r"|\bto be (?:told|asked|advised|instructed) to (?:send|bring|take|drive|call|ring)\b.{0,60}\b(?:for"
    r"|if|with|when)\b",
    re.IGNORECASE,
)
"""What is bidden as a tale of now or to come: "She makes contact by fever, wetness from wound", "told he may get"."""
_THEN_CALLS = re.compile(
    r"[,;/].{2,200}?(?:\s-{1,2}|[:=,;.]|\bto)\s(?:then |please |just |do |always |immediately "
    r"|so )?(?:call|ring|phone|contact"
    r"|telephone|come|return|report|message)\s(?:to\s)?(?:us\b|(?:the|our|your|this)\s(?:\w+\s)?(?:ward"
    r"|office|clinic|line|help-?line"
    r"|nurse|number|practice|surgery|unit|team|hospital|surgeon|doctor|gp|department)\b|straight (?:back"
    r"|in|to|away)|back (?:in|to (?:us|the|a&e|ed|er|hospital))"
    r"|in (?:straight|at once|immediately|the same)|999|911|112|111|at once|immediately)",
    re.IGNORECASE,
)
"""Signs and behind them what they bid: "Fevers, drainage, trouble urinating - call us, don't message"."""
_HAPPENED = re.compile(
    r"\b(?:since|yesterday|today|tonight|overnight|last night|this (?:morning|afternoon|evening)|reports|reported"
    r"|complain(?:s|ed|ing)|c/o|has (?:had|been|now)|\d+ (?:hours?|days?) ago|x ?\d+ ?(?:days?|hours?|h"
    r"|d)|began|started|now has"
    r"|woke|he (?:is|was|has|had|can)|she (?:is|was|has|had|can))\b",
    re.IGNORECASE,
)
"""What no advice tells: somebody rang, and this is what for."""


def is_conditional_advice(text: str) -> bool:
    if _IF.match(text) is not None or lists_dangers(text):
        return True
    bids = _ORDERED.match(text) or _BIDS.search(text) or ("?" not in text and _THEN_CALLS.search(text))
    return bool(bids) and _HAPPENED.search(text) is None


_NEWS = re.compile(
    r"\bsince (?:yesterday|last|this|early|about|around|noon|midnight|midday|lunch|morning|\d|mon|tue|wed"
    r"|thu|fri|sat|sun)"
    r"|\b(?:began|started|woke|this morning|last night|overnight|came on)\b"
    r"|\b(?:sbp|bp|hr|t|temp|sats|spo2|pvr) ?\d",
    re.IGNORECASE,
)
_BIDDING = re.compile(
    r"\b(?:if|when\w*|should|call|ring|phone|return|contact|any|may|might|watch|report|must|advised?|told|please|stop"
    r"|start(?:ed)? (?:on|taking|with)|will|until|can)\b|[<>]",
    re.IGNORECASE,
)


def tells_news(text: str) -> bool:
    """Whether a sentence below a heading of advice tells of now: "Education: refused. New foot drop since morning"."""
    return _NEWS.search(text) is not None and _BIDDING.search(text) is None
