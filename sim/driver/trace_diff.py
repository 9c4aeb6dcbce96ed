"""The first event in which two traces differ, with what came before it, side by side."""

from collections import deque
from itertools import zip_longest

from sim.driver import trace_file
from sim.driver.layout import Column, side_by_side
from sim.driver.play_once import Played
from sim.driver.screen import Screen, printable
from sim.driver.trace_file import Event

_BEFORE = 5
_AFTER = 3


def differ(a: Played, b: Played, screen: Screen) -> bool:
    """Prints the difference; whether there is one."""
    before: deque[Event] = deque(maxlen=_BEFORE)
    count = 0
    pairs = zip_longest(trace_file.events(a.path), trace_file.events(b.path))
    for left, right in pairs:
        if left and right and left.line == right.line:
            before.append(left)
            count += 1
            continue
        _show(a, b, before, count, [(left, right), *_some(pairs)], screen)
        return True
    hashes = [trace_file.header(each.path).get("hash") for each in (a, b)]
    if hashes[0] != hashes[1]:
        screen.line(f"All {count} events are the same, but the bytes of one differ, which the "
                    "traces do not hold:")
        screen.line(f"  hash {hashes[0]}  {a.name}")
        screen.line(f"  hash {hashes[1]}  {b.name}")
        return True
    screen.line(f"All {count} events are the same.")
    return False


def _some(pairs) -> list:
    return [pair for _, pair in zip(range(_AFTER), pairs)]


def _show(a: Played, b: Played, before: deque[Event], count: int, pairs: list,
          screen: Screen) -> None:
    width = min(screen.width, 120)
    half = (width - 8) // 2
    screen.line(f"The first {count} events are the same. The next differ:", style="bold")
    screen.line()
    for event in before:
        screen.lines(side_by_side(Column(_text(event), width - 4, "dim"), indent=4))
    screen.line()
    screen.lines(side_by_side(Column(a.name, half, "bold"), Column(b.name, half, "bold"), indent=4))
    for left, right in pairs:
        same = left and right and left.line == right.line
        style = ("", "") if same else ("green", "red")
        lines = side_by_side(Column(_text(left), half, style[0]),
                             Column(_text(right), half, style[1]), indent=2)
        lines[0].insert(0, ("  " if same else "≠ ", "bold"))
        screen.lines([lines[0], *([("  ", ""), *line] for line in lines[1:])])


def _text(event: Event | None) -> str:
    if event is None:
        return "(nothing more)"
    return f"{event.number}: +{event.time} {event.actor} {event.kind} " \
           f"{printable(event.readable())}"
