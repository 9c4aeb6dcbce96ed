"""`sealcheck sweep`: a scenario once for each disk operation, with a power loss right there."""

from sim.driver.commands import run


def add(commands) -> None:
    parser = commands.add(
        "sweep", run.do, "lose power at every disk operation of scenarios, and lose nothing else",
        "Plays a scenario once for each disk operation of the gateway, with a power loss right "
        "before it and right after it; nothing that was answered 250 may be lost. FILE@before-17 "
        "is one of these runs.")
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.set_defaults(no_repeat=True, show_expected=False, world="sim")
    run.add_common(parser)
