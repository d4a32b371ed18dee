"""Whether rules and value sets are here as they were shipped: the list of the installed wheel in, sentences out.

Records with holes load as well as whole ones, and whatever the lost ones look for is then never found. A wheel lists
its files with their hashes; a clone has no such list, and its history instead.
"""

from __future__ import annotations

import base64
import hashlib
from importlib import metadata
from pathlib import Path

from service.knowledge.messages import RuleError

_NAME = "backstory-cds"
_FOLDERS = ("rules/", "fhir_profiles/valuesets/")


def check(installed: metadata.Distribution | None = None) -> None:
    """Raises RuleError with one sentence for each shipped file that is not here, or is another than was shipped."""
    try:
        listed = (installed or metadata.distribution(_NAME)).files or ()
    except metadata.PackageNotFoundError:
        return
    problems = []
    for file in listed:
        if not str(file).startswith(_FOLDERS) or file.hash is None:
            continue
        try:
            found = hashlib.new(file.hash.mode, Path(file.locate()).read_bytes()).digest()
        except OSError:
            problems.append(f"{file} is missing. Install the service anew.")
            continue
        if base64.urlsafe_b64encode(found).rstrip(b"=").decode() != file.hash.value:
            problems.append(f"{file} is not as it was shipped. Install anew; changes of yours go to site.toml.")
    if problems:
        raise RuleError(problems)
