"""`sealcheck run`: plays scenarios and reports."""

import argparse
import os
import secrets
import tempfile
from pathlib import Path

from sim.driver.commands.common import (
    ROOT, add_preset, add_screenshots, built, count, resolve, screenshots, seed)
from sim.driver.exit_codes import USAGE, Stop


def add(commands) -> None:
    parser = commands.add(
        "run", do, "run scenarios and report",
        "Runs scenario files (or every one below a folder; FILE#ROW is one row of a table) and "
        "writes results.json, junit.xml, report.html and report.md.")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: all scenarios")
    parser.add_argument("--world", choices=["sim"], default="sim", help="where it runs")
    which = parser.add_argument_group("which of them")
    which.add_argument("-k", dest="keyword", metavar="EXPR", type=_expression,
                       help="those whose id or title contains the words: 'tls and not (weak or "
                            "\"plain text\")'")
    which.add_argument("--tag", action="append", default=[], metavar="NAME",
                       help="those with this tag; given again: or that one")
    which.add_argument("--not-tag", action="append", default=[], metavar="NAME",
                       help="none with this tag")
    which.add_argument("--shard", type=_shard, metavar="I/N",
                       help="part I of N, for CI on several machines; decided by the ids alone")
    which.add_argument("--only-failed", action="store_true",
                       help="those that were not as expected in the last run with the same --out")
    parser.add_argument("--no-repeat", action="store_true",
                        help="do not run everything a second time to see the same trace hashes")
    parser.add_argument("--repeat", dest="seeds", type=count, default=1, metavar="N",
                        help="play everything with N seeds, from --seed on (default: 1)")
    parser.add_argument("--show-expected", action="store_true",
                        help="print the failure block of selftests too, which must fail")
    add_common(parser)


def add_common(parser) -> None:
    """What `run` and `sweep` both take."""
    parser.add_argument("--sut", metavar="NAME", help="the gateway under test (default: sealgate)")
    parser.add_argument(
        "-j", "--jobs", type=count, metavar="N", default=len(os.sched_getaffinity(0)),
        help="processes (default: one per core)")
    parser.add_argument("--seed", type=_seed_or_random, default=1, metavar="N",
                        help="decides everything that is random: a number, or `random` for one "
                             "that is chosen and printed (default: 1)")
    parser.add_argument("-x", "--first", action="store_true", help="stop at the first failure")
    parser.add_argument("--fail-on", choices=["inconclusive", "fail", "error"],
                        default="inconclusive",
                        help="the least verdict that makes the exit code 1 (default: inconclusive)")
    parser.add_argument("--capture", action="store_true",
                        help="write a decrypted packet capture (pcapng) of each run, not only of "
                             "those that fail")
    parser.add_argument("--out", default="out", metavar="DIR",
                        help="where reports, traces and captures go (default: out)")
    add_screenshots(parser)
    add_preset(parser)


def do(options) -> int:
    from sim.driver import catalogue, output_folder
    from sim.driver.build import ENGINE

    if options.seed is None:
        chosen, at_random = secrets.randbelow(2**31), True
    else:
        chosen, at_random = options.seed, False
    if chosen + getattr(options, "seeds", 1) > 2**63:
        raise Stop(USAGE, "--repeat: the last seed is not below 2^63")
    requirements = catalogue.read(ROOT)
    paths = resolve(options.paths)
    pages = screenshots(options)
    out = Path(options.out).absolute()
    wanted = _selection(options, out)
    output_folder.probe(out)
    if wanted.is_everything():
        output_folder.clear(out)
    build, screen = built(options, ENGINE)

    from sim.driver.request import Request
    from sim.driver.run import Run

    request = Request(
        paths, out, options.out.rstrip("/") or "/", chosen, options.jobs, options.world,
        options.sut, not options.no_repeat, options.show_expected, options.command,
        options.capture, seeds=getattr(options, "seeds", 1), seed_is_random=at_random,
        stop_at_first=options.first, fail_on=options.fail_on, pages=pages)
    with tempfile.TemporaryDirectory(prefix="sealcheck-") as folder:
        only = None
        if not wanted.is_everything():
            only = Path(folder) / "only"
            chosen_ids = wanted.choose(_listed(build.engine, paths, screen))
            only.write_text("".join(f"{id}\n" for id in chosen_ids), "utf-8", "surrogateescape")
            output_folder.clear(out)
        return Run(ROOT, build.engine, request, requirements, screen, only).perform()


def _selection(options, out: Path):
    from sim.driver.selection import Selection, failed_last_time

    if options.command != "run":
        return Selection()
    return Selection(
        options.keyword, tuple(options.tag), tuple(options.not_tag), options.shard,
        failed_last_time(out) if options.only_failed else None)


def _listed(engine: Path, paths: tuple[str, ...], screen) -> list[dict]:
    """Every scenario below the paths; what is wrong with one of them is said as by `check`."""
    from sim.driver.commands.check import diagnostic
    from sim.driver.engine import ask, scenarios_listed

    done = ask(engine, ["list", "--root", str(ROOT), *paths])
    if done.returncode != 0:
        for line in done.stdout.splitlines():
            screen.raw(diagnostic(line))
        raise Stop(done.returncode if done.returncode == USAGE else 3,
                   done.stderr.strip() or "the scenarios cannot be listed")
    return scenarios_listed(done.stdout)


def _seed_or_random(text: str) -> int | None:
    return None if text == "random" else seed(text)


def _shard(text: str) -> tuple[int, int]:
    i, slash, n = text.partition("/")
    if not slash or not (i.isascii() and i.isdigit() and n.isascii() and n.isdigit()) or \
            not 1 <= int(i) <= int(n):
        raise argparse.ArgumentTypeError(f"a shard is I/N with 1 <= I <= N, such as 2/4: {text}")
    return int(i), int(n)


def _expression(text: str) -> str:
    from sim.driver.selection import BadExpression, expression

    try:
        expression(text)
    except BadExpression as e:
        raise argparse.ArgumentTypeError(f"{e}: {text}") from e
    return text
