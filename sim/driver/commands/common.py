"""What several commands share: kinds of arguments, the paths of scenarios, the build."""

import argparse
import re
import sys
from pathlib import Path

from sim.driver.exit_codes import LAB_FAILED, USAGE, Stop

ROOT = Path(__file__).resolve().parents[3]
# A path, a row of its table, and one moment of its crash sweep.
_SELECTOR = re.compile(r"([^#]*?)(#.*?|)(@(?:before|during|after)-\d+(?:\+\d+)?|)", re.DOTALL)


def count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"not a positive number: {text}")
    return int(text)


def seed(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) >= 2**63:
        raise argparse.ArgumentTypeError(f"a seed is a whole number below 2^63: {text}")
    return int(text)


def add_preset(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--preset", default="dev", metavar="NAME",
                        help="the CMake preset to build with (default: dev)")


def add_screenshots(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--screenshots", metavar="DIR",
                        help="show the pictures (.png) of this folder in report.html; those of the "
                             "hybrid service's portal are in build/dev/portal-pages after the test "
                             "portal_in_chromium")


def screenshots(options) -> tuple:
    """The pages of that folder, read before anything is done."""
    if options.screenshots is None:
        return ()
    from reports import pictures

    try:
        return pictures.read(Path(options.screenshots))
    except pictures.PicturesError as e:
        raise Stop(USAGE, f"--screenshots: {e}") from e


def resolve(paths: list[str]) -> tuple[str, ...]:
    """Absolute paths: relative to the working directory, else to the repository (as ids are)."""
    found = []
    for path in paths or [str(ROOT / "scenarios")]:
        file, row, moment = _SELECTOR.fullmatch(path).groups()
        choices = [base / file for base in (Path.cwd(), ROOT)]
        exists = next((c for c in choices if c.exists()), None)
        if exists is None:
            raise Stop(USAGE, f"no such scenario file or folder: {path}")
        found.append(str(exists.resolve()) + row + moment)
    return tuple(found)


def built(options, target: str):
    """The build, up to date, and a screen on stdout; the build itself talks on stderr."""
    from sim.driver.build import Build
    from sim.driver.screen import Screen

    build = Build(ROOT, options.preset)
    build.make(target, Screen(sys.stderr, color=options.color))
    return build, Screen(color=options.color)


def code_of(done) -> int:
    """The exit code of a finished engine; one that died is the lab's failure."""
    return done.returncode if done.returncode in range(4) else LAB_FAILED
