"""The language data is what its author meant: each frame reads its sentences, every name leads somewhere, and what is
wrong is told in a sentence when the data is compiled."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from service.text.bank_score import tables_of
from service.text.labels import KINDS, labels, read_alone
from service.text.statements import emergency_classifiers
from service.text.vocabulary.compile_language import SIGNS, compile_language, unused
from service.text.vocabulary.language import LanguageError
from service.text.vocabulary.tokens import tokens
from tests.text import reading, tiny

FRAMES = files("rules") / "language" / "frames"
FAMILIES = sorted(path.name for path in FRAMES.iterdir() if path.name.endswith(".toml"))
GROUPS_OF_WORDS = {"everyday"}


def listed(names):
    return "\n".join(sorted(names))


@pytest.fixture(scope="module")
def read(language):
    """The labels of a sentence, in any of some kinds of text."""
    known = {}

    def labels_of(sentence, kinds):
        for kind in kinds:
            if (sentence, kind) not in known:
                known[sentence, kind] = labels(read_alone(sentence, kind, language).statements, language, kind)
        return {label for kind in kinds for label in known[sentence, kind]}

    return labels_of


def frames_of(family):
    return tomllib.loads((FRAMES / family).read_text("utf-8"))["frame"]


def kinds_of(frame, language):
    return frame.get("kinds") or sorted(language.kinds[frame["concept"]])


NOT_YET = {"vertebrae haven't slipped"}
"""The only sentence of its frame, which does not read it yet; told below."""


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("Had an operation for her lumbar spine abroad.", "history-of-spine-surgery"),
        ("X-Stop at L4-5 in 2008.", "history-of-spine-surgery"),
        ("vertebrae haven't slipped", "-listhesis"),
    ],
)
@pytest.mark.xfail(strict=True, reason="its frame does not read it yet")
def test_a_sentence_that_its_frame_should_read(sentence, label, language, read):
    assert label in read(sentence, sorted(language.kinds[label.lstrip("-")]))


@pytest.mark.xfail(strict=True, reason="a fusion of the sacroiliac joint is still read as one of the spine")
def test_a_fusion_of_the_sacroiliac_joint_is_none_of_the_spine(language, read):
    assert "fusion" not in read("SI joint fusion in 2020.", sorted(language.kinds["fusion"]))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_frame_reads_the_sentences_that_it_must_read(family, language, read):
    unread = [
        f"{label} is not read: {sentence!r}"
        for frame in frames_of(family)
        for sentence in frame.get("reads", ())
        if sentence not in NOT_YET
        if (label := SIGNS[frame.get("sign", "said")] + frame["concept"])
        not in read(sentence, kinds_of(frame, language))
    ]

    assert "" == "\n".join(unread)


@pytest.mark.parametrize("family", FAMILIES)
def test_no_frame_says_its_concept_of_a_sentence_that_it_must_reject(family, language, read):
    wrong = [
        f"{frame['concept']} is said: {sentence!r}"
        for frame in frames_of(family)
        for sentence in frame.get("rejects", ())
        if frame["concept"] in read(sentence, kinds_of(frame, language))
    ]

    assert "" == "\n".join(wrong)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_frame_shows_a_sentence_that_it_reads(family):
    assert "" == listed(f"{frame['concept']} {frame['all']}" for frame in frames_of(family) if not frame.get("reads"))


@pytest.mark.xfail(strict=True, reason="some classes stand only to take words from others; the data does not say which")
def test_no_class_of_words_is_there_for_nothing(raw, language):
    asked_by_the_reader = {name for members in raw["group"].values() for name in members}
    asked_by_the_reader |= {name for told in language.frames.values() for frame in told for name in frame.after}

    assert "" == listed(set(unused(language, raw)) - asked_by_the_reader)


def test_every_member_of_a_group_is_a_class_or_a_concept(raw, language):
    known = {*language.axis, *raw["concept"]}
    named = {name for group, members in raw["group"].items() for name in members if group not in GROUPS_OF_WORDS}

    assert "" == listed(named - known)


def test_every_concept_of_the_language_is_a_word_of_the_vocabulary(vocabulary, raw):
    assert "" == listed(set(raw["concept"]) - set(vocabulary["concepts"]))


def test_every_concept_that_is_named_beside_a_frame_is_one_of_the_language(raw):
    optional, emergencies = tables_of(raw)
    named = {name for table in (raw["implies"], raw["drops"], raw["opposites"], optional) for name in table}
    named |= {
        n for t in (raw["implies"], raw["drops"], raw["opposites"], optional) for told in t.values() for n in told
    }

    assert "" == listed({name.rpartition(":")[2].lstrip("-?") for name in named} - set(raw["concept"]))
    assert "" == listed(emergencies - set(raw["concept"]))


def test_every_concept_has_a_frame_and_kinds_of_text_that_there_are(raw):
    read = {frame["concept"] for frame in raw["frame"]}
    implied = {name.lstrip("-?") for told in raw["implies"].values() for name in told}

    assert "" == listed(set(raw["concept"]) - read - implied - {emergency_classifiers.TOLD})
    assert "" == listed({kind for concept in raw["concept"].values() for kind in concept["kinds"]} - set(KINDS))


def test_no_frame_is_bound_to_a_kind_of_text_in_which_its_concept_is_not_read(raw):
    bound = [(f["concept"], set(f.get("kinds", ())) - set(raw["concept"][f["concept"]]["kinds"])) for f in raw["frame"]]

    assert "" == listed(f"{concept} in {' and '.join(sorted(kinds))}" for concept, kinds in bound if kinds)


def test_no_frame_stands_twice(raw):
    told = (
        str({key: value for key, value in frame.items() if key not in {"reads", "rejects"}}) for frame in raw["frame"]
    )

    assert "" == listed(frame for frame, count in Counter(told).items() if count > 1)


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("The leg is hard and numb.", {"sensory-loss"}),
        ("A hard lump in the wound, fever.", {"fever"}),
        ("Hard lump in the wound, foot drop.", {"foot-drop"}),
        ("The foot feels like cotton wool.", {"sensory-loss"}),
        ("The left foot is numb, like before.", {"sensory-loss"}),
        ("It is numb between the legs, like.", {"saddle-numbness"}),
        ("Leg pain, worse on extension.", {"leg-pain", "worse-extension"}),
        ("It is a different pain, unlike before the operation.", {"pain-unlike-before"}),
        ("A friendly man with foot drop.", {"foot-drop"}),
        ("He is relatively well but has foot drop.", {"foot-drop"}),
        ("Normal apart from a foot drop.", {"foot-drop"}),
        ("Foot drop related to the operation.", {"foot-drop"}),
    ],
)
def test_a_word_that_only_looks_like_a_cue_turns_nothing(sentence, says):
    assert says == reading.labels(sentence) & (says | {f"-{c}" for c in says} | {f"?{c}" for c in says})


def test_both_spellings_and_all_forms_of_a_word_are_one(language):
    keys = {tokens(word, language.words)[0].key for word in ("haematoma", "hematoma", "haematomas", "Hematomas")}

    assert 1 == len(keys)
    assert {""} != keys


LITTLE = frozenset(
    [
        "a",
        "all",
        "also",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "before",
        "but",
        "by",
        "can",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "i",
        "in",
        "is",
        "it",
        "its",
        "me",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "she",
        "so",
        "that",
        "the",
        "their",
        "then",
        "there",
        "they",
        "this",
        "to",
        "two",
        "was",
        "we",
        "well",
        "were",
        "which",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


_LITTLE_YET = pytest.mark.xfail(strict=True, reason="a phrase of nothing but little words is told by one of them")


@pytest.mark.parametrize(
    "telling",
    [
        pytest.param("surgical", marks=_LITTLE_YET),
        pytest.param("alarming", marks=_LITTLE_YET),
        pytest.param("clinical", marks=_LITTLE_YET),
    ],
)
def test_no_little_word_is_one_that_tells_what_a_text_is_about(telling, language):
    assert "" == listed(getattr(language, telling) & LITTLE)


# --- what is wrong with the data is told ---------------------------------------------------------------------------


def frame(**more):
    return {"frame": [{"concept": "leg-pain", "all": ["pain", "leg"]} | more]}


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"atom": {"limb": {"axis": "organ", "words": ["limb"]}}}, "limb"),
        ({"atom": {"limb": {"axis": "site", "words": ["-"]}}}, "limb"),
        (frame(concept="leg-ache"), "leg-ache"),
        (frame(all=["pain", "limb"]), "limb"),
        (frame(all=["pain", "leg back"]), "leg back"),
        (frame(all=[]), "leg-pain"),
        (frame(unless=["limb"]), "limb"),
        (frame(after=["limb"]), "limb"),
        (frame(held="hold"), "hold"),
        (frame(sign="maybe"), "maybe"),
        (frame(kinds=["letter"]), "letter"),
        ({"number": [{"class": "low", "near": ["limb"]}]}, "limb"),
        ({"group": {name: told for name, told in tiny.raw()["group"].items() if name != "sound"}}, "sound"),
        ({"group": tiny.raw()["group"] | {"sound": ["limb"]}}, "limb"),
        ({"implies": {"leg-pain": ["leg-ache"]}}, "leg-ache"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_mistake_in_the_data_is_a_sentence_that_names_it(wrong, named):
    with pytest.raises(LanguageError, match=named) as told:
        compile_language(tiny.raw(**wrong))

    assert " " in str(told.value)


def test_data_without_a_mistake_compiles_and_compiling_changes_none_of_it():
    tables = tiny.raw()
    before = repr(tables)

    assert compile_language(tables).frames
    assert before == repr(tables)
