"""`sealcheck run`: plays scenarios and reports."""

import os
from pathlib import Path

from sim.driver.commands.common import ROOT, add_preset, built, count, resolve, seed


def add(commands) -> None:
    parser = commands.add(
        "run", do, "run scenarios and report",
        "Runs scenario files (or every one below a folder; FILE#ROW is one row of a table) and "
        "writes results.json, junit.xml and report.html.")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: all scenarios")
    parser.add_argument("--world", choices=["sim"], default="sim", help="where it runs")
    parser.add_argument("--no-repeat", action="store_true",
                        help="do not run everything a second time to see the same trace hashes")
    parser.add_argument("--show-expected", action="store_true",
                        help="print the failure block of selftests too, which must fail")
    add_common(parser)


def add_common(parser) -> None:
    """What `run` and `sweep` both take."""
    parser.add_argument("--sut", metavar="NAME", help="the gateway under test (default: sealgate)")
    parser.add_argument(
        "-j", "--jobs", type=count, metavar="N", default=len(os.sched_getaffinity(0)),
        help="processes (default: one per core)")
    parser.add_argument("--seed", type=seed, default=1, metavar="N",
                        help="decides everything that is random (default: 1)")
    parser.add_argument("--capture", action="store_true",
                        help="write a decrypted packet capture (pcapng) of each run")
    parser.add_argument("--out", default="out", metavar="DIR",
                        help="where reports, traces and captures go (default: out)")
    add_preset(parser)


def do(options) -> int:
    from sim.driver import catalogue, run
    from sim.driver.build import ENGINE

    requirements = catalogue.read(ROOT)
    out = Path(options.out).absolute()
    request = run.Request(
        resolve(options.paths), out, options.out.rstrip("/") or "/", options.seed, options.jobs,
        options.world, options.sut, not options.no_repeat, options.show_expected, options.command,
        options.capture)
    run.prepare(out)
    build, screen = built(options, ENGINE)
    return run.Run(ROOT, build.engine, request, requirements, screen).perform()
