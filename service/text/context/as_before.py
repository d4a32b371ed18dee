"""A sign that is as it was before the operation: the words beside it in, where they say so out.

The reading is composed and not listed: a word of likeness ("as", "same", "identical", "already") and, a few words from
it, a time or a paper that lies before the operation ("pre-op", "admission", "every earlier note", "birth"). "2/5 which
he came in with" needs no word of likeness, and "spastic diplegia" owns its weak legs.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from service.domain.statements import Statement
from service.text.vocabulary.language import Language

_OWN = r"(?:(?:the|his|her|my|our|its|your|that|this) )?"
_OPERATION = r"(?:surg\w+|op\b|ops\b|operati\w+|procedure|fusion|laminectomy|\w*discectomy|decompression|theatre)"
_HAD = r"(?:i|he|she|they|we|it|pt|patient)(?: (?:had|was|were|has|have))?(?: (?:been|it|the|my|his|her))? ?"
_PAPER = (
    r"(?:notes?|letters?|visits?|exam\w*|records?|entry|entries|clinics?|consult\w*|documentation|assessments?"
    r"|charts?|sheets?|findings?|status|appointments?)"
)
_SURE = (
    rf"(?:{_OWN}(?:pre[- ]?op\w*|pre(?=\W*\Z)|pre-?surg\w*|pre[- ]?assess\w*|pre[- ]?admi\w*|baseline|childhood"
    rf"|(?:first|initial|earliest|index) {_PAPER}|(?:19|20)\d\d {_PAPER}"
    rf"|(?:every|each|all|any|earlier)(?: (?:of|the|my|our|previous|earlier|prior|former|old|single))* {_PAPER}"
    rf"|{_PAPER} (?:of|from|in|dated) (?:\w+ )?(?:19|20)\d\d)"
    rf"|(?:before|prior to) (?:{_OWN}{_OPERATION}|{_HAD}(?:operated|done|operation|surgery)|we (?:ever )?(?:met"
    rf"|operated))"
    rf"|before (?:he|she) (?:came|went) in)"
)
"""Before the operation, beyond doubt."""
_LIKELY = (
    rf"(?:{_OWN}(?:admission|intake|consult(?:ation)?)\b"
    r"|(?:when|as) (?:he|she|i|they|pt|patient) (?:came|went|was admitted|were admitted)\b"
    r"|(?:he|she|i|pt|patient) (?:came|went) in with)"
)
"""Before it for whoever was admitted to have it: a sign found on admission may have brought the patient back."""
_THEN = (
    rf"(?:last year|at home\b|(?:many |some )?years (?:ago|back|before)|{_OWN}(?:usual|normal)\b|beforehand"
    rf"|{_HAD}before(?:hand)?"
    r"(?! (?:the|his|her|my|this|breakfast|lunch|physio|drain|discharge|going)\b))"
)
"""A time before, which behind a word of likeness says that nothing is new: "the same he had before"."""
_SAME = (
    r"(?:(?:just |exactly |much )?(?:as|like)(?: (?:it|they|he|she) (?:was|were|is|are|had))?|likewise"
    r"|(?:the )?(?:very )?same"
    r"|identical|equal|equivalent|un(?:changed|altered)|not (?:changed|altered|different)|no (?:different|change)"
    r"|no better(?:,| and| or) no worse|(?:no|not) (?:better|worse)|isq|stable|usual|match(?:es|ed|ing)?"
    r"|correspond\w*|in keeping|=|already)"
)
_THERE = (
    r"(?:also|too|so|since|present|there|pre-?existing|existed|documented|noted|recorded|described|measured|known|seen"
    r"|found|dates?|at)"
)
"""That it was there then says that it is of then, where the time is sure."""
_WORDS = (
    r"(?:(?!(?:no|not|never|without|normal|full|fully|strong|intact|good|fine|well|absent|5)\b)[\w/'=-]+,?\s+){0,4}?"
)
_NOT = re.compile(
    r"(?:\b(?:no|not|never|neither|without|nothing)\b|n't\b|\bunlike\b)(?:\W+\w+){0,2}\W*\Z", re.IGNORECASE
)
_COMPOSED = re.compile(
    rf"(?<![\w-])(?:{_SAME}(?:\s+|(?<==)\s*){_WORDS}(?:{_SURE}|{_LIKELY}|{_THEN})|{_THERE}\s+{_WORDS}{_SURE})"
    rf"|\b(?:in |at |on |from )?(?:{_SURE}|{_LIKELY})(?: {_PAPER})?[\s:,]+"
    r"(?:\w+ )?(?:the same|same|identical|alike|equal|too|also|already|unchanged|likewise)\b"
    r"|\b(?:he|she|i|they|pt|patient|which|that) (?:\w+ )?(?:came|went) in with\b|\bfrom before\b"
    r"|\bsince (?:birth|childhood|infancy)\b|\bsince (?:i|he|she) was a (?:baby|child|kid|toddler|boy|girl)\b"
    r"|\bISQ\b|\bstatus (?:idem|quo ante)\b|\bbaseline ?[=:] ?(?!\W*(?:5|full|normal|intact|strong)\b)"
    r"|\b(?:as|like) (?:(?:it|he|she|they)(?: has| have| had)? )?(?:always|ever)\b|\blife-?long\b|\bas known\b"
    r"|\A\W*(?:(?:is|was|are|all|this|both) )?(?:well |already |previously |long |of )?(?:known|old|chronic"
    r"|pre-?existing|usual)"
    r"(?: (?:to us|finding|deficit|weakness|one))?\W*\Z",
    re.IGNORECASE,
)
_LASTING_ILLNESS = re.compile(
    r"\b(?:(?:post-?)?polio\w*|cerebral palsy|spastic (?:di|para|hemi)\w+|spina bifida|charcot[- ]marie[- ]tooth"
    r"|CMT|HMSN|muscular dystrophy|paraplegi[ac] since|(?:old|previous|remote|past|childhood) (?:\w+ )?stroke"
    r"|stroke (?:in|of) (?:19|20)\d\d|(?:peroneal|sciatic|femoral) nerve injury (?:in|of|from) (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""What has its deficit for life; a stroke only where it is told as an old one."""
_NEWER = re.compile(
    r"(?<!nothing )(?<!not )(?<!no )\bnew(?:ly)?\b|(?<!no )(?<!not )(?<!nor )\bwors\w*|\bincreas\w*"
    r"|(?<!no )\bprogress\w*|\bsudden\w*"
    r"|\bacute\w*|\bdeteriorat\w*|\b(?:started|began|begun|developed|onset|lost|dropped|fell|fallen|unlike"
    r"|additional)\b"
    rf"|\bsince (?:{_OWN}{_OPERATION}|yesterday|last|this|today|then|mon|tue|wed|thu|fri|sat|sun|\d)"
    r"|\b(?:overnight|last night|in addition|but|never (?:before|had)|first time)\b|\bmore (?:than|weak)"
    r"|(?<!slightly )(?<!bit )(?<!little )\bweaker\b(?! (?:than|cf|c/f|vs|compared (?:to|with)) (?:the |on (?:the )?)?"
    r"(?:left|right|other|lt|rt|[lr])\b)",
    re.IGNORECASE,
)
"""What no likeness outweighs. "Today" and "this morning" only date the look."""
_OF_POWER = re.compile(
    r"\b(?:neuro\w*|motor|power|strength|exam\w*|status|deficits?|findings?|isq|chart|obs|all|everything|always"
    r"|unchanged|same)\b",
    re.IGNORECASE,
)


_SIGN = re.compile(r"[0-4][+-]?\s?/\s?5|\bweak\w*|\bdrop|\bhang|\bparaly|\bpowerless|\bgrade [0-4]\b", re.IGNORECASE)


def tells_new_sign(words: str) -> bool:
    """Whether a part tells of a further loss of power that is new."""
    return _SIGN.search(words) is not None and is_newer(words)


_LEADS = re.compile(
    r"\W*(?:(?:and|which|this|that|it|they|these|is|are|was|were|has|have|been|had|also|still|but|all|both|about|just"
    r"|exactly|deficit|weakness|finding|grade|power|strength|today|now|unchanged|known|old|again)\W+)*\Z",
    re.IGNORECASE,
)


def as_before(words: str, *, alone: bool = False) -> int:
    """Where the words of a part say that what it tells was so before the operation; -1 where they do not, or where a
    word of change stands beside. ``alone``: the part says it of the one before, so it may name nothing of its own."""
    found = next((m for m in _COMPOSED.finditer(words) if not _NOT.search(words[: m.start()])), None)
    found = found or _LASTING_ILLNESS.search(words)
    if found is None or _NEWER.search(words[: found.start()] + " " + words[found.end() :]):
        return -1
    if alone and not _LEADS.match(words[: found.start()]):
        return -1
    return found.start()


def speaks_of_all(words: str) -> bool:
    """Whether an opening says it of what follows: "Motor exam at baseline, TA 3/5", but not "walks as before"."""
    return _OF_POWER.search(words) is not None


_ALONE = re.compile(
    rf"\W*(?:(?:all|this|that|it|these|both|which|neuro\w*|neurology|exam|power|motor)\s?(?:is|are|was|were"
    rf"|has been)?\s?:?\s?)*"
    rf"(?:isq|status (?:idem|quo ante)[\w ]*|{_SAME}[\s=]+{_WORDS}(?:{_SURE}|{_LIKELY})(?: {_PAPER})?)\W*\Z",
    re.IGNORECASE,
)


_OPENS_OLD = re.compile(
    rf"\W*(?:(?:this|that|it|which) (?:is|was) )?(?:(?:his|her|their|known|old|at) )?"
    rf"(?:baseline\b(?! (?:obs|bloods|imaging|films?|scores?|audit))"
    rf"|{_SAME}[\s=]+(?:(?:as|to|with|like|the|on|in) ){{0,2}}{_SURE}(?: {_PAPER})?)",
    re.IGNORECASE,
)


def tells_as_before(sentence: str) -> bool:
    """Whether the sentence says that what the one before told is as it was before the operation: no more than that, or
    so in its first words or by an illness of long ago, and nothing new behind them."""
    if _ALONE.match(sentence):
        return True
    opens = _OPENS_OLD.match(sentence) or _OF_LONG_AGO.match(sentence)
    return opens is not None and not is_newer(sentence) and not _GRADED.search(sentence)


_GRADED = re.compile(r"[0-5][+-]?\s?/\s?5|\b(?:full|normal|intact|strong)\b", re.IGNORECASE)
"""A power that is told of then is set against that of now elsewhere."""
_OF_LONG_AGO = re.compile(rf"\W*(?:(?:old|known|from|due to|of) )?(?:{_LASTING_ILLNESS.pattern})", re.IGNORECASE)


def is_newer(words: str) -> bool:
    """Whether a word of change stands here, which no likeness outweighs."""
    return _NEWER.search(words) is not None


def as_known(statement: Statement, language: Language) -> Statement:
    """The statement; a sign that the next sentence tells to be as before is none of now, unless it is called new."""
    is_sign = statement.concept in language.groups["signs"] or statement.concept == "muscle-grade"
    return replace(statement, closed=True) if is_sign and not is_newer(statement.words) else statement
