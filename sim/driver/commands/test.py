"""`sealcheck test`: builds everything and runs CTest, whose exit code it returns."""

import signal
import subprocess
import sys

from sim.driver.commands.common import add_preset, built


def add(commands) -> None:
    parser = commands.add(
        "test", do, "build everything and run every test",
        "Builds everything and runs CTest; arguments not listed here go to ctest, such as -R NAME.")
    parser.set_defaults(takes_rest=True)
    add_preset(parser)


def do(options) -> int:
    from sim.driver.build import EVERYTHING

    build, _ = built(options, EVERYTHING)
    sys.stdout.flush()
    command = ["ctest", "--test-dir", str(build.folder), "--output-on-failure", "-j2"]
    ctest = subprocess.Popen([*command, *options.rest])
    try:
        return ctest.wait()
    except KeyboardInterrupt:
        ctest.send_signal(signal.SIGINT)
        ctest.wait()
        raise
