"""The command line: what each command does, in the words of `--help`, and who does it.

Exit codes: 0 all as expected, 1 a verdict, 2 usage or a broken scenario, 3 the lab itself failed;
`test` returns CTest's own.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from sim.driver import catalogue as requirement_catalogue
from sim.driver.exit_codes import ALL_AS_EXPECTED, LAB_FAILED, USAGE, Stop

ROOT = Path(__file__).resolve().parents[2]
# A path, a row of its table, and one moment of its crash sweep.
_SELECTOR = re.compile(r"([^#]*?)(#.*?|)(@(?:before|during|after)-\d+(?:\+\d+)?|)", re.DOTALL)


def main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    # Started in the background, a shell leaves Ctrl-C ignored; and CI ends a job with SIGTERM.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        parser = _parser()
        options, rest = parser.parse_known_args(arguments)
        if rest and options.command != "test":
            parser.error(f"unknown argument: {rest[0]}")
        options.rest = rest
        return options.do(options)
    except Stop as e:
        print(f"sealcheck: {e}", file=sys.stderr)
        return e.code
    except requirement_catalogue.CatalogueError as e:
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
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name, do, help, description=None):
        added = commands.add_parser(
            name, help=help, description=description or help, allow_abbrev=False)
        added.set_defaults(do=do)
        return added

    run = command(
        "run", _run, "run scenarios and report",
        "Runs scenario files (or every one below a folder; FILE#ROW is one row of a table) and "
        "writes results.json, junit.xml and report.html.")
    run.add_argument("paths", nargs="*", metavar="PATH", help="default: all scenarios")
    run.add_argument("--world", choices=["sim"], default="sim", help="where it runs")
    run.add_argument("--no-repeat", action="store_true",
                     help="do not run everything a second time to see the same trace hashes")
    run.add_argument("--show-expected", action="store_true",
                     help="print the failure block of selftests too, which must fail")

    sweep = command(
        "sweep", _run, "lose power at every disk operation of scenarios, and lose nothing else",
        "Plays a scenario once for each disk operation of the gateway, with a power loss right "
        "before it and right after it; nothing that was answered 250 may be lost. FILE@before-17 "
        "is one of these runs.")
    sweep.add_argument("paths", nargs="+", metavar="PATH")
    sweep.set_defaults(no_repeat=True, show_expected=False, world="sim")

    for each in (run, sweep):
        each.add_argument(
            "--sut", metavar="NAME", help="the gateway under test (default: sealgate)")
        each.add_argument(
            "-j", "--jobs", type=_count, metavar="N", default=len(os.sched_getaffinity(0)),
            help="processes (default: one per core)")
        each.add_argument("--seed", type=_seed, default=1, metavar="N",
                          help="decides everything that is random (default: 1)")
        each.add_argument("--capture", action="store_true",
                          help="write a decrypted packet capture (pcapng) of each run")
        each.add_argument("--out", default="out", metavar="DIR",
                          help="where reports, traces and captures go (default: out)")

    check = command("check", _check, "check scenario files without running them")
    check.add_argument("paths", nargs="+", metavar="PATH")
    listing = command("list", _list, "list scenarios: id and title")
    listing.add_argument("paths", nargs="*", metavar="PATH", help="default: all scenarios")
    explain = command("explain", _explain, "a requirement's text, and the scenarios that cover it")
    explain.add_argument("id", metavar="ID", help="such as TLS-M-04")
    test = command(
        "test", _test, "build everything and run every test",
        "Builds everything and runs CTest; arguments not listed here go to ctest, such as -R NAME.")
    build = command("build", _build, "build everything")
    for each in (run, sweep, check, listing, test, build):
        each.add_argument("--preset", default="dev", metavar="NAME",
                          help="the CMake preset to build with (default: dev)")
    return parser


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"not a positive number: {text}")
    return int(text)


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) >= 2**63:
        raise argparse.ArgumentTypeError(f"a seed is a whole number below 2^63: {text}")
    return int(text)


def resolve(paths: list[str]) -> tuple[str, ...]:
    """Absolute paths: relative to the working directory, else to the repository (as ids are)."""
    found = []
    for path in paths or [str(ROOT / "scenarios")]:
        file, row, moment = _SELECTOR.fullmatch(path).groups()
        choices = [base / file for base in (Path.cwd(), ROOT)]
        exists = next((c for c in choices if c.exists()), None)
        if exists is None:
            raise Stop(USAGE, f"no such scenario file or folder: {path}")
        found.append(str(exists.resolve()) + row + moment)
    return tuple(found)


def _built(options, target: str):
    """The build, up to date, and a screen on stdout; the build itself talks on stderr.

    Rich and what uses it are loaded only by commands that need them.
    """
    from sim.driver.build import Build
    from sim.driver.screen import Screen

    build = Build(ROOT, options.preset)
    build.make(target, Screen(sys.stderr))
    return build, Screen()


def _run(options) -> int:
    from sim.driver import run
    from sim.driver.build import ENGINE

    catalogue = requirement_catalogue.read(ROOT)
    out = Path(options.out).absolute()
    request = run.Request(
        resolve(options.paths), out, options.out.rstrip("/") or "/", options.seed, options.jobs,
        options.world, options.sut, not options.no_repeat, options.show_expected, options.command,
        options.capture)
    run.prepare(out)
    build, screen = _built(options, ENGINE)
    return run.Run(ROOT, build.engine, request, catalogue, screen).perform()


def _check(options) -> int:
    from sim.driver.build import ENGINE
    from sim.driver.engine import ask

    paths = resolve(options.paths)
    build, screen = _built(options, ENGINE)
    done = ask(build.engine, ["check", "--root", str(ROOT), *paths])
    for line in done.stdout.splitlines():
        screen.raw(_diagnostic(line))
    sys.stderr.write(done.stderr)
    return done.returncode if done.returncode in range(4) else LAB_FAILED


def _diagnostic(line: str) -> str:
    """The text of a diagnostic event; any other line as it is."""
    try:
        return json.loads(line)["text"]
    except (ValueError, KeyError, TypeError):
        return line


def _list(options) -> int:
    from sim.driver.build import ENGINE
    from sim.driver.engine import ask, scenarios_listed

    paths = resolve(options.paths)
    build, screen = _built(options, ENGINE)
    done = ask(build.engine, ["list", "--root", str(ROOT), *paths])
    sys.stderr.write(done.stderr)
    for scenario in scenarios_listed(done.stdout):
        screen.line(f"{scenario['id']}  {scenario.get('title', '')}".rstrip())
    return done.returncode if done.returncode in range(4) else LAB_FAILED


def _explain(options) -> int:
    from sim.driver.explain import explain

    print(explain(options.id, requirement_catalogue.read(ROOT), ROOT))
    return ALL_AS_EXPECTED


def _build(options) -> int:
    from sim.driver.build import EVERYTHING

    _built(options, EVERYTHING)
    return ALL_AS_EXPECTED


def _test(options) -> int:
    from sim.driver.build import EVERYTHING

    build, _ = _built(options, EVERYTHING)
    sys.stdout.flush()
    command = ["ctest", "--test-dir", str(build.folder), "--output-on-failure", "-j2"]
    ctest = subprocess.Popen([*command, *options.rest])
    try:
        return ctest.wait()
    except KeyboardInterrupt:
        ctest.send_signal(signal.SIGINT)
        ctest.wait()
        raise
