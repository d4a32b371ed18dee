"""Denial: one cue of a clause in; the tokens that it denies are marked, forward, backward or as a list.

Where a list may go on, the denial goes on: a denied finding that counts does more harm than one that is missed.
"""

from __future__ import annotations

from service.text.clauses.habits import is_by_lying
from service.text.clauses.handed_over import handed_over
from service.text.clauses.matcher import Atom
from service.text.clauses.scopes import ASIDE, COMMA, SHORT_ITEM, VERBS, Clause, Scopes
from service.text.vocabulary.language import Language

_OPENERS = frozenset(["a", "an", "my", "i", "it", "he", "she", "they", "his", "her", "there", "now", "the", "we", "has",
                      "have", "is", "was"])  # fmt: skip
_BOUND = frozenset(
    ["cannot", "hardly", "barely", "scarcely", "struggle", "struggles", "struggling", "fails", "failure"]
)
"""What denies a verb, and never a list of nouns behind a comma."""
LISTS = frozenset({"nil", "denies", "denied", "denying"})
"""What denies every item of the list behind it."""
_AFTER_END = frozenset(
    ["and", "now", "completely", "altogether", "totally", "away", "thank", "thankfully", "entirely", "for", "again"]
)
"""Words that may follow what is over: "has gone and I am walking", but not "has gone numb"."""
_UNTIL_NOW = frozenset({"now", "since"})
"""Last words of what tells that it is over: "dry since day three"."""
_PRONOUNS = frozenset(
    ["it", "its", "it's", "i", "i'm", "im", "ive", "i've", "he", "hes", "he's", "she", "shes", "she's", "they",
     "theyre", "they're", "thats", "that's", "theres", "there's", "we", "you", "so"]
)  # fmt: skip
"""With one of these a statement of its own begins behind a comma."""
_SPEAKS = frozenset(["i", "im", "i'm", "ive", "i've", "its", "it's", "thats", "that's", "theres", "there's"])
"""With one of these right behind it a "no" is an answer."""
_OWN_DENIAL = frozenset({"nothing", "none", "nobody"})
"""What is denied anew behind an "and" is not denied twice."""
_TOPIC_LONG = 4
"""Words of a topic and its comma, which a "no" answers behind it."""
_SUBJECTS = frozenset({"it", "that", "this", "they", "these", "which", "all", "since"})
_NEAR_SUBJECT = 6
"""Words from a pronoun to the "recovered" or "gone" that is said of it."""


def deny(cue: Atom, clause: Clause, scopes: Scopes) -> None:
    names = cue.classes
    if cue.end < clause.size and clause.words[cue.start] == "no" and clause.words[cue.start + 1] in _SPEAKS:
        return  # "no I have numbness down there" answers somebody, and denies nothing
    answers = _answers(cue, clause)
    if "denies-next" in names:
        if cue.end < clause.size:
            _mark(scopes, cue.end, cue, 1)
            inside = clause.within(cue.end)
            for at in range(cue.end, inside.end if inside else cue.end):
                _mark(scopes, at, cue, 1)
    elif ("denies" in names or "denies-list" in names) and not answers:
        _deny_forward(cue, clause, scopes, is_list="denies-list" in names)
    closing = "denies-closing" in names and (
        (cue.start and clause.words[cue.start - 1] in {":", "-"} and clause.closes(cue.end))
        or all(w in ".,)" for w in clause.words[cue.end :])
    )
    told_over = "denies-before" in names and not _describes(cue, clause) and not _goes_elsewhere(cue, clause)
    over = "denies-ending" in names and (_ends_there(cue, clause) or clause.words[cue.end] in _AFTER_END)
    if "denies-closing" in names and _is_topic_answered(cue, clause):
        _deny_backward(cue, clause, scopes, is_list=True)
    elif (told_over or closing or answers or over) and not is_by_lying(cue, clause):
        listed = closing and bool(cue.start) and clause.words[cue.start - 1] in {":", "-"}
        _deny_backward(cue, clause, scopes, is_list=listed)


def opens_list(atom: Atom, first: str, language: Language) -> bool:
    """Whether a phrase that begins with a denial took the first item of a list: "No leg pain, numbness, weakness"."""
    if first in LISTS:
        return language.cue_classes.isdisjoint(atom.classes)
    return first in _NONE and not atom.classes.isdisjoint(language.groups["says-none"])


_NOUNS = frozenset({"weakness", "loss", "deficit", "deficits", "impairment", "numbness"})
"""What is a thing of its own and no state of another: "no numbness, weakness" denies both."""
_NONE = frozenset({"no", "zero", "without"})
_NEXT_ITEM = frozenset({COMMA, "/"})


def deny_after_phrase(atom: Atom, clause: Clause, scopes: Scopes) -> None:
    """A phrase that holds its own denial hands it on over an "or": "have not moved or subsided"."""
    words = clause.words
    if atom.end >= clause.size or atom.inner:
        return
    if words[atom.end] in _NEXT_ITEM and opens_list(atom, words[atom.start], clause.language):
        if _is_sound(atom.end + 1, clause):
            return  # "no leg pain, power normal", "no leg pain, power 4/5": a state of its own, no further item
        _deny_forward(atom, clause, scopes, is_list=words[atom.start] in LISTS)
        return
    either = handed_over(atom, words)
    if not either:
        return
    for at in range(either + 1, clause.size):
        if at in clause.stops or words[at] in {COMMA, ";", ".", ":"}:
            return
        _mark(scopes, at, atom, 1)


def _is_topic_answered(cue: Atom, clause: Clause) -> bool:
    """Whether it answers what the sentence opens with: "Weak, no, I am only old"."""
    words = clause.words
    between = cue.start > 1 and words[cue.start - 1] == COMMA and clause.closes(cue.end)
    return between and cue.start <= _TOPIC_LONG and COMMA not in words[: cue.start - 1]


def _answers(cue: Atom, clause: Clause) -> bool:
    """Whether it answers the item before it in a list: "chills no, fever no"."""
    if "denies-closing" not in cue.classes or not cue.start or cue.end >= clause.size:
        return False
    return clause.words[cue.end] in {COMMA, ";"} and clause.words[cue.start - 1] not in {COMMA, ":", ";", "-"}


_WITH_GONE = frozenset([
    "completely", "entirely", "altogether", "totally", "now", "since", "after", "with", "by", "and", "from", "for",
    "on", "in", "within", "away", "overnight", "immediately", "straight", "when", "at", "too", "as", "following",
])  # fmt: skip
"""What may follow a "has gone" that means it is over, unlike "has gone dead"."""


def _goes_elsewhere(cue: Atom, clause: Clause) -> bool:
    """Whether it tells a change or a part of what has gone: "the foot has gone numb", "half of the pain has gone"."""
    words = clause.words
    has_gone = words[cue.end - 1] == "gone" and (cue.end - cue.start > 1 or words[cue.end : cue.end + 1] == ["a"])
    if has_gone and not clause.closes(cue.end) and words[cue.end] not in _WITH_GONE:
        return True
    if not clause.partly or cue.classes.isdisjoint(clause.language.groups.get("resolves", frozenset())):
        return False
    return clause.partly[0] < cue.start


_WHOLLY = frozenset({"entirely", "completely", "totally", "altogether", "right", "straight", "away", "off"})
_AT_TIMES = frozenset({"when", "whenever", "if", "once", "as", "while"})
_WHERE = frozenset({"at", "over", "on", "in", "around", "round"})


def _describes(cue: Atom, clause: Clause) -> bool:
    """A lone word like "absent" or "gone" before its noun describes that noun and reaches no further back."""
    if cue.end - cue.start > 1 or clause.closes(cue.end):
        return False
    if clause.words[cue.end] in _WHERE:
        return False  # "Tinel negative at fibular neck" says where
    if clause.words[cue.end] in _WHOLLY and cue.end + 1 < clause.size and clause.words[cue.end + 1] in _AT_TIMES:
        return True  # "vanishes entirely when I lie flat" comes back
    follower = next((a for a in clause.found if a.start >= cue.end), None)
    return (
        follower is not None
        and follower.start <= cue.end + 1
        and not follower.classes.isdisjoint(clause.language.groups["nouns"])
    )


def _deny_forward(cue: Atom, clause: Clause, scopes: Scopes, *, is_list: bool) -> None:
    degree, at, words, aside = 1, cue.end, clause.words, 0
    bound = words[cue.start] in _BOUND
    if at < clause.size and words[at] in _NEXT_ITEM:
        degree = 2  # the phrase took its own item with it: "no leg pain, wound clean"
    while at < clause.size:
        word = words[at]
        if at > cue.end:
            if aside > 0 and at in clause.stops:
                at = next((i for i in range(at, clause.size) if words[i] == ")"), clause.size)
                aside -= 1
                continue  # "no chest pain (other than reflux) or breathlessness"
            if at in clause.stops or word in {":", "."} or (word == "[" and not is_list):
                break
            if word == ")" and "(" not in words[cue.end : at]:
                break  # "(not osteoporosis), diabetic": what an aside denies ends with it
            if word == ";":
                if not (is_list and _is_short_item(at + 1, clause)):
                    break
                degree = 2
            if word == COMMA:
                if (
                    clause.begins(at + 1, "stop")
                    or (is_list and _is_sound(at + 1, clause))
                    or not (is_list or (not bound and _goes_on(cue, at, clause)))
                ):
                    break
                degree = 2
            elif word == "and" and _and_ends(cue, at, clause, is_list):
                break
        aside += (word == "(") - (word == ")")
        _mark(scopes, at, cue, ASIDE if aside > 0 else degree)
        at += 1


def _and_ends(cue: Atom, at: int, clause: Clause, is_list: bool) -> bool:
    """Whether an "and" opens a statement of its own: with a subject, or with a verb that follows soon."""
    words = clause.words
    follows = words[at + 1] if at + 1 < clause.size else ""
    if follows in _OPENERS or follows in _OWN_DENIAL or _lacks_good(cue, at, clause):
        return True
    if is_list:
        return clause.begins(at + 1, "stop")
    own = clause.begins(at + 1, "stop") or (any(w in VERBS for w in words[at + 1 : at + 6]) and clause.last_or < at)
    return own and words[cue.start] not in {"never", "not", "neither"}


def _lacks_good(cue: Atom, at: int, clause: Clause) -> bool:
    """Whether what is denied so far is a good thing that is missing, and a claim follows: "no bridging and a halo".

    The claim is then said beside it, and not denied with it.
    """
    if not any(cue.end <= start < at for start in clause.wanted):
        return False
    return any(at < a.start and not a.classes.isdisjoint(clause.claims) for a in clause.found)


def _goes_on(cue: Atom, at: int, clause: Clause) -> bool:
    """Whether what stands behind a comma is another item of what is denied."""
    words, follows = clause.words, at + 1
    if _lacks_good(cue, at, clause) or (follows + 1 < clause.size and words[follows] in _PRONOUNS):
        return False
    if follows < clause.size and words[follows] in {"or", "nor", "and"}:
        return words[follows] != "and" or not clause.begins(follows + 1, "stop", "severity")
    if clause.begins(follows, "severity") and words[follows + 2 : follows + 3] in (["or"], ["nor"]):
        return not clause.begins(follows, "stop", "persists") and not any(
            w in VERBS or w[-1].isdigit() for w in words[follows:]
        )
    if clause.begins(follows, "stop", "severity", "persists", "denies", "denies-list"):
        return False
    end = follows
    while end < clause.size and words[end] not in {COMMA, "or", "nor"}:
        if words[end] in VERBS:
            return False
        end += 1
    stands_alone = clause.language.groups["states"]
    if clause.last_or < follows and any(
        follows <= a.start < end and not a.classes.isdisjoint(stands_alone) and words[a.end - 1] not in _NOUNS
        for a in clause.found
    ):
        return False  # "no voluntary squeeze, perianal pinprick absent": the item brings its own state
    if any(follows <= start < end for start in clause.sound):
        return False
    return clause.last_or >= follows or end - follows <= SHORT_ITEM


def _is_sound(at: int, clause: Clause) -> bool:
    """Whether the next item of a list has a state of its own: "denies pain, gait normal", "denies pain, power 3/5"."""
    end = next((i for i in range(at, clause.size) if clause.words[i] in {COMMA, ";", "."}), clause.size)
    if any(word.endswith("/5") for word in clause.words[at:end]):
        return True
    return clause.last_or < at and any(at <= start < end for start in clause.sound)


def _ends_there(cue: Atom, clause: Clause) -> bool:
    """Whether nothing but its means or time follows: "cleared", "cleared with antibiotics", "resolved by June"."""
    if clause.closes(cue.end) or clause.words[cue.end - 1] in _UNTIL_NOW:
        return True
    return clause.words[cue.end] in {"with", "by", "after", "on", "in", "within", "since"}


def _is_short_item(at: int, clause: Clause) -> bool:
    """Whether what stands behind a semicolon is one more item of a list of what is denied."""
    end = next((i for i in range(at, clause.size) if clause.words[i] in {";", "."}), clause.size)
    return end - at <= SHORT_ITEM and not any(w in VERBS for w in clause.words[at:end])


def _deny_backward(cue: Atom, clause: Clause, scopes: Scopes, *, is_list: bool) -> None:
    words = clause.words
    at = _from_subject(cue, clause, scopes)
    while at >= 0:
        atom = clause.within(at)
        if atom is not None and (
            "contrast" in atom.classes or ("denies" in atom.classes and words[atom.start] != "no")
        ):
            return
        more = is_list or words[at + 1] in {"one", "which", "who"}  # "that headache, one that came when I sat up"
        # The "and" of "a swelling, wound dry and healed" joins what is told of the wound, and no items of a list.
        ends = words[at] == COMMA and not more and not any(w in {"or", "and"} for w in words[at : cue.start - 1])
        if ends or words[at] in {".", ";"} or clause.opens_anew(at) or clause.parts_sound(at):
            return
        _mark(scopes, at, cue, ASIDE if "well-now" in cue.classes else 1, override=True)
        at -= 1


def _from_subject(cue: Atom, clause: Clause, scopes: Scopes) -> int:
    """Where the denial begins to reach back: past a mark whose far side is the subject of what stands here.

    "Foot drop in March; that recovered" has a pronoun for it, "foot drop after the fusion, fully recovered" nothing.
    """
    words, at = clause.words, cue.start - 1
    edge = max((i for i in range(at, -1, -1) if words[i] in {COMMA, ";"}), default=-1)
    if 0 < edge < at and words[edge + 1] in _SUBJECTS and cue.start - edge <= _NEAR_SUBJECT:
        for within in range(edge, cue.start):
            _mark(scopes, within, cue, 1, override=True)
        return edge - 1
    alone = _ends_there(cue, clause) and cue.classes.isdisjoint({"denies", "denies-list", "denies-closing"})
    return at - 1 if at > 0 and words[at] == COMMA and alone else at


def _mark(scopes: Scopes, at: int, cue: Atom, degree: int, *, override: bool = False) -> None:
    outer = scopes.denied[at] == ASIDE and degree < ASIDE
    if not scopes.denied[at] or override or outer:
        if not scopes.denied[at] or outer:
            scopes.by[at] = cue.start
        scopes.denied[at] = degree if override or outer else scopes.denied[at] or degree
