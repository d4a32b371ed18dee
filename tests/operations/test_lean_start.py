"""A server loads nothing that only a terminal needs, and the commands that write to one still find it."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from service.lean_imports import hidden


def test_a_server_loads_nothing_of_a_terminal_and_no_templates_before_the_first_page():
    heavy = {"rich", "pygments", "jinja2", "tomlkit"}
    code = f"import sys, service.web.app; print(sorted({heavy} & sys.modules.keys()))"

    assert "[]\n" == subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_what_was_hidden_is_found_again_afterwards():
    code = (
        "import service.web.app; from typer.testing import CliRunner; from service.cli import app;"
        "print(CliRunner().invoke(app, ['rules', 'list']).exit_code)"
    )

    assert "0\n" == subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_a_module_that_is_loaded_already_is_not_hidden():
    with hidden("subprocess", "no_such_module"):
        assert subprocess is import_module("subprocess")
        with pytest.raises(ImportError):
            import_module("no_such_module")

    assert "no_such_module" not in sys.modules
