"""Words as dictation hears them: tokens of a sentence in, those that were misheard put right out.

"lemon ectomy" is a laminectomy and "num ness" numbness: a run of words is taken for a longer one when together they are
spelt as a word of the data, or sound like one of its terms, and at least one of the run is no word of the data. The
code of a sound is a Metaphone cut down to what dictation confuses: consonants in classes (b with p, d with t, s with
z), and three classes of vowels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from service.text.vocabulary.tokens import Token

_LONGEST_RUN = 5
_SHORTEST_JOINED = 6
"""Letters of a word that may be written as a run of shorter ones."""
_MOST_JOINED = 2
"""Words behind the first that may be joined to it by their letters alone."""
_ALIKE = 0.68
_ALIKE_SHORT = 0.75
"""How alike the letters of a run and of the term must be, of 1; of a term with few consonants more."""
_FEW = 3
"""Consonants of which one word by itself tells too little to be taken for another."""
_LONGER = 0.005
"""By so much a letter the longer of two runs is preferred."""
_TAILS = frozenset(
    [
        "ness", "ectomy", "ectomies", "otomy", "osis", "itis", "pathy", "algia", "oma", "plasty", "scopic", "less",
        "able", "shun", "graph", "gram", "plegia", "paresis", "lysis", "desis", "listhesis", "genic",
    ]
)  # fmt: skip
"""Ends of words that are no words: what stands before one belongs to it."""
_HEADS = frozenset(
    [
        "osteo", "poly", "neuro", "radiculo", "spondylo", "pseudo", "hemi", "peri", "inter", "intra", "infra", "retro",
        "antero", "postero", "micro", "trans", "extra", "para", "electro", "dorsi", "plantar", "meta", "lumbo",
        "thoraco",
        "supra", "endo", "myelo", "hyper", "hypo", "fibro",
    ]
)  # fmt: skip
"""Beginnings of words that are no words: what stands behind one belongs to it."""
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "doctor", "prof", "professor", "sister", "dear", "regards", "sincerely"}
)
_SPLIT = frozenset({"without", "whatsoever", "throughout", "within", "underwear", "intact"})
_APART = frozenset({"non", "a", "the", "no", "is", "and", "i"})
"""No joined word begins with one of these, for they have a meaning of their own."""
_PART = re.compile(
    r"^(?:ps|x)|^[pkgm]n|^wr|^rh|^h|mb$|tch|s?ch(?=r)|sch|ch|ck|sc(?=[eiy])|c(?=[eiy])|dge?(?=[iy])|"
    r"(?:[st]i|c[ei]|sh)[aou]?(?=ns?$)|[stx]io(?=n)|shu(?=n)|sh|ph|gh|gu(?=[eiy])|g(?=[eiy])|qu?|th|"
    r"[bp]+|[dt]+|[fv]+|[cgk]+|[sz]+|[jlmnrx]|[aeiouwy]+h?"
)
_CODES = {
    "ps": "S", "pn": "N", "kn": "N", "gn": "N", "mn": "N", "wr": "R", "mb": "M", "rh": "R", "h": "H", "tch": "X",
    "sch": "SK",
    "ch": "X", "chr": "K", "ck": "K", "sc": "S", "sh": "X", "ph": "F", "gh": "", "gu": "K", "q": "K", "qu": "K",
    "th": "T", "x": "KS", "j": "J", "l": "L", "m": "M", "n": "N", "r": "R", "dg": "J", "dge": "J",
}  # fmt: skip
_FIRST = {
    "b": "P", "p": "P", "d": "T", "t": "T", "f": "F", "v": "F", "c": "K", "g": "K", "k": "K", "s": "S", "z": "S",
}  # fmt: skip


class Sounds(Struct, frozen=True):
    """``terms``: by the consonants of their sound, the terms as they are written, each with its words and their keys;
    ``begins``: every beginning of these consonants, ``within``: every part of them; ``keys``: the key of each
    word of the data."""

    terms: Mapping[str, tuple[tuple[str, tuple[tuple[str, str], ...]], ...]]
    begins: frozenset[str]
    within: frozenset[str]
    keys: Mapping[str, str]


def sounds_of(terms: Iterable[str], keys: Mapping[str, str]) -> Sounds:
    """The table of the terms that dictation may have misheard. ``keys`` holds every form of the data with its key."""
    known: dict[str, list[tuple[str, tuple[tuple[str, str], ...]]]] = {}
    for term in sorted(set(terms)):
        said = tuple((word, keys[word]) for word in term.split() if word in keys)
        if len(said) == len(term.split()):
            joined = term.replace(" ", "")
            known.setdefault(consonants(sound(joined)), []).append((joined, said))
    begins = {bones[:end] for bones in known for end in range(len(bones) + 1)}
    within = {told[at:] for told in begins for at in range(len(told) + 1)}
    return Sounds({bones: tuple(told) for bones, told in known.items()}, frozenset(begins), frozenset(within), keys)


def sound(word: str) -> str:
    """How a word sounds: capitals for its consonants, small letters for its vowels. "fusion" is FuXN."""
    out: list[str] = []
    for found in _PART.finditer(word):
        part = found[0]
        told = _CODES.get(part)
        if told is None:
            first = part[0]
            if first in "aeiouwy":
                told = "u" if first in "uw" or part[:2] in {"oo", "ew", "ou", "eu"} else "a" if first in "ao" else "i"
            elif part == "xio":
                told = "KX"
            elif part[:2] in {"si", "ti", "ci", "ce", "sh"} and len(part) > 1:
                told = "X"
            elif first in "cg" and len(part) == 1 and word[found.end() : found.end() + 1] in {"e", "i", "y"}:
                told = "S" if first == "c" else "J"
            else:
                told = _FIRST.get(first, "")
        if told and not (out and out[-1][-1] == told[0] and told[0].isupper()):
            out.append(told)
    return "".join(out)


def consonants(code: str) -> str:
    """The capitals of a code, one for each run of the same."""
    kept = ""
    for letter in code:
        if letter.isupper() and kept[-1:] != letter:
            kept += letter
    return kept.replace("SX", "X")


def put_right(read: list[Token], sounds: Sounds) -> list[Token]:
    """The tokens with each run that was misheard as what was said; the same list where there is none."""
    marks = [
        i
        for i, token in enumerate(read)
        if not token.key and len(token.word) > 2 and token.word.isalpha() and not _is_name(read, i)
    ]
    before = ""
    for i, token in enumerate(read):
        if token.word in _TAILS or before in _HEADS or before + token.word in _SPLIT:
            marks.append(i)
        before = token.word
    if not marks:
        return read
    out: list[Token] = []
    done = 0
    for mark in sorted(set(marks)):
        if mark < done:
            continue
        begin, end, said = _said(read, max(done, mark - _LONGEST_RUN + 1), mark, sounds)
        if said:
            first, last = read[begin], read[end - 1]
            out += read[done:begin]
            out += [Token(word, key, "", first.start, last.end, last.room) for word, key in said]
            done = end
    return [*out, *read[done:]] if done else read


def _is_name(read: Sequence[Token], at: int) -> bool:
    """Whether a person is called by the word: "Dear Dr Twomey", "Mrs Ní Bhriain"."""
    return any(read[i].word in _TITLES for i in range(max(0, at - 2), at))


def _said(read: Sequence[Token], first: int, mark: int, sounds: Sounds) -> tuple[int, int, tuple[tuple[str, str], ...]]:
    """The run over ``mark`` that is most like something: where it begins and ends, and what was said."""
    best: tuple[float, int, int, tuple[tuple[str, str], ...]] = (0.0, 0, 0, ())
    codes: dict[int, str] = {}
    may_sound = consonants(sound(read[mark].word)) in sounds.within
    low = mark
    first = first if may_sound else max(first, mark - _MOST_JOINED)
    while low > first and _runs_on(read, low):
        low -= 1
    for begin in range(mark, low - 1, -1):
        joined = code = ""
        sounding = may_sound
        for reach in range(begin, min(len(read), begin + _LONGEST_RUN)):
            word = read[reach].word
            if (reach > begin and not _runs_on(read, reach)) or not (sounding or reach <= begin + _MOST_JOINED):
                break
            joined += word
            if sounding:
                if reach not in codes:
                    codes[reach] = sound(word)
                code += codes[reach]
                bones = consonants(code)
                sounding = bones in sounds.begins
            if reach < mark:
                continue
            known = reach > begin and len(joined) >= _SHORTEST_JOINED and joined in sounds.keys
            if known and read[begin].word not in _APART:
                whole = 1 + len(joined) * _LONGER
                best = max(best, (whole, begin, reach + 1, ((joined, sounds.keys[joined]),)))
            for written, said in sounds.terms.get(bones, ()) if sounding else ():
                alike = SequenceMatcher(None, _plain(joined), _plain(written)).ratio()
                enough = _ALIKE if len(bones) > _FEW else _ALIKE_SHORT
                if enough <= alike < 1 and code[0] == sound(written)[0] and (reach > begin or len(bones) > _FEW):
                    best = max(best, (alike + len(joined) * _LONGER, begin, reach + 1, said))
    return best[1:]


def _runs_on(read: Sequence[Token], at: int) -> bool:
    """Whether the token and the one before it are words with nothing but a space between them."""
    before = read[at - 1]
    return before.word.isalpha() and read[at].word.isalpha() and 0 <= read[at].start - before.end <= 1


def _plain(joined: str) -> str:
    """With one spelling for endings and letters that are said alike."""
    return joined.replace("shun", "sion").replace("ph", "f").replace("ck", "c").replace("k", "c")
