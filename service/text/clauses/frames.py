"""Combinations of atoms that say a concept: one clause in, every frame that fits with the atoms it used out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from service.text.clauses.frame_exclusions import is_excluded
from service.text.clauses.matcher import Atom
from service.text.clauses.scopes import ASIDE, Scopes
from service.text.vocabulary.language import Frame, Language
from service.text.vocabulary.tokens import Token

_HARD = frozenset({";", "(", ")", "."})
_COORDINATES = frozenset({"and", "or", "/", "+", "&", ","})
_COPULAS = frozenset({"is", "are", "was", "were", "feels", "feel", "has", "have"})
_DONE = frozenset({"operation", "stated", "procedure"})
_OWNED = frozenset({"the", "her", "his", "my", "their", "of", "under", "since", "below", "above", "after", "this"})
_NEVER = frozenset({"no", "not", "never", "without", "denies", "nil", "denied", "non", "neither", "nor"})
_NO = frozenset({"no", "without", "nil", "zero"})
"""Denials of a thing. One of them denies no act that a comma parts from it: "no deficit, voiding normal"."""
_UNABLE = frozenset({"not", "cannot", "unable", "never", "couldnt"})
_TESTED = frozenset({"neg", "negative", "ve", "nad", "clear"})
"""Results of a test, and no denial of an act: "urine neg"."""
_NEVER_FIRST = frozenset({"no", "nothing", "nil", "none", "without"})
_NEAR_NO = 2
"""Words from a "no" to what it turns round: "no good healing"."""
_NEAR_SITE = 2
"""Words between "normal" or "intact" and the part that it is said of."""


class Fit(NamedTuple):
    """A frame that fits: ``sign`` is "" said, "-" denied, "?" doubted."""

    frame: Frame
    sign: str
    head: Atom
    used: tuple[Atom, ...]


_HEALTH = frozenset({"normal", "works-normally", "intact"})


def fits(
    read: Sequence[Token], found: Sequence[Atom], scopes: Scopes, language: Language, kind: str, before: frozenset[str]
) -> list[Fit]:
    """Every frame that fits this clause. ``before`` holds the classes of the clause before it."""
    told: list[Fit] = []
    present = frozenset[str]().union(*[atom.classes for atom in found])
    for head in found:
        for frame in _candidates(head, present, language, kind, before):
            used = _used(read, found, scopes, language, head, frame)
            if used is None or is_excluded(read, found, scopes, used, frame, language):
                continue
            sign = _sign(read, found, scopes, used, frame, language)
            if sign is not None:
                told.append(Fit(frame, _of_done(sign, read, scopes, frame, head, language), head, used))
    return _uncrossed(told)


def _uncrossed(told: list[Fit]) -> list[Fit]:
    """Where one word goes into a said and a denied reading of one concept, the reading of the closer words stands.

    In "back pain, no groin pain" the back belongs to its own pain.
    """
    signs: dict[str, set[str]] = {}
    for fit in told:
        signs.setdefault(fit.frame.concept, set()).add(fit.sign)
    if not any({"", "-"} <= held for held in signs.values()):
        return told
    return [fit for fit in told if not any(_is_closer(other, fit) for other in told)]


def _is_closer(fit: Fit, than: Fit) -> bool:
    if fit.frame.concept != than.frame.concept or {fit.sign, than.sign} != {"", "-"}:
        return False
    if any(each.frame.sign == "-" or each.frame.held != "any" for each in (fit, than)):
        return False  # what denies by itself ("sciatica gone") holds the plain word that it denies
    shared = {atom.start for atom in fit.used} & {atom.start for atom in than.used}
    return bool(shared) and _room(fit) < _room(than)


def _room(fit: Fit) -> int:
    return max(atom.end for atom in fit.used) - min(atom.start for atom in fit.used)


def _candidates(
    head: Atom, present: frozenset[str], language: Language, kind: str, before: frozenset[str]
) -> list[Frame]:
    """Frames of this head of which every part stands in the clause; most lack one, which is told by one look each."""
    chosen: dict[int, Frame] = {}
    for name in head.classes:
        for frame in language.frames.get(name, ()):
            for names in frame.others:
                if names.isdisjoint(present):
                    break
            else:
                if (
                    (not frame.kinds or kind in frame.kinds)
                    and not (frame.after and frame.after.isdisjoint(before))
                    and frame.nowhere.isdisjoint(present)
                ):
                    chosen[frame.number] = frame
    return [chosen[number] for number in sorted(chosen)]


def _of_done(sign: str, read: Sequence[Token], scopes: Scopes, frame: Frame, head: Atom, language: Language) -> str:
    """What is said of an operation: a denial or a doubt nearby is mostly about something else in the sentence."""
    if language.meanings[frame.concept][0] in _DONE and (
        (sign == "-" and not _is_denied_itself(read, scopes, head)) or (sign == "?" and _is_given(read, head))
    ):
        return frame.sign
    return sign


def _used(
    read: Sequence[Token], found: Sequence[Atom], scopes: Scopes, language: Language, head: Atom, frame: Frame
) -> tuple[Atom, ...] | None:
    used = [head]
    for names, ordered, denied in zip(frame.terms[1:], frame.ordered[1:], frame.denied[1:], strict=True):
        best: tuple[int, Atom] | None = None
        for other in found:
            if names.isdisjoint(other.classes) or other in used:
                continue
            if (ordered and other.start < head.end) or (denied and scopes.denied[other.start] not in {1, 2}):
                continue
            distance = _distance(read, found, language, head, other, frame.gap, names)
            if distance is None and len(used) > 1:
                distance = _distance(read, found, language, used[-1], other, frame.gap, names)
            if distance is not None and (best is None or distance < best[0]):
                best = distance, other
        if best is None:
            return None
        used.append(best[1])
    return tuple(used)


def _distance(
    read: Sequence[Token],
    found: Sequence[Atom],
    language: Language,
    head: Atom,
    other: Atom,
    gap: int,
    names: frozenset[str],
) -> int | None:
    """Words between two atoms, or ``None`` where they do not belong together."""
    first, second = (head, other) if head.start < other.start else (other, head)
    if second.start < first.end:
        return 0
    distance = read[second.start - 1].room - read[first.end - 1].room if second.start > first.end else 0
    if distance > gap or any(read[i].word in _HARD for i in range(first.end, second.start)):
        return None
    if not language.site_classes.isdisjoint(other.classes & names) and not _belongs(read, found, language, head, other):
        return None
    return distance


def _belongs(read: Sequence[Token], found: Sequence[Atom], language: Language, head: Atom, site: Atom) -> bool:
    """Whether a body part belongs to this claim: not when it belongs to the claim behind it, nor across another."""
    body, claims = language.groups["body"], language.groups["claims"]
    first, second = (head, site) if head.start < site.start else (site, head)
    between = [a for a in found if first.end <= a.start < second.start]
    others = []
    if not site.classes.isdisjoint(body):
        others = [a for a in between if not a.classes.isdisjoint(body)]
    rivals = [a for a in between if not a.classes.isdisjoint(claims)]
    if head.start < site.start:
        told = [a for a in found if a.start >= head.end]
        if not head.classes.isdisjoint(language.groups["felt"]) and _is_sound(told, site, language):
            return False  # "reduced over the shin, normal in the perineum"
        if any(read[i].word == "," for i in range(head.end, site.start)) and _follower(
            read, found, site, language.groups["fine"]
        ):
            return False  # "cannot hold a job, bladder fine": behind its comma the part is told to be well
        follower = _follower(read, found, site, claims)
        if follower and (rivals or head.end < site.start):
            return False
        return not (others and rivals and rivals[-1].start > others[0].start)
    apart = any(read[i].word == "," for i in range(site.end, head.start))
    if apart and not head.classes.isdisjoint(language.groups["felt"]) and _is_sound(found, site, language):
        return False  # "intact in the perineum, dull over the calf"
    if not others:
        return True
    words = {read[i].word for i in range(site.end, others[0].start)}
    same = all(a.classes & site.classes & {"limb"} for a in others)
    if words.isdisjoint(_COORDINATES) and not same:
        return False
    return not any(a.start < others[-1].start for a in rivals)


def _is_sound(found: Sequence[Atom], site: Atom, language: Language) -> bool:
    """Whether one of these atoms tells right before the part, or right behind it, that it is well."""
    sound = language.groups["well"]
    return any(
        (0 <= site.start - a.end <= _NEAR_SITE or a.start == site.end) and not a.classes.isdisjoint(sound)
        for a in found
    )


def _follower(read: Sequence[Token], found: Sequence[Atom], site: Atom, claims: frozenset[str]) -> bool:
    """Whether a claim stands right behind the site ("leg numb"), a copula between them or not."""
    direct = next((a for a in found if a.start == site.end), None)
    if direct is not None:
        return not direct.classes.isdisjoint(claims)
    if site.end < len(read) and read[site.end].word in _COPULAS:
        return any(site.end < a.start <= site.end + 2 and not a.classes.isdisjoint(claims) for a in found)
    return False


def _sign(
    read: Sequence[Token],
    found: Sequence[Atom],
    scopes: Scopes,
    used: tuple[Atom, ...],
    frame: Frame,
    language: Language,
) -> str | None:
    """What the frame says here, or ``None`` when it does not stand under the negation that it needs, or takes a part
    of it from what is denied behind a comma."""
    head = used[0]
    denied = scopes.denied[head.start]
    own = {atom.start for atom in used}
    if denied and head.end > head.start + 1 and read[head.start].word in _NEVER_FIRST:
        denied = 0  # "no prolapse and nothing trapped": what opens with its own denial is not turned round
    if denied > 1 and read[head.start].word in _UNABLE and read[scopes.by[head.start]].word in _NO:
        denied = 0  # "no pain, not passing urine"
    if frame.held == "negated":
        of_a_thing = not frame.sign and _is_of_a_thing(read, scopes, used, language)
        healthy = frame.sign != "-" and _tells_health(scopes.by[head.start], found)
        if not denied or denied == ASIDE or healthy or of_a_thing:
            return None
        denied = 0
    elif frame.held == "plain" and denied:
        return None
    elif frame.sign != "-":
        if denied and scopes.by[head.start] in own:
            denied = 0
        if not denied:
            for atom, wanted in zip(used[1:], frame.denied[1:], strict=True):
                cue = scopes.by[atom.start]
                if not wanted and scopes.denied[atom.start] and cue not in own and cue < atom.start:
                    if any(read[i].word == "," for i in range(head.end, cue)):
                        return None
                    denied = 1
    if any(scopes.doubted[atom.start] for atom in used):
        return "?"
    if frame.sign == "-":
        # What denies by itself ("tone normal") is turned round only by a denial right before it: not by a word behind
        # it, nor by one that says the same ("wound dry, healed"), nor by its own end ("heel walk is now normal").
        cue = scopes.by[head.start]
        if denied != 1 or frame.held != "any" or cue >= head.start:
            return "-"
        if _says_the_same(found, cue, frame) or _tells_health(cue, found):
            return "-"
        return None if _agrees(read, found, scopes, used) else ""
    return "-" if denied else frame.sign


def _says_the_same(found: Sequence[Atom], cue: int, frame: Frame) -> bool:
    """Whether the word that denies could itself be the head of the frame."""
    return any(atom.start <= cue < atom.end and not atom.classes.isdisjoint(frame.terms[0]) for atom in found)


def _tells_health(at: int, found: Sequence[Atom]) -> bool:
    return any(a.start == at and not _HEALTH.isdisjoint(a.classes) for a in found)


def _is_of_a_thing(read: Sequence[Token], scopes: Scopes, used: tuple[Atom, ...], language: Language) -> bool:
    """Whether the denial is of another thing or a test, where only an act that fails would tell anything."""
    head = used[0]
    if head.classes.isdisjoint(language.groups["acts"]):
        return False
    cue = read[scopes.by[head.start]].word
    return cue in _TESTED or (cue in _NO and scopes.denied[head.start] != 1)


def _agrees(read: Sequence[Token], found: Sequence[Atom], scopes: Scopes, used: tuple[Atom, ...]) -> bool:
    """Whether a denial tells nothing against what it reaches: "wound closed, all dry" is dry twice over, and in "no
    concerns about the clean wound" the "no" has a noun of its own."""
    at, first = scopes.by[used[0].start], min(atom.start for atom in used)
    if read[at].word in _NO and at < first and read[first].room - read[at].room > _NEAR_NO:
        return True
    cue = next((atom for atom in found if atom.start == at), None)
    return cue is not None and "denies-before" in cue.classes and cue.classes.isdisjoint({"denies", "denies-list"})


def _is_given(read: Sequence[Token], head: Atom) -> bool:
    """Whether an operation is spoken of as a known one: "pseudarthrosis suspected under her fusion"."""
    return head.start > 0 and read[head.start - 1].word in _OWNED


def _is_denied_itself(read: Sequence[Token], scopes: Scopes, head: Atom) -> bool:
    """An operation is denied only where the denial stands right before it ("no previous fusion"): in "no pain since the
    fusion" the fusion was done."""
    return scopes.denied[head.start] == 1 and any(
        read[i].word in _NEVER for i in range(max(0, head.start - 3), head.start)
    )
