"""The commands, a file each: what it takes, in the words of `--help`, and who does it.

A command's file has `add(commands)`, which declares it (see Commands in cli.py), and the function
that does it. What is slow to load (the reports) is imported inside that function: `--help`
and a wrong argument are answered at once.
"""

from sim.driver.commands import (
    build, check, diff, explain, gateway, language, replay, report, run, sweep, test)
from sim.driver.commands import list as listing

IN_ORDER = (
    run, sweep, report, replay, diff, check, language, listing, explain, gateway, test, build)
