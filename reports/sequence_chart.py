"""A timeline as a picture: inline SVG, a lifeline for each actor, an arrow where two of them speak.

Time runs downwards, in order and not to scale: a message may wait for fifteen virtual minutes
between two exchanges of fifteen milliseconds. A wait of a second or more is a band that says how
long it was. Colours are classes of the page's style sheet, so that the picture is light or dark as
the page is. It holds no link, no script and nothing fetched.
"""

from collections.abc import Iterator
from html import escape

_TIME = 86  # the width of the column of times
_LANE = 178  # between two lifelines
_MARGIN = 24
_HEAD = 40
_LINE = 15  # height of a line of text
_CHAR = 6.3  # width of a character, about
_COLOURS = 8  # in the style sheet
_WAIT_S = 1.0


def chart(events: list[dict]) -> str:
    """The SVG of `events`: {t_s, actor, text, from?, to?}, in the order in which they happened."""
    actors = _actors(events)
    if not actors:
        return ""
    lanes = {actor: _TIME + _MARGIN + _LANE // 2 + _LANE * n for n, actor in enumerate(actors)}
    width = _TIME + 2 * _MARGIN + _LANE * len(actors) + _LANE // 2
    rows, height = [], _HEAD + 18
    before, shown = None, ""
    for event in events:
        t_s = float(event.get("t_s", 0))
        if before is not None and t_s - before >= _WAIT_S:
            rows.append(_wait(duration(t_s - before), height, width))
            height += 30
        time = clock(t_s)
        row, used = _row(event, lanes, height, width)
        if time != shown:
            rows.append(f'<text class="t" x="{_TIME}" y="{height + 11}">{time}</text>')
        rows.append(row)
        height += used
        before, shown = t_s, time
    return "".join([
        f'<svg class="chart" viewBox="0 0 {width} {height + 6}" width="{width}" '
        f'height="{height + 6}" role="img" aria-label="what happened, by actor">',
        *_lifelines(actors, lanes, height), *rows, "</svg>"])


def _actors(events: list[dict]) -> list[str]:
    """In the order of their first event; whoever is only spoken to has a lane too."""
    found = dict.fromkeys(str(event.get("actor", "")) for event in events)
    for event in events:
        found |= dict.fromkeys(str(event[end]) for end in ("from", "to") if event.get(end))
    return list(found)


def _lifelines(actors: list[str], lanes: dict[str, int], height: int) -> Iterator[str]:
    for number, actor in enumerate(actors):
        x, colour = lanes[actor], number % _COLOURS
        shown = actor if len(actor) * 7 < _LANE - 16 else actor[:(_LANE - 24) // 7] + "…"
        yield (f'<line class="life c{colour}" x1="{x}" x2="{x}" y1="{_HEAD - 8}" y2="{height}"/>'
               f'<rect class="head c{colour}" x="{x - _LANE // 2 + 6}" y="4" rx="6" '
               f'width="{_LANE - 12}" height="28"/>'
               f'<text class="name" x="{x}" y="23"><title>{_text(actor)}</title>'
               f'{_text(shown)}</text>')


def _row(event: dict, lanes: dict[str, int], y: int, width: int) -> tuple[str, int]:
    """An arrow with its text above it, or a dot on one lifeline with its text beside it."""
    actor, text = str(event.get("actor", "")), str(event.get("text", ""))
    start, end = (lanes.get(str(event.get(k, ""))) for k in ("from", "to"))
    colour = list(lanes).index(actor) % _COLOURS
    if start is None or end is None or start == end:
        x = lanes[actor]
        lines = _fold(text, width - x - 20)
        return (f'<circle class="dot c{colour}" cx="{x}" cy="{y + 7}" r="4"/>'
                + _texts(lines, x + 10, y + 11, "start"), _LINE * len(lines) + 7)
    side = 1 if end > start else -1
    left = min(start, end)
    lines = _fold(text, width - left - 20)
    below = y + _LINE * len(lines) + 3
    tip = end - 2 * side
    return (_texts(lines, left + 10, y + 11, "start")
            + f'<line class="arrow c{colour}" x1="{start}" y1="{below}" x2="{tip - 6 * side}" '
              f'y2="{below}"/>'
              f'<path class="tip c{colour}" d="M{tip} {below}l{-8 * side} -4v8z"/>',
            _LINE * len(lines) + 14)


def _wait(text: str, y: int, width: int) -> str:
    return (f'<rect class="wait" x="{_TIME + 8}" y="{y + 2}" width="{width - _TIME - 16}" '
            f'height="18" rx="4"/><text class="pass" x="{(_TIME + width) // 2}" y="{y + 15}">'
            f'{text} pass</text>')


def _texts(lines: list[str], x: int, y: int, anchor: str) -> str:
    spans = "".join(f'<tspan x="{x}" y="{y + _LINE * n}">{_text(line)}</tspan>'
                    for n, line in enumerate(lines))
    return f'<text class="say" text-anchor="{anchor}">{spans}</text>'


def _fold(text: str, pixels: int, lines_max: int = 4) -> list[str]:
    """The text in lines of that width; a very long one ends in an ellipsis."""
    width = max(12, int(pixels / _CHAR))
    lines: list[str] = [""]
    for word in text.split():
        while len(word) > width:
            lines += [word[:width], ""]
            word = word[width:]
        if len(lines[-1]) + len(word) + (lines[-1] != "") <= width:
            lines[-1] += (" " if lines[-1] else "") + word
        else:
            lines.append(word)
    lines = [line for line in lines if line] or [""]
    if len(lines) > lines_max:
        lines = [*lines[:lines_max - 1], lines[lines_max - 1][:width - 1] + "…"]
    return lines


def _text(text: str) -> str:
    return escape("".join(c if c.isprintable() else "\ufffd" for c in text))


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
