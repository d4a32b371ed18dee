"""What a note says by a label or an opening to be of before the operation: a text in, the places of it out.

"Complaints at admission: ...", "Original claim form (pre-surgery): ..." and "You will recall he was admitted with ..."
tell why somebody was operated on. Such a frame reaches to the end of its line, or to the word that turns to now. A
label that names the admission is of then only where the same text tells of the operation or the discharge behind it,
or of a recovery, and of no return to hospital: who was admitted again has the sign of now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

_OWN = r"(?:the |his |her |my |their |this |that |any )?"
_OPERATION = (
    r"(?:surg\w+|ops?\b|operati\w+|intervention|procedure|fusion|laminectomy|\w*discectomy|decompression|theatre)"
)
_SURE = (
    r"(?:\bpre-?\s?(?:op|surg|operati|admission|admit|adm\b|assess|procedur|intervention)\w*"
    rf"|\b(?:before|prior to|preceding) {_OWN}(?:{_OPERATION}|admission)|\boriginal\w*"
    r"|\b(?:carried|copied|brought|imported|pulled|pasted)(?: (?:over|forward|across|in))? from (?:the |pre\w*[- ]?)*"
    r"(?:clinic|out-?patients?|opd|referral|assess\w*|clerking|waiting list|admission))"
)
"""Before the operation, beyond doubt."""
_ADMITTED = (
    r"(?:\b(?:at|on|upon|of) (?:the )?(?:adm|admission|admittance|presentation|intake|hospitali[sz]ation)\b"
    r"|\b(?:admission|admitting|adm|presenting|intake) (?:exam\w*|status|findings?|complaints?|history|symptoms?"
    r"|neuro\w*"
    r"|signs|power|diagnos\w+|problems?|state|deficits?)|\b(?:reason|indication|cause)s? (?:for |of )?(?:the )?"
    r"(?:hospital )?(?:admission|hospitali[sz]ation|stay)\b)"
)
_FIRST = (
    r"(?:\b(?:first|initial|1st|index)(?:ly)? (?:out-?patient |clinic |opd )?(?:consult\w*|presentation|complaints?"
    r"|symptoms?|problems?|exam\w*|findings?|referral|admission|clinic|opd|status)\b)"
)
_STUDY = r"mri|ct|x-?rays?|imaging|films?|scans?|bloods?|labs?|crp|hb|plan|advice|checklist|weight"
"""A label of these holds no signs."""
_LABEL = re.compile(
    rf"(?:^|(?<=[.;:!\"])[ \t])[ \t#*>\"\[(-]*(?:\d{{1,2}}[.)][ \t]*)?"
    rf"(?P<name>(?=[^\n:]{{0,70}}?(?:{_SURE}|{_ADMITTED}|{_FIRST}))"
    rf"(?![^\n:]{{0,70}}\b(?:{_STUDY})\b)[A-Z][^\n:;.!?]{{1,70}}?)\s?:(?!\d)",
    re.IGNORECASE | re.MULTILINE,
)
_SURELY = re.compile(_SURE, re.IGNORECASE)
_OF_ADMISSION = re.compile(_ADMITTED, re.IGNORECASE)
_HEADLINE = re.compile(
    rf"^[ \t#*_]*(?P<name>(?=[^\n]{{0,40}}?(?i:{_SURE}|{_ADMITTED}|{_FIRST}))"
    r"[A-Z][A-Z /()&-]{5,40}?)[ \t*_]*$",
    re.MULTILINE,
)
"""A heading in capitals, alone in its line."""
_BEHIND_NOW = (
    r"(?![^.\n]{0,80}(?:\b(?:ago|last|previous\w*|prior|earlier|elsewhere|back|was|were)\b|\d[./-]\d{1,2}[./-]\d))"
)
"""An operation of some time ago is no part of this stay: who comes in after it has the sign of now."""
_LATER = re.compile(
    r"(?:^|[.;]\s)[\s>#*-]*(?:\d{1,2}[.)]\s*)?(?:procedure|operation|surgery|op(?: note| report|eration note)?"
    r"|post-?\s?op"
    r"(?:erative(?:ly)?)?(?: course| period)?|(?:hospital |post\w* )?course|intervention"
    r"|(?:final |condition |status |state |exam\w* |findings )?(?:at|on|upon) discharge"
    r"|discharge (?:status|condition|state|exam\w*|findings|medication))"
    rf"(?: (?:performed|done|date|report short))?\s?[:-]{_BEHIND_NOW}"
    rf"|\b(?:at|on|upon) discharge\b{_BEHIND_NOW}|\bdischarge (?:status|condition|state|exam\w*|findings)\b"
    rf"|\bunderwent\b{_BEHIND_NOW}",
    re.IGNORECASE | re.MULTILINE,
)
"""What comes after an admission to be operated on."""
_SENT_HOME = re.compile(r"\bdischarge (?:summary|letter|report|note)\b", re.IGNORECASE)
_AT_PRESENT = re.compile(
    r"(?:^|[.;]\s)[\s>#*-]*(?:\w+ )?(?:today|now|current(?:ly)?|at present|present (?:status|state)|follow-?up|review"
    r"|discharge)\b",
    re.IGNORECASE | re.MULTILINE,
)
_RECOVERED = re.compile(
    r"(?<!not )(?<!n't )(?<!partly )(?<!partially )\b(?:(?:resolved|recovered|regained|disappeared|normali[sz]ed)\b"
    r"|(?:improved|up|back|returned|now)\W+(?:\w+\W+){0,3}?(?:5/5|normal|full))",
    re.IGNORECASE,
)
_SOON = 160
"""Characters behind a sentence in which its recovery is told."""
_AGAIN = re.compile(
    r"\bre-?(?:admi|presen|attend|explor|operat|hospitali)\w+|\brevision\b|\breturned (?:to|via|with)\b|\bback in\b"
    r"|\bpost-?\s?op\w*|\bpod\b|\b(?:since|after|following|s/p|status post) (?:\w+ ){0,3}?"
    rf"{_OPERATION}|\b(?:today|yesterday|last night|this (?:morning|week|am)|overnight)\b",
    re.IGNORECASE,
)
"""With these what brought somebody in came after the operation."""
_PLANNED = re.compile(r"\b(?:revision|re-?do|listed|awaiting|planned|scheduled|booked|tomorrow)\b", re.IGNORECASE)
"""Who waits for another operation has what stands before it now."""
_TURN = re.compile(
    r"(?:(?<=[.;,:(!])|(?<=\s-)|\b(?:and|but|then|with)\b)\s*(?:(?:and|but|then)\s)?(?:she |he |it |pt |all |is |are "
    r"|has |have )*"
    r"(?:now|today|tonight|current(?:ly)?|at present|nowadays|post-?\s?op\w*|since (?:the |his |her )?(?:op|surgery"
    r"|operation|then|yesterday|last|this|mon|tue|wed|thu|fri|sat|sun)|after (?:the |his |her )?(?:surgery|op\b"
    r"|operation)"
    r"|(?:at|on|upon) discharge|discharge|this (?:morning|am|evening|afternoon|week)|yesterday|last night|overnight"
    r"|d(?:ay)? ?\d|pod|o/e|on exam\w*|exam\w*|new(?:ly)?|wors\w+|recovery|still|persist\w*|unchanged"
    r"|remain\w*)\b|\b(?:now|yesterday|today|since (?:mon|tue|wed|thu|fri|sat|sun|yesterday)\w*)\b",
    re.IGNORECASE,
)
_NEXT_LABEL = re.compile(r"[.;!\"]\s+(?!(?:MRI|CT|EMG|X-?rays?|Imaging)\b)(?P<name>[A-Z][\w /()&'-]{1,40}):")
WRITTEN_OUT = "Motor exam"
"""The label under which shorthand writes out grades: where nobody else wrote it, it opens nothing of its own."""
_OPENS = re.compile(r"[ \t#*>-]*[A-Z][^\n:]{0,60}:")

_RECALL = re.compile(
    r"\b(?:(?:you|we)(?: will| may| might|'ll)?(?: no doubt| well| perhaps| also| surely| both)? (?:recall|remember)"
    r"|as you (?:(?:may|will|well|no doubt) )*(?:know|recall|remember|are aware)|to (?:remind|refresh) (?:you"
    r"|your memory)"
    r"|(?:by way of|as a) (?:reminder|recap)|in recap(?:itulation)?|to recap(?:itulate)?)\b",
    re.IGNORECASE,
)
_BROUGHT_IN = re.compile(
    rf"(?<![\w-])(?:(?:at|on|upon) {_OWN}(?:first |initial |index )?(?:adm\b|admission|presentation)\b|(?:was |were "
    rf"|had been )?"
    r"(?:admitted|rushed in|brought in|hospitali[sz]ed)\b|(?:had )?(?:originally |initially |first )?presented\b)",
    re.IGNORECASE,
)
_WENT_IN = re.compile(r"\b(?:i|we) (?:went|came) in(?:to hospital)? with\b", re.IGNORECASE)
_CAME_OUT = re.compile(r"\b(?:came|come|walked|went) (?:out|home)\b|\bwoke up\b", re.IGNORECASE)
_OF_PAST = re.compile(
    r"\b(?:was|were|had|came|went|woke|woken|lost|could ?n[o']t|could not|couldn't|presented|developed|suffered|arrived"
    r"|became|rushed|admitted|brought|referred)\b",
    re.IGNORECASE,
)
_IN_TIME = re.compile(
    rf"\b(?:now|today|tonight|yesterday|last (?:night|week)|this (?:morning|week|evening|afternoon)|overnight|since"
    rf"|has|have"
    r"|is|are|still|remains?|cannot|can't|currently|afterwards?|after|following|then|later|post-?\s?op\w*|complicated"
    rf"|until|again|re-?(?:admi|presen)\w+|new|underwent|(?:came|come|woke) (?:out|home|up|round)"
    rf"|{_OPERATION}(?!(?: \w+){{0,5}}? (?:because|for|as|owing|with)\b))\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:\d+|two|three|four|few) ?(?:hours?|hrs?|days?|/7) ago\b",
    re.IGNORECASE,
)
"""What ends a story of then, or sets it into these days."""
_OF_THESE_DAYS = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:yesterday|last (?:night|week)|this (?:morning|week))\b"
    r"|\b(?:\d+|two|three|four|few) ?(?:hours?|hrs?|days?|/7) ago\b",
    re.IGNORECASE,
)
_MOST, _LONGEST = 40, 1_000
"""Frames of one form that are looked at, and characters of one: what lies beyond is read as of now."""
_SENTENCE_END = re.compile(r"[.!?](?=\s|\Z)|\n")
_ROW = re.compile(
    r"^[^\n:]{3,60}?[ \t]{2,}(?:Y|Yes|\[x\])[ \t]+(?P<told>[^\n.;]{3,100}?)\b(?:before|prior to) "
    rf"{_OWN}{_OPERATION}",
    re.IGNORECASE | re.MULTILINE,
)
"""A row of a form that says yes to what was before: "Weakness of a limb   Y   left foot x 3 wks BEFORE op"."""
_OPERATED = re.compile(
    rf"^[ \t#*>-]*(?P<told>(?:(?:main |principal |primary )?diagnos[ie]s|dx"
    rf"|problem)\s?:[^\n]{{5,160}}?)[-,;(]\s{{0,2}}(?:operated"
    rf"|treated (?:surgically|operatively|with|by)|now operated|(?:had |underwent |s/p "
    rf"|status post )?(?:\w+ )?{_OPERATION}"
    r"[^\n]{0,30}\b(?:ago|done|back|earlier|(?:19|20)\d\d)\b)",
    re.IGNORECASE | re.MULTILINE,
)
"""What the head of a letter says was operated on: "Diagnosis: disc prolapse, foot drop - operated 6 weeks ago"."""
_BETTER_NOT = re.compile(r"\b(?:no|not|never|normal|worse|new|than|as)\b|n't\b", re.IGNORECASE)
_LIVELY = re.compile(
    r"admi|adm\b|pre|before|prior|original|recall|remember|as you|remind|recap|first|initial|index|carried|copied"
    r"|brought|operat|s/p|status post|treated|present|intake|hospital|went in|came in|rushed|reason",
    re.IGNORECASE,
)
"""Without one of these a text holds no such frame."""


def spans(text: str, *, own: bool = True) -> Iterator[tuple[int, int]]:
    """Begin and end of what each frame of the text holds. Linear in its length but for frames, which are few. ``own``:
    the text had the label of examined power before its shorthand was written out."""
    if not _LIVELY.search(text):
        return
    story = _Story(text)
    for label in _first(text, _LABEL, _HEADLINE):
        end = _reach(text, label.end(), own=own)
        if _PLANNED.search(text, label.start(), end):
            continue
        if _SURELY.search(label["name"]) or story.is_before(label, end):
            yield label.start("name"), end
    for row in _first(text, _ROW):
        if not _BETTER_NOT.search(row["told"]):
            yield row.span()
    for named in _first(text, _OPERATED):
        if not _AGAIN.search(named["told"]):
            yield named.span("told")
    for opening in _first(text, _RECALL, _BROUGHT_IN, _WENT_IN):
        whole = _sentence_end(text, opening.end())
        end = _turned(text, opening.end(), whole)
        if end > opening.end() and story.is_told_back(opening, end, whole):
            yield opening.start(), end


def _first(text: str, *patterns: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from islice(pattern.finditer(text), _MOST)


def _sentence_end(text: str, begin: int) -> int:
    stop = _SENTENCE_END.search(text, begin, begin + _LONGEST)
    return stop.start() if stop else min(len(text), begin + _LONGEST)


class _Story:
    """What the whole of a text tells of an admission, looked for once."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def later(self) -> int:
        """Where it last tells of the operation or the discharge; -1 where nowhere."""
        return max((m.end() for m in _LATER.finditer(self.text)), default=-1)

    @cached_property
    def present(self) -> int:
        """Where a line or sentence last opens with the present; -1 where none does."""
        return max((m.end() for m in _AT_PRESENT.finditer(self.text)), default=-1)

    @cached_property
    def sent_home(self) -> int:
        """Where it first calls itself a letter of discharge; behind its end where it does not."""
        found = _SENT_HOME.search(self.text)
        return found.start() if found else len(self.text)

    @cached_property
    def returned(self) -> bool:
        """Whether it tells of somebody who came back: "no re-admission" does not."""
        found = _RETURN.finditer(self.text)
        return any(not _NO_RETURN.search(self.text, max(0, m.start() - 12), m.start()) for m in found)

    def is_before(self, label: re.Match[str], end: int) -> bool:
        """Whether a label of the admission, or of a first visit, is of before the operation."""
        told = max(end, _sentence_end(self.text, label.end()))
        if _AGAIN.search(self.text, label.start(), told) or _OF_THESE_DAYS.search(self.text, label.end(), told):
            return False
        if not _OF_ADMISSION.search(label["name"]):
            return self.present >= end
        return not self.returned and (self.later >= label.end() or self.sent_home < label.start())

    def is_told_back(self, opening: re.Match[str], end: int, whole: int) -> bool:
        """Whether an opening tells of then, and what follows in the sentence up to ``end``."""
        near = max(0, opening.start() - _LONGEST)
        begin = max(self.text.rfind(". ", near, opening.start()), self.text.rfind("\n", near, opening.start()), near)
        if _OF_THESE_DAYS.search(self.text, begin, whole):
            return False
        if opening.re is _RECALL:
            return _OF_PAST.search(self.text, opening.end(), end) is not None
        if opening.re is _WENT_IN:
            return _CAME_OUT.search(self.text, end, whole + _SOON) is not None
        if _AGAIN.search(self.text, begin, end) or self.returned:
            return False
        after = self.text[end : whole + _SOON]
        return _UNDERWENT.search(after) is not None or _RECOVERED.search(after) is not None


_RETURN = re.compile(r"\bre-?(?:admi|presen|attend)\w+", re.IGNORECASE)
_NO_RETURN = re.compile(r"(?:\b(?:no|without|nil|any|or)|/) ?\Z", re.IGNORECASE)
_UNDERWENT = re.compile(
    rf"\b(?:underwent|had|was taken (?:for|to)|went (?:to|for)|operated|proceeded to)\b{_BEHIND_NOW}"
    rf"[^.\n]{{0,50}}?\b{_OPERATION}"
    rf"|\bwas operated\b{_BEHIND_NOW}",
    re.IGNORECASE,
)


def _turned(text: str, begin: int, end: int) -> int:
    turn = _IN_TIME.search(text, begin, end)
    return turn.start() if turn else end


def _reach(text: str, begin: int, *, own: bool) -> int:
    """The end of what a label holds: its line, or where it stands alone the lines to the next label or blank line."""
    stop = text.find("\n", begin)
    stop = stop if stop >= 0 else len(text)
    alone = not text[begin:stop].strip()
    while stop < min(len(text), begin + _LONGEST):
        following = text[stop + 1 : _line_end(text, stop + 1)]
        opens = not following.strip() or _OPENS.match(following) or _TURN.search(f". {following[:40]}")
        if opens or not (alone or following[:1].islower()):
            break
        stop = _line_end(text, stop + 1)
    turn = _TURN.search(text, begin, stop)
    labels = _NEXT_LABEL.finditer(text, begin, stop)
    label = next((m for m in labels if own or m["name"] != WRITTEN_OUT), None)
    return min([stop, *(found.start() for found in (turn, label) if found)])


def _line_end(text: str, begin: int) -> int:
    end = text.find("\n", begin)
    return end if end >= 0 else len(text)
