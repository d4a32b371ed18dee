"""The day of an evaluation is that of the hospital, not that of the machine."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from service.settings import Settings
from service.web import cds_hooks

HALF_PAST_ELEVEN = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


class Clock(datetime):
    @classmethod
    def now(cls, tz=None):
        return HALF_PAST_ELEVEN.astimezone(tz)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", date(2026, 3, 1)),
        ("Europe/Zurich", date(2026, 3, 2)),
        ("America/New_York", date(2026, 3, 1)),
        ("Pacific/Auckland", date(2026, 3, 2)),
    ],
)
def test_half_past_eleven_in_greenwich_is_tomorrow_in_zurich(zone, day, monkeypatch):
    monkeypatch.setattr(cds_hooks, "datetime", Clock)

    assert day == cds_hooks.today(Settings(open=True, time_zone=zone))
