"""A language of few words, for the mechanics of reading that no change of the real language data may move."""

from __future__ import annotations

from typing import Any

from service.text.labels import labels, read_alone
from service.text.vocabulary.compile_language import compile_language
from service.text.vocabulary.language import Language
from tests.rule_sets import shipped

_ATOMS = {
    "leg": ("site", ["leg"]),
    "back": ("site", ["back"]),
    "saddle": ("site", ["saddle"]),
    "pain": ("head", ["pain", "ache"]),
    "numb": ("head", ["numb"]),
    "weak": ("head", ["weakness", "weak"]),
    "screw": ("head", ["screw"]),
    "loose": ("head", ["loose"]),
    "broken": ("head", ["broken"]),
    "fever": ("head", ["fever"]),
    "block": ("head", ["block"]),
    "relief": ("head", ["relief"]),
    "firm": ("head", ["firm"]),
    "graft": ("modifier", ["graft"]),
    "move": ("head", ["move"]),
    "sharp": ("modifier", ["sharp"]),
    "power": ("head", ["power"]),
    "denies": ("cue", ["no", "not", "without", "cannot"]),
    "denies-list": ("cue", ["denies"]),
    "denies-next": ("cue", ["non"]),
    "denies-before": ("cue", ["not seen", "resolved", "ruled out"]),
    "denies-closing": ("cue", ["none"]),
    "doubts": ("cue", ["possible"]),
    "doubts-closing": ("cue", ["likely"]),
    "doubts-before": ("cue", ["not excluded"]),
    "plans": ("cue", ["if", "watch for"]),
    "plans-before": ("cue", ["was discussed"]),
    "other-person": ("cue", ["mother"]),
    "past": ("cue", ["history of"]),
    "contrast": ("cue", ["but"]),
    "stop": ("cue", ["reports"]),
    "improves": ("cue", ["better"]),
}
_FRAMES: list[dict[str, Any]] = [
    {"concept": "leg-pain", "all": ["pain", "leg"], "gap": 3},
    {"concept": "sensory-loss", "all": ["numb", "leg|back"], "unless": ["sharp"]},
    {"concept": "saddle-numbness", "all": ["numb", "saddle"]},
    {"concept": "leg-weakness", "all": ["weak", "leg"]},
    {"concept": "leg-weakness", "sign": "denied", "all": ["mrc-full", "leg"]},
    {"concept": "leg-weakness", "all": ["mrc-low", "leg"]},
    {"concept": "implant-loose", "all": ["screw", ">loose"], "kinds": ["report"]},
    {"concept": "implant-broken", "all": ["fault", "screw"]},
    {"concept": "fever", "all": ["fever"]},
    {"concept": "fever", "all": ["high", "fever|temp"]},
    {"concept": "block-positive", "all": ["relief"], "after": ["block"]},
    {"concept": "solid-fusion", "all": ["firm", "graft"], "held": "plain"},
    {"concept": "nonunion", "all": ["firm", "graft"], "held": "negated"},
    {"concept": "normal-neurology", "all": ["power", "~weak"], "gap": 8},
    {"concept": "foot-drop", "all": ["move", "leg"], "held": "negated"},
]
_CONCEPTS = {
    "leg-pain": "symptom",
    "sensory-loss": "symptom",
    "saddle-numbness": "symptom",
    "leg-weakness": "symptom",
    "fever": "symptom",
    "foot-drop": "symptom",
    "block-positive": "result",
    "normal-neurology": "result",
    "implant-loose": "finding",
    "implant-broken": "finding",
    "solid-fusion": "finding",
    "nonunion": "finding",
}
_GROUPS = {"fault": ["broken"]}
_ASKED = {
    "body": ["saddle"],
    "claims": ["pain", "numb", "weak", "loose", "broken"],
    "sound": ["firm"],
    "nouns": ["pain", "leg", "back", "screw"],
    "pairs": [],
    "signs": [],
    "surgical": [],
    "everyday": [],
    "looking-back": [],
    "states": [],
}


def raw(**more: Any) -> dict[str, Any]:
    """The tables of the tiny language; ``more`` replaces whole tables of it, and adds to its atoms."""
    atoms = {name: {"axis": axis, "words": words} for name, (axis, words) in _ATOMS.items()}
    atoms["temp"] = {"axis": "head", "words": ["temperature"]}
    tables: dict[str, Any] = {
        "atom": atoms | more.pop("atom", {}),
        "frame": _FRAMES,
        "number": [
            {"class": "mrc-full", "form": "of 5", "from": 5},
            {"class": "mrc-low", "form": "of 5", "to": 4.99},
            {"class": "high", "form": "decimal", "from": 38, "to": 43, "near": ["temp", "fever"]},
        ],
        "concept": {name: {"is": kind, "kinds": ["report", "note", "condition"]} for name, kind in _CONCEPTS.items()},
        # Whatever groups the reader asks for, there is one; those of the tiny language hold its own classes.
        "group": {name: [] for name in shipped().language["group"]} | _ASKED | _GROUPS,
        "implies": {"saddle-numbness": ["sensory-loss"]},
        "drops": {"nonunion": ["solid-fusion"]},
        "passing": {"words": ["the", "a"]},
        "filler": {"words": ["the", "a", "in", "of", "is", "has", "his"]},
        "irregular": {"break": ["broke"]},
        "short": {"wkn": "weakness"},
        "rewrite": {"cannot": ["is unable to"]},
        "scoring": {"emergencies": ["saddle-numbness"]},
        "titles": {"elsewhere": ["chest"], "spinal": ["lumbar"]},
    }
    return tables | more


def language(**more: Any) -> Language:
    return compile_language(raw(**more))


TINY = language()


def said(text: str, kind: str = "note", known: Language = TINY) -> frozenset[str]:
    """What the tiny language makes of a text: bare said, ``-`` denied, ``?`` doubted."""
    return frozenset(labels(read_alone(text, kind, known).statements, known, kind))
