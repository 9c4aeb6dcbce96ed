"""`sealcheck replay`: plays one scenario and prints what happened, or prints a trace file."""

import argparse
import re
import sys
import tempfile
from pathlib import Path

from sim.driver.commands.common import add_preset, built, seed
from sim.driver.exit_codes import ALL_AS_EXPECTED, USAGE, Stop

_UNITS = {"ms": 1e-3, "s": 1, "m": 60, "h": 3600, "d": 86400, "": 1}


def add(commands) -> None:
    parser = commands.add(
        "replay", do, "what happened in a scenario, event by event",
        "Plays one scenario (or one row of it, FILE#ROW) and prints its events on one timeline, "
        "with a lane for each actor; a trace file of an earlier run is printed as it is.")
    parser.add_argument("scenario", metavar="SCENARIO", help="a scenario, or a trace file")
    parser.add_argument("--seed", type=seed, default=1, metavar="N", help="default: 1")
    parser.add_argument("--sut", metavar="NAME", help="the gateway under test (default: sealgate)")
    parser.add_argument("--step", action="store_true",
                        help="stop at each event: Enter goes on, /TEXT goes on to an event that "
                             "has the text, c goes on without stopping, q ends")
    parser.add_argument("--actor", action="append", default=[], metavar="NAME",
                        help="what it did or was told; a part of its name will do")
    parser.add_argument("--kind", action="append", default=[], metavar="KIND",
                        help="such as smtp, smtp.reply, tls, tcp, dns, disk, lab")
    parser.add_argument("--from", dest="from_s", type=_time, metavar="TIME",
                        help="from then on: 900, 15m, 1h30m, 20ms")
    parser.add_argument("--to", dest="to_s", type=_time, metavar="TIME", help="up to then")
    parser.add_argument("--all", action="store_true",
                        help="also what is too small to tell, by its kind and fields")
    add_preset(parser)


def do(options) -> int:
    from sim.driver import play_once, replay
    from sim.driver.build import ENGINE

    if options.from_s is not None and options.to_s is not None and options.to_s < options.from_s:
        raise Stop(USAGE, "--to lies before --from")
    if options.step and not sys.stdin.isatty() and sys.stdin.closed:
        raise Stop(USAGE, "--step asks on the standard input, which is closed")
    wanted = replay.Filter(tuple(options.actor), tuple(options.kind), options.from_s,
                           options.to_s, options.all)
    build, screen = built(options, ENGINE)
    with tempfile.TemporaryDirectory(prefix="sealcheck-") as folder:
        played = play_once.get(options.scenario, options.seed, build.engine,
                               Path(folder) / "out", screen, options.sut)
        events = list(replay.told(build.engine, played.path, wanted))
        if not events:
            raise Stop(USAGE, f"no event of {played.name} is like that")
        if options.step:
            replay.step(events, screen)
        else:
            replay.show(events, screen)
    if played.scenario:
        screen.line()
        screen.line(f"{played.scenario['verdict']}: {played.name}", style="bold")
    return ALL_AS_EXPECTED


def _time(text: str) -> float:
    """Seconds since the start of the run: "900", "15m", "1h30m", "20ms"."""
    parts = re.findall(r"(\d+(?:\.\d+)?)(ms|s|m|h|d|)", text)
    if not parts or "".join(n + unit for n, unit in parts) != text or \
            (len(parts) > 1 and any(not unit for _, unit in parts)):
        raise argparse.ArgumentTypeError(f"a time is written as 900, 15m, 1h30m or 20ms: {text}")
    return sum(float(n) * _UNITS[unit] for n, unit in parts)
