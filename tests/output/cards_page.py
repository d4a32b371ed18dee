"""`python -m tests.output.cards_page`: every card of the test patients on one page, as an EHR shows it, with counts."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from service import pipeline
from tests.output import card_counts, met_cards

PAGE = Path("build/cards.html")
STYLE = (
    "body{font:15px/1.35 sans-serif;max-width:1180px;margin:1em auto;background:#f4f4f4}"
    "h2{font-size:15px;margin:1.2em 0 .3em}"
    "main{columns:2}section{break-inside:avoid}article{background:#fff;border-left:6px solid #2a7;padding:.5em .8em;"
    "margin:.4em 0}.warning{border-color:#e90}.critical{border-color:#c00}p,ul{margin:.3em 0}ul{padding-left:1.2em}"
    "button{margin:.2em .3em 0 0}small{color:#666}"
)


def shown(card: Mapping[str, Any]) -> str:
    """One card as HTML; the detail is plain markdown of bullets."""
    lines = [
        html.unescape(re.sub(r"\\(.)", r"\1", line)).removeprefix("- ") for line in card.get("detail", "").splitlines()
    ]
    bold = [re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(line)) for line in lines]
    buttons = "".join(f"<button>{html.escape(s['label'])}</button>" for s in card.get("suggestions", ()))
    listed = "".join(f"<li>{line}</li>" for line in bold)
    return (
        f'<article class="{card["indicator"]}"><p><b>{html.escape(card["summary"])}</b></p><ul>{listed}</ul>'
        f"{buttons}<p><small>{html.escape(card['source']['label'])}</small></p></article>"
    )


def main() -> int:
    service = pipeline.start()
    told = list(met_cards.of_tests(service))
    counted = card_counts.table({"tests": told, "demo": list(met_cards.of_demo(service))}, service.knowledge)
    body = "".join(
        f"<section><h2>{name}</h2>{''.join(shown(each.card) for each in held)}</section>"
        for name, held in groupby(told, key=lambda each: each.of)
    )
    PAGE.parent.mkdir(exist_ok=True)
    head = f'<!doctype html><meta charset="utf-8"><title>Cards</title><style>{STYLE}</style>'
    PAGE.write_text(f"{head}<pre>{html.escape(counted)}</pre><main>{body}</main>", encoding="utf-8")
    print(counted)
    print(PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
