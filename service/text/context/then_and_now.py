"""A note that sets the complaint before the operation against the state of now: statements in, those of then closed.

"Indication: intractable sciatica. Now: painless" and "Diagnosis on admission: stenosis with bilateral leg pain. At
discharge free of complaints" tell of a pain that was operated on, and that is over. Both halves must say so: the first
that it is of then, the second that all is well now; a pain told there stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from service.domain.statements import Polarity, Statement
from service.text.context.pain_over import PAINS
from service.text.vocabulary.sections import Section

_OPERATION = r"(?:surg\w+|op\b|operat\w+|fusion|laminectomy|discectomy|microdiscectomy|decompression)"
_THEN = re.compile(
    rf"\W*(?:(?:op(?:erative)? |surgical )?indication|reason for (?:{_OPERATION}|admission|referral)"
    r"|(?:presenting|initial|original|main|chief) (?:complaint|symptom|problem)s?|(?:main |admission "
    r"|primary )?diagnos[ie]s"
    rf"|dx|background|history|complaint before|pre-?op\w*|before(?: (?:the |her |his |my )?{_OPERATION})?|initially)\b"
    r"[^:.]{0,40}:"
    rf"|.*\b(?:(?:on|before|prior to|until) (?:the |her |his |my )?(?:admission|{_OPERATION})|pre-?op\w*)\b"
    r"|\W*(?:had|has) been \w+ing\b.*\bbefore\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\W*(?:now|today|currently|at present|outcome|result|current(?:ly)? (?:status|state|condition|symptoms?)|status"
    r"|state|condition|post-?op\w*|after(?:wards|ward)?|since(?: then| surgery| the op\w*)?|at (?:follow-?up"
    r"|discharge|review)"
    r"|on discharge|follow-?up|progress|this (?:morning|week)|(?:a?woke|woken|came round|wakes)\b)",
    re.IGNORECASE,
)
_WELL = re.compile(
    r"\b(?:pain[- ]?(?:less|free)|symptom[- ]?free|complaint[- ]?free|asymptomatic|free (?:of|from) (?:all )?(?:pain"
    r"|complaints?|symptoms?)|no (?:more |further |residual |remaining )?(?:pain|symptoms?|complaints?|leg pain"
    r"|sciatica"
    r"|trouble)|without (?:pain|symptoms?|complaints?|it)|nothing|none|nil|nrs (?:0|1)\b|vas (?:0|1)\b|0(?:-1)?/10"
    r"|0\b(?! (?:of|out))|(?:gone|resolved|abolished|settled)\b|walks? (?:\d+ ?km|unlimited|for miles|an hour|freely"
    r"|without)|walking (?:distance )?unlimited|stayed away|does it (?:standing|easily)|excellent|fully recovered"
    r"|well and)\b",
    re.IGNORECASE,
)
_NOT_WELL = re.compile(
    r"\b(?:but|still|partly|except|although|however|same|unchanged|persist\w*|worse|again|return\w*|recur\w*|no"
    r" (?:better|change|relief|benefit|improvement)|not (?:better|gone|pain|resolved|settled))\b",
    re.IGNORECASE,
)
_REACH = 2
"""Sentences behind that of then in which the state of now may stand."""

Said = list[tuple[Statement, Section]]


def then_and_now(said: Said, lines: Mapping[int, str]) -> Said:
    """The statements of one note; pains of then are closed where a sentence soon after tells that all is well now.
    ``lines`` holds the sentence of each number."""
    pains = {s.sentence for s, _ in said if s.concept in PAINS and s.polarity is Polarity.YES and not s.closed}
    if not pains:
        return said
    asked = {s.sentence for s, section in said if section is Section.INDICATION}
    then = {n for n in pains if n in asked or _THEN.match(lines.get(n, ""))}
    over = {n for n in then if _well_after(n, lines, pains)}
    return [
        (replace(s, closed=True), section) if s.sentence in over and s.concept in PAINS else (s, section)
        for s, section in said
    ]


def _well_after(number: int, lines: Mapping[int, str], pains: set[int]) -> bool:
    after = sorted(n for n in lines if n > number)
    for at in after[:_REACH]:
        line = lines[at]
        if _NOW.match(line) and _WELL.search(line):
            return _NOT_WELL.search(line) is None and not any(n >= at for n in pains)
    return False
