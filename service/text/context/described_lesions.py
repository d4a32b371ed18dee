"""Disc material that a report describes and does not name: a sentence and its readings in, those added.

"A 9 mm focus in continuity with the disc, without central enhancement, displacing the root" is a herniation that no
noun names. It takes three things in one sentence: something that is there, that it is of the disc, and what it does to
a root or to the sac. Where the sentence says that it is where it was before, it was left behind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.text.clauses.reading import Reading

_THING = re.compile(
    r"\b(?:foc(?:us|i)|lesion|soft[- ]tissue|tissue|material|mass|structure|component|fragments?|signal|bulk"
    r"|piece)\b",
    re.IGNORECASE,
)
_OF_DISC = re.compile(
    r"\bnon-?enhanc\w*|\b(?:no|without|lack(?:s|ing)?(?: of)?|absen\w+(?: of)?) (?:\w+ )?(?:central "
    r"|internal )?enhancement"
    r"|\b(?:rim|ring|peripheral(?:ly)?|marginal(?:ly)?)[- ](?:only )?(?:enhanc\w*)|\benhanc\w+ (?:only )?(?:at the "
    r"|of the )?(?:rim|periphery|margin|edge)"
    r"|\b(?:not|does not|n't) (?:centrally )?enhanc\w*"
    r"|\b(?:contigu\w+|continu\w+|communicat\w+|in contact) with (?:the )?(?:\w+ )?(?:dis[ck]\b|interspace|annul\w+)"
    r"|\b(?:aris\w+|extruded|protruding|herniated|migrated) (?:from|out of) (?:the )?(?:\w+ )?(?:dis[ck]|interspace"
    r"|annul\w+)"
    r"|\bdis[ck](?: space)? (?:with|and) (?:a )?(?:\w+ )?(?:(?:para|sub)\w+ )?(?:soft[- ]tissue )?component"
    r"|\bof dis[ck] (?:signal|density|intensity|attenuation)|\bisointense (?:to|with) (?:the )?(?:\w+ )?dis[ck]",
    re.IGNORECASE,
)
_PRESSES = re.compile(
    r"(?<!without )(?<!not )(?<!no )\b(?:displac(?:es|ing|ed|ement)|compress(?:es|ing|ed|ion)|flatten(?:s|ing|ed)"
    r"|effac(?:es|ing|ed|ement)"
    r"|imping(?:es|ing|ed|ement)|abut(?:s|ting|ted)|contact(?:s|ing)|indent(?:s|ing|ed)|deform(?:s|ing|ed)"
    r"|deviat(?:es|ing|ed)"
    r"|push(?:es|ing|ed)|press(?:es|ing|ed)|touch(?:es|ing))\b[^.;]{0,40}\b(?:roots?|sac|sleeve|nerves?|theca\w*"
    r"|[LS][1-5])\b",
    re.IGNORECASE,
)
_STAYED = re.compile(
    r"\b(?:persist\w*|remain(?:s|ing)?|still (?:present|there|seen|visible|lies|lying)|left behind|retained"
    r"|residual|(?:in|at) the same"
    r" (?:position|place|site|level|location)|identical (?:to|with)|unchanged (?:from|since|compared|in)"
    r"|same (?:size|shape|position|place)"
    r"|as (?:before|pre-?op\w*)|not (?:been )?removed)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:collection|abscess\w*|fluid|h(?:a)?ematoma|blood|cyst\w*|lipoma\w*|tumou?r\w*|metasta\w*|malignan\w*"
    r"|seroma|pus|phlegmon\w*"
    r"|psoas|marrow|endplate\w*|vertebra[el]?|pseudomeningocele|gas|cement|screw\w*|cage|osteophyt\w*|synovial"
    r"|ganglion|scar|granulation"
    r"|fibros\w*|haemangioma|schwannoma|neurofibroma)\b",
    re.IGNORECASE,
)
"""What else such words may describe; a part of the sentence that names it tells of no disc."""
_DENIED = re.compile(r"\b(?:no|without|nor|absence of)\b[^,;.]{0,25}\Z", re.IGNORECASE)
_HERNIATION, _LEFT = "disc-herniation", "residual-fragment"
_REPLACED = frozenset({"disc-degeneration", "no-compression"})
"""What its words were taken for: "no enhancement", "the signal of the disc"."""


_STRESS = re.compile(
    r"\b(?:sacr\w+|alae?|alar|s[12]\b)[^.;]{0,90}?\b(?:insufficiency|stress|fragility"
    r"|fatigue)(?:[- ]type)?(?: stress)?[- ]"
    r"(?:injur\w*|fracture\w*|reaction|change\w*|lesion\w*|oedema|edema)"
    r"|\b(?:bands?|lines?|linear|fissures?|lucenc\w+)\b[^.;]{0,60}?\b(?:sacral (?:wings?|alae?|body)|alae?\b|sacrum)"
    r"|\b(?:sacral (?:wings?|alae?|body)|both alae?|sacrum)\b[^.;]{0,60}?\b(?:bands?|lines?|linear|h-shaped|honda)\b",
    re.IGNORECASE,
)
_BRIGHT = re.compile(
    r"\b(?:stir|oedema\w*|edema\w*|hyperintens\w*|low[- ]t1|t1[- ](?:low|dark|hypo\w*)|uptake|bright|insufficiency"
    r"|stress|fragility)\b",
    re.IGNORECASE,
)
_SACRUM = "sacral-fracture"


def with_described_lesions(readings: Sequence[Reading], text: str) -> list[Reading]:
    """The readings with the herniation, the fragment left behind and the stress fracture of the sacrum that the
    sentence describes without a name."""
    told = list(readings)
    broken = _STRESS.search(text)
    if broken and _BRIGHT.search(text) and not _DENIED.search(text[: broken.start()]):
        if not any("fracture" in r.concept for r in told):
            told.append(Reading(_SACRUM, "", *broken.span(), *broken.span()))
        return told
    held = {r.concept for r in told if not r.sign and not r.away}
    found = _described(text)
    if found is None:
        return told
    begin, end = found.span()
    if _HERNIATION not in {r.concept for r in told}:
        told = [r for r in told if r.concept not in _REPLACED]
        told.append(Reading(_HERNIATION, "", begin, end, begin, end))
        held.add(_HERNIATION)
    if _HERNIATION in held and _LEFT not in held and _STAYED.search(text):
        told.append(Reading(_LEFT, "", begin, end, begin, end))
    return told


def _described(text: str) -> re.Match[str] | None:
    """The word for the thing that is of the disc and presses, where the sentence tells of nothing else."""
    if not _PRESSES.search(text) or not _OF_DISC.search(text):
        return None
    for thing in _THING.finditer(text):
        begin = max(text.rfind(mark, 0, thing.start()) for mark in ";.") + 1
        end = min((at for mark in ";." if (at := text.find(mark, thing.end())) >= 0), default=len(text))
        part = text[begin:end]
        if _DENIED.search(text[begin : thing.start()]) or _OTHER.search(part):
            continue
        if _OF_DISC.search(part) and _PRESSES.search(part):
            return thing
    return None
