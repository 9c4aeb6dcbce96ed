"""`sealcheck explain ID`: a requirement's text, and the scenarios that cover it."""

from sim.driver.commands.common import ROOT
from sim.driver.exit_codes import ALL_AS_EXPECTED


def add(commands) -> None:
    parser = commands.add(
        "explain", do, "a requirement's text, and the scenarios that cover it")
    parser.add_argument("id", metavar="ID", help="such as TLS-M-04")


def do(options) -> int:
    from sim.driver import catalogue
    from sim.driver.explain import explain

    print(explain(options.id, catalogue.read(ROOT), ROOT))
    return ALL_AS_EXPECTED
