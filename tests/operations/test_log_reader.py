"""Whoever reads the log may stand still: calls are answered, lines are kept, then dropped and counted."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import contextmanager

import orjson
import pytest

from service.web.monitoring import lines
from tests.operations.server import PATIENCE


@contextmanager
def piped(**how):
    """Yields (lines, the reader's end) of a pipe that nobody reads yet."""
    reader, writer = os.pipe()
    try:
        with open(writer, "wb", buffering=0) as stream:
            yield lines.Lines(stream, **how), reader
    finally:
        os.close(reader)


def line(number):
    return orjson.dumps({"event": "call", "number": number, "more": "x" * 400}) + b"\n"


def read(reader):
    os.set_blocking(reader, False)
    found = b""
    while True:
        try:
            found += os.read(reader, 1_000_000)
        except BlockingIOError:
            return [orjson.loads(each) for each in found.splitlines()]


def test_lines_that_nobody_reads_wait_and_come_whole_and_in_order():
    with piped() as (log, reader):
        for number in range(1_000):
            log.write(line(number))
        numbers = [told["number"] for told in read(reader)]
        while (more := [told["number"] for told in (log.flush(), read(reader))[1]]) != []:
            numbers += more

    assert list(range(1_000)) == numbers


def test_what_is_too_much_is_dropped_oldest_first_counted_and_told():
    dropped = []
    with piped(dropped=lambda: dropped.append(1)) as (log, reader):
        for number in range(lines.MOST_KEPT + 1_000):
            log.write(line(number))
        told = read(reader)
        while more := (log.flush(), read(reader))[1]:
            told += more
    numbers = [each["number"] for each in told if each["event"] == "call"]

    assert [len(dropped)] == [each["number"] for each in told if each["event"] == "log lines dropped"]
    assert (lines.MOST_KEPT + 1_000, numbers[-1]) == (len(numbers) + len(dropped), lines.MOST_KEPT + 999)


def test_a_stream_without_a_file_is_written_to_at_once():
    stream = io.BytesIO()
    lines.Lines(stream).write(b"one\n")

    assert b"one\n" == stream.getvalue()


@pytest.mark.parametrize("calls", [600])
def test_a_reader_that_stands_still_stops_no_call(calls):
    script = (
        "import asyncio, sys; from tests.robustness import inside; from service.settings import Settings; "
        "from service.web import app as apps; made = apps.create(Settings(open=True)); inside.app = lambda: made; "
        f"statuses = [inside.ask('GET', '/cds-services')[0] for _ in range({calls})]; "
        "text = inside.ask('GET', '/metrics')[2].decode(); "
        "print(statuses.count(200), 'backstory_log_dropped_total' in text, file=sys.stderr)"
    )
    reader, writer = os.pipe()
    try:
        ended = subprocess.run([sys.executable, "-c", script], stdout=writer, stderr=subprocess.PIPE, text=True,
                               timeout=PATIENCE)  # fmt: skip
    finally:
        os.close(writer)
        os.close(reader)

    assert f"{calls} True" == ended.stderr.strip().splitlines()[-1]
