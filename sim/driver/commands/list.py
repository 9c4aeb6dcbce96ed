"""`sealcheck list`: the scenarios, by id and title."""

import sys

from sim.driver.commands.common import ROOT, add_preset, built, code_of, resolve


def add(commands) -> None:
    parser = commands.add("list", do, "list scenarios: id and title")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: all scenarios")
    add_preset(parser)


def do(options) -> int:
    from sim.driver.build import ENGINE
    from sim.driver.engine import ask, scenarios_listed

    paths = resolve(options.paths)
    build, screen = built(options, ENGINE)
    done = ask(build.engine, ["list", "--root", str(ROOT), *paths])
    sys.stderr.write(done.stderr)
    for scenario in scenarios_listed(done.stdout):
        screen.line(f"{scenario['id']}  {scenario.get('title', '')}".rstrip())
    return code_of(done)
