"""The folder that reports, traces and captures go to."""

import os
import shutil
from pathlib import Path

import reports
from sim.driver.exit_codes import LAB_FAILED, Stop

_PROBE_BYTES = 1 << 16  # an empty file can be made on a full disk


def probe(out: Path) -> None:
    """Makes it, and sees that it takes bytes. Raises Stop when it cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        path = out / ".writable"
        try:
            with open(path, "wb") as file:
                file.write(b"\0" * _PROBE_BYTES)
                file.flush()
                os.fsync(file.fileno())
        finally:
            path.unlink(missing_ok=True)
    except OSError as e:
        reason = e.strerror or e
        raise Stop(LAB_FAILED, f"the output folder cannot be written: {out}: {reason}; "
                               "choose another one with --out DIR") from e


def clear(out: Path) -> None:
    """The results of an earlier run go, so that none is taken for ours."""
    try:
        for name in ("results.json", *reports.FILES):
            (out / name).unlink(missing_ok=True)
        for folder in (out / "repeat", *out.glob(".repeat-*")):
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as e:
        raise Stop(LAB_FAILED, f"the output folder cannot be written: {e}") from e
