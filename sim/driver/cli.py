"""The command line: parses it, hands over to the command (sim/driver/commands), says what failed.

Exit codes: 0 all as expected, 1 a verdict, 2 usage or a broken scenario, 3 the lab itself failed;
`test` returns CTest's own.
"""

import argparse
import re
import signal
import sys

from sim.driver import commands
from sim.driver.catalogue import CatalogueError
from sim.driver.commands.common import ROOT
from sim.driver.exit_codes import LAB_FAILED, Stop


def main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    # Started in the background, a shell leaves Ctrl-C ignored; and CI ends a job with SIGTERM.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        parser = _parser()
        options, rest = parser.parse_known_args(arguments)
        if rest and not getattr(options, "takes_rest", False):
            parser.error(f"unknown argument: {rest[0]}")
        options.rest = rest
        return options.do(options)
    except Stop as e:
        print(f"sealcheck: {e}", file=sys.stderr)
        return e.code
    except CatalogueError as e:
        print(f"sealcheck: the requirement catalogue is broken: {e}", file=sys.stderr)
        return LAB_FAILED
    except KeyboardInterrupt:
        print("sealcheck: interrupted", file=sys.stderr)
        return LAB_FAILED


def _interrupt(number, frame):
    # The engine gets its end and the reports get written: that is short, and a second, impatient
    # Ctrl-C must not cut it off.
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sealcheck", allow_abbrev=False,
        description="Shows whether an email-encryption gateway does what its documentation says.",
        epilog="exit codes: 0 all as expected, 1 a verdict, 2 usage or a broken scenario, "
               "3 the lab itself failed")
    version = re.search(r"project\(sealcheck VERSION (\S+)",
                        (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))
    parser.add_argument(
        "--version", action="version", version=f"sealcheck {version[1] if version else 'unknown'}")
    declared = Commands(parser)
    for command in commands.IN_ORDER:
        command.add(declared)
    return parser


class Commands:
    """Where the commands declare themselves."""

    def __init__(self, parser: argparse.ArgumentParser):
        self._added = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(self, name: str, do, help: str, description: str | None = None):
        """A parser for the command's own arguments; `do(options)` returns the exit code."""
        parser = self._added.add_parser(
            name, help=help, description=description or help, allow_abbrev=False)
        parser.set_defaults(do=do)
        parser.add_argument("--color", choices=["auto", "always", "never"], default="auto",
                            help="colours; auto: on a terminal, unless NO_COLOR is set")
        return parser
