"""`sealcheck gateway`: starts the reference gateway on this machine's sockets and disk."""

import os
from pathlib import Path

from sim.driver.commands.common import add_preset, built

DAEMON = "reference/daemon/sealgate"  # below the build folder; also ninja's name of the target


def add(commands) -> None:
    parser = commands.add(
        "gateway", do, "start the reference gateway on real sockets",
        "Starts sealgate with this configuration: it takes mail, delivers, reads the file again on "
        "SIGHUP and ends on SIGTERM. The file's folder holds its data. What is not named here is "
        "handed on to it (--check, --make-token NAME, --threads N).")
    parser.add_argument("--config", required=True, metavar="FILE", help="the file sealgate.conf")
    add_preset(parser)
    parser.set_defaults(takes_rest=True)


def do(options) -> int:
    build, _ = built(options, DAEMON)
    daemon = build.folder / DAEMON
    os.execv(daemon, [str(daemon), "--config", str(Path(options.config).absolute()),
                      *options.rest])
