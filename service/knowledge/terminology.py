"""Codes to concepts, places, sides and titles: ValueSets and ConceptMaps in, one index for all codings out."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

from service.domain import spine
from service.domain.places import NOWHERE, Place, Side
from service.knowledge.code_systems import CM, LONGEST, PCS, PREFIXED, is_any_icd10, system_of
from service.knowledge.messages import RuleError, wrong

Local = Mapping[tuple[str, str], str]
"""A site's own (system, code) to a concept."""

_EXT = "-snomed-ext"
_FAMILY = re.compile(r"([A-Z0-9]+)\.\*")
_NOT_A_CODE = re.compile(r"[^0-9A-Z]")
_LONGEST_CODE = 40

_V = TypeVar("_V")
_VERTEBRAE = frozenset(spine.VERTEBRAE)
_SEGMENTS = frozenset(spine.SEGMENTS)
_ENDS = {segment: frozenset(segment.split("-")) for segment in spine.SEGMENTS}


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept that a code stands for, with the place and side that the code itself names."""

    concept: str
    place: Place = NOWHERE
    side: Side = Side.UNKNOWN


@dataclass(frozen=True, slots=True)
class _ValueSet:
    concept: str
    refused_families: tuple[tuple[str, str], ...] = ()
    refused_shapes: tuple[tuple[str, re.Pattern[str]], ...] = ()

    def refuses(self, system: str, bare: str) -> bool:
        return any(system == s and bare.startswith(prefix) for s, prefix in self.refused_families) or any(
            system == s and shape.fullmatch(_dotted(bare)) for s, shape in self.refused_shapes
        )


class CodeIndex:
    """What a code says. Look-ups are a handful of dictionary reads, whatever the number of value sets."""

    def __init__(self, sets: Iterable[Mapping[str, Any]], maps: Iterable[Mapping[str, Any]], local: Local) -> None:
        self._exact: dict[tuple[str, str], list[_ValueSet]] = {}
        self._family: dict[tuple[str, str], list[_ValueSet]] = {}
        self._places: dict[tuple[str, str], str] = {}
        self._sides: dict[tuple[str, str], Side] = {}
        self._titles: dict[tuple[str, str], str] = {}
        for resource in sets:
            self._take_set(resource)
        for resource in maps:
            self._take_map(resource)
        for (system, code), concept in local.items():
            self._exact.setdefault(_key(system, code), []).append(_ValueSet(concept))
        self._systems = frozenset(system for system, _ in (*self._exact, *self._family))
        self.concepts = frozenset(s.concept for table in (self._exact, self._family) for v in table.values() for s in v)
        self._known = lru_cache(maxsize=16_384)(self._look_up)
        self._place_names = lru_cache(maxsize=16_384)(partial(self._nearest, self._places))
        self._side_names = lru_cache(maxsize=16_384)(partial(self._nearest, self._sides))

    def hits(self, system: str | None, code: str | None) -> tuple[Hit, ...]:
        """Every concept the code stands for: by itself and, for ICD codes, by the families it belongs to."""
        return self._known(system, code) if system and code and _is_code(system, code) else ()

    def place(self, system: str | None, code: str | None) -> Place:
        """Where the code says something is; a lone vertebra is only a region."""
        return self.place_of_codes(((system, code),))

    def place_of_codes(self, codes: Iterable[tuple[str | None, str | None]]) -> Place:
        """Where several codes of one thing say it is: neighbouring vertebrae name the disc between them."""
        named = {name for pair in codes if _is_code(*pair) and (name := self._place_names(*pair))}
        if not named:
            return NOWHERE
        vertebrae = named & _VERTEBRAE
        segments = named & _SEGMENTS | {segment for segment, ends in _ENDS.items() if ends <= vertebrae}
        regions = sorted({_region_of(name) for name in named - _SEGMENTS})
        return spine.join((Place(segments=tuple(segments)), *(Place(region=region) for region in regions)))

    def side(self, system: str | None, code: str | None) -> Side:
        return (self._side_names(system, code) if _is_code(system, code) else None) or Side.UNKNOWN

    def title(self, system: str | None, code: str | None) -> str:
        """What a paper, a section or an order is called whose code came without words; "" where that is not known."""
        return self._titles.get(_key(system or "", code or ""), "") if _is_code(system, code) else ""

    def knows(self, system: str | None) -> bool:
        """Whether any code of this system stands for a concept."""
        return bool(system and len(system) <= LONGEST) and system_of(system or "") in self._systems

    def _look_up(self, system: str, code: str) -> tuple[Hit, ...]:
        family, bare = _key(system, code)
        found = self._sets(family, bare)
        if not found and is_any_icd10(system):
            for family in (CM, PCS):
                if found := self._sets(family, bare):
                    system = family
                    break
        if not found:
            return ()
        place, side = self.place(system, code), self.side(system, code)
        return tuple(Hit(concept, place, side) for concept in dict.fromkeys(s.concept for s in found))

    def _sets(self, family: str, bare: str) -> list[_ValueSet]:
        found = [s for s in self._exact.get((family, bare), ()) if not s.refuses(family, bare)]
        if family in PREFIXED:
            for length in range(1, len(bare) + 1):
                found += [s for s in self._family.get((family, bare[:length]), ()) if not s.refuses(family, bare)]
        return found

    def _nearest(self, table: Mapping[tuple[str, str], _V], system: str, code: str) -> _V | None:
        family, bare = _key(system, code)
        shortest = 3 if family in PREFIXED else len(bare)
        for length in range(len(bare), shortest - 1, -1):
            if (value := table.get((family, bare[:length]))) is not None:
                return value
        return None

    def _take_set(self, resource: Mapping[str, Any]) -> None:
        compose = resource.get("compose") or {}
        concept = str(resource["url"]).rsplit("/", 1)[-1].removesuffix(_EXT)
        families: list[tuple[str, str]] = []
        shapes: list[tuple[str, re.Pattern[str]]] = []
        for part in compose.get("exclude", ()):
            families += [_key(part["system"], c["code"]) for c in part.get("concept", ())]
            for rule in part.get("filter", ()):
                if rule["op"] == "regex":
                    shapes.append((system_of(part["system"]), re.compile(rule["value"])))
                else:
                    families.append(_key(part["system"], rule["value"]))
        value_set = _ValueSet(concept, tuple(families), tuple(shapes))
        for part in compose.get("include", ()):
            for coded in part.get("concept", ()):
                self._exact.setdefault(_key(part["system"], coded["code"]), []).append(value_set)
            for rule in part.get("filter", ()):
                self._family.setdefault(_key(part["system"], _family(rule)), []).append(value_set)

    def _take_map(self, resource: Mapping[str, Any]) -> None:
        for group in resource.get("group", ()):
            kind = _kind_of(group)
            for element in group["element"]:
                said, key = element["target"][0]["code"], _key(group["source"], element["code"])
                if kind == "side":
                    self._sides[key] = Side(said)
                else:
                    (self._titles if kind == "title" else self._places)[key] = said


def load(directories: Iterable[Path], local: Local | None = None) -> CodeIndex:
    """Read the ValueSets and ConceptMaps of the directories; of two with one canonical URL the later one stands."""
    by_url: dict[str, Mapping[str, Any]] = {}
    for directory in directories:
        for path in sorted(directory.glob("*.json")):
            resource = _read(path)
            if resource.get("resourceType") in {"ValueSet", "ConceptMap"}:
                by_url[str(resource["url"])] = resource
    return CodeIndex(
        (r for r in by_url.values() if r["resourceType"] == "ValueSet"),
        (r for r in by_url.values() if r["resourceType"] == "ConceptMap"),
        local or {},
    )


def digest(directories: Iterable[Path]) -> bytes:
    """What tells one collection of value sets from another: a name and a hash of every file."""
    found = hashlib.sha256()
    for directory in directories:
        for path in sorted(directory.glob("*.json")):
            found.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.digest()


def _read(path: Path) -> Mapping[str, Any]:
    try:
        resource = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RuleError([wrong(path.name, "the file", f"is not JSON ({error})")]) from None
    if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
        raise RuleError([wrong(path.name, "the file", "is not a FHIR resource")])
    if violations := _violations(path.name, resource):
        raise RuleError(violations)
    return resource


def _violations(file: str, resource: Mapping[str, Any]) -> list[str]:
    kind = resource["resourceType"]
    if kind not in {"ValueSet", "ConceptMap"}:
        return []
    if not resource.get("url"):
        return [wrong(file, "url", "is needed: value sets are told apart by it")]
    if kind == "ConceptMap":
        return _violations_of_map(file, resource)
    found: list[str] = []
    compose = resource.get("compose") or {}
    for side in ("include", "exclude"):
        for part in compose.get(side, ()):
            if not part.get("system"):
                found.append(wrong(file, f"compose.{side}", "names no system; a value set of value sets is not read"))
            if part.get("concept") and part.get("filter"):
                found.append(wrong(file, f"compose.{side}", "has both concept and filter; give each its own entry"))
            if len(part.get("filter", ())) > 1:
                found.append(wrong(file, f"compose.{side}.filter", "holds several filters; give each its own entry"))
            found += [
                wrong(file, f"compose.{side}.filter", f"'{rule.get('op')} {rule.get('value')}' is not one that is read")
                for rule in part.get("filter", ())
                if not _readable(rule, including=side == "include")
            ]
    return found


def _violations_of_map(file: str, resource: Mapping[str, Any]) -> list[str]:
    allowed = {"place": {*spine.SEGMENTS, *spine.VERTEBRAE, *spine.REGIONS}, "side": {"left", "right", "bilateral"}}
    found: list[str] = []
    for group in resource.get("group", ()):
        known = allowed.get(_kind_of(group))
        found += [
            wrong(file, f"element {element.get('code')}", "has a target that is no place or side of ours")
            for element in group.get("element", ())
            if not element.get("target") or not _is_target(element["target"][0].get("code"), known)
        ]
    return found


def _is_target(said: object, known: set[str] | None) -> bool:
    return isinstance(said, str) and bool(said) and (known is None or said in known)


def _kind_of(group: Mapping[str, Any]) -> str:
    """What a map says of codes: their side, their title, or their place."""
    last = str(group.get("target")).rpartition("/")[2]
    return last if last in {"side", "title"} else "place"


def _readable(rule: Mapping[str, Any], *, including: bool) -> bool:
    if not isinstance(rule.get("value"), str):
        return False
    if rule.get("op") == "is-a":
        return True
    return rule.get("op") == "regex" and (not including or _FAMILY.fullmatch(rule["value"]) is not None)


def _family(rule: Mapping[str, Any]) -> str:
    """The beginning that all codes of a filter share: ``is-a M54.5`` and ``regex 0SG0.*`` are both families."""
    shape = _FAMILY.fullmatch(rule["value"]) if rule["op"] == "regex" else None
    return shape[1] if shape else str(rule["value"])


def _is_code(system: str | None, code: str | None) -> bool:
    """Whether it can be one at all: what is longer is never looked up, and never kept."""
    return bool(system and code) and len(code or "") <= _LONGEST_CODE and len(system or "") <= LONGEST


def _region_of(name: str) -> str:
    if name not in _VERTEBRAE:
        return name
    return {"T": "thoracic", "L": "lumbar", "S": "sacral"}[name[0]]


def _key(system: str, code: str) -> tuple[str, str]:
    """System and code as they are compared: ICD codes without dot and in capitals, others as they stand."""
    family = system_of(system)
    return family, _NOT_A_CODE.sub("", code.upper()) if family in PREFIXED else code.strip()


def _dotted(bare: str) -> str:
    return f"{bare[:3]}.{bare[3:]}" if len(bare) > 3 else bare
