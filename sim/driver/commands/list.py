"""`sealcheck list`: the scenarios, by id and title; or the requirements with their scenarios."""

import json
import sys

from sim.driver.commands.common import ROOT, add_preset, built, code_of, resolve
from sim.driver.exit_codes import ALL_AS_EXPECTED


def add(commands) -> None:
    parser = commands.add("list", do, "list scenarios, or the requirements that they cover")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: all scenarios")
    parser.add_argument("--requirements", action="store_true",
                        help="each requirement with the scenarios that cover or show it, and those "
                             "that have none")
    parser.add_argument("--json", action="store_true", help="of --requirements, for programs")
    add_preset(parser)


def _requirements(options) -> int:
    from sim.driver import catalogue
    from sim.driver.explain import covers

    covering = covers(ROOT)
    table = [{"id": r.id, "text": r.text,
              "scenarios": [path for path, ids, shown in covering if r.id in ids or r.id in shown]}
             for r in catalogue.read(ROOT).values()]
    if options.json:
        print(json.dumps(table, indent=2))
        return ALL_AS_EXPECTED
    for entry in table:
        print(f"{entry['id']:9} {', '.join(entry['scenarios']) or 'no scenario'}")
    bare = sum(not entry["scenarios"] for entry in table)
    print(f"{len(table)} requirements, {bare} with no scenario")
    return ALL_AS_EXPECTED


def do(options) -> int:
    if options.requirements:
        return _requirements(options)
    from sim.driver.build import ENGINE
    from sim.driver.engine import ask, scenarios_listed

    paths = resolve(options.paths)
    build, screen = built(options, ENGINE)
    done = ask(build.engine, ["list", "--root", str(ROOT), *paths])
    sys.stderr.write(done.stderr)
    for scenario in scenarios_listed(done.stdout):
        screen.line(f"{scenario['id']}  {scenario.get('title', '')}".rstrip())
    return code_of(done)
