"""How the words of a clause are meant: its atoms in, for each token whether it is denied, doubted, away or past out.

Cues reach forward or backward until something ends them (the idea is ConText's, Harkema 2009; the order, doubt before
denial before doubt, is CheXpert's). ``away`` is what is only thought of, advised, planned, or another person's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.text.clauses.denial import deny, deny_after_phrase, opens_list
from service.text.clauses.habits import is_habit
from service.text.clauses.handed_over import handed_over
from service.text.clauses.matcher import Atom
from service.text.clauses.misnamed import deny_misnamed
from service.text.clauses.risks import ODDS, ends_talk, place_risks
from service.text.clauses.scopes import COMMA, SHORT_ITEM, VERBS, Clause, Scopes
from service.text.vocabulary.language import Language
from service.text.vocabulary.tokens import Token

_REASONS = frozenset({"for", "because"})
_REASON_WORDS = frozenset({"as", "because", "since", "given"})
_REASON_SUBJECTS = frozenset({"has", "have", "had", "he", "she", "they", "there", "now", "his", "her", "patient"})
_REASON_NEAR, _REASON_LONG = 4, 9
"""Words between an operation and the "for" of its reason, and words of the reason."""
_BEFELL = frozenset(
    [
        "lost", "developed", "woke", "now", "has", "had", "cannot", "could", "couldn't", "can't", "is", "was", "then",
        "came", "noticed", "became", "since", "got", "felt",
    ]
)  # fmt: skip
"""What opens behind "and" what came after the operation."""
_LEVEL = re.compile(r"[tl]\d{1,2}\Z")
_IS = frozenset({"there", "is", "are"})
_GIVEN = frozenset({"given", "considering", "knowing"})
_ANSWERS = (["no"], ["nil"], ["none"], ["neg"], ["negative"], ["denies"], ["denied"], ["not"])
_PUT_OFF = frozenset({"by", "until", "till", "for", "and", "again", "last", "this", "in", "but", "because", "as"})
"""What may follow "was considered" or "postponed" where it is said of what stands before."""
_ENDS_PAST = frozenset({COMMA, ":", ";", "with", "now", "who"})
_FIRST_PERSON = frozenset(["i", "im", "i'm", "ive", "i've", "myself"])
_HAVING = frozenset(
    [
        "has", "have", "had", "is", "was", "were", "are", "died", "suffers", "suffered", "got", "gets", "with",
        "who", "whose",
        "went", "also", "both", "developed", "did", "does", "ended", "and", "or", "needed", "lost", "became", "'s",
        "that",
    ]
)  # fmt: skip
"""What stands behind a relative who has something of their own."""
_REPORTING = frozenset(
    [
        "says", "said", "say", "thinks", "thought", "reckons", "noticed", "notices", "checked", "measured", "saw",
        "sees",
        "found", "told", "tells", "states", "stated", "rang", "phoned", "called", "brought", "drove", "helps", "helped",
        "dresses", "wiped", "washed", "cleaned", "changed", "changes", "heard", "reported",
    ]
)  # fmt: skip
"""What a relative does who tells of the patient, or looks after them."""
_BACK_TO_PATIENT = frozenset(
    ["i", "im", "i'm", "ive", "i've", "he", "she", "herself", "himself", "myself", "now", "patient", "pt", "mine",
     "same", "both", "we", "too", "also"]
)  # fmt: skip
_OF_PATIENT_NOW = frozenset({"now", "today", "tonight", "i", "i've", "i'm", "my", "patient", "pt"})
"""What opens the patient's own story behind a relative's."""
_COMPARING = frozenset(
    {"as", "like", "than", "to", "opposed", "normal", "fine", "full", "strong", "intact", "well", "ok"}
)
"""With one of these before it "before surgery" is what now is set against, and nothing is of then."""
_PAST_AFTER, _PAST_BEFORE = 5, 8
"""Words that "history of" covers after it, and "before surgery" before it."""


def assertion(read: Sequence[Token], found: Sequence[Atom], language: Language) -> Scopes:
    """The scopes of all cues among the atoms of one clause."""
    size = len(read)
    scopes = Scopes([0] * size, [-1] * size, [False] * size, [False] * size, [False] * size, [False] * size)
    cues = [atom for atom in found if not language.cue_classes.isdisjoint(atom.classes)]
    operated = any(not a.classes.isdisjoint(language.groups["major-operations"]) for a in found)
    listed = any(a.end > a.start + 1 and opens_list(a, read[a.start].word, language) for a in found)
    words = [token.word for token in read]
    handed = any(handed_over(atom, words) for atom in found)
    odds = not ODDS.isdisjoint(words)
    if not (cues or operated or listed or handed or odds):
        return scopes
    clause = Clause(read, found, language)
    _reasons(clause, scopes)
    for atom in found:
        deny_after_phrase(atom, clause, scopes)
    for cue in cues:
        deny(cue, clause, scopes)
        _doubt(cue, clause, scopes)
        _place_elsewhere(cue, clause, scopes)
    if odds:
        place_risks(clause, scopes)
    deny_misnamed(clause, scopes)
    _resolve(clause, scopes)
    return scopes


def _resolve(clause: Clause, scopes: Scopes) -> None:
    """What was there before the operation and is told as gone is denied for now, not only told of the past."""
    over = clause.language.groups.get("resolves", frozenset())
    for atom in clause.found:
        if not atom.classes.isdisjoint(over) and not scopes.denied[atom.start]:
            begin = max((i for i in range(atom.start) if clause.words[i] in {";", "."}), default=0)
            for at in range(begin, atom.end):
                if scopes.by[at] == atom.start or at >= atom.start:
                    scopes.past[at] = False


def _reasons(clause: Clause, scopes: Scopes) -> None:
    """What an operation was done for is what was there before it: "laminectomy because of bilateral leg pain"."""
    operations = clause.language.groups["major-operations"]
    for atom in clause.found:
        if "operated-for" in atom.classes:
            begin = atom.end
        elif not atom.classes.isdisjoint(operations):
            near = range(atom.end, min(clause.size, atom.end + _REASON_NEAR))
            begin = next((i + 1 for i in near if clause.words[i] in _REASONS or _after_a_time(i, clause)), clause.size)
        else:
            continue
        for at in range(begin, min(clause.size, begin + _REASON_LONG)):
            if clause.words[at] in {COMMA, ";", "."} or (at in clause.stops and at > begin):
                break
            if clause.words[at] == "and" and clause.words[at + 1 : at + 2] and clause.words[at + 1] in _BEFELL:
                break  # "operated on for sciatica and lost power in her foot"
            scopes.past[at] = True


def _after_a_time(at: int, clause: Clause) -> bool:
    """Whether "after" opens what the operation ended: "discectomy in May after 7/12 of sciatica"."""
    words = clause.words
    return words[at] == "after" and "of" in words[at + 2 : at + 4] and words[at + 1][0].isdigit()


def _is_done(at: int, cue: Atom, clause: Clause) -> bool:
    """Whether an operation ends here that is what is of the past: "previous fusion solid on CT" is solid now."""
    atom = clause.within(at) if at >= cue.end else None
    return (
        atom is not None
        and at == atom.end - 1
        and not atom.classes.isdisjoint(clause.language.groups["major-operations"])
    )


def _doubt(cue: Atom, clause: Clause, scopes: Scopes) -> None:
    names, words = cue.classes, clause.words
    if (
        words[cue.start] in {"vs", "versus"}
        and any(words[at][-1].isdigit() for at in range(max(0, cue.start - 2), cue.start))
        and cue.end < clause.size
        and (words[cue.end][0].isdigit() or _LEVEL.match(words[cue.end]))
    ):
        return  # "calf 44 vs 38", "tip at T10 today versus T8" compare
    if words[cue.start] == "vs" and (not cue.start or (cue.end < clause.size and words[cue.end] == ":")):
        return  # "VS: T 98.7" opens the vital signs
    lifts = "doubts-not-denies" in names or words[cue.start] == "whether"
    if words[cue.start] in {"maybe", "perhaps"} and cue.end < clause.size and words[cue.end][0].isdigit():
        return  # "in maybe 3 minutes" doubts the figure only
    if "doubts" in names and (lifts or not scopes.denied[cue.start]):
        for at in range(cue.end, clause.size):
            if at > cue.end and (_ends_doubt(at, clause) or words[at] in {";", "."}):
                break
            if words[at] == COMMA and clause.last_or < at and not _is_enumerated(at, clause):
                break
            scopes.doubted[at] = True
            if lifts:
                scopes.denied[at] = 0
    if "doubts-before" in names or ("doubts-closing" in names and clause.closes(cue.end)):
        begin = cue.start - (2 if cue.start and words[cue.start - 1] == COMMA else 1)
        last = _after_reason(cue, clause)
        for at in range(begin, last - 1, -1):
            atom = clause.within(at)
            # "A mild lesion there is possible": the stop is no more than the verb.
            ends = atom is not None and "stop" in atom.classes and not (atom.end == cue.start and words[at] in _IS)
            if ends or words[at] in {COMMA, ";", "."}:
                break
            scopes.doubted[at] = True
            scopes.denied[at] = 0


def _ends_doubt(at: int, clause: Clause) -> bool:
    """Whether a statement of its own opens here; behind "or" it is the other half of the doubt ("or simply Modic")."""
    return at in clause.stops and clause.words[at] != "there" and clause.words[at - 1] != "or"


def _is_enumerated(at: int, clause: Clause) -> bool:
    """Whether the comma stands in a list that ends with "and": "included seroma, haematoma and abscess"."""
    words = clause.words
    last = next((i for i in range(clause.size - 1, at, -1) if words[i] == "and"), -1)
    return last > at and not any(w in VERBS for w in words[at:]) and clause.size - last <= SHORT_ITEM + 1


def _after_reason(cue: Atom, clause: Clause) -> int:
    """Where the doubt begins behind what is given as its reason: "given the previous carcinoma a metastasis"."""
    words = clause.words
    given = next((i for i in range(cue.start) if words[i] in _GIVEN), -1)
    articles = [i for i in range(given + 2, cue.start) if words[i] in {"a", "an", COMMA}]
    return articles[-1] if given >= 0 and articles else 0


def _ends_reason(at: int, cue: Atom, clause: Clause) -> bool:
    """Whether the reason ends here that a past thing is part of: "given the previous carcinoma | a metastasis"."""
    return clause.words[at] in {"a", "an"} and not _GIVEN.isdisjoint(clause.words[: cue.start])


def _is_company(cue: Atom, clause: Clause) -> bool:
    """Whether a relative only stands by in what somebody tells of themselves: "I soiled myself, ring me,
    not my husband"."""
    words = clause.words
    follows = cue.end
    if words[follows : follows + 2] == [COMMA, "who"]:  # "her sister, who is a nurse, measured the calf"
        follows = next((at + 1 for at in range(follows + 2, clause.size) if words[at] == COMMA), follows)
    if words[follows : follows + 1] and words[follows] in _REPORTING:
        return True
    if _FIRST_PERSON.isdisjoint(words) or words[cue.end - 1].endswith("'s"):
        return False
    behind = words[cue.end] if cue.end < clause.size else "."
    return behind not in _HAVING and not any(words[i] in _HAVING for i in range(cue.start, cue.end))


def _turns_to_patient(at: int, clause: Clause) -> bool:
    """Whether a relative's story ends here: "her husband had a foot drop; now her own foot drops"."""
    return clause.words[at] == ";" and not _OF_PATIENT_NOW.isdisjoint(clause.words[at + 1 : at + 3])


def _gives_reason(at: int, clause: Clause) -> bool:
    """Whether a plan or an advice ends here with what it is for: "warned re driving as he has a foot drop"."""
    words = clause.words
    if words[at] == "and" and words[at + 1 : at + 2] in (["says"], ["tells"], ["complains"]):
        return True  # "can name what to report, and says the numbness began last night"
    return words[at] in _REASON_WORDS and not _REASON_SUBJECTS.isdisjoint(words[at + 1 : at + 3])


def _ends_item(at: int, clause: Clause) -> bool:
    """Whether a verb closes an item of a list that goes on: "weakness beyond the heaviness described, or a change"."""
    return at + 1 < clause.size and clause.words[at + 1] == COMMA and clause.last_or > at


def _place_elsewhere(cue: Atom, clause: Clause, scopes: Scopes) -> None:
    """Plans, advice, other people, and what is past."""
    names = cue.classes
    if "plans" in names and not is_habit(cue, clause):
        for at in range(cue.end, clause.size):
            if at > cue.end and ((at in clause.stops and not _ends_item(at, clause)) or _gives_reason(at, clause)):
                break
            if clause.words[at] == ":" and clause.words[at + 1 : at + 2] in _ANSWERS:
                break  # "MRI to rule out abscess: no abscess": behind the colon stands the answer
            scopes.away[at] = True
    if "plans-before" in names:
        begin = max((i + 1 for i in range(cue.start) if clause.words[i] in {";", "."}), default=0)
        for at in range(begin, cue.start):
            scopes.away[at] = True
    if "plans-closing" in names and (clause.closes(cue.end) or clause.words[cue.end] in _PUT_OFF):
        for at in range(cue.start - 1, -1, -1):
            if clause.words[at] in {COMMA, ";", "."}:
                break
            scopes.away[at] = True
    if "plans-all" in names:
        end = cue.end if ends_talk(cue, clause) else clause.size
        scopes.away[:end] = [True] * end
    if "other-person" in names and not _is_company(cue, clause):
        end = next((at for at in range(cue.end, clause.size) if _turns_to_patient(at, clause)), clause.size)
        scopes.away[:end] = [True] * end
    if "others-own" in names:
        for at in range(cue.start, clause.size):
            if at >= cue.end and (clause.words[at] in _BACK_TO_PATIENT or clause.words[at] == ";"):
                break  # what stands behind is of the patient again: "the baby had a cold and now I have 39"
            scopes.away[at] = True
    if "past" in names:
        for at in range(cue.end, min(clause.size, cue.end + _PAST_AFTER)):
            if clause.words[at] in _ENDS_PAST or _is_done(at - 1, cue, clause) or _ends_reason(at, cue, clause):
                break
            scopes.past[at] = True
    if "known-next" in names:
        for at in range(cue.end, min(clause.size, cue.end + _PAST_AFTER)):
            if clause.words[at] in {COMMA, ":", ";"}:
                break
            scopes.known[at] = True
    if "known-before" in names:
        for at in range(cue.start - 1, max(0, cue.start - _PAST_BEFORE) - 1, -1):
            if clause.words[at] == "(":
                break  # "oriented to name only (baseline fully)" says nothing of what stands outside
            scopes.known[at] = True
    if "past-before" in names and not (cue.start and clause.words[cue.start - 1] in _COMPARING):
        for at in range(cue.start - 1, max(0, cue.start - _PAST_BEFORE) - 1, -1):
            if clause.words[at] in {";", "."}:
                break  # "left EHL 2/5; pre-op both 5/5"
            scopes.past[at] = True
