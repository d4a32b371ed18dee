"""Writes what follows from elsewhere: the schema's `settings` (from Settings) and the chart README's two tables.

`python -m tests.helm.generate` after a change of values.yaml or of service/settings.py; a test says when it is due.
"""

from __future__ import annotations

import json
import re
from typing import Any

from service.settings import Settings
from tests.helm.engine import CHART

# The chart sets these from values of its own, so a hospital does not.
OWNED = frozenset(
    {"open", "open_anywhere", "clients", "site", "drain_seconds", "drain_seconds_before_close", "ca_file"}
)
AT_HOME = frozenset({"app_examples"})
"""A folder of charts for anybody: for a machine of one's own, never in a cluster."""
README = CHART / "README.md"
SCHEMA = CHART / "values.schema.json"
_COMMENT = re.compile(r"^( *)# (.+)$")
_VALUE = re.compile(r"^( *)([A-Za-z][\w.-]*):(?: (.*))?$")


def schema() -> str:
    """values.schema.json with `settings` as service/settings.py has them."""
    whole = json.loads(SCHEMA.read_text())
    whole["properties"]["settings"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": dict(sorted(_settings().items())),
    }
    return json.dumps(whole, indent=2) + "\n"


def readme() -> str:
    """README.md with both tables made anew between their marks."""
    text = README.read_text()
    for mark, table in (("values", _values_table()), ("settings", _settings_table())):
        begin, end = f"<!-- {mark}: generated -->", f"<!-- /{mark} -->"
        head, _, rest = text.partition(begin)
        _, _, tail = rest.partition(end)
        text = f"{head}{begin}\n{table}\n{end}{tail}"
    return text


def rows() -> list[tuple[str, str, str]]:
    """values.yaml line by line: (dotted name, default as written, what the comment above it says)."""
    found: list[tuple[str, str, str]] = []
    path: list[tuple[int, str]] = []
    said: list[str] = []
    for line in (CHART / "values.yaml").read_text().splitlines():
        if comment := _COMMENT.match(line):
            said.append(comment[2])
        elif value := _VALUE.match(line):
            depth = len(value[1])
            path = [(d, name) for d, name in path if d < depth] + [(depth, value[2])]
            if said:
                found.append((".".join(name for _, name in path), value[3] or "", " ".join(said)))
            said = []
        elif not line.strip():
            said = []
    return found


def _settings() -> dict[str, dict[str, Any]]:
    known: dict[str, dict[str, Any]] = Settings.model_json_schema()["properties"]
    return {
        name: {key: value for key, value in field.items() if key not in ("title", "default", "format")}
        for name, field in known.items()
        if name not in OWNED | AT_HOME
    }


def _values_table() -> str:
    lines = ["| Value | Default | Meaning |", "|---|---|---|"]
    lines += [f"| `{name}` | {f'`{default}`' if default else ''} | {_cell(said)} |" for name, default, said in rows()]
    return "\n".join(lines)


def _settings_table() -> str:
    known = Settings.model_json_schema()["properties"]
    lines = ["| Setting | Default | Meaning |", "|---|---|---|"]
    for name in sorted(_settings()):
        default = json.dumps(known[name].get("default"))
        lines.append(f"| `settings.{name}` | `{default}` | {_cell(known[name].get('description', ''))} |")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    SCHEMA.write_text(schema())
    README.write_text(readme())
