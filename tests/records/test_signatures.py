"""A clinician's signature makes a record active for the content that was signed, until a day, and an edit ends it."""

from __future__ import annotations

import difflib
import shutil
import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from service.knowledge.frame_families import families
from service.knowledge.laws import violations
from service.knowledge.signatures import expired, standing
from service.knowledge.signing import SigningError, content_hashes, short, sign
from tests.records.broken import changed
from tests.rule_sets import of_folder, shipped

TODAY, UNTIL = date(2026, 11, 29), date(2027, 11, 29)
CAUSE = "causes/recurrence.toml"
FRAMES = """# how pain is said
[[frame]]
concept = "leg-pain"   # the leading word
all = ["pain", "limb"]
reads = ["Leg pain."]
rejects = ["Arm pain."]
"""


@pytest.fixture
def rules(tmp_path):
    folder = changed(tmp_path, CAUSE, "", "# the end\n")
    (folder / "language" / "frames").mkdir(parents=True)
    (folder / "language" / "frames" / "pain.toml").write_text(FRAMES)
    assert [] == violations(folder)
    return folder


def signed(rules, ident="recurrence", **changes):
    given = {"reviewer": "Dr. A. Spine", "until": UNTIL, "today": TODAY, "rules": rules, **changes}
    return sign(ident, given.pop("reviewer"), given.pop("until"), **given)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_signed_record_is_active_under_its_reviewer_and_keeps_the_laws(rules):
    path = signed(rules)
    record = of_folder(rules).causes["recurrence"]

    assert rules / CAUSE == path
    assert [] == violations(rules)
    assert ("active", "Dr. A. Spine", TODAY, UNTIL) == (
        record.status, record.reviewer, record.signed, record.review_due,
    )  # fmt: skip


def test_a_signature_changes_nothing_else_in_the_file(rules):
    before = (rules / CAUSE).read_text().splitlines()
    after = signed(rules).read_text().splitlines()
    told = [line for line in difflib.ndiff(before, after) if line[0] in "+-"]

    assert ['- status = "draft"', '+ status = "active"'] == told[:2]
    assert ["reviewer", "signed", "review_due", "content_hash"] == [line[2:].split(" = ")[0] for line in told[2:]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('weight = "moderate"', 'weight = "strong"'),
        ("Began on lifting", "Began on lifting a load"),
        ('source = ["L01"]', 'source = ["L01", "design"]'),
        ('expect = "likely"', 'expect = "possible"'),
        ('title = "Recurrent herniation"', 'title = "Recurrence"'),
    ],
)
def test_an_edit_after_the_signature_is_refused_until_the_record_is_draft_again(old, new, rules):
    path = signed(rules)
    edit(path, old, new)

    assert ["causes/recurrence.toml: the content, or a number that it names, was changed after Dr. A. Spine signed it "
            "on 2026-11-29: set status = \"draft\", or have it signed again."] == violations(rules)  # fmt: skip

    edit(path, 'status = "active"', 'status = "draft"')

    assert [] == violations(rules)


def test_a_number_that_moves_ends_the_signatures_of_the_records_that_name_it(rules):
    for ident in ("recurrence", "scar"):
        signed(rules, ident)
    edit(rules / "parameters.toml", "value = 14", "value = 15")

    assert ["causes/recurrence.toml"] == [each.split(":")[0] for each in violations(rules)]


def test_comments_layout_and_the_order_of_keys_may_change_after_a_signature(rules):
    path = signed(rules)
    edit(path, 'kind = "cause"\n', "")
    edit(path, 'category = "late"', '# which time\ncategory    = "late"\nkind = "cause"')

    assert [] == violations(rules)


def test_the_order_of_entries_is_content(rules):
    path = signed(rules)
    first, second = path.read_text().split("[[for]]")[1:3]
    edit(path, f"[[for]]{first}[[for]]{second}", f"[[for]]{second}[[for]]{first}")

    assert 1 == len(violations(rules))


@pytest.mark.parametrize("key", ["reviewer", "signed", "review_due", "content_hash"])
def test_an_active_record_lacks_nothing_of_its_signature(key, rules):
    path = signed(rules)
    path.write_text("".join(line for line in path.read_text().splitlines(True) if not line.startswith(f"{key} = ")))

    assert [f"causes/recurrence.toml: {key}, needed by status 'active', is missing."] == violations(rules)


def test_a_reviewer_of_blanks_is_none(rules):
    edit(signed(rules), '"Dr. A. Spine"', '"  "')

    assert ["causes/recurrence.toml: reviewer, needed by status 'active', is missing."] == violations(rules)


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("review_due = 2026-11-29", "must be later than the day of the signature"),
        ('review_due = "soon"', "review_due must be a date such as 2027-05-01"),
        ("review_due = 2027-11-29T10:00:00", "review_due must be a date such as 2027-05-01"),
    ],
)
def test_the_end_of_a_signature_is_a_day_after_it(new, sentence, rules):
    edit(signed(rules), "review_due = 2027-11-29", new)

    assert any(sentence in each for each in violations(rules))


def test_a_signature_is_renewed_in_place(rules):
    first = signed(rules).read_text()
    again = signed(rules, today=date(2027, 10, 1), until=date(2028, 10, 1)).read_text()

    assert first.replace("2026-11-29", "2027-10-01").replace("2027-11-29", "2028-10-01") == again


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"ident": "recurence"}, "Did you mean 'recurrence'?"),
        ({"ident": "language/pian"}, "Did you mean 'language/pain'?"),
        ({"ident": "../parameters"}, "is not known"),
        ({"until": date(2026, 11, 28)}, "must end after today"),
        ({"until": TODAY}, "must end after today"),
        ({"reviewer": ""}, "must have a name"),
        ({"reviewer": " \t"}, "must have a name"),
        ({"content": "000000000000"}, "it was edited after printing"),
    ],
)
def test_what_cannot_be_signed_is_refused_and_nothing_is_written(given, sentence, rules):
    before = {path: path.read_bytes() for path in rules.rglob("*.toml")}

    with pytest.raises(SigningError, match=sentence.replace("?", r"\?")):
        signed(rules, **given)
    assert before == {path: path.read_bytes() for path in rules.rglob("*.toml")}


def test_a_retired_record_is_not_signed(rules):
    edit(rules / CAUSE, 'status = "draft"', 'status = "retired"')

    with pytest.raises(SigningError, match="is retired"):
        signed(rules)


def test_the_code_on_the_sheet_lets_the_same_content_be_signed(rules):
    signed(rules, content=short(content_hashes(rules)["recurrence"]))

    assert [] == violations(rules)


def test_a_family_of_frames_is_signed_as_one_and_keeps_its_comments(rules):
    path = signed(rules, "language/pain")
    family = families(rules)[0]

    assert path.read_text().startswith(FRAMES)
    assert ("language/pain", "active", "Dr. A. Spine") == (family.id, family.status, family.reviewer)
    assert [] == violations(rules)


def test_an_edit_of_a_signed_family_is_refused(rules):
    edit(signed(rules, "language/pain"), '"Arm pain."', '"Arm pain.", "Neck pain."')

    assert ["pain.toml"] == [each.split(":")[0] for each in violations(rules)]


def test_a_file_without_frames_carries_no_signature(rules):
    shutil.copy(signed(rules, "language/pain"), rules / "language" / "words.toml")
    edit(rules / "language" / "words.toml", FRAMES, "")

    assert "words.toml: [signature] stands in a file without a [[frame]]" in violations(rules)[0]


def test_a_signature_is_no_word_of_the_language(rules):
    signed(rules, "language/pain")

    assert ["frame"] == list(of_folder(rules).language)


def test_an_expired_signature_is_told_and_breaks_no_law(rules):
    edit(signed(rules), "review_due = 2027-11-29", "review_due = 2026-12-31")
    record = of_folder(rules).causes["recurrence"]

    assert [] == violations(rules)
    assert [] == expired([record], date(2026, 12, 31))
    assert 1 == len(expired([record], date(2027, 1, 1)))
    assert "Signed by Dr. A. Spine on 2026-11-29, ended 2026-12-31." == standing(record, date(2027, 1, 1))


def test_nothing_that_ships_is_signed():
    told = [*shipped().records, *families()]

    assert {"draft"} == {each.status for each in told}
    assert [] == [path for path in Path(str(files("rules"))).rglob("*.toml")
                  if {"content_hash", "signature"} & tomllib.loads(path.read_text()).keys()]  # fmt: skip


def test_the_rule_set_is_active_when_every_record_is_signed(rules):
    idents = [record.id for record in of_folder(rules).records]
    for ident in idents[1:]:
        signed(rules, ident)

    assert ("draft", (len(idents) - 1, len(idents))) == (of_folder(rules).status, of_folder(rules).signed)

    signed(rules, idents[0])

    assert ("active", (len(idents), len(idents))) == (of_folder(rules).status, of_folder(rules).signed)
