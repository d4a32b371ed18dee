"""One evaluation as a report for people: cards as an EHR panel shows them; asked why, then the whole reasoning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from service.cli.terminal import plain

_STYLE = {"critical": "bold red", "warning": "yellow", "info": "cyan"}
PANEL_WIDTH = 88


class _Tight:
    """What it holds, without the blank lines that Markdown puts round a list."""

    def __init__(self, held: RenderableType) -> None:
        self.held = held

    def __rich_console__(self, to: Console, options: ConsoleOptions) -> RenderResult:
        for line in to.render_lines(self.held, options, pad=False):
            if "".join(segment.text for segment in line).strip():
                yield from (*line, Segment.line())


class _PlainConsole(Console):
    """A console on which only its own styles steer, and nothing that stands in a text."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(plain(segment.text), segment.style)


def console() -> Console:
    """As wide as the terminal; where there is none, wide enough for a card."""
    made = _PlainConsole()
    return made if made.is_terminal else _PlainConsole(width=PANEL_WIDTH + 4)


def show(name: str, answer: dict[str, Any], to: Console | None = None, *, why: bool = False) -> None:
    """Print one answer of /explain: its cards, or why there is none; with ``why`` the whole reasoning after them.

    Text from the chart is printed as it is, never as console markup.
    """
    out = to or console()
    out.rule(Text(f"{name} · as of {answer['asOf']}"), align="left")
    surgery = answer["indexSurgery"]
    if not surgery:
        out.print(Text("No lumbar spine surgery on record: nothing to say."))
    for panel in cards(answer["cards"]):
        out.print(panel)
    if not answer["cards"] and surgery:
        out.print(Text(f"No card: {answer['silent']}." if answer.get("silent") else "No card.", style="dim"))
    if why:
        for part in _reasoning(answer):
            out.print(part)
    elif answer["skipped"]:
        out.print(Text(f"Left out or not read: {len(answer['skipped'])}; --why names them.", style="dim"))


def _reasoning(answer: dict[str, Any]) -> Iterator[RenderableType]:
    surgery = answer["indexSurgery"]
    parts = (
        _block("Operation", [surgery["text"]]) if surgery else None,
        _alarms(answer),
        _causes(answer["causes"]),
        _steps(answer),
        _gaps(answer),
        _block("Not understood", [f"“{each['words']}” ({each['source']})" for each in answer["notUnderstood"]]),
        _block("Sources", [f"{ident}: {citation}" for ident, citation in answer["sources"].items()], style="dim"),
        _left_out(answer["skipped"]),
    )
    yield from (part for part in parts if part is not None)


def _alarms(answer: dict[str, Any]) -> RenderableType | None:
    lines = []
    for alarm in (*answer["redFlags"], *answer["bedsideWarnings"]):
        lines.append(f"{alarm['title']} ({alarm['indicator']}): {alarm['action']}")
        lines += [f"  + {reason['text']}{_at(reason)}" for reason in alarm["because"]]
    return _block("Red flags and bedside warnings", lines)


def _at(reason: dict[str, Any]) -> str:
    told = [*reason["evidence"], *reason["sources"]]
    return f" [{', '.join(told)}]" if told else ""


def cards(written: Iterable[dict[str, Any]]) -> Iterable[RenderableType]:
    """Each card as a panel: summary on top, detail, then the orders it suggests."""
    for card in written:
        style = _STYLE[card["indicator"]]
        # In the frame a long summary would be cut; an EHR shows all of it.
        body: list[RenderableType] = [Text(card["summary"], style=f"{style} bold")]
        if card.get("detail"):
            body.append(_Tight(Markdown(card["detail"])))
        body += [Text(f"▸ {suggestion['label']}", style="green") for suggestion in card.get("suggestions", ())]
        source = card["source"]
        yield Panel(
            Group(*body),
            title=Text(f" {card['indicator'].upper()} ", style=style),
            title_align="left",
            subtitle=Text(f"{source['label']} · {source['topic']['code']}", style="dim"),
            subtitle_align="right",
            border_style=style,
            width=PANEL_WIDTH,
            box=box.ROUNDED,
        )


def _causes(causes: list[dict[str, Any]]) -> RenderableType | None:
    if not causes:
        return None
    table = Table(title="Causes, best first", title_justify="left", box=box.SIMPLE, width=PANEL_WIDTH)
    table.add_column("Cause", ratio=3)
    table.add_column("Verdict")
    table.add_column("Sum", justify="right")
    table.add_column("Why", ratio=5)
    for cause in causes:
        why = [f"+{r['weight']} {r['text']}{_at(r)}" for r in cause["for"]]
        why += [f"−{r['weight']} {r['text']}{_at(r)}" for r in cause["against"]]
        table.add_row(Text(cause["title"]), cause["certainty"], str(cause["score"]), Text("\n".join(why)))
    return table


def _steps(answer: dict[str, Any]) -> RenderableType | None:
    lines = [
        f"{n}. {s['title']}"
        + (f" ({s['urgency']})" if s["urgency"] != "routine" else "")
        + (f": {s['why']}" if s["why"] else "")
        for n, s in enumerate(answer["nextSteps"], 1)
    ]
    lines += [f"–  not now: {w['title']}: {w['reason']}" for w in answer["withheldSteps"]]
    return _block("Next steps", lines)


def _gaps(answer: dict[str, Any]) -> RenderableType | None:
    lines = [f"{q['id']}. {q['text']}" for q in answer["questions"]]
    lines += [f"Would change the order: {w['text']} ({w['example']})" for w in answer["wouldChange"][:5]]
    lines += [f"Not available to this check: {name}" for name in answer["missing"]]
    return _block("Ask, and what was missing", lines)


def _left_out(skipped: list[dict[str, str]]) -> RenderableType | None:
    if not skipped:
        return None
    counted = Counter(row["reason"] for row in skipped)
    lines = []
    for reason, count in sorted(counted.items()):
        places = [row["path"] for row in skipped if row["reason"] == reason]
        shown = ", ".join(places[:4]) + (f" and {count - 4} more" if count > 4 else "")
        lines.append(f"{reason}: {shown}")
    return _block("Left out", lines, style="dim")


def _block(title: str, lines: list[str], style: str = "") -> RenderableType | None:
    if not lines:
        return None
    return Group(Text(title, style="bold"), Padding(Text("\n".join(lines), style=style), (0, 0, 1, 2)))
