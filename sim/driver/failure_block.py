"""The block that a failure prints: enough to understand it, and one command to see it again.

    file:line:col, the requirement's text, the source line, expected and seen side by side,
    the last events of each actor on one timeline, the replay command, the trace and the capture

It fits 80 columns (and is no wider than 100); the position at its head, commands and paths are
never wrapped, so that they can be copied.
"""

import re

from sim.driver import verdicts
from sim.driver.catalogue import Requirement
from sim.driver.layout import Column, side_by_side, width_of, wrap
from sim.driver.screen import Screen, printable

_EVENTS_PER_ACTOR = 6
_WIDTH_MAX = 100
_TOLERATED_MAX = 20
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
    _paragraph(screen, scenario["title"] or scenario["id"])
    if detail := scenario.get("detail"):
        _paragraph(screen, detail)
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


def show_tolerated(tolerated: dict[str, str], screen: Screen) -> None:
    """What is not what was asked for, and yet no failure: by position, what was seen."""
    for position in sorted(tolerated)[:_TOLERATED_MAX]:
        screen.line(f"tolerated  {position}", style="yellow")
        for line in wrap(_clean(tolerated[position]), _width(screen) - 2):
            screen.line(f"  {line}")
    if len(tolerated) > _TOLERATED_MAX:
        screen.line(f"tolerated  {len(tolerated) - _TOLERATED_MAX} more: see report.html")


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
        _paragraph(screen, known.text if known else "(not in the catalogue)", label=id)
    if source := assertion["source"].strip():
        screen.line()
        screen.lines(side_by_side(
            Column(_clean(source), _width(screen) - 4, "cyan"), indent=4))
    screen.line()
    half = (_width(screen) - 4) // 2
    screen.lines(side_by_side(Column("expected", half, "dim"), Column("seen", half, "dim")))
    screen.lines(side_by_side(Column(_clean(assertion["expected"]), half, "green"),
                              Column(_clean(assertion["seen"]), half, "red")))


def _timeline(events: list[dict], screen: Screen) -> None:
    if not events:
        return
    screen.line()
    screen.line("  the last events", style="dim")
    rows = [(f"{e.get('t_s', 0):.3f} s", _clean(e.get("actor", "")), _clean(e.get("text", "")))
            for e in last_of_each(events)]
    first, second = (max(width_of(row[place]) for row in rows) for place in (0, 1))
    second = min(second, 24)
    rest = max(20, _width(screen) - first - second - 6)
    for time, actor, text in rows:
        screen.lines(side_by_side(
            Column(time, first, right=True), Column(actor, second, "bold"), Column(text, rest)))


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


def _paragraph(screen: Screen, text: str, label: str = "") -> None:
    """A paragraph as wide as the block; behind a label it hangs."""
    if not label:
        for line in wrap(_clean(text), _width(screen) - 2):
            screen.line(f"  {line}")
        return
    label = _clean(label)
    rest = max(20, _width(screen) - width_of(label) - 4)
    screen.lines(side_by_side(Column(label, width_of(label), "bold"), Column(_clean(text), rest)))


def _width(screen: Screen) -> int:
    return min(screen.width, _WIDTH_MAX)


def _clean(text: str) -> str:
    return "\n".join(printable(line) for line in str(text).split("\n"))
