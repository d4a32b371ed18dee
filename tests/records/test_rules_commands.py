"""``backstory rules review``, ``sign`` and ``check``: the way of a record from paper to active, and back to draft."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from importlib import import_module
from importlib.resources import files

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.settings import Settings
from service.web import app as application
from tests.output.page_parts import Parts

UNTIL = (date.today() + timedelta(days=365)).isoformat()
OWN = "site-scar"


@pytest.fixture
def own(tmp_path):
    """A record of the site's own, so that nothing that ships is written."""
    folder = tmp_path / "rules"
    folder.mkdir()
    text = files("rules").joinpath("causes", "epidural-fibrosis.toml").read_text("utf-8")
    (folder / f"{OWN}.toml").write_text(text.replace('"epidural-fibrosis"', f'"{OWN}"', 1))
    (tmp_path / "site.toml").write_text('extra_rules = ["rules"]\n')
    return folder / f"{OWN}.toml"


def run(own, *arguments):
    site = str(own.parents[1] / "site.toml")
    return CliRunner().invoke(app, ["rules", *map(str, arguments)], env={"BACKSTORY_SITE": site})


def sign(own, *, ident=OWN, reviewer="Dr. A. Spine", until=UNTIL, more=()):
    return run(own, "sign", ident, "--reviewer", reviewer, "--until", until, *more)


def test_review_sign_edit_check_is_the_way_from_paper_to_active_and_back(own, tmp_path):
    sheet = tmp_path / "pack.html"
    assert 0 == run(own, "review", OWN, "--out", sheet).exit_code
    code = re.search(rf"sign {OWN} --content ([0-9a-f]{{12}}) ", Parts(sheet.read_text("utf-8")).text)[1]

    assert 0 == sign(own, more=("--content", code)).exit_code
    assert 0 == run(own, "check").exit_code
    assert re.search(rf"{OWN} .* active ", run(own, "list").stdout)
    assert f"Signed by Dr. A. Spine on {date.today()}, to be reviewed again by {UNTIL}." in " ".join(
        run(own, "show", OWN).stdout.split()
    )

    own.write_text(own.read_text().replace("Sudden onset", "Onset in a second"))
    refused = run(own, "check")

    assert 1 == refused.exit_code
    assert "was changed after Dr. A. Spine signed it" in refused.stderr
    assert 2 == sign(own, more=("--content", code)).exit_code

    own.write_text(own.read_text().replace('status = "active"', 'status = "draft"'))

    assert 0 == run(own, "check").exit_code


def test_a_signature_that_has_ended_warns_at_the_check_and_the_start_and_does_not_fail(own, capsys):
    sign(own)
    text = re.sub(r"signed = \S+", "signed = 2020-01-01", own.read_text())
    own.write_text(re.sub(r"review_due = \S+", "review_due = 2021-01-01", text))
    told = run(own, "check")
    application.create(Settings(open=True, site=own.parents[1] / "site.toml"))

    assert f"{OWN}: the signature of Dr. A. Spine ended on 2021-01-01" in capsys.readouterr().out
    assert 0 == told.exit_code
    assert f"Warning: {OWN}: the signature of Dr. A. Spine ended on 2021-01-01" in told.stderr


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"ident": "site-scra"}, "Did you mean 'site-scar'?"),
        ({"until": "2020-01-01"}, "must end after today"),
        ({"until": "soon"}, "soon"),
        ({"reviewer": " "}, "must have a name"),
    ],
)
def test_what_cannot_be_signed_ends_with_2_and_a_sentence(given, sentence, own):
    before = own.read_text()
    told = sign(own, **given)

    assert 2 == told.exit_code
    assert sentence in told.stderr
    assert before == own.read_text()


def test_an_unknown_id_is_no_pack(own, tmp_path):
    told = run(own, "review", "no-such-record", "--out", tmp_path / "pack.html")

    assert 2 == told.exit_code
    assert "There is no record or family 'no-such-record'" in told.stderr
    assert not (tmp_path / "pack.html").exists()


def test_a_pack_that_cannot_be_written_says_so(own, tmp_path):
    told = run(own, "review", OWN, "--out", tmp_path / "nowhere" / "pack.html")

    assert 1 == told.exit_code
    assert "cannot be written" in told.stderr


def test_check_refuses_language_data_that_cannot_be_used(own, tmp_path, monkeypatch):
    broken = tmp_path / "shipped"
    shutil.copytree(str(files("rules")), broken)
    frames = broken / "language" / "frames" / "pain.toml"
    frames.write_text(
        frames.read_text("utf-8") + '\n[[frame]]\nconcept = "leg-pain"\nall = ["no-such-class"]\n', "utf-8"
    )
    for module in ("service.knowledge", "service.knowledge.laws"):
        monkeypatch.setattr(import_module(module), "files", lambda name: broken if name == "rules" else files(name))
    told = run(own, "check")

    assert 1 == told.exit_code
    assert "no-such-class" in told.stderr
