"""Draws events as a picture of text: a lifeline for each actor, an arrow where two of them speak.

       time  ╷ ╷ ╷
      0.013  ●─▶ │  gateway: connects to mx.partner.test
      0.026  │ ●   mx.partner.test: STARTTLS: alert
             │ │ │  ··· 15 min pass ···

It takes 80 columns. An actor is two columns wide; the head of the picture names them.
"""

from sim.driver.layout import Column, Span, side_by_side
from sim.driver.screen import printable

_COLOURS = ("cyan", "yellow", "green", "magenta", "blue", "red")
_LANES_MAX = 12
_WAIT_S = 1.0
_TIME = 11


class Lanes:
    """`actors` in the order of their lanes; those that find no place share the last one."""

    def __init__(self, actors: list[str], width: int = 80):
        self._lanes = {actor: min(n, _LANES_MAX - 1) for n, actor in enumerate(actors)}
        self._count = min(len(actors), _LANES_MAX)
        self._width = min(width, 120)
        self._before: float | None = None

    def head(self) -> list[list[Span]]:
        """The names, each above its lane."""
        lines = []
        for actor, lane in self._lanes.items():
            bars = "│ " * lane
            lines.append([(" " * (_TIME + 2), ""), (bars, "dim"), ("┌ ", self._colour(actor)),
                          (printable(actor), self._colour(actor))])
        return lines

    def event(self, event: dict) -> list[list[Span]]:
        """The lines of one event, {t_s, actor, text, from?, to?}, with the wait before it."""
        t_s, actor = float(event["t_s"]), str(event["actor"])
        lines = []
        if self._before is not None and t_s - self._before >= _WAIT_S:
            lines.append([(" " * (_TIME + 2), ""), ("┊ " * self._count, "dim"),
                          (f" ··· {duration(t_s - self._before)} ···", "dim")])
        self._before = t_s
        start = _TIME + 2 + 2 * self._count + 1
        rest = max(20, self._width - start)
        words = f"{actor}: {event['text']}"
        text = side_by_side(Column("\n".join(map(printable, words.split("\n"))), rest), indent=0)
        for number, spans in enumerate(text):
            time = f"{t_s:{_TIME}.3f}" if number == 0 else " " * _TIME
            bars = self._bars(event) if number == 0 else [("│ " * self._count, "dim")]
            first = spans[1][0] if len(spans) > 1 else ""
            shown: list[Span] = [(first, "")]
            if number == 0 and first.startswith(f"{actor}:"):
                end = len(actor) + 1
                shown = [(first[:end], self._colour(actor)), (first[end:], "")]
            lines.append([(time, "dim"), ("  ", ""), *bars, (" ", ""), *shown])
        return lines

    def _bars(self, event: dict) -> list[Span]:
        actor = str(event["actor"])
        ends = [self._lanes.get(str(event.get(end, ""))) for end in ("from", "to")]
        cells = ["│ "] * self._count
        if None in ends or ends[0] == ends[1]:
            cells[self._lanes[actor]] = "● "
            return self._in_colour(cells, {self._lanes[actor]}, actor)
        start, end = ends
        low, high = min(ends), max(ends)
        for lane in range(low, high):
            cells[lane] = "┼─" if lane > low else "──"
        cells[start] = "●─" if start == low else "● "
        cells[end] = "▶ " if end == high else "◀─"
        return self._in_colour(cells, set(range(low, high + 1)), actor)

    def _in_colour(self, cells: list[str], coloured: set[int], actor: str) -> list[Span]:
        return [(cell, self._colour(actor) if lane in coloured else "dim")
                for lane, cell in enumerate(cells)]

    def _colour(self, actor: str) -> str:
        return _COLOURS[self._lanes[actor] % len(_COLOURS)]


def duration(s: float) -> str:
    """For people: 3.4 s, 14 min 59 s, 2 h 30 min, 3 d 4 h."""
    if s < 60:
        return f"{s:.3g} s"
    rest, parts = round(s), []
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts[:2])
