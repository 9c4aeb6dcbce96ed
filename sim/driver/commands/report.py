"""`sealcheck report`: makes the reports of a run anew from its results."""

import json
from pathlib import Path

from sim.driver.commands.common import add_screenshots, screenshots
from sim.driver.exit_codes import ALL_AS_EXPECTED, LAB_FAILED, USAGE, Stop

_PARTS = {"seed", "world", "sut", "summary", "scenarios", "requirements"}


def add(commands) -> None:
    parser = commands.add(
        "report", do, "make the reports of the last run anew",
        "Reads results.json and writes junit.xml, report.html and report.md beside it: after the "
        "results were fetched from another machine, or to show screenshots in the page.")
    parser.add_argument("--out", default="out", metavar="DIR",
                        help="where the run left its results (default: out)")
    add_screenshots(parser)


def do(options) -> int:
    import reports
    from sim.driver.results import SCHEMA

    out = Path(options.out)
    path = out / "results.json"
    pages = screenshots(options)
    try:
        results = json.loads(path.read_text(encoding="utf-8"))
        schema = results["schema"]
    except FileNotFoundError as e:
        raise Stop(USAGE, f"no results in {path}: `./sealcheck run --out {options.out}` "
                          "leaves them there") from e
    except (OSError, ValueError, KeyError, TypeError) as e:
        raise Stop(USAGE, f"{path} holds no results ({e})") from e
    if schema == SCHEMA and not _PARTS <= results.keys():
        raise Stop(USAGE, f"{path} holds no results: it was cut off, or made by hand")
    if schema != SCHEMA:
        raise Stop(USAGE, f"{path} holds results of another kind: {schema!r} and not {SCHEMA!r}")
    try:
        reports.write_all(results, out, pages)
    except OSError as e:
        raise Stop(LAB_FAILED, f"the reports cannot be written: {e}") from e
    print(f"{options.out.rstrip('/') or '/'}/report.html")
    return ALL_AS_EXPECTED
