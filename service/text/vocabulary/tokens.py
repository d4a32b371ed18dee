"""Words of a sentence: its text in, one token a word out, each with the key under which the language data knows it.

A key stands for all forms and spellings of a word. A word that the data does not know has no key and costs one look-up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from service.text.vocabulary.one_letter_off import SHORTEST_CORRECTED, OneLetterOff, without_a_letter

SLASHED = r"(?<![\w/&])(?:[chsronfdabipuy]/[oapevuwlbctfs]|w/o|[pnb]&[npb]|w/)(?![\w/&])|(?<![\w/])w/(?=\s?[a-z])"
"""Abbreviations with a slash or an ampersand in them: "s/p", "c/o", "w/"."""

TOKEN = re.compile(
    SLASHED
    + r"|[^\W\d_]+(?:'[^\W\d_]+)?\d{0,2}(?![^\W\d_])|[^\W\d_]+|\d+(?:\.\d+)?(?:[+-]?/\d+(?:\.\d+)?)?|[^\s\w]|_+|\w"
)
LEVEL = re.compile(r"[ltscd]\d{1,2}\Z")
MARK = "mark"
"""The pseudo key of punctuation that ends or joins parts of a sentence."""


class Words(Struct, frozen=True):
    """What the compiled language data knows of single words.

    ``keys`` maps each form to its key, ``exact`` a form whose case matters (``PR``), ``short`` an abbreviation to the
    words it stands for; ``near`` finds the long forms that a misspelt one may be; ``fillers`` take up no room between
    two others.
    """

    keys: Mapping[str, str]
    exact: Mapping[str, str]
    short: Mapping[str, tuple[str, ...]]
    near: OneLetterOff
    fillers: frozenset[str]


class Token(Struct, frozen=True, gc=False):
    """``key`` is "" for a word unknown; ``start`` and ``end`` are characters of the sentence; ``room`` counts the words
    with meaning of their own up to and with this one."""

    word: str
    key: str
    exact: str
    start: int
    end: int
    room: int


def tokens(text: str, words: Words) -> list[Token]:
    """The tokens of one sentence, abbreviations written out. Levels (``L4``) and fillers take up no room."""
    found: list[Token] = []
    room = 0
    keys, exact, short, fillers = words.keys, words.exact, words.short, words.fillers
    for match in TOKEN.finditer(text):
        raw = match[0]
        start, end = match.span()
        if raw == "-" and start > 0 and end < len(text) and _joins(text[start - 1], text[end]):
            continue  # "non-compressive", "follow-up": the hyphen inside a word is none of ours
        word = raw.lower()
        spelt = short.get(raw) or short.get(word)
        if spelt is not None:
            for part in spelt:
                room += part not in fillers
                found.append(Token(part, keys.get(part, ""), exact.get(part, ""), start, end, room))
            continue
        key = keys.get(word)
        if key is None:
            if "'" in word:
                plain = word.replace("'", "")
                key = keys.get(plain)
                if key is None:
                    word = word.partition("'")[0] or word
                    key = keys.get(word)
            if key is None:
                key = corrected(word, words) if len(word) >= SHORTEST_CORRECTED else ""
        if word == "," or (
            word not in fillers and (start + 1 < end or word.isalnum()) and not (len(word) <= 3 and LEVEL.match(word))
        ):
            room += 1
        found.append(Token(word, key, exact.get(raw, ""), start, end, room))
    return found


def _joins(before: str, after: str) -> bool:
    """Whether a hyphen between these two is part of a word: "follow-up", "ICD-10", but not "L4-5"."""
    return (before.isalnum() and after.isalpha()) or (before.isalpha() and after.isdigit())


def corrected(word: str, words: Words) -> str:
    """The key of the one known long word that is a letter away from this one; "" when there is none or more."""
    keys = words.keys
    near = {keys[form] for form in words.near.longer(word)}
    for less in without_a_letter(word):
        if less in keys and len(less) >= SHORTEST_CORRECTED:
            near.add(keys[less])
        near.update(keys[form] for form in words.near.longer(less))
    return near.pop() if len(near) == 1 else ""
