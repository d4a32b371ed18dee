"""Signs of CRPS that a note describes without the name: the statements of a note in, with "criteria met" where it does.

The Budapest criteria ask for signs of several kinds at one limb: skin that hurts at a touch, changed colour or warmth,
sweat or swelling, and changes of movement, nails or hair. A note that tells of the first and of two more kinds at a
foot or leg, each of them plainly there, describes them met; none that is denied or equal on both sides counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from service.domain.statements import PLAIN, Polarity, Statement
from service.text.vocabulary.sections import Section

Said = list[tuple[Statement, Section]]
_MET = "budapest-positive"
_SORE = re.compile(
    r"\b(?:allodyn\w*|hyperalges\w*|hyperpath\w*|bed ?(?:sheets?|clothes|linen)|(?:cannot|can't|can not|could not"
    r"|couldn't|won't) (?:bear|stand"
    r"|tolerate|wear) (?:\w+ ){0,3}?(?:socks?|shoes?|sheets?|touch|water|shower|stocking)|(?:feather|light touch"
    r"|cotton wool|breeze"
    r"|shower water)\b[^.;]{0,30}\b(?:hurt\w*|pain\w*|agony|scream|unbearable))",
    re.IGNORECASE,
)
_KINDS = (
    re.compile(
        r"\b(?:mottl\w*|dusky|mauve|purpl\w*|bluish|blue-?red|violet|cyanos\w*|livid|blotch\w*|marbl\w*"
        r"|discolou?r\w*|(?:bright|hot|brick)[- ]red"
        r"|redden\w*|colou?r (?:change|asymmetr\w*|differ\w*)|(?:cooler|colder|warmer"
        r"|hotter)(?: to (?:the )?touch)?(?: by \w+)? than"
        r"|ice[- ]cold|red[- ]hot|temp\w* (?:asymmetr\w*|differ\w*)"
        r"|skin temp\w*[^.;]{0,20}\d\d(?:\.\d)?[^.;\d]{1,8}\d\d(?:\.\d)?)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:sweat(?:s|y|ing|ed)?|clammy|damp|drips?|moist|swoll\w*|swells?|swelling|puffy|puff(?:s|ed) up"
        r"|oedema\w*|edema\w*|blows up"
        r"|figure of (?:8|eight))\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?:nails?|hairs?)\b[^.;]{0,40}\b(?:ridg\w*|brittle|grow\w*|thick\w*|odd\w*|dark\w*|coarse|gone|lost"
        r"|fall\w*|chang\w*|thin\w*)"
        r"|(?:ridged|brittle|thickened) (?:toe)?nails?|shiny|waxed|waxy|atrophic skin|trophic changes?|tremor"
        r"|dystoni\w*|toes? stiff"
        r"|stiff toes?|clawing|patchy (?:peri-?articular )?(?:osteopeni\w*|osteoporo\w*)|neglect|guards? (?:it"
        r"|the foot))\b",
        re.IGNORECASE,
    ),
)
_NEEDED = 2
"""Kinds beside the sore skin."""
_LIMB = re.compile(r"\b(?:foot|leg|toes?|ankle|shin|calf|sole|limb)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|not|nil|without|denies|nor|neither|never|negative|neg|absent)\b[^.;]*", re.IGNORECASE)
_NONE = re.compile(
    r"\b(?:equal|symmetric\w*|same|normal|both (?:feet|legs)|bilateral\w*|night sweats?|watch for|in case|if |risk"
    r"|cellulitis\b[^.;]*confirmed)",
    re.IGNORECASE,
)


def with_crps_signs(said: Said, lines: Mapping[int, str]) -> Said:
    """The statements of one note, with one that the criteria are met where it describes them.
    ``lines`` holds the sentence of each number."""
    sore = next((pair for pair in said if _is_sore(pair[0])), None)
    if sore is None or any(s.concept == _MET for s, _ in said):
        return said
    plain = [_DENIED.sub(" ", line) for line in lines.values() if not _NONE.search(line)]
    if not any(_LIMB.search(line) for line in plain) or not any(_SORE.search(line) for line in plain):
        return said
    kinds = sum(any(kind.search(line) for line in plain) for kind in _KINDS)
    if kinds < _NEEDED:
        return said
    return [*said, (replace(sore[0], concept=_MET, attributes=PLAIN), sore[1])]


def _is_sore(statement: Statement) -> bool:
    return (
        statement.polarity is Polarity.YES
        and not statement.closed
        and statement.concept in {"burning-pain", "nondermatomal-burning", "leg-pain"}
    )
