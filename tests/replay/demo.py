"""``make replay-demo``: an invented hospital of a few thousand patients over three years, and its replay."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.replay.hospital import checked, generate


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--patients", type=int, default=4_000)
    options.add_argument("--out", type=Path, default=Path("build/replay-demo"))
    told = options.parse_args()
    began = time.monotonic()
    hospital, out = told.out / "hospital", told.out / "result"
    shutil.rmtree(hospital, ignore_errors=True)
    truth = generate.write(hospital, told.patients)
    print(
        f"An invented hospital of {told.patients:,} patients, written in {time.monotonic() - began:.0f} s.", flush=True
    )
    command = [sys.executable, "-m", "service", "replay", str(hospital / "export"), "--out", str(out)]
    code = subprocess.run([*command, "--from", f"{generate.FIRST:%Y-%m-%d}"], check=False).returncode
    if code:
        sys.exit(code)
    listed, true = checked.missed(out), checked.untold(truth, out)
    print(
        f"Of {len(true)} emergencies that no chart told of before, the report lists {len(listed & true)}; "
        f"it lists {len(listed - true)} more, of which the chart had told.\n{time.monotonic() - began:.0f} s in all."
    )


if __name__ == "__main__":
    main()
