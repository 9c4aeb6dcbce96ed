"""`sealcheck check`: are these scenario files well-formed? Nothing is run."""

import json
import sys

from sim.driver.commands.common import ROOT, add_preset, built, code_of, resolve


def add(commands) -> None:
    parser = commands.add("check", do, "check scenario files without running them")
    parser.add_argument("paths", nargs="+", metavar="PATH")
    add_preset(parser)


def do(options) -> int:
    from sim.driver.build import ENGINE
    from sim.driver.engine import ask

    paths = resolve(options.paths)
    build, screen = built(options, ENGINE)
    done = ask(build.engine, ["check", "--root", str(ROOT), *paths])
    for line in done.stdout.splitlines():
        screen.raw(diagnostic(line))
    sys.stderr.write(done.stderr)
    return code_of(done)


def diagnostic(line: str) -> str:
    """The text of a diagnostic event; any other line as it is."""
    try:
        return json.loads(line)["text"]
    except (ValueError, KeyError, TypeError):
        return line
