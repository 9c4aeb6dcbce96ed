"""Lays out a timeline: a lane for each actor, time downwards, long waits folded into one band.

A message may wait for fifteen virtual minutes between two exchanges of fifteen milliseconds. A true
scale would show neither, so that rows are in order, and a wait of a second or more is a row of its
own that says how long it was.
"""

from dataclasses import dataclass

_WAIT_S = 1.0
_COLOURS = 8  # in the style sheet


@dataclass(frozen=True)
class Row:
    number: int  # of its row in the grid; the header is row 1
    lane: int = 0  # from 1; 0 is a wait, which crosses all lanes
    time: str = ""  # empty: the same as above
    text: str = ""


class Timeline:
    """`events` are {t_s, actor, text} in the order in which they happened."""

    def __init__(self, events: list[dict]):
        self.actors: list[str] = []  # in order of appearance: the sender is usually first
        self.rows: list[Row] = []
        before = None
        shown = ""
        for event in events:
            t_s, actor = float(event.get("t_s", 0)), str(event.get("actor", ""))
            if actor not in self.actors:
                self.actors.append(actor)
            if before is not None and t_s - before >= _WAIT_S:
                self._add(text=f"{duration(t_s - before)} pass")
            time = clock(t_s)
            self._add(lane=self.actors.index(actor) + 1, time=time if time != shown else "",
                      text=str(event.get("text", "")))
            before, shown = t_s, time

    def colour(self, lane: int) -> int:
        return (lane - 1) % _COLOURS

    def _add(self, **fields) -> None:
        self.rows.append(Row(len(self.rows) + 2, **fields))


def clock(t_s: float) -> str:
    """Virtual time since the run's start: 0:00.012, 15:00.031, 1:00:00.000."""
    ms = round(t_s * 1000)
    minutes, ms = divmod(ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    front = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{front}:{ms // 1000:02}.{ms % 1000:03}"


def duration(s: float) -> str:
    """For people: 12 ms, 3.4 s, 14 min 59 s, 2 h 30 min, 3 d 4 h."""
    if s < 1:
        return f"{s * 1000:.0f} ms"
    if s < 60:
        return f"{s:.3g} s"
    rest = round(s)
    parts = []
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count} {unit}")
        elif parts:
            break
    return " ".join(parts[:2])
