"""The three tables in, every figure of the report out, as plain values; nothing is suppressed yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from service.replay.intervals import wilson
from service.replay.outcomes import Outcome

if TYPE_CHECKING:
    import duckdb

Rows = list[dict[str, Any]]
MOST_CLINICS = 12


def all_figures(connection: duckdb.DuckDBPyConnection, wanted: Sequence[Outcome]) -> dict[str, Any]:
    """Every figure of the report by name; the connection sees openings, fired and outcomes."""
    ask = _Asker(connection)
    ask.prepare()
    return {
        "totals": _totals(ask),
        "silent": ask.rows(
            "SELECT silent, count(*) AS openings FROM openings WHERE silent <> '' GROUP BY 1 ORDER BY 2 DESC, 1"
        ),
        "rules": ask.rows(_RULES),
        "indicators": ask.rows(_INDICATORS),
        "clinics": ask.rows(_CLINICS.format(most=MOST_CLINICS)),
        **_times(ask),
        "clinicians": ask.one(_CLINICIANS),
        "grades": ask.rows(
            "SELECT grade, count(*) AS cards FROM fired WHERE lenient OR strict GROUP BY 1 ORDER BY 2 DESC, 1"
        ),
        "observed": [row for outcome in wanted for row in _observed(ask, outcome)],
        "emergencies": [_emergency(ask, outcome) for outcome in wanted if outcome.emergency],
        "misses": [row for outcome in wanted if outcome.emergency for row in _misses(ask, outcome)],
    }


class _Asker:
    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def prepare(self) -> None:
        """``said``: the strict cards, each with whether the same was said to the same patient before."""
        self._connection.execute(
            """CREATE OR REPLACE TEMP TABLE said AS SELECT patient, "at", card, kind, indicator, key,
               row_number() OVER (PARTITION BY patient, key ORDER BY "at") = 1 AS new FROM fired WHERE strict"""
        )
        self._connection.execute(
            """CREATE OR REPLACE TEMP TABLE after_surgery AS SELECT patient, min(operated) AS operated,
               max(until) AS until FROM openings WHERE operated IS NOT NULL GROUP BY 1"""
        )

    def rows(self, query: str, values: dict[str, Any] | None = None) -> Rows:
        told = self._connection.execute(query, values)
        names = [column[0] for column in told.description or ()]
        return [dict(zip(names, row, strict=True)) for row in told.fetchall()]

    def one(self, query: str, values: dict[str, Any] | None = None) -> dict[str, Any]:
        return self.rows(query, values)[0]


def _totals(ask: _Asker) -> dict[str, Any]:
    return ask.one(
        """SELECT count(*) AS openings, count(DISTINCT patient) AS patients,
           count(*) FILTER (operated IS NOT NULL AND "at" > operated) AS openings_after,
           count(DISTINCT patient) FILTER (operated IS NOT NULL) AS patients_after,
           count(*) FILTER (cards > 0) AS openings_spoken,
           count(DISTINCT patient) FILTER (cards > 0) AS patients_spoken,
           coalesce(sum(cards), 0)::BIGINT AS cards, coalesce(sum(cards_lenient), 0)::BIGINT AS cards_lenient,
           (SELECT count(*) FROM said WHERE new) AS cards_new,
           min("at") AS first, max("at") AS last,
           avg(sure) AS sure, avg(rewound) AS rewound, avg(undated) AS undated FROM openings"""
    )


_RULES = """
SELECT card, any_value(kind) AS kind, any_value(indicator) AS indicator,
 count(*) FILTER (strict) AS cards, count(*) FILTER (lenient) AS lenient,
 count(DISTINCT patient) FILTER (strict) AS patients,
 (SELECT count(*) FROM said WHERE said.card = fired.card AND new) AS new
FROM fired GROUP BY card ORDER BY cards DESC, card"""

_INDICATORS = """
SELECT indicator, count(*) AS cards, count(*) FILTER (new) AS new, count(DISTINCT patient) AS patients
FROM said GROUP BY 1 ORDER BY array_position(['critical', 'warning', 'info'], indicator)"""

_CLINICS = """
WITH most AS (SELECT clinic FROM openings GROUP BY 1 ORDER BY count(*) DESC, clinic LIMIT {most})
SELECT CASE WHEN clinic IN (FROM most) THEN coalesce(nullif(clinic, ''), 'not named') ELSE 'all others' END AS clinic,
 count(*) AS openings, sum(cards)::BIGINT AS cards, count(*) FILTER (cards > 0) AS spoken
FROM openings GROUP BY 1 ORDER BY 3 DESC, 1"""

_TIMES = """
SELECT strftime(date_trunc('{unit}', "at"), '{form}') AS time, count(*) AS openings, sum(cards)::BIGINT AS cards
FROM openings GROUP BY 1 ORDER BY 1"""
_MOST_BARS = 60

_CLINICIANS = """
WITH each AS (SELECT clinician, date_trunc('week', "at") AS week, sum(cards) AS cards FROM openings
 WHERE clinician <> '' GROUP BY ALL)
SELECT count(DISTINCT clinician) AS clinicians, avg(cards) AS mean, median(cards) AS median,
 quantile_cont(cards, 0.9) AS p90, max(cards) AS most FROM each"""


def _times(ask: _Asker) -> dict[str, Any]:
    """Openings and cards by week, or by month or year where weeks would be too many to look at."""
    found: Rows = []
    for unit, form in (("week", "%Y-%m-%d"), ("month", "%Y-%m"), ("year", "%Y")):
        found = ask.rows(_TIMES.format(unit=unit, form=form))
        if len(found) <= _MOST_BARS:
            break
    return {"unit": unit, "times": found}


def _observed(ask: _Asker, outcome: Outcome) -> Rows:
    """Of patients to whom a rule spoke: how many had the outcome within the window after its first card.

    Counted are only first cards that lie a whole window before the end of the export, and of those patients the ones
    who had it and the ones whose chart goes on for the whole window; beside them all patients after surgery to whom
    none of the rules spoke, from the first opening after the operation.
    """
    found = []
    for card in (*outcome.cards, ""):
        told = ask.one(
            f"""WITH first AS ({_FIRST_CARD if card else _FIRST_WITHOUT}),
            seen AS (SELECT first.patient, bool_or(o.outcome IS NOT NULL) AS had,
              any_value(a.until) >= any_value(first."at") + to_days($days) AS whole,
              any_value(first."at") + to_days($days) <= (SELECT max(until) FROM after_surgery) AS inside
              FROM first JOIN after_surgery a USING (patient)
              LEFT JOIN outcomes o ON o.patient = first.patient AND o.outcome = $outcome
                AND epoch(first."at") < o.known AND o.known <= epoch(first."at" + to_days($days))
              GROUP BY first.patient)
            SELECT count(*) AS patients, count(*) FILTER (inside AND (had OR whole)) AS followed,
              count(*) FILTER (inside AND had) AS had FROM seen""",
            {"days": outcome.days, "outcome": outcome.id, ("card" if card else "cards"): card or list(outcome.cards)},
        )
        if told["patients"]:
            low, high = wilson(told["had"], told["followed"])
            found.append({"outcome": outcome.id, "title": outcome.title, "days": outcome.days, "card": card,
                          **told, "low": low, "high": high})  # fmt: skip
    return found


_FIRST_CARD = 'SELECT patient, min("at") AS "at" FROM said WHERE card = $card GROUP BY 1'
_FIRST_WITHOUT = """SELECT patient, min("at") AS "at" FROM openings WHERE operated IS NOT NULL AND "at" > operated
 AND patient NOT IN (SELECT patient FROM said WHERE list_contains($cards, card)) GROUP BY 1"""

_CODED = """
WITH coded AS (SELECT patient, outcome, "on", known,
  known - lag(known, 1, 0) OVER (PARTITION BY patient ORDER BY known) > 90 * 86400 AS begun
  FROM outcomes WHERE outcome = $outcome AND basis = 'code'),
events AS (SELECT patient, "on", known,
  EXISTS (SELECT 1 FROM said s WHERE s.patient = coded.patient AND list_contains($cards, s.card)
    AND epoch(s."at") < known AND epoch(s."at") >= known - $before * 86400) AS warned,
  (SELECT count(*) FROM openings p WHERE p.patient = coded.patient
    AND epoch(p."at") < known AND epoch(p."at") >= known - $before * 86400) AS opened
  FROM coded WHERE begun)
"""


def _values(outcome: Outcome) -> dict[str, Any]:
    return {"outcome": outcome.id, "cards": list(outcome.cards), "before": outcome.before}


def _emergency(ask: _Asker, outcome: Outcome) -> dict[str, Any]:
    """Emergencies that were coded: with a card in the days before, opened without one, not opened."""
    told = ask.one(
        f"""{_CODED} SELECT count(*) AS coded, count(*) FILTER (warned) AS warned,
        count(*) FILTER (NOT warned AND opened > 0) AS missed,
        count(*) FILTER (NOT warned AND opened = 0) AS unopened FROM events""",
        _values(outcome),
    )
    return {"outcome": outcome.id, "title": outcome.title, "before": outcome.before, **told}


def _misses(ask: _Asker, outcome: Outcome) -> Rows:
    return ask.rows(
        f"""{_CODED} SELECT '{outcome.id}' AS outcome, patient, "on", opened FROM events
        WHERE NOT warned ORDER BY opened = 0, "on", patient""",
        _values(outcome),
    )
