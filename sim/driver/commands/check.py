"""`sealcheck check`: are these scenario files well-formed? Nothing is run."""

import json
import sys

from sim.driver.commands.common import ROOT, add_preset, built, code_of, resolve


def add(commands) -> None:
    parser = commands.add("check", do, "check scenario files without running them")
    lint = commands.add("lint", do, "check, with exit code 1 when the linter has a warning")
    parser.add_argument("--strict", action="store_true", help="exit 1 when there is a warning")
    lint.set_defaults(strict=True)
    for each in (parser, lint):
        each.add_argument("paths", nargs="+", metavar="PATH")
        add_preset(each)


def do(options) -> int:
    from sim.driver.build import ENGINE
    from sim.driver.engine import ask

    paths = resolve(options.paths)
    build, screen = built(options, ENGINE)
    strict = ["--strict"] if options.strict else []
    done = ask(build.engine, ["check", "--root", str(ROOT), *strict, *paths])
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
