"""`sealcheck build`: configures and builds everything."""

from sim.driver.commands.common import add_preset, built
from sim.driver.exit_codes import ALL_AS_EXPECTED


def add(commands) -> None:
    add_preset(commands.add("build", do, "build everything"))


def do(options) -> int:
    from sim.driver.build import EVERYTHING

    built(options, EVERYTHING)
    return ALL_AS_EXPECTED
