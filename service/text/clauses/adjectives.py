"""Words that are a sign only as a predicate: the atoms of a frame in, whether one describes another noun out.

"She felt faint" tells of her, "a faint mark" of a mark; "the foot is cold" of the foot, "on the cold floor" of a floor.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.text.clauses.matcher import Atom
from service.text.vocabulary.language import Language
from service.text.vocabulary.tokens import Token

_PREDICATE = frozenset(
    ["is", "are", "was", "were", "be", "been", "being", "feel", "feels", "felt", "feeling", "go", "goes", "going",
     "gone", "went", "become", "becomes", "became", "turn", "turns", "turned", "get", "gets", "got", "look", "looks",
     "looked", "looking", "remain", "remains", "remained", "stay", "stays", "stayed", "seem", "seems", "seemed",
     "over", "nearly", "almost", "still", "very", "so", "quite", "bit", "really", "all", "too", "stone", "icy",
     "i'm", "im", "he's", "she's", "it's", "they're", "'s", "now", "also"]
)  # fmt: skip
"""With one of these before it an adjective is said of its subject, and no noun follows that it could describe."""
_NO_NOUNS = frozenset(
    ["and", "or", "but", "nor", "if", "when", "whenever", "while", "whilst", "as", "since", "because", "so", "than",
     "then", "that", "which", "who", "where", "though", "although", "until", "till", "unless", "after", "before",
     "on", "in", "at", "to", "of", "for", "from", "with", "without", "by", "up", "down", "over", "under", "around",
     "round", "through", "during", "within", "behind", "below", "above", "like", "all", "both", "each",
     "the", "a", "an", "this", "these", "those", "my", "her", "his", "your", "their", "its", "our", "me", "him", "us",
     "i", "he", "she", "it", "they", "we", "you", "no", "not", "never", "is", "are", "was", "were", "be", "been",
     "has", "have", "had", "does", "did", "can", "could", "will", "would", "may", "might",
     "today", "tonight", "yesterday", "now", "again", "too", "also", "still", "twice", "once", "several", "last",
     "every", "overnight", "later", "earlier", "ago", "monday", "tuesday", "wednesday", "thursday", "friday",
     "saturday",
     "sunday", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "am", "pm", "post", "pre",
     "per", "re", "via", "vs", "versus", "compared", "comp", "cf", "despite", "worse", "worsening", "same", "enough",
     "went", "go", "goes", "gone", "came", "felt", "feels", "looks", "got", "hurts", "began", "started", "happened",
     "resolved", "settled", "persists", "persisted", "improved", "noted", "reported", "seen", "found", "episode",
     "episodes", "spell", "spells", "attack", "attacks", "turn", "turns", "fit"]
)  # fmt: skip
_OF_THE_BODY = frozenset(
    ["skin", "colour", "color", "colouring", "discolouration", "discoloration", "tinge", "tinged", "hue", "appearance",
     "patch", "patches", "patchy", "blotches", "blotchy", "swelling", "swollen", "oedema", "edema", "extremity",
     "extremities", "periphery", "peripheries", "limb", "limbs", "sensation", "touch", "temperature", "side", "digits",
     "muscle", "muscles", "power", "strength", "movement", "movements", "contraction", "raise", "raises", "response",
     "cyanosis", "mottling", "pallor", "ischaemia", "ischemia", "distally", "peripherally"]
)  # fmt: skip
"""Nouns that an adjective of the body keeps to: "blue discolouration of the foot" is of the foot."""
_LONGEST = 4
"""Words of a noun with all that describes it."""


def describes_others(read: Sequence[Token], found: Sequence[Atom], used: tuple[Atom, ...], language: Language) -> bool:
    """Whether an adjective of the frame stands before a noun that is no body part and none of the frame's own words."""
    adjectives = language.groups["adjectives"]
    if not any(atom.end == atom.start + 1 and not atom.classes.isdisjoint(adjectives) for atom in used):
        return False
    sites = [a for a in found if "motor" in a.classes or not a.classes.isdisjoint(language.site_classes)]
    own = {at for atom in (*used, *sites) for at in range(atom.start, atom.end)}
    parts = {atom.end for atom in used if not atom.classes.isdisjoint(language.site_classes)}
    return any(
        atom.end == atom.start + 1
        and not atom.classes.isdisjoint(adjectives)
        and not _is_predicate(read, atom, parts)
        and _has_noun(read, atom.end, own)
        for atom in used
    )


def _is_predicate(read: Sequence[Token], atom: Atom, parts: set[int]) -> bool:
    """Whether its subject or a copula stands right before it: "foot cold", "felt faint". ``parts`` are the ends of the
    body parts of the frame."""
    return atom.start > 0 and (atom.start in parts or read[atom.start - 1].word in _PREDICATE)


def _has_noun(read: Sequence[Token], begin: int, own: set[int]) -> bool:
    """Whether a noun follows that belongs to nothing of the frame: "cold kitchen floor", but not "cold left foot"."""
    run = []
    for at in range(begin, min(len(read), begin + _LONGEST)):
        word = read[at].word
        if at in own:
            return False
        if not word.isalpha() or word in _NO_NOUNS:
            break
        run.append(word)
    return bool(run) and _OF_THE_BODY.isdisjoint(run) and not _is_verb(run[0])


def _is_verb(word: str) -> bool:
    """Whether it tells what somebody did ("faint walking to the loo") or how ("faint suddenly"), as far as it shows."""
    return word.endswith("ly") or (word.endswith("ing") and word not in _NAMED_BY_ING)


_NAMED_BY_ING = frozenset({"staining", "bruising", "marking", "markings", "shadowing", "dressing", "smearing"})
