"""The block that a failure prints: enough to understand it, and one command to see it again.

    file:line:col, the requirement's text, the source line, expected and seen side by side,
    the last events of each actor on one timeline, the replay command, the trace and the capture

It fits 80 columns; the position at its head, commands and paths are never wrapped, so that they
can be copied.
"""

import re

from rich.table import Table
from rich.text import Text

from sim.driver import verdicts
from sim.driver.catalogue import Requirement
from sim.driver.screen import Screen, printable

_EVENTS_PER_ACTOR = 6
_STYLE = {"fail": "bold red", "error": "bold magenta", "inconclusive": "bold yellow"}


def show(scenario: dict, catalogue: dict[str, Requirement], *, replay: str, out: str,
         screen: Screen) -> None:
    """Prints the block of one scenario. `out` is the folder that its paths are relative to."""
    bad = [a for a in scenario["assertions"] if a["verdict"] in verdicts.BAD]
    verdict = "fail as expected" if scenario["expected_failure"] and \
        scenario["verdict"] == "pass" else scenario["verdict"]
    where = bad[0]["position"] if bad else scenario["file"]
    screen.line()
    screen.line(f"{verdict.upper()}  {where}", style=_STYLE.get(scenario["verdict"], "bold"))
    _wrapped(screen, scenario["title"] or scenario["id"])
    if detail := scenario.get("detail"):
        _wrapped(screen, detail)
    for number, (assertion, requirements) in enumerate(_by_statement(bad)):
        if number:
            screen.line()
            screen.line(f"  {assertion['verdict'].upper()}  {assertion['position']}",
                        style=_STYLE.get(assertion["verdict"]))
        _assertion(assertion, requirements, catalogue, screen)
    _timeline(scenario["timeline"], screen)
    screen.line()
    screen.line(f"  replay   {replay}", style="bold")
    for kind in ("trace", "capture"):
        if path := scenario.get(kind):
            screen.line(f"  {kind:7}  {out}/{path}")
    screen.line()


def replay_command(scenario: dict, seed: int, sut: str | None) -> str:
    """The one command that runs this scenario (and this row of it) again."""
    id = scenario["id"]
    if not re.fullmatch(r"[\w@%+=:,./#-]+", id):
        id = "'" + id.replace("'", "'\\''") + "'"
    verb = "sweep" if re.search(r"@(before|during|after)-\d+(\+\d+)?$", scenario["id"]) else "run"
    return f"./sealcheck {verb} {id} --seed {seed}" + (f" --sut {sut}" if sut else "")


def _by_statement(assertions: list[dict]) -> list[tuple[dict, list[str]]]:
    """One entry a statement: an assertion stands in the results once for each requirement."""
    found: dict[tuple, tuple[dict, list[str]]] = {}
    for assertion in assertions:
        key = tuple(assertion[k] for k in ("position", "verdict", "expected", "seen"))
        _, requirements = found.setdefault(key, (assertion, []))
        if assertion["requirement"]:
            requirements.append(assertion["requirement"])
    return list(found.values())


def _assertion(assertion: dict, requirements: list[str], catalogue: dict[str, Requirement],
               screen: Screen) -> None:
    for id in requirements:
        known = catalogue.get(id)
        _wrapped(screen, id, known.text if known else "(not in the catalogue)")
    if source := assertion["source"].strip():
        screen.line()
        grid = Table.grid(padding=(0, 0, 0, 4), pad_edge=True, expand=True)
        grid.add_column(ratio=1, overflow="fold")
        grid.add_row(_cell(source, "cyan"))
        screen.table(grid)
    screen.line()
    sides = Table.grid(padding=(0, 0, 0, 2), pad_edge=True, expand=True)
    sides.add_column(ratio=1, overflow="fold")
    sides.add_column(ratio=1, overflow="fold")
    sides.add_row(Text("expected", style="dim"), Text("seen", style="dim"))
    sides.add_row(_cell(assertion["expected"], "green"), _cell(assertion["seen"], "red"))
    screen.table(sides)


def _timeline(events: list[dict], screen: Screen) -> None:
    if not events:
        return
    screen.line()
    screen.line("  the last events", style="dim")
    table = Table.grid(padding=(0, 0, 0, 2), pad_edge=True, expand=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True, max_width=24, style="bold")
    table.add_column(ratio=1, overflow="fold")
    for event in last_of_each(events):
        table.add_row(
            Text(f"{event.get('t_s', 0):.3f} s"), _cell(event.get("actor", "")),
            _cell(event.get("text", "")))
    screen.table(table)


def last_of_each(events: list[dict], count: int = _EVENTS_PER_ACTOR) -> list[dict]:
    """The last `count` events of each actor, in the order in which they happened."""
    left: dict[str, int] = {}
    kept = []
    for event in reversed(events):
        actor = event.get("actor", "")
        if left.setdefault(actor, count) > 0:
            left[actor] -= 1
            kept.append(event)
    return kept[::-1]


def _cell(text: str, style: str = "") -> Text:
    return Text("\n".join(printable(line) for line in str(text).split("\n")), style=style)


def _wrapped(screen: Screen, *cells: str) -> None:
    """A paragraph as wide as the screen; with two cells the first is its hanging label."""
    grid = Table.grid(padding=(0, 0, 0, 2), pad_edge=True, expand=True)
    for _ in cells[1:]:
        grid.add_column(no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(*map(_cell, cells))
    screen.table(grid)
