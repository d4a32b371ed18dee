"""The words of the language data in all their forms: its phrases in, the key of each form out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import Stemmer

from service.text.vocabulary.inflection import american, british, forms
from service.text.vocabulary.language import Node, rewritten
from service.text.vocabulary.one_letter_off import OneLetterOff
from service.text.vocabulary.tokens import TOKEN, Words, tokens


def split_phrase(phrase: str) -> list[str]:
    return [t for t in TOKEN.findall(phrase.replace("'", "")) if t != "-"]


def words_of(raw: Mapping[str, Any], phrases: Sequence[tuple[str, str]]) -> Words:
    """Every form of every word of the data with its key: the stem of its American spelling, irregular forms told."""
    irregular = {form: key for key, told in raw.get("irregular", {}).items() for form in told}
    stemmer = Stemmer.Stemmer("english", 0)
    # The key of irregular forms also stands for the regular ones: "haemorrhage" as well as "haemorrhagic".
    told = {form for forms_ in raw.get("irregular", {}).values() for form in forms_}
    alias = {str(stemmer.stemWord(american(key))): key for key in raw.get("irregular", {}) if key not in told}
    short: dict[str, tuple[str, ...]] = {}
    for spelt, meant in raw.get("short", {}).items():
        short[spelt] = tuple(split_phrase(meant))
    said: set[str] = set()
    exact: dict[str, str] = {}
    for phrase in (
        *[p for _, p in phrases],
        *[p for told in raw.get("rewrite", {}).values() for p in told],
        *[p for meant, told in raw.get("misheard", {}).items() for p in (meant, *told)],
        *[" ".join(told) for told in short.values()],
    ):
        if phrase.startswith("="):
            exact[phrase[1:]] = phrase
        else:
            said.update(w.lower() for w in split_phrase(phrase))
    said.update(irregular)
    said.update(irregular.values())

    def key(word: str) -> str:
        if word in irregular:
            return str(irregular[word])
        plain = american(word)
        stem = str(stemmer.stemWord(plain))
        return str(irregular.get(plain) or alias.get(stem, stem))

    keys: dict[str, str] = {}
    for word in sorted(said):
        keys[word] = key(word)
    for word in sorted(said):
        mine = keys[word]
        for form in forms(american(word)):
            for spelt in (form, *british(form)):
                if spelt not in keys and key(spelt) == mine:
                    keys[spelt] = mine
    for into in raw.get("rewrite", {}):
        keys.setdefault(into, into)
    return Words(
        keys=keys,
        exact=exact,
        short=short,
        near=OneLetterOff(keys),
        fillers=frozenset(raw["filler"]["words"]),
    )


def key_of(word: str, words: Words) -> str:
    return words.keys[word.lower()]


def keys_of(phrase: str, words: Words, rewrites: Node) -> list[str]:
    if phrase.startswith("="):
        return [phrase]
    read = rewritten(tokens(phrase, words), rewrites)
    return [t.key or t.word for t in read if t.word != "-"]
