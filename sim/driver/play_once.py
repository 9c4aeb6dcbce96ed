"""Gets a trace: from a file, or by playing a scenario once, in a folder of its own."""

import re
from dataclasses import dataclass
from pathlib import Path

from sim.driver import trace_file
from sim.driver.collect import Collected
from sim.driver.commands.common import ROOT, resolve
from sim.driver.engine import Engine, Order
from sim.driver.exit_codes import LAB_FAILED, USAGE, Stop
from sim.driver.screen import Screen

_SWEPT = re.compile(r"@(before|during|after)-\d+(\+\d+)?$")


@dataclass(frozen=True)
class Played:
    name: str  # what the user called it
    path: Path
    scenario: dict | None = None  # its result; of a file there is none


def seed_of(word: str, default: int) -> tuple[str, int]:
    """"x.scn@7" is x.scn with the seed 7."""
    if Path(word).exists() or not (match := re.fullmatch(r"(.*)@(\d{1,19})", word, re.DOTALL)):
        return word, default
    if int(match[2]) >= 2**63:
        raise Stop(USAGE, f"a seed is a whole number below 2^63: {word}")
    return match[1], int(match[2])


def get(word: str, seed: int, engine: Path, folder: Path, screen: Screen,
        sut: str | None = None) -> Played:
    """The trace of a file, or of one scenario, FILE or FILE#ROW, perhaps with @SEED."""
    if trace_file.is_trace(Path(word)):
        return Played(word, Path(word))
    name, seed = seed_of(word, seed)
    if Path(name).is_file() and Path(name).suffix != ".scn":
        raise Stop(USAGE, f"neither a scenario (*.scn) nor a trace of sealcheck: {name}")
    folder.mkdir()
    verb = "sweep" if _SWEPT.search(name) else "run"
    order = Order(engine, ROOT, folder, resolve([name]), seed, 1, sut, verb=verb)
    collected, scenarios = Collected(), []
    running = Engine(order, folder / "engine.log")
    try:
        for event in running.events():
            if event.get("event") == "plan" and event.get("scenarios") != 1:
                running.end()
                raise Stop(USAGE, f"{name} is {event.get('scenarios')} scenarios, and one is "
                                  "played at a time: name one, or one row of it (FILE#1)")
            if scenario := collected.take(event):
                scenarios.append(scenario)
    finally:
        running.end()
    for diagnostic in collected.diagnostics:
        screen.raw(diagnostic)
    if running.exit_code == USAGE:
        raise Stop(USAGE, running.last_words() or f"{name} cannot be played")
    if not scenarios or "trace" not in scenarios[0]:
        why = scenarios[0].get("detail") if scenarios else running.last_words()
        raise Stop(LAB_FAILED, f"{name} left no trace: {why}")
    return Played(f"{name} with seed {seed}", folder / scenarios[0]["trace"], scenarios[0])
