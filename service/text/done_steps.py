"""Which steps a text says were done, are under way or were declined: one sentence in, what it tells of each step out.

The table of rules/language/done.toml names the steps and the words that say what became of one; every step is read by
the same way of reading. A plan, an advice, a question, a test of somebody else and one from before the operation tell
nothing. Whether what was done still counts is for the findings to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from service.domain.done_steps import DECLINED, DONE, PENDING, UNREPORTED, DoneStep
from service.domain.spans import Span
from service.text import told_numbers
from service.text.documents import relative_dates, temporal
from service.text.documents.entries import Entry
from service.text.documents.sentences import Sentence
from service.text.undone_steps import (
    AHEAD,
    ASKS,
    CONDITION,
    DENIED,
    DENIED_AFTER,
    MAY,
    PATIENT_BEFORE,
    PATIENT_DOES,
    PUT_OFF,
)
from service.text.vocabulary.done_words import DoneRow, DoneWords
from service.text.vocabulary.sections import UNREAD, Section

_PART = r"(?:nerve root|root|[ls][1-5]|si|sij|si joint|sacroiliac|facet|medial branch|hip)"
_SHARED = re.compile(
    rf"\b({_PART}(?:(?: ?[/,&+] ?| and |, and ){_PART})+)( (?:joint )?(?:blocks?|injections?|infiltrations?))\b",
    re.IGNORECASE,
)
"""Several targets that share one word for the needle: "root/SI/facet blocks"."""


def _each(found: re.Match[str]) -> str:
    return re.sub(r"( ?[/,&+] ?| and |, and )", lambda join: found[2] + join[0], found[1]) + found[2]


_NEAR = 32
"""Characters on either side of a name in which its place stands ("MRI of the sacroiliac joints")."""
_AFTER = 160
"""Characters behind a name in which it is told what became of it."""
_MOST = 12
"""Steps that one sentence may tell of; a longer list is no account of a patient."""
_JOINS = re.compile(
    r"[\s,/&+()]*(?:(?:and|or|plus|with|the|a|an|an?|lumbar|of|bilateral|left|right|both|also) ?)*[\s,/&+()]*"
)
_CUT = re.compile(r"[;,]|\.\s|\b(?:and|but|then|however|while|whereas)\b")
_COMMA = re.compile(r"[;,]|\.\s")
_DAY = re.compile(r"(?<![a-z\d/.])\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\b|\b(?:19|20)\d\d\b|\b(?:in|on) (?:the )?\w{0,6} ?(?:\d{1,2} )?(?:jan|feb|mar|apr|ma[iy]|jun|jul|aug|sep|oct|nov|dec)|\b(?:jan|feb|mar|apr|mai|jun|jul|aug|sep|oct|nov|dec)\w{0,6}\.? (?:19|20)\d\d\b")  # fmt: skip  # noqa: E501


class _Mention(Struct, frozen=True):
    start: int
    end: int
    row: DoneRow
    name: str


def named(words: str, table: DoneWords) -> list[DoneRow]:
    """The steps that the name of a resource names ("CRP, ESR", "Referral to psychology")."""
    return list(dict.fromkeys(mention.row for mention in _mentions(words.lower(), table)))


def told_in(sentence: Sentence, table: DoneWords | None, written: Span | None, entry: Entry) -> Iterator[DoneStep]:
    """The same of a sentence in its section: of notes, alone or on a problem; advice, consent and the family tell of
    nobody's steps."""
    if table is not None and entry.kind in _OF_NOTES and sentence.section not in _OF_OTHERS:
        yield from read(sentence.text, table, written, entry.ref, plan=sentence.section is Section.PLAN)


_OF_NOTES = frozenset({"note", "condition", "procedure"})
"""A note stands on a problem or an operation too ("Osteoporosis: DXA 09/2025, T -3.1")."""
_OF_OTHERS = UNREAD - {Section.PLAN}


def read(
    sentence: str, table: DoneWords, written: Span | None, source: str, *, plan: bool = False
) -> Iterator[DoneStep]:
    """What a sentence tells of steps. ``plan``: it stands in a plan, where only what is told outright counts."""
    sentence = _SHARED.sub(_each, sentence)
    text = sentence.lower()
    if not table.names.search(text):
        return
    mentions = _mentions(text, table)[:_MOST]
    groups = _grouped(mentions, text)
    bounds = [
        (
            _boundary(text, groups[at - 1][-1].end, group[0].start) if at else 0,
            _boundary(text, group[-1].end, groups[at + 1][0].start) if at + 1 < len(groups) else len(text),
        )
        for at, group in enumerate(groups)
    ]
    manners = [_manner(text, group, *within, table, plan=plan) for group, within in zip(groups, bounds, strict=True)]
    for at in range(1, len(groups)):
        if (
            not manners[at]
            and manners[at - 1] == DONE
            and _LIKEWISE.search(text, groups[at - 1][-1].end, bounds[at][1])
        ):
            manners[at] = DONE
    for at in range(len(groups) - 2, -1, -1):
        # "CT, flexion films, CRP all reviewed by me": what ends a row is said of all that nothing else is said of.
        manners[at] = manners[at] or (manners[-1] if manners[-1] in {DONE, PENDING} else "")
    for group, (begins, ends), told in zip(groups, bounds, manners, strict=True):
        for mention in group if told else ():
            # A row of studies that ends with "all reviewed by me, normal" tells the result of each.
            whole = text[begins:] if told == manners[-1] == DONE and _ALL.search(text, groups[-1][-1].end) else ""
            own = whole or text[begins:ends], text[mention.end : ends], sentence[begins:ends]
            if made := _made(told, mention, own, table, written, source):
                yield made
                yield from (replace(made, step=step, study=study) for step, study in mention.row.also)


def _mentions(text: str, table: DoneWords) -> list[_Mention]:
    found: list[_Mention] = []
    at = 0
    while match := table.names.search(text, at):
        before, after = text[max(0, match.start() - _NEAR) : match.start()], text[match.end() : match.end() + _NEAR]
        row = None if _is_patient(match[0], before, after) else _row(match[0], before, after, text, table)
        if row is not None:
            found.append(_Mention(match.start(), match.end(), row, match[0]))
        # Behind the first word of a name that is none here another name may begin ("S1 root injection").
        at = match.end() if row else match.start() + len(match[0].split()[0])
    return found


def _is_patient(name: str, before: str, after: str) -> bool:
    return name == "pt" and bool(PATIENT_BEFORE.search(before) or PATIENT_DOES.match(after))


def _row(name: str, before: str, after: str, text: str, table: DoneWords) -> DoneRow | None:
    """The first row of that name whose own words stand near it."""
    around = f"{_COMMA.split(before)[-1]} {name} {_COMMA.split(after)[0]}"
    for row in table.rows_of(name):
        place = text if row.across else around
        if (row.near is None or row.near.search(place)) and not (row.unless and row.unless.search(place)):
            return row
    return None


def _grouped(mentions: list[_Mention], text: str) -> list[list[_Mention]]:
    """Names that only a comma or an "and" parts share what is said of them."""
    groups: list[list[_Mention]] = []
    for mention in mentions:
        if groups and _JOINS.fullmatch(text, groups[-1][-1].end, mention.start):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _boundary(text: str, first: int, last: int) -> int:
    """Where, between two names, the words of the one end and those of the other begin."""
    cuts = [match.start() for match in _CUT.finditer(text, first, last)]
    return cuts[-1] if cuts else last


def _manner(text: str, group: list[_Mention], begins: int, ends: int, table: DoneWords, *, plan: bool) -> str:
    """What became of the steps of a group: done, unreported, pending, declined, or nothing that counts."""
    words = table.manner
    text = MAY.sub("mai", text)
    first, last = group[0].start, group[-1].end
    before = _COMMA.split(text[begins:first])[-1]
    after = text[last : min(ends, last + _AFTER)]
    around = f"{before} # {after}"
    if words["others"].search(text, 0, last) or words["before"].search(around) or "?" in before or ASKS.match(text):
        return ""
    # The "before" words may stand around the whole sentence: "Preop: MRI, EMG".
    if words["before"].search(text, 0, first):
        return ""
    if _SEEN_ON.search(before):
        return DONE
    if words["unreported"].search(around):
        return UNREPORTED
    if words["declined"].search(around):
        return "" if PUT_OFF.search(around) else DECLINED
    if words["abandoned"].search(around) or DENIED.search(before) or DENIED_AFTER.search(after):
        return ""
    reach = words["done"].search(after) or words["normal"].search(after)
    did = reach or (None if plan else words["done"].search(before) or words["normal"].search(before))
    due = words["pending"].search(around)
    if words["planned"].search(before) or CONDITION.search(text, 0, first):
        return PENDING if due and plan else ""
    maybe = words["planned"].search(after)
    if maybe and (reach is None or maybe.start() < reach.start()):
        return PENDING if due and due.start() < len(before) + 3 + maybe.start() else ""
    if AHEAD.search(around):
        return PENDING
    if due:
        told = reach is not None and not words["acts"].fullmatch(reach[0])
        return DONE if told else PENDING
    if did or told_numbers.number(after) or words["weak"].search(around) or (not plan and _DAY.search(around)):
        return DONE
    tells = any(mention.row.result for mention in group) or _COLON.match(after)
    return DONE if tells and not plan else ""


def _made(
    told: str,
    mention: _Mention,
    own: tuple[str, str, str],
    table: DoneWords,
    written: Span | None,
    source: str,
) -> DoneStep | None:
    region, after, as_written = own
    number = told_numbers.number(after) if mention.row.study not in _PICTURED else None
    if mention.row.study == _ARTERIES:
        number = told_numbers.index(mention.name, after)
    high, normal = table.manner["abnormal"].search(after), table.manner["normal"].search(region)
    result = "abnormal" if high and not normal else "normal" if normal else ""
    acts = table.manner["acts"]
    told_result = bool(
        result
        or mention.row.result
        or _SEEN_ON.search(as_written.lower()[: len(as_written) - len(after) - len(mention.name)])
        or number
        or _TELLS.search(region)
        or _COLON.match(after)
    ) or any(not acts.fullmatch(found[0]) for found in table.manner["done"].finditer(region))
    if told == DONE and not told_result:
        if mention.row.needs:
            return None
        told = UNREPORTED if mention.row.study else DONE
    day = _day_near(mention, after, as_written.lower(), written)
    return DoneStep(
        step=mention.row.step,
        study=mention.row.study,
        manner=told,
        result=result,
        amount=number,
        name=mention.name,
        when=day or written,
        dated=day is not None,
        source=source,
        words=" ".join(as_written.split()).lstrip(",;:-. ")[:140],
        since=mention.row.since,
        limit=mention.row.limit,
        routine=mention.row.routine,
        not_for=mention.row.not_for,
    )


_TELLS = re.compile(
    r"\b(?:no|relief|help|benefit|normal|negative|clear|nothing|neither|reviewed|t[ -]score|t ?-\d)"
    r"|-\d\.\d|%|\d ?/ ?10\b"
)
_PICTURED = frozenset(
    {"mri", "whole_spine_mri", "si_mri", "pelvis_mri", "ct", "ct_myelogram", "xray", "flexion_extension",
     "standing_films", "hip_xray", "emg"}
)  # fmt: skip
"""Tests that are told in words: a number behind their name is a day or a level."""
_SEEN_ON = re.compile(
    r"\b(?:no|nothing|normal|clear|without) (?:[\w/-]+ ){0,5}on "
    r"(?:(?:the|her|his|my|recent|latest|new|last|both) ){0,3}$"
)
"""What a picture shows, told before its name: "no halo on CT"."""
_LIKEWISE = re.compile(r"\b(?:as|so) (?:was|were|is|are|did)\b|\blikewise\b|\balso\b|\btoo\b|\bas well\b")
_ALL = re.compile(r"\b(?:all|each|both|everything)\b")
_COLON = re.compile(r"^[^:.;,]{0,30}:\s?\S+ \S+")
_ARTERIES = "vascular_test"
_LAST = re.compile(r"\blast (?:week|month|year|mon|tues|wednes|thurs|fri|satur|sun)")


def _day_near(mention: _Mention, after: str, region: str, written: Span | None) -> Span | None:
    """The day that stands nearest to the name: behind it, else before it; one of the whole account as a last resort."""
    behind = _CUT.split(after)[0]
    at = len(region) - len(after)
    leading = _COMMA.split(region[:at])[-1]
    return when(behind, written) or when(leading, written) or (when(region, written) if "," not in leading else None)


def when(words: str, written: Span | None) -> Span | None:
    """The day on which something was done, as its own words tell; ``None`` where they tell none."""
    day = temporal.calendar_date(words) or temporal.ago(words, written)
    if day is None and written is not None:
        day = (
            temporal.since_surgery(found[0], written)
            if (found := _LAST.search(words))
            else relative_dates.named(words, written)
        )
    return None if day and written and day.first > written.last else day
