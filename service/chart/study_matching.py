"""Where a paper belongs: study files by day and kind in; the nearest file of its kind that has room for it out."""

from __future__ import annotations

from heapq import heappop, heappush

from msgspec import Struct, field

from service.domain.spans import Span
from service.domain.statements import Ref


class Study(Struct, frozen=True, gc=False):
    """One study or test. ``done``: the pictures or results exist. ``waiting``: an order or a report is still open.

    ``reports`` are the final reports, ``drafts`` the unfinished ones, ``results`` the Observations they point to.
    ``lumbar`` is None when nobody says what the study shows, ``imaging`` false for EMG and the like.
    """

    refs: tuple[Ref, ...]
    kinds: frozenset[str]
    modalities: frozenset[str]
    when: Span | None
    done: bool = False
    waiting: bool = False
    lumbar: bool | None = None
    imaging: bool = True
    reports: tuple[Ref, ...] = ()
    drafts: tuple[Ref, ...] = ()
    results: tuple[Ref, ...] = ()
    words: str = ""
    retold: str = ""
    """The name of a study that only a note tells of; what it showed is known from the note alone."""


_Label = tuple[frozenset[str], frozenset[str], bool, bool]
"""Kinds, modalities, whether it is imaging, whether it has a final report: all that says which papers fit in."""


class Files(Struct):
    """The files of a chart in the order in which they were opened; the first ``sorted_in`` of them are in ``drawers``.

    Those hold their numbers by last day and label, the file with the first name on top; they are filled when a paper
    looks for its file, for most charts have none. A chart may hold thousands of reports of one kind, and no paper is
    held against all files.
    """

    held: list[Study] = field(default_factory=list)
    drawers: dict[int, dict[_Label, list[tuple[tuple[Ref, ...], int]]]] = field(default_factory=dict)
    sorted_in: int = 0


def take_nearest(files: Files, paper: Study, days: int) -> int | None:
    """The number of the file this paper goes into, taken out of its drawer; put it back with ``put_back``."""
    if paper.when is None:
        return None
    _sort_in(files)
    last = paper.when.last.toordinal()
    near = [
        ((abs(day - last), *drawer[0]), drawer)
        for day in range(last - days, last + days + 1)
        for label, drawer in files.drawers.get(day, {}).items()
        if drawer and _fits(label, paper)
    ]
    if not near:
        return None
    (_, _, number), drawer = min(near, key=lambda found: found[0])
    heappop(drawer)
    return number


def put_back(files: Files, number: int, file: Study) -> None:
    files.held[number] = file
    _put_in(files, number)


def _sort_in(files: Files) -> None:
    for number in range(files.sorted_in, len(files.held)):
        _put_in(files, number)
    files.sorted_in = len(files.held)


def _put_in(files: Files, number: int) -> None:
    file = files.held[number]
    if file.when is not None:
        label = file.kinds, file.modalities, file.imaging, bool(file.reports)
        drawer = files.drawers.setdefault(file.when.last.toordinal(), {}).setdefault(label, [])
        heappush(drawer, (file.refs, number))


def _fits(label: _Label, paper: Study) -> bool:
    """Of the same kind, and with at most one of them reported."""
    kinds, modalities, imaging, reported = label
    if reported and paper.reports:
        return False
    if kinds and paper.kinds:
        return not kinds.isdisjoint(paper.kinds)
    return imaging and paper.imaging and not modalities.isdisjoint(paper.modalities)
