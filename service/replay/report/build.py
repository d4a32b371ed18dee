"""report.html from the figures of a run."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from service.replay.report import after, sections
from service.replay.report.page import page, says

TITLE = "What would these cards have said?"
_LINKS = (("seen", "Whom it would have spoken to"), ("burden", "How much of it, where and when"),
          ("rules", "Which cards"), ("savings", "What would spare readers"), ("observed", "What happened afterwards"),
          ("misses", "Emergencies, and what had been said before"), ("unread", "What could not be read"),
          ("certainty", "How sure the past is"),
          ("limits", "What this cannot show, and what would be needed"))  # fmt: skip


def report(figures: Mapping[str, Any], run: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """The whole report. ``run`` says what was read and how, ``titles`` what each rule is called."""
    told = figures["totals"]
    links = "".join(f'<li><a href="#{ident}">{escape(title)}</a></li>' for ident, title in _LINKS)
    head = (
        f"<h1>{TITLE}</h1>"
        f'<p class="lead">The rules of Backstory, held against this hospital\'s own past: '
        f"openings from {_day(told['first'])} to {_day(told['last'])}. Made on {_day(run['made'])}.</p>"
        f'<p class="draft">Draft: the rules are compiled from literature and not approved by a clinician '
        f"(rule set {escape(run['rules'])}). Counts below 11 are not shown, nor what would give them away.</p>"
    )
    if not told["openings"]:
        return page(TITLE, head + says("No chart was opened in this period: there is nothing to report.")
                    + after.unread(figures, run))  # fmt: skip
    body = (
        sections.short(figures, run), f"<nav><ol>{links}</ol></nav>", sections.seen(figures), sections.burden(figures),
        sections.rules(figures, titles, strict=run["strict"]), sections.savings(figures, titles),
        after.observed(figures, titles), after.emergencies(figures),
        after.unread(figures, run), after.certainty(figures), after.limits(),
        says(f"Made with: openings at {run['at']}; {'strict reading only' if run['strict'] else 'both readings'}; "
             f"time zone {run['zone']}; {run['evaluations']:,} evaluations of {run['patients']:,} charts."),
    )  # fmt: skip
    return page(TITLE, head + "".join(body))


def _day(moment: Any) -> str:
    return str(moment)[:10] if moment is not None else "–"
