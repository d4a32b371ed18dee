"""Writes a signature into a record's file, or into the file of a family of frames, and leaves the rest as it stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, MutableMapping
from datetime import date
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

import tomlkit

from service.domain.errors import ServiceError
from service.knowledge.frame_families import PREFIX, SIGNATURE, family_files, signed_table
from service.knowledge.messages import unknown
from service.knowledge.rule_set import FOLDERS
from service.knowledge.signatures import content_hash
from service.knowledge.tables import Parameter, read_parameters


class SigningError(ServiceError):
    """A signature that cannot be given; the sentence says why."""


def sign(
    ident: str,
    reviewer: str,
    until: date,
    *,
    today: date,
    content: str = "",
    rules: Traversable | None = None,
    extra: Iterable[Path] = (),
) -> Path:
    """Sign one record or family for its content of now, and return the file that was written.

    ``content`` is the code that stood beside the signature on paper (see ``short``): another content is not signed.
    ``extra`` are the folders of a site's own rules. Raises SigningError for an id that is not there, an empty name, a
    day that is not to come, other content, a record that is retired, and a file that cannot be written.
    """
    reviewer = " ".join(reviewer.split())
    if not reviewer:
        raise SigningError("Who signs? The reviewer must have a name.")
    if until <= today:
        raise SigningError(f"The signature must end after today, {today}; {until} is no day to come.")
    with as_file(rules or files("rules")) as folder:
        found = _signable(folder, extra)
        if ident not in found:
            raise SigningError(unknown("sign", "record or family", ident, found))
        path = found[ident]
        before = _text(path)
        if signed_table(tomllib.loads(before)).get("status") == "retired":
            raise SigningError(f"{ident} is retired; set its status to draft first if it is to be used again.")
        now = _hash(before, _parameters(folder))
        if content and short(now) != content:
            raise SigningError(
                f"{ident} has the content {short(now)} now, not {content}: it was edited after printing."
            )
        told = {"status": "active", "reviewer": reviewer, "signed": today, "review_due": until, "content_hash": now}
        written = _with_signature(before, told)
        try:
            path.write_bytes(written.encode())
        except OSError as problem:
            raise SigningError(f"{path} cannot be written ({problem.strerror}); sign in a checkout.") from problem
        return path


def _signable(folder: Path, extra: Iterable[Path]) -> dict[str, Path]:
    """Every file that can be signed, by the id of what it holds."""
    records = [path for name in FOLDERS for path in (folder / name).glob("*.toml")]
    records += [path for directory in extra for path in directory.glob("*.toml")]
    families = {f"{PREFIX}{path.name.removesuffix('.toml')}": Path(str(path)) for path in family_files(folder)}
    return {path.stem: path for path in sorted(records)} | families


def content_hashes(rules: Traversable | None = None, extra: Iterable[Path] = ()) -> dict[str, str]:
    """The hash of the content of everything that can be signed, by id."""
    with as_file(rules or files("rules")) as folder:
        parameters = _parameters(folder)
        return {ident: _hash(_text(path), parameters) for ident, path in _signable(folder, extra).items()}


def short(content_hash: str) -> str:
    """A hash as people compare it: twelve signs."""
    return content_hash.removeprefix("sha256:")[:12]


def _hash(text: str, parameters: Mapping[str, Parameter]) -> str:
    data = tomllib.loads(text)
    return content_hash(signed_table(data), {} if _is_family(data) else parameters)


def _is_family(data: Mapping[str, object]) -> bool:
    return "frame" in data


def _with_signature(before: str, told: Mapping[str, object]) -> str:
    """The text of a file with the signature in it; what else stands there keeps its place, layout and comments."""
    document = tomlkit.parse(before)
    target: MutableMapping[str, object] = document
    if _is_family(document):
        if SIGNATURE not in document:
            if not before.endswith("\n\n"):
                document.add(tomlkit.nl())
            document.add(SIGNATURE, tomlkit.table())
        target = document[SIGNATURE]
    for key, value in told.items():
        target[key] = value
    return tomlkit.dumps(document)


def _text(path: Path) -> str:
    return path.read_bytes().decode()


def _parameters(folder: Path) -> Mapping[str, Parameter]:
    return read_parameters(tomllib.loads(_text(folder / "parameters.toml")), [])
