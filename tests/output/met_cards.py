"""A card as somebody meets it: the JSON of a card and the answer it came with in; its lines, words and buttons out."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from service import pipeline
from service.output.cards import ask_patient, known, lines, quotes, step_names
from tests.demo.__main__ import SCENES
from tests.patients import background, build

_RULE_TEXT = re.compile(
    r"rule set \d\S*|Rule \S+|Sources?:.*|Chart entries.*|recalled|no source|\[[A-Z]\d+\]|LOINC \S+|https?://\S+|"
    r"\b(?:rf|exam)-\w+|\b[A-Z][A-Za-z]+/[\w.-]*\d"
)
"""What only machines and reviewers need: rule ids and versions, citations, codes, ids of resources, addresses."""
_LISTS = ("With it: ", "Also fits: ", "Then: ", "And ")
_ASKS = re.compile(r"\. Ask: |: ask ")
_MORE = re.compile(r"\d more")

Answer = Mapping[str, Any]
"""The JSON of /explain."""


class Met(NamedTuple):
    """``of``: whose card it is."""

    card: Mapping[str, Any]
    answer: Mapping[str, Any]
    of: str = ""

    @property
    def topic(self) -> str:
        return str(self.card["source"]["topic"]["code"])

    @property
    def grave(self) -> bool:
        return bool(self.card["indicator"] != "info")

    @property
    def lines(self) -> list[str]:
        """The bullets of the detail, without markup."""
        told = str(self.card.get("detail", "")).splitlines()
        return [html.unescape(re.sub(r"\\(.)|\*\*", r"\1", line.removeprefix("- "))) for line in told if line]

    @property
    def words(self) -> int:
        return sum(len(line.split()) for line in self.lines)

    @property
    def height(self) -> int:
        """How many lines of eighty columns the bullets take."""
        return sum(len(textwrap.wrap(line, lines.WIDTH - 2)) for line in self.lines)

    @property
    def orders(self) -> list[list[str]]:
        """The buttons that do something about the patient, each with what it orders: those that hide the card or ask
        the patient are left out."""
        buttons = (s for s in self.card.get("suggestions", ()) if s["label"] not in (known.LABEL, ask_patient.LABEL))
        return [[_named(action["resource"]) for action in each["actions"]] for each in buttons]

    @property
    def rule_words(self) -> int:
        """The words of sources, ids and notes of the rules."""
        general = {quotes.tidy(note) for cause in self.answer["causes"] for note in cause["notes"]}
        return sum(
            len(line.split()) if quotes.tidy(line) in general else len(" ".join(_RULE_TEXT.findall(line)).split())
            for line in self.lines
        )

    @property
    def names_an_action(self) -> bool:
        """Whether the summary alone says what to do: one of the next steps, what to ask, or whom."""
        said = self.card["summary"].lower()
        return bool(_ASKS.search(said)) or any(_short(step) in said for step in self.answer["nextSteps"])

    @property
    def breaks_off(self) -> bool:
        return any(line.startswith(_LISTS) and line.endswith("…") for line in self.lines)

    @property
    def halves_the_labs(self) -> bool:
        """Whether a button orders CRP without ESR, or the other way round."""
        return any(("1988-5" in codes) != ("4537-7" in codes) for codes in self.orders)

    @property
    def unnamed_steps(self) -> list[str]:
        """The steps wanted for this card that neither a card of the answer nor a button names, by its longest word, nor
        this one counts."""
        told = [text for card in self.answer["cards"] for text in (card["summary"], *Met(card, self.answer).lines)]
        told += [each["label"] for card in self.answer["cards"] for each in card.get("suggestions", ())]
        said = " ".join(told).lower()
        wanted = [step for step in self.answer["nextSteps"] if self.topic in step["for"]]
        left = [step["id"] for step in wanted if max(_short(step).split(), key=len) not in said]
        return [] if _MORE.search(" ".join(self.lines)) else left


def unnamed_causes(answer: Mapping[str, Any]) -> list[str]:
    """The causes of an answer that no card of it names or counts."""
    shown = [Met(card, answer) for card in answer["cards"]]
    said = " ".join(line for each in shown for line in each.lines).lower()
    if _MORE.search(said) or any(each.topic == "orientation" for each in shown):
        return []
    topics = {each.topic for each in shown}
    return [c["title"] for c in answer["causes"] if c["id"] not in topics and c["title"].lower() not in said]


def _short(step: Mapping[str, Any]) -> str:
    return step_names.SHORT.get(step["id"], step["title"]).lower()


def _named(resource: Mapping[str, Any]) -> str:
    codings = resource.get("code", {}).get("coding", ())
    return str(codings[0]["code"] if codings else resource.get("code", {}).get("text", ""))


def of_tests(service: pipeline.Service) -> Iterator[Met]:
    """The cards of the invented patients of tests/patients."""
    for name in build.names():
        patient = build.load(name)
        yield from _of(name, build.bundle(patient), patient.as_of, service)


def of_demo(service: pipeline.Service) -> Iterator[Met]:
    """The cards of the demo: a few of them, each inside an ordinary chart."""
    for scene in SCENES:
        patient = build.load(scene.patient)
        around = background.background(scene.around, patient.name, patient.as_of)
        yield from _of(patient.name, build.bundle(patient, more=around), patient.as_of, service)


def of_folder(folder: Path, service: pipeline.Service) -> Iterator[Met]:
    """The cards of a folder of JSON files, each with a ``bundle`` and the day ``asOf``; other files are passed over."""
    for path in sorted(folder.glob("*.json")):
        told = orjson.loads(path.read_bytes())
        if isinstance(told, dict) and {"bundle", "asOf"} <= told.keys():
            yield from _of(path.stem, told["bundle"], date.fromisoformat(told["asOf"]), service)


def _of(name: str, bundle: dict[str, Any], as_of: date, service: pipeline.Service) -> Iterable[Met]:
    answer = pipeline.explain(bundle, as_of, service, "", pipeline.writing(service))
    return [Met(card, answer, name) for card in answer["cards"]]
