"""Checks on cards, suggestions, actions and links (CA, SO, SU, AC, OR, LI, SA, EX, DT)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from service.hook_tester.exchanges import Seen
from service.hook_tester.sample_patient import PATIENT

Check = Callable[[Seen], Iterable[str]]

_CARD = frozenset({"uuid", "summary", "detail", "indicator", "source", "suggestions", "selectionBehavior",
                   "overrideReasons", "links", "extension"})  # fmt: skip
_LONGEST_SUMMARY = 139
_HTML = re.compile(r"<\s*[a-zA-Z/!]")
_REFERENCE = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z0-9.\-]{1,64}")
_BEHAVIOURS = ("at-most-one", "any")


class NotSeen(Exception):
    """There was nothing that this requirement could be held against."""


def _each(
    things: Callable[[Seen], list[dict[str, Any]]], none: str
) -> Callable[[Callable[[Any], Iterable[str]]], Check]:
    def of(test: Callable[[Any], Iterable[str]]) -> Check:
        def check(seen: Seen) -> Iterator[str]:
            held = things(seen)
            if not held:
                raise NotSeen(none)
            for each in held:
                yield from test(each)

        return check

    return of


_cards = _each(lambda seen: seen.cards, "no card was sent")
_suggestions = _each(lambda seen: seen.suggestions, "no suggestion was sent")
_links = _each(lambda seen: [link for card in seen.cards for link in card.get("links") or ()], "no link was sent")
_codings = _each(
    lambda seen: [c for card in seen.cards for c in (*(card.get("overrideReasons") or ()), _topic(card)) if c],
    "no coding was sent",
)


def _topic(card: Any) -> Any:
    source = card.get("source")
    return source.get("topic") if isinstance(source, dict) else None


def _actions(kind: str) -> Callable[[Callable[[Any], Iterable[str]]], Check]:
    return _each(lambda seen: [a for a in seen.actions if a.get("type") == kind], f"no {kind} was suggested")


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _url(value: Any) -> bool:
    return isinstance(value, str) and urlsplit(value).scheme in ("https", "http") and bool(urlsplit(value).netloc)


def _uuid(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(uuid.UUID(value))
    except ValueError:
        return False


def _ca_00(seen: Seen) -> Iterator[str]:
    if not seen.cards:
        yield "no card was sent, so the rows on cards prove nothing"


def _ca_01(card: Any) -> Iterator[str]:
    if not _text(card.get("summary")) or len(card["summary"]) > _LONGEST_SUMMARY:
        yield "summary is missing or too long"


def _ca_02(card: Any) -> Iterator[str]:
    if card.get("indicator") not in ("info", "warning", "critical"):
        yield f"indicator {card.get('indicator')}"


def _ca_03(card: Any) -> Iterator[str]:
    if not isinstance(card.get("source"), dict):
        yield "no source"


def _ca_04(seen: Seen) -> Iterator[str]:
    if not seen.cards:
        raise NotSeen("no card was sent")
    ids = [card.get("uuid") for card in seen.cards]
    if not all(map(_uuid, ids)) or len(set(ids)) != len(ids):
        yield "a card's uuid is missing, no UUID, or used twice"


def _ca_05(card: Any) -> Iterator[str]:
    if "detail" in card and (not _text(card["detail"]) or _HTML.search(card["detail"])):
        yield "detail is no text, or holds HTML"


def _ca_06(card: Any) -> Iterator[str]:
    if "suggestions" in card and "selectionBehavior" not in card:
        yield "suggestions without selectionBehavior"


def _ca_07(card: Any) -> Iterator[str]:
    if "selectionBehavior" in card and card["selectionBehavior"] not in _BEHAVIOURS:
        yield f"selectionBehavior {card['selectionBehavior']}"


def _ca_09(card: Any) -> Iterator[str]:
    if unknown := set(card) - _CARD:
        yield ", ".join(sorted(unknown))


def _ca_10(card: Any) -> Iterator[str]:
    for name in ("summary", "detail"):
        said = str(card.get(name, ""))
        if _HTML.search(said) or "](http" in said:
            yield f"markup from the chart in {name}"


def _so_01(card: Any) -> Iterator[str]:
    if not isinstance(card.get("source"), dict) or not _text(card["source"].get("label")):
        yield "no source.label"


def _so_02(card: Any) -> Iterator[str]:
    source = card.get("source") or {}
    for name in ("url", "icon"):
        if name in source and not _url(source[name]):
            yield f"source.{name} is no absolute URL"


def _so_04(card: Any) -> Iterator[str]:
    if (topic := _topic(card)) is not None:
        yield from (f"source.topic: {breach}" for breach in _coding(topic))


def _su_01(suggestion: Any) -> Iterator[str]:
    if not _text(suggestion.get("label")):
        yield "a suggestion without label"


def _su_02(seen: Seen) -> Iterator[str]:
    if not seen.suggestions:
        raise NotSeen("no suggestion was sent")
    ids = [each.get("uuid") for each in seen.suggestions]
    if not all(map(_uuid, ids)) or len(set(ids)) != len(ids):
        yield "a suggestion's uuid is missing or used twice"


def _su_03(card: Any) -> Iterator[str]:
    held = card.get("suggestions") or ()
    if any("isRecommended" in s and not isinstance(s["isRecommended"], bool) for s in held):
        yield "isRecommended is no boolean"
    if sum(bool(s.get("isRecommended")) for s in held) > 1 and card.get("selectionBehavior") != "any":
        yield "several recommended suggestions"


def _su_05(suggestion: Any) -> Iterator[str]:
    if "actionSelectionBehavior" in suggestion:
        yield "actionSelectionBehavior is used"


def _ac_01(seen: Seen) -> Iterator[str]:
    if not seen.actions:
        raise NotSeen("no action was suggested")
    yield from (f"type {a.get('type')}" for a in seen.actions if a.get("type") not in ("create", "update", "delete"))


def _ac_02(seen: Seen) -> Iterator[str]:
    if not seen.actions:
        raise NotSeen("no action was suggested")
    yield from ("an action without description" for a in seen.actions if not _text(a.get("description")))


def _resource(action: Any) -> Iterator[str]:
    resource = action.get("resource")
    if not isinstance(resource, dict) or not _text(resource.get("resourceType")):
        yield "resource is no FHIR resource"


def _ac_04(action: Any) -> Iterator[str]:
    yield from _resource(action)
    if isinstance(action.get("resource"), dict) and not _text(action["resource"].get("id")):
        yield "an update without the id of the resource"


def _ac_05(action: Any) -> Iterator[str]:
    if not isinstance(action.get("resourceId"), str) or not _REFERENCE.fullmatch(action["resourceId"]):
        yield "delete without a relative resourceId"


def _ac_06(action: Any) -> Iterator[str]:
    resource = action.get("resource") or {}
    if resource.get("resourceType") == "ServiceRequest":
        if resource.get("status") != "draft" or resource.get("intent") not in ("proposal", "plan", "order"):
            yield "a created order is no draft"
        if (resource.get("subject") or {}).get("reference") != f"Patient/{PATIENT}":
            yield "a created order is for somebody else"


def _li_01(link: Any) -> Iterator[str]:
    if not _text(link.get("label")) or not _url(link.get("url")) or link.get("type") not in ("absolute", "smart"):
        yield "a link lacks label, url or type"


def _li_04(link: Any) -> Iterator[str]:
    if "appContext" in link and (link.get("type") != "smart" or not isinstance(link["appContext"], str)):
        yield "appContext on a link that is not smart"


def _li_05(link: Any) -> Iterator[str]:
    if "autolaunchable" in link and not isinstance(link["autolaunchable"], bool):
        yield "autolaunchable is no boolean"


def _sa_01(seen: Seen) -> Iterator[str]:
    for answer in seen.calls.values():
        held = answer.body.get("systemActions") if isinstance(answer.body, dict) else None
        if held is not None and (not isinstance(held, list) or not held):
            yield "systemActions is no list, or empty"


def _ex_01(seen: Seen) -> Iterator[str]:
    for answer in seen.calls.values():
        if answer.status == 200 and (unknown := set(answer.body or {}) - {"cards", "systemActions", "extension"}):
            yield ", ".join(sorted(unknown))


def _ex_02(card: Any) -> Iterator[str]:
    yield from (f"extension key {key}" for key in card.get("extension") or {} if "." not in key)


def _coding(coding: Any) -> Iterator[str]:
    if not isinstance(coding, dict) or not all(_text(coding.get(name)) for name in ("code", "system")):
        yield "a Coding without code or system"


def _or_01(card: Any) -> Iterator[str]:
    for reason in card.get("overrideReasons") or ():
        if not all(_text(reason.get(name)) for name in ("code", "system", "display")):
            yield "an override reason without code, system or display"


CHECKS: dict[str, Check] = {
    "CA-00": _ca_00,
    "CA-01": _cards(_ca_01),
    "CA-02": _cards(_ca_02),
    "CA-03": _cards(_ca_03),
    "CA-04": _ca_04,
    "CA-05": _cards(_ca_05),
    "CA-06": _cards(_ca_06),
    "CA-07": _cards(_ca_07),
    "CA-09": _cards(_ca_09),
    "CA-10": _cards(_ca_10),
    "SO-01": _cards(_so_01),
    "SO-02": _cards(_so_02),
    "SO-04": _cards(_so_04),
    "SU-01": _suggestions(_su_01),
    "SU-02": _su_02,
    "SU-03": _cards(_su_03),
    "SU-05": _suggestions(_su_05),
    "AC-01": _ac_01,
    "AC-02": _ac_02,
    "AC-03": _actions("create")(_resource),
    "AC-04": _actions("update")(_ac_04),
    "AC-05": _actions("delete")(_ac_05),
    "AC-06": _actions("create")(_ac_06),
    "OR-01": _cards(_or_01),
    "LI-01": _links(_li_01),
    "LI-04": _links(_li_04),
    "LI-05": _links(_li_05),
    "SA-01": _sa_01,
    "EX-01": _ex_01,
    "EX-02": _cards(_ex_02),
    "DT-01": _codings(_coding),
}
