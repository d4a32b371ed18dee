"""The language data as TOML to a frozen `Language`.

Compiling refuses what a reviewer would: a frame that names an unknown class or concept, a phrase without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from service.text.vocabulary.chart_weights import ChartWeights
from service.text.vocabulary.check_language import SIGNS as SIGNS
from service.text.vocabulary.check_language import check_frame, check_groups, check_implies
from service.text.vocabulary.done_words import compiled as done_words
from service.text.vocabulary.language import Frame, Language, LanguageError, Node, NumberRange
from service.text.vocabulary.misheard import sounds_of
from service.text.vocabulary.sections import Section
from service.text.vocabulary.sentence_weights import SentenceWeights
from service.text.vocabulary.tokens import Words
from service.text.vocabulary.word_forms import key_of, keys_of, split_phrase, words_of

AXES = frozenset({"site", "head", "modifier", "cue", "name"})
"""What a class of words names: a place of the body, a thing that is said, a quality of it, or how it is meant."""

HELD = frozenset({"any", "negated", "plain"})


def compile_language(raw: Mapping[str, Any]) -> Language:
    """Turn the merged tables of rules/language into a `Language`. Raises `LanguageError`."""
    axis, phrases = _classes(raw)
    numbers = tuple(_number(entry, axis) for entry in raw.get("number", ()))
    axis |= {number.name: "modifier" for number in numbers}
    check_groups(raw, axis)
    check_implies(raw)
    groups = {name: frozenset(members) for name, members in raw.get("group", {}).items()}
    words = words_of(raw, phrases)
    rewrites: Node = {}
    for into, variants in raw.get("rewrite", {}).items():
        said = tuple((w, key_of(w, words)) for w in split_phrase(into)) if " " in into else ((into, into),)
        for variant in variants:
            _add(rewrites, [key_of(w, words) for w in split_phrase(variant)], said, variant)
    for meant, variants in raw.get("misheard", {}).items():
        said = tuple((w.lower(), key_of(w, words)) for w in split_phrase(meant))
        for variant in variants:
            _add(rewrites, [key_of(w, words) for w in split_phrase(variant)], said, variant)
    trie: Node = {}
    names: Node = {}
    sites: dict[str, set[str]] = {}
    passing = frozenset(raw["passing"]["words"])
    common = frozenset(raw.get("common", {}).get("words", ()))
    for name, phrase in phrases:
        keys = keys_of(phrase, words, rewrites)
        _add(names if axis[name] == "name" else trie, keys, name, phrase)
        if len(keys) == 1 and axis[name] == "site":
            sites.setdefault(keys[0], set()).add(name)
    frames = _frames(raw, axis, groups)
    return Language(
        words=words,
        trie=_frozen(trie),
        names=_frozen(names),
        rewrites=_frozen(rewrites),
        sounds=sounds_of(raw.get("sounds", {}).get("words", ()), words.keys),
        sites={key: frozenset(names) for key, names in sites.items()},
        axis=axis,
        numbers={form: tuple(n for n in numbers if n.form == form) for form in {n.form for n in numbers}},
        frames=frames,
        implies={key: tuple(told) for key, told in raw.get("implies", {}).items()},
        drops={key: frozenset(told) for key, told in raw.get("drops", {}).items()},
        kinds={name: frozenset(entry["kinds"]) for name, entry in raw["concept"].items()},
        groups=groups,
        passing=passing,
        opposites={key: tuple(told) for key, told in raw.get("opposites", {}).items()},
        meanings={name: (entry["is"], entry.get("class", "")) for name, entry in raw["concept"].items()},
        elsewhere=frozenset(raw["titles"]["elsewhere"]),
        spinal=frozenset(raw["titles"]["spinal"]),
        surgical=_telling(phrases, words, groups["surgical"], groups["everyday"], common),
        alarming=_telling(phrases, words, _heads_of(raw, groups), groups["everyday"], common),
        emergencies=frozenset(raw["scoring"]["emergencies"]),
        unlabelled=frozenset(raw["scoring"].get("unlabelled", ())),
        clinical=_telling(phrases, words, _of_axis(axis, "head", "site", "name"), frozenset(), common),
        headings={name: Section(kind) for kind, names in raw.get("heading", {}).items() for name in names},
        plain={name: frozenset(said) for name, said in raw.get("plain", {}).items()},
        head_classes=_of_axis(axis, "head", "name"),
        site_classes=_of_axis(axis, "site"),
        cue_classes=_of_axis(axis, "cue"),
        done=done_words(raw),
        assertion=SentenceWeights(raw.get("assertion_weights", {})),
        alarm=SentenceWeights(raw.get("emergency_weights", {})),
        causes=ChartWeights(raw.get("cause_weights", {})),
    )


def _classes(raw: Mapping[str, Any]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    axis: dict[str, str] = {}
    phrases: list[tuple[str, str]] = []
    for name, entry in raw["atom"].items():
        if entry["axis"] not in AXES:
            raise LanguageError(f"class {name} has the axis {entry['axis']!r}; known are {', '.join(sorted(AXES))}")
        axis[name] = entry["axis"]
        phrases += [(name, phrase) for phrase in entry["words"]]
    return axis, phrases


def _telling(
    phrases: Sequence[tuple[str, str]],
    words: Words,
    classes: frozenset[str],
    everyday: frozenset[str],
    common: frozenset[str],
) -> frozenset[str]:
    """Forms of which one stands in every phrase of these classes: of each phrase its longest word. A text without any
    of them says nothing of what the classes tell, and costs one look."""
    wanted: set[str] = set()
    short: set[str] = set()
    for name, phrase in phrases:
        if name in classes:
            parts = [part.lower() for part in split_phrase(phrase.lstrip("="))]
            rare = [part for part in parts if part not in everyday and part not in common]
            # A phrase of everyday words is told by one of them all the same: an operation must not be passed over.
            chosen = max(rare or [p for p in parts if p not in common] or parts, key=len)
            wanted.add(words.keys.get(chosen, chosen))
            short.add(chosen)
    forms = {form for form, key in words.keys.items() if key in wanted} | short
    return frozenset(forms | {spelt.lower() for spelt, meant in words.short.items() if not forms.isdisjoint(meant)})


def _of_axis(axis: Mapping[str, str], *wanted: str) -> frozenset[str]:
    return frozenset(name for name, told in axis.items() if told in wanted)


def _heads_of(raw: Mapping[str, Any], groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The classes of the heads of all frames that say an emergency."""
    emergencies = frozenset(raw["scoring"]["emergencies"])
    return frozenset(
        name
        for entry in raw.get("frame", ())
        if entry["concept"] in emergencies
        for name in _names(entry["all"][0].lstrip("~>"), groups)
    )


def _number(entry: Mapping[str, Any], axis: Mapping[str, str]) -> NumberRange:
    for name in (*entry.get("near", ()), *entry.get("after", ())):
        if name not in axis:
            raise LanguageError(f"number {entry['class']} stands near the class {name}, which does not exist")
    return NumberRange(
        name=entry["class"],
        form=entry.get("form", "plain"),
        low=entry.get("from", float("-inf")),
        high=entry.get("to", float("inf")),
        near=frozenset(entry.get("near", ())),
        units=frozenset(entry.get("units", ())),
        after=frozenset(entry.get("after", ())),
        unless=frozenset(entry.get("unless", ())),
    )


def _add(trie: Node, keys: Sequence[str], name: Any, phrase: str) -> None:
    if not keys:
        raise LanguageError(f"the phrase {phrase!r} of {name} holds no word")
    node = trie
    for key in keys:
        node = node.setdefault(key, {})
    node.setdefault("", set()).add(name)


def _frozen(node: Node) -> Node:
    return {key: frozenset(below) if key == "" else _frozen(below) for key, below in node.items()}


_TERM = re.compile(r"(?P<flag>[>~]?)(?P<names>[\w|\-]+)\Z")


def _frames(
    raw: Mapping[str, Any], axis: Mapping[str, str], groups: Mapping[str, frozenset[str]]
) -> dict[str, tuple[Frame, ...]]:
    by_head: dict[str, list[Frame]] = {}
    for number, entry in enumerate(raw.get("frame", ())):
        frame = _frame(entry, axis, groups, number, raw["concept"])
        for name in frame.terms[0]:
            by_head.setdefault(name, []).append(frame)
    return {name: tuple(told) for name, told in by_head.items()}


def _frame(
    entry: Mapping[str, Any],
    axis: Mapping[str, str],
    groups: Mapping[str, frozenset[str]],
    number: int,
    concepts: Mapping[str, Any],
) -> Frame:
    concept = entry["concept"]
    if concept not in concepts:
        raise LanguageError(f"a frame is of the concept {concept}, which the language data does not list")
    check_frame(entry)
    terms = [_TERM.match(term) for term in entry["all"]]
    if any(term is None for term in terms):
        raise LanguageError(f"a frame of {concept} has a part that cannot be read: {entry['all']}")
    named = [_names(term["names"], groups) for term in terms if term]
    unless = tuple(_names(term, groups) for term in entry.get("unless", ()))
    nowhere = _names("|".join(entry["nowhere"]), groups) if entry.get("nowhere") else frozenset()
    for name in (n for names in (*named, *unless, frozenset(entry.get("after", ())), nowhere) for n in names):
        if name not in axis:
            raise LanguageError(f"a frame of {concept} names the class {name}, which does not exist")
    held = entry.get("held", "any")
    if held not in HELD:
        raise LanguageError(f"a frame of {concept} is held {held!r}; known are {', '.join(sorted(HELD))}")
    return Frame(
        concept=concept,
        sign=SIGNS[entry.get("sign", "said")],
        terms=tuple(named),
        ordered=tuple(term["flag"] == ">" for term in terms if term),
        denied=tuple(term["flag"] == "~" for term in terms if term),
        gap=entry.get("gap", 5),
        unless=unless,
        held=held,
        kinds=frozenset(entry.get("kinds", ())),
        after=_names("|".join(entry["after"]), groups) if entry.get("after") else frozenset(),
        number=number,
        others=tuple(named[1:]),
        nowhere=nowhere,
    )


def _names(told: str, groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset(name for part in told.split("|") for name in groups.get(part, (part,)))


def unused(language: Language, raw: Mapping[str, Any]) -> Iterator[str]:
    """Classes that no frame, number or cue of the reader asks for."""
    asked = {
        name
        for told in language.frames.values()
        for f in told
        for names in (*f.terms, *f.unless, f.nowhere)
        for name in names
    }
    asked |= {name for told in language.numbers.values() for number in told for name in (*number.near, *number.after)}
    yield from (
        name for name, axis in language.axis.items() if axis in {"site", "head", "modifier"} and name not in asked
    )
