"""`sealcheck explain ID`: a requirement, and what shows it."""

from pathlib import Path

from sim.driver.commands.common import ROOT
from sim.driver.exit_codes import ALL_AS_EXPECTED


def add(commands) -> None:
    parser = commands.add(
        "explain", do, "a requirement's text, its rulings, its scenarios and their last verdicts")
    parser.add_argument("id", metavar="ID", help="such as TLS-M-04 or RUL-03")
    parser.add_argument("--out", default="out", metavar="DIR",
                        help="where the last run left its results (default: out)")


def do(options) -> int:
    from sim.driver import catalogue
    from sim.driver.explain import explain
    from sim.driver.screen import Screen

    explain(options.id, catalogue.read(ROOT), ROOT, Path(options.out), Screen(color=options.color))
    return ALL_AS_EXPECTED
