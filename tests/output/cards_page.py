"""`python -m tests.output.cards_page`: every card of the test patients on one page, as an EHR shows it, with counts."""

from __future__ import annotations

import html
import re
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

from service import pipeline
from tests.patients import build

PAGE = Path("build/cards.html")
STYLE = (
    "body{font:15px/1.35 sans-serif;max-width:1180px;margin:1em auto;background:#f4f4f4}"
    "h2{font-size:15px;margin:1.2em 0 .3em}"
    "main{columns:2}section{break-inside:avoid}article{background:#fff;border-left:6px solid #2a7;padding:.5em .8em;"
    "margin:.4em 0}.warning{border-color:#e90}.critical{border-color:#c00}p,ul{margin:.3em 0}ul{padding-left:1.2em}"
    "button{margin:.2em .3em 0 0}small{color:#666}"
)


def cards() -> Iterable[tuple[str, list[dict[str, Any]]]]:
    """Each patient with the cards of one opening."""
    service = pipeline.start()
    for name in build.names():
        patient = build.load(name)
        own = pipeline.writing(service)
        yield name, pipeline.explain(build.bundle(patient), patient.as_of, service, "", own)["cards"]


def shown(card: dict[str, Any]) -> str:
    """One card as HTML; the detail is plain markdown of bullets."""
    lines = [html.unescape(re.sub(r"\\(.)", r"\1", line)).removeprefix("- ") for line in detail(card).splitlines()]
    bold = [re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(line)) for line in lines]
    buttons = "".join(f"<button>{html.escape(s['label'])}</button>" for s in card.get("suggestions", ()))
    listed = "".join(f"<li>{line}</li>" for line in bold)
    return (
        f'<article class="{card["indicator"]}"><p><b>{html.escape(card["summary"])}</b></p><ul>{listed}</ul>'
        f"{buttons}<p><small>{html.escape(card['source']['label'])}</small></p></article>"
    )


def detail(card: dict[str, Any]) -> str:
    return str(card.get("detail", ""))


def counts(told: Iterable[dict[str, Any]]) -> str:
    """Words, lines of eighty columns, quotes and buttons of all cards."""
    every = list(told)
    words = [len(detail(card).split()) for card in every]
    lines = [sum(len(textwrap.wrap(line, 80)) for line in detail(card).splitlines() if line) for card in every]
    grave = [card for card in every if card["indicator"] != "info"]
    bare = sum(not orders(card) for card in grave)
    quotes = sum(detail(card).count("“") for card in every)
    return (
        f"{len(every)} cards; words: median {median(words)}, most {max(words)}; lines: median {median(lines)}, "
        f"most {max(lines)}; quotes {quotes}; orders {sum(orders(card) for card in every)}; "
        f"{bare} of {len(grave)} warning or critical cards without an order"
    )


def orders(card: dict[str, Any]) -> int:
    actions = (action for suggestion in card.get("suggestions", ()) for action in suggestion["actions"])
    return sum(action["resource"]["resourceType"] == "ServiceRequest" for action in actions)


def main() -> int:
    told = list(cards())
    summed = counts(card for _, held in told for card in held)
    body = "".join(f"<section><h2>{name}</h2>{''.join(map(shown, held))}</section>" for name, held in told if held)
    PAGE.parent.mkdir(exist_ok=True)
    head = f'<!doctype html><meta charset="utf-8"><title>Cards</title><style>{STYLE}</style>'
    PAGE.write_text(f"{head}<p>{summed}</p><main>{body}</main>", encoding="utf-8")
    print(f"{PAGE}: {summed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
