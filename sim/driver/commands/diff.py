"""`sealcheck diff A B`: where two runs part."""

import tempfile
from pathlib import Path

from sim.driver.commands.common import add_preset, built
from sim.driver.exit_codes import A_VERDICT, ALL_AS_EXPECTED


def add(commands) -> None:
    parser = commands.add(
        "diff", do, "the first event in which two runs differ",
        "Compares two traces event by event and shows the first difference with what came before "
        "it. Each is a trace file, or a scenario to be played: FILE, FILE#ROW or FILE@SEED. Exit "
        "code 1: they differ.")
    parser.add_argument("a", metavar="A")
    parser.add_argument("b", metavar="B")
    add_preset(parser)


def do(options) -> int:
    from sim.driver import play_once, trace_diff
    from sim.driver.build import ENGINE

    build, screen = built(options, ENGINE)
    with tempfile.TemporaryDirectory(prefix="sealcheck-") as folder:
        a, b = (play_once.get(word, 1, build.engine, Path(folder) / name, screen)
                for word, name in ((options.a, "a"), (options.b, "b")))
        return A_VERDICT if trace_diff.differ(a, b, screen) else ALL_AS_EXPECTED
