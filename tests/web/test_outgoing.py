"""What a chart says can be no link on a card and can steer no terminal, whatever stands in it."""

from __future__ import annotations

import re

import pytest

from service.web import outgoing
from tests.web.calls import VIEW, call

# What GitHub's markdown makes links of without any markup (cmark-gfm, extension autolink): a name of a protocol before
# "://", "www." before a domain, and whatever looks like a mail address.
AUTOLINK = re.compile(r"(?i)(https?|ftp)://|www\.[a-z0-9_-]|[a-z0-9.+_-]@[a-z0-9_-]|(mailto|xmpp):")
SENT = (
    "1http://evil.example", "é http://evil.example", "_www.evil.example", "a@b.example", "HTTPS://evil.example/x",
    "(www.evil.example)", "mailto:a@b.example", "xmpp:a@b.example", "ftp://evil.example", "xhttp://a.b@c.example",
)  # fmt: skip
STEERING = ("\u202e", "\u2066", "\x1b", "\x00", "\x9b", "\u200f", "\x7f")


@pytest.mark.parametrize("sent", SENT)
def test_no_viewer_makes_a_link_of_a_text(sent):
    assert AUTOLINK.search(sent)
    assert AUTOLINK.search(outgoing.text(sent)) is None
    assert sent == outgoing.text(sent).replace("\u200b", "")


@pytest.mark.parametrize("sign", STEERING)
def test_no_character_that_steers_passes(sign):
    assert "left leg" == outgoing.text(f"left{sign} leg{sign}")


def test_other_texts_stay_as_they_are():
    told = "- Recurrent herniation L4-L5, 9 Nov 2026.\n- “Pain 7/10”: ratio 1:2, é, 腰痛 & more…"

    assert told == outgoing.text(told)


@pytest.mark.parametrize("sent", [*SENT, *(f"see{sign} me" for sign in STEERING)])
@pytest.mark.parametrize("path", [VIEW, "/explain"])
def test_a_chart_full_of_addresses_gives_cards_without_links(sent, path, client):
    made = call("recurrent-herniation-classic")
    for answer in made["prefetch"].values():
        for entry in answer.get("entry", ()):
            code = entry["resource"].get("code", {})
            for place in (code, *code.get("coding", ())):
                for name in ("text", "display"):
                    if name in place:
                        place[name] = f"{place[name]} {sent}"
            for note in entry["resource"].get("note", ()):
                note["text"] = f"{note['text']} {sent}"
    cards = client.post(path, json=made).json()["cards"]
    told = "\n".join(text for card in cards for text in _texts(card))

    assert cards
    assert AUTOLINK.search(told) is None
    assert [] == [sign for sign in STEERING if sign in told]


def _texts(card):
    yield from (card["summary"], card.get("detail", ""))
    yield from (each["label"] for each in card.get("suggestions", ()))


@pytest.mark.parametrize("sign", STEERING)
def test_no_character_that_steers_passes_anywhere_in_the_whole_reasoning(sign, client):
    made = call("recurrent-herniation-classic")
    for answer in made["prefetch"].values():
        for entry in answer.get("entry", ()):
            entry["resource"]["note"] = [
                {"text": f"Left leg pain{sign} since May.{sign} Wobble of the left{sign} zyx."}
            ]
            entry["resource"].get("code", {}).update(text=f"{entry['resource'].get('code', {}).get('text')}{sign}")
    told = client.post("/explain", json=made).json()

    assert told["caseSheet"]
    assert [] == [text for text in _strings(told) if sign in text]


def test_the_end_of_a_line_and_numbers_stay_in_the_whole_reasoning():
    told = {"a": ["one\ntwo\t", 1.5, None, True], "b": {"c": "left\u202e leg"}}

    assert {"a": ["one\ntwo\t", 1.5, None, True], "b": {"c": "left leg"}} == outgoing.unsteered(told)


def _strings(told):
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from _strings(each)
