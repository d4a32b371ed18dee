"""Urine, stool or an instrument that is not felt: a text in, the same with the loss told as a sentence out.

Who knows that he passes water only by its sound, has to look whether it comes, or did not notice the enema going in has
lost the feeling, though no word of numbness is said.
"""

from __future__ import annotations

import re

_URINE = (
    r"(?:urine|water|pee\w*|wee\w*|urinat\w*|void\w*|micturat\w*|stream|flow|wet (?:himself|herself|myself"
    r"|the bed)|going)"
)
_STOOL = r"(?:stools?|faeces|feces|poo\w*|motions?|bowels?|soil\w*|messed)"
_WHAT = rf"(?:(?P<urine>{_URINE})|(?P<stool>{_STOOL}))"
_KNOWS = r"(?:know\w*|knew|notic\w+|realis\w+|realiz\w+|tells?|told|aware|discover\w*|find\w* out|found out|learn\w*)"
_SENSED = (
    r"(?:hear\w*|sounds?|noise|splash\w*|seeing|sees?|saw|looking|looks?|smell\w*|sight|wetness|warmth|stain|puddle"
    r"|dripping|bowl)"
)
_BY_SENSE = re.compile(
    rf"\b(?:only\s)?{_KNOWS}\b[^.;:?]{{0,40}}?\b{_WHAT}\b[^.;:?]{{0,30}}?\b(?:only|just|solely|purely)\s(?:by"
    rf"|from|through"
    rf"|because|when|after|once|if|with)\b[^.;:?]{{0,20}}?\b{_SENSED}",
    re.IGNORECASE,
)
_ONLY_KNOWS = re.compile(
    rf"\bonly (?:ever )?{_KNOWS}\b[^.;:?]{{0,40}}?\b{_WHAT}\b[^.;:?]{{0,30}}?\b(?:by|from|because|when|after|once)\b"
    rf"[^.;:?]{{0,20}}?\b{_SENSED}",
    re.IGNORECASE,
)
_LOOKS = re.compile(
    r"\b(?:has|have|had|having|needs?) to (?:look|check|listen|watch|glance)\b(?: \w+){0,2}? (?:to (?:see|know"
    r"|tell|find out)\s)?"
    rf"(?:whether|if|that|when)\b[^.;:?]{{0,30}}?\b{_WHAT}\b",
    re.IGNORECASE,
)
_HEARS = re.compile(
    rf"\b(?:hears?|heard|hearing|sees?|saw)\b[^.;:?]{{0,25}}?\b{_WHAT}\b[^.;:?]{{0,25}}?\b(?:but|yet|and"
    rf"|without|though)\b"
    r"[^.;:?]{0,12}?\b(?:not|n't|cannot|can't|cant|no|nothing|never|without)\b[^.;:?]{0,6}?"
    r"\b(?:feel\w*|felt|sens\w+|perceiv\w+)",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:smell|sound|noise|splash|wet patch|wetness|stain) (?:tells?|told|alerts?|alerted|informs?"
    r"|warns?) (?:him|her|me|them)"
    rf"\b[^.;:?]{{0,30}}?\b{_WHAT}\b",
    re.IGNORECASE,
)
_ONLY_AFTER = re.compile(
    rf"\b{_WHAT}\b[^.;:?]{{0,30}}?\bonly {_KNOWS}\b[^.;:?]{{0,20}}?\b(?:by|from|because|when|after"
    rf"|once)\b[^.;:?]{{0,20}}?\b{_SENSED}",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"\b(?:can(?:not|'t|t| no longer)|could(?: not|n't)|unable to|no longer able to|does(?:n't| not)) (?:tell"
    r"|know|feel|sense) (?:whether|if|when)"
    r" (?:the |his |her |my )?bladder (?:is|was|gets|needs|fills)\b[^.;]{0,20}(?P<urine>)(?P<stool>)",
    re.IGNORECASE,
)
_INSTRUMENT = (
    r"(?:enemas?|suppositor\w+|thermometer|speculum|tampon|catheter(?: balloon)?|catheter (?:tug\w*|pull\w*"
    r"|insert\w*)|rectal tube"
    r"|examin\w+ finger|gloved finger)"
)
_UNAWARE = re.compile(
    rf"\b(?:unaware of|did(?:n't| not) (?:notice|register|feel|sense|know (?:of|about))|(?:felt|noticed"
    rf"|feels) (?:nothing|none) of|not aware of"
    rf"|no (?:awareness|feeling|sensation) of) (?:the |her |his |a |an |my )?{_INSTRUMENT}\b(?! (?:site|bag"
    rf"|was changed))"
    rf"|\b(?:felt|feels?|noticed|perceived) (?:neither|not even) (?:the |her |his |a |an |my )?(?:{_INSTRUMENT}|tube)\b"
    rf"|\b{_INSTRUMENT}(?: \w+){{1,3}}? and (?:he|she|I|pt|patient) (?:felt|noticed|feels) (?:none of it|nothing)\b"
    rf"|\b{_INSTRUMENT} (?:(?:was|is|were|going in|being (?:inserted|put in)) )*(?:not|never|barely) (?:felt"
    rf"|noticed|perceived|sensed)\b",
    re.IGNORECASE,
)
_SAYS_NOT = re.compile(
    r"\b(?:denies|no need|does(?:n't| not) (?:have|need)|never (?:has|had|needs))\b[^.;:]{0,30}\Z", re.IGNORECASE
)
_MAY = re.compile(
    r"\b(?:hear|sound|noise|smell|look|check|listen|see|splash|stain|wet|unaware|aware|notice|felt|feel|tell"
    r"|know|knew)",
    re.IGNORECASE,
)


def with_unfelt(text: str) -> str:
    """The text with a sentence for each loss of feeling that it tells by what the patient goes by instead."""
    if not _MAY.search(text):
        return text
    for pattern in (_BY_SENSE, _ONLY_KNOWS, _LOOKS, _HEARS, _TELLS, _ONLY_AFTER, _FULL):
        text = pattern.sub(_passing, text)
    return _UNAWARE.sub(lambda found: f"{found[0]}. Saddle sensation absent. ", text)


def _passing(found: re.Match[str]) -> str:
    if _SAYS_NOT.search(found.string[: found.start()]):
        return found[0]
    lost = "Cannot feel the stool coming" if found["stool"] else "Unable to feel when peeing"
    return f"{found[0]}. {lost}. "
