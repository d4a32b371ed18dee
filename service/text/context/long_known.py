"""Signs that a sentence calls long known: its text and readings in, the readings with ``known`` set out.

"Slow stream, long standing, no change" and "a drop foot for twelve years" tell of a sign and, in one breath, that it is
none of now. What is said so belongs to the sign in its own part of the sentence, or in the part before that says of
nothing else; a word of change near it ("worse since Friday") takes it back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from msgspec.structs import replace

from service.text.clauses.reading import Reading
from service.text.context.as_before import as_before, is_newer, speaks_of_all, tells_new_sign
from service.text.vocabulary.language import Language

_COUNT = (
    r"(?:(?:at least|about|around|over|more than|the|past|last|some|nearly|almost|many|several|a few|a good"
    r"|donkeys?'?"
    r"|\d{1,2}\+?|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)\s+){1,4}"
)
_LASTING = re.compile(
    r"=\s?(?:(?:his|her|my) )?usual\b"
    r"|\blong[- ]?standing\b|\b(?:from|due to|with|secondary to|since) (?:\w+ )?(?:spina bifida|ms"
    r"|multiple sclerosis|cerebral palsy)\b"
    r"|\blong[- ]known\b|\blife-?long\b|\bpre-?existing\b|\bof long date\b|\bof old\b"
    rf"|\b(?:for|of|over|x|these|past|last)\s+{_COUNT}(?:years|yrs|decades)\b(?! ago)"
    rf"|\b\d{{1,2}}[- ]?(?:year|yr)s?[- ](?:history|hx|duration)\b"
    r"|\b(?:for|in) (?:years|decades|as long as (?:he|she|i|they|anyone) (?:can|could))\b|\byears of\b"
    r"|\bsince (?:childhood|birth|childbirth|school|(?:his|her|my) (?:teens|twenties|thirties|forties|youth"
    r"|(?:children|kids|babies|sons?|daughters?) (?:was|were) born|(?:first |second |last )?(?:pregnanc|delivery|labour|birth)"  # noqa: E501
    r"|menopause|prostat\w+|hysterectomy|stroke|polio)"
    r"|(?:the |his |her |my )(?:first|second|previous|earlier|original|old) (?:\w+ )?(?:surgery|operation|op|fusion"
    r"|laminectomy|discectomy|decompression|stroke|injury)"
    r"|(?:the )?(?:menopause|change of life)|(?:he|she|i) was (?:a |very )?(?:young|little|child|boy|girl|teenager|small|born)"  # noqa: E501
    r"|having (?:the |my |her )?(?:kids|children|babies)|long before|well before"
    r"|before (?:(?:the|his|her|my|any|this) )?(?:\w+ )?(?:surgery|operation|op|fusion|laminectomy|discectomy"
    r"|decompression))\b"
    r"|\b(?:for|over) (?:(?:about|over|around|more than|the last|the past|at least) )?(?:a |two )?decades?\b|\bhalf (?:a|his|her|my) life"  # noqa: E501
    r"|\bpre-?dat(?:e|es|ed|ing)\b|\b(?:every|each) (?:summer|winter|spring|autumn|year)\b"
    r"|\bsince (?:university|uni|college|school|the army|the navy|national service)\b"
    r"|\b(?:all|most of) (?:his|her|my) (?:adult )?life\b|\bfrom (?:childhood|birth|young)\b"
    r"|\b(?:has|have|had) always (?:been|had|done)\b|\b(?:is|are|was|were) always\b|\balways (?:has|have|had|been)\b"
    r"|\b(?:have|has|had) been since (?:i|he|she)\b|\b(?:have|has) (?:done|had it|had them) (?:so )?(?:for|since)\b"
    r"|\bas (?:he|she|i|it|they) always (?:does|do|did|has|have|had|is|was)\b|\bever since (?:his|her|my|a|an) ",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\bunchanged\b|\bno (?:recent )?change\b|\b(?:not|un)[ -]?(?:changed|altered)\b|\bhas ?n[o']t changed\b|\bno different\b|\bnothing (?:new|different|changed)\b"  # noqa: E501
    r"|\bas (?:usual|always|ever|it (?:always )?(?:was|has been|is))\b|\bsame as (?:always|ever|before|usual|it (?:was|has))\b"  # noqa: E501
    r"|\b(?:at|is) (?:his|her|my|the|usual|its) (?:usual )?baseline\b|\bat baseline\b|\b(?:usual|normal) for (?:him|her|me)\b|\b(?:his|her|my) usual\b"  # noqa: E501
    r"|\bno worse\b|\bnot (?:any )?worse\b|\bnot new\b|\bnothing new\b|\bno progression\b|\bnot progress\w+\b|\bstable\b",  # noqa: E501
    re.IGNORECASE,
)
"""That it is as it was; with a word of how long, or of who looks after it, it answers whether the sign is new."""
_KNOWN_TO = re.compile(
    r"\b(?:known to|under|seen by|followed by|managed by|looked after by|sees|attends|already with|reviewed by|investigated by)"  # noqa: E501
    r" (?:the )?(?:\w+ )?(?:urolog\w+|continence|uro-?gyn\w*|gyn\w+|bladder clinic|prostate clinic|pelvic floor|neurolog\w+|colorectal)\b"  # noqa: E501
    r"|\b(?:known|documented|chronic|established|dementia|stroke|multiple sclerosis|parkinson\w*)\b|(?-i:\bMS\b)"
    r"|\b(?:bph|bladder outlet|enlarged prostate|big prostate|prostatism|prostatic (?:hypertrophy|enlargement)|tamsulosin"  # noqa: E501
    r"|finasteride|oxybutynin|solifenacin|mirabegron|sildenafil|tadalafil|viagra)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\bnew(?:ly)?\b|\bnow\b|\bwors\w*|\bincreas\w*|\bprogress\w*|\bsudden\w*|\bacute\w*|\bdeteriorat\w*"
    r"|\btoday\b|\bovernight\b"
    r"|\byesterday\b|\blast night\b|\bthis (?:morning|week|month|afternoon)\b|\brecent\w*|\bmore (?:often|frequent|than)\b"  # noqa: E501
    r"|\bsince (?:mon|tues|wednes|thurs|fri|satur|sun|last|the (?:op|operation|surgery|fusion|weekend|procedure)\b|surgery|then|\d)"  # noqa: E501
    r"|\b(?:started|began|developed|different|changed|never (?:before|had)|first time|unlike|onset)\b|\bhours?\b|\bdays?\b|\bweeks?\b",  # noqa: E501
    re.IGNORECASE,
)
_WORSE = re.compile(r"\bwors\w*|\bdeteriorat\w*|\bincreas\w*", re.IGNORECASE)
_PARTS = re.compile(r"[,;()]|\s-+\s|\bbut\b|\bthough\b|\balthough\b|\bhowever\b|\. ")
_EVENTS = frozenset({"operation", "stated", "procedure", "technique"})
"""Kinds of concepts that a word of how long is not said of: "foot drop from the discectomy, as always"."""
_BESIDE = frozenset({"no-relief", "symmetric-symptoms"})
"""What a part may tell besides the likeness: "the same he had before and equal on both sides"."""
_GRADE = re.compile(r"(?<![\d/])[0-4][+-]?\s?/\s?5(?![\d/])")
_UNLIKE = re.compile(
    r"\b(?:not|never|unlike|nothing like|hardly)\W+(?:quite |the |at all )?(?:same )?as (?:before|pre|usual|always"
    r"|ever)\b",
    re.I,
)
_OPENING = 4
"""Words of an opening that belong to what follows: "Long standing, he says: a weak stream"."""


def says_no_change(words: str) -> bool:
    """Whether no word of change stands here: what began years ago and is told so is the same still."""
    return not _CHANGED.search(_SAME.sub(" ", _LASTING.sub(" ", words)))


def tells_long(words: str) -> bool:
    """Whether it is told that something has been so for years, and nothing of a change."""
    return _LASTING.search(words) is not None and says_no_change(words)


_KNOWN_URGE = re.compile(
    r"\bknown\b|\b(?:no|not) worse\b|\b(?:old|usual) pattern\b"
    r"|\bas (?:ever|always|usual|before)\b|\b(?:his|her|my|=) ?usual\b|\bsame\b|\bunchanged\b"
    r"|\bno change\b|\bhabitual\b"
)
"""An urge that is told as the one of always."""


def tells_urge_of_old(words: str) -> bool:
    """Whether an urge to pass water that nothing calls new is told as one of years or as the usual one."""
    return tells_long(words) or _KNOWN_URGE.search(words) is not None


def long_known(readings: list[Reading], text: str, language: Language) -> list[Reading]:
    """The readings; signs (what is either new or known) are known where the text calls them so."""
    signs = language.groups["signs"]
    if not any(r.concept in signs and not r.sign for r in readings):
        return readings
    if not (
        any(r.known for r in readings)
        or _LASTING.search(text)
        or _SAME.search(text)
        or as_before(text) >= 0
        or any(as_before(part) >= 0 for part in _PARTS.split(text))
    ):
        return readings
    edges = [0, *(m.end() for m in _PARTS.finditer(text)), len(text) + 1]
    told = [r for r in readings if language.meanings[r.concept][0] not in _EVENTS]
    parts = [_Part(text[a:b], a, [r for r in told if a <= r.start < b]) for a, b in pairwise(edges)]
    return [_aged(r, parts) if r.concept in signs and not r.sign else r for r in readings]


def _aged(sign: Reading, parts: Sequence[_Part]) -> Reading:
    if sign.known:
        group = _group(sign, parts)
        return replace(
            sign,
            known=not (
                _called_new(sign, group[0])
                or any(part.worse for part in group[1:])
                or any(_UNLIKE.search(part.words) for part in parts)
                or _is_of_another(group[0], parts)
            ),
        )
    return replace(sign, known=_is_known(sign, parts))


class _Part:
    def __init__(self, words: str, begin: int, told: Sequence[Reading]) -> None:
        self.begin, self.told = begin, told
        lasting = _LASTING.search(words)
        same = _SAME.search(words)
        self.at = begin + lasting.start() if lasting else begin + same.start() if same else -1
        self.lasting, self.same = bool(lasting), bool(same)
        self.words = words
        before = as_before(words)
        self.before = begin + before if before >= 0 else -1
        self.newer = before < 0 and is_newer(words)
        self.kept = bool(_KNOWN_TO.search(words))
        self.changed = not says_no_change(words)
        self.worse = _WORSE.search(_SAME.sub(" ", words)) is not None
        self.short = len(words.split()) <= _OPENING


def _group(sign: Reading, parts: Sequence[_Part]) -> list[_Part]:
    """The part of the sign and those behind it that tell of nothing else."""
    own = next(i for i, part in enumerate(parts) if sign in part.told)
    behind = takewhile(
        lambda part: not part.told or (part.before >= 0 and {r.concept for r in part.told} <= {sign.concept, *_BESIDE}),
        parts[own + 1 :],
    )
    return [parts[own], *behind]


def _is_known(sign: Reading, parts: Sequence[_Part]) -> bool:
    group = _group(sign, parts)
    own = group[0]
    if (
        own is not parts[0]
        and own is parts[1]
        and not parts[0].told
        and parts[0].short
        and (parts[0].before < 0 or speaks_of_all(parts[0].words))
    ):
        group.insert(0, parts[0])
    if (
        any(
            part.before >= 0 and _belongs(part, sign, own, part.before) and _may_tell(part, own, parts)
            for part in group
        )
        and not any(part.newer or part.worse for part in group)
        and not any(tells_new_sign(part.words) for part in parts if part not in group)
    ):
        return not _grades_another(own, parts)
    if any(part.changed for part in group):
        return False
    lasting = any(part.lasting and _belongs(part, sign, own) for part in group)
    same = any(part.same and _belongs(part, sign, own) for part in group)
    return lasting or (same and any(part.kept for part in group))


def _may_tell(part: _Part, own: _Part, parts: Sequence[_Part]) -> bool:
    """Whether a part behind that of the sign is of the sign: "pain as before surgery" is of the pain."""
    return part is own or part is parts[0] or as_before(part.words, alone=True) >= 0


def _is_of_another(own: _Part, parts: Sequence[_Part]) -> bool:
    """Whether the likeness is of something else ("foot drop, wound as before surgery") or a new loss stands beside."""
    behind = [part for part in parts if part.begin > own.begin]
    if any(tells_new_sign(part.words) for part in behind) or _grades_another(own, parts):
        return True
    plain = own.before < 0 and not own.lasting and not own.same
    return plain and any(part.before >= 0 and not _may_tell(part, own, parts) for part in behind)


def _grades_another(own: _Part, parts: Sequence[_Part]) -> bool:
    """Whether a muscle behind is weak too of which nobody says the same: "TA 4/5 as pre-op, EHL 3/5"."""
    behind = [part for part in parts if part.begin > own.begin]
    told = [i for i, part in enumerate(behind) if part.before >= 0 or part.lasting or part.same]
    last = max(told, default=-1)
    return any(_GRADE.search(part.words) for part in behind[last + 1 :])


def _called_new(sign: Reading, own: _Part) -> bool:
    """Whether the word right before the sign calls it new: "new foot drop since Monday, unchanged from yesterday"."""
    words = own.words[: max(0, min(sign.first, sign.start) - own.begin)]
    return re.search(r"(?<!nothing )(?<!not )(?<!no )\bnew(?:ly)?\W+(?:\w+\W+)?\Z", words, re.IGNORECASE) is not None


def _belongs(part: _Part, sign: Reading, own: _Part, at: int = -1) -> bool:
    """Whether what the part says of time is said of this sign: in its own part of the one told right before it, of the
    next one where none is."""
    if part is not own:
        return own.told[-1].start <= sign.start or all(r.start == sign.start or r.sign for r in own.told)
    before = [r for r in part.told if r.start < (part.at if at < 0 else at)]
    if before:
        last = max(r.start for r in before)
        return sign.start == last
    return sign.start == min(r.start for r in part.told)
