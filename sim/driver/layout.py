"""Text in columns for a terminal: wrapped at words, cells side by side, never wider than asked.

A word longer than its column (a host name, a path, base64) is broken behind a punctuation mark
where it has one, so that what is left of it can still be read. Widths are terminal cells: a wide
character takes two, a combining one none. A line is a list of spans, (text, style).
"""

import re
import unicodedata
from dataclasses import dataclass

Span = tuple[str, str]


@dataclass(frozen=True)
class Column:
    text: str
    width: int
    style: str = ""
    right: bool = False  # aligned


def width_of(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF"
               else 1 for c in text)


def wrap(text: str, width: int) -> list[str]:
    """The lines of `text`, none wider than `width`; blanks at the head of a line are kept."""
    lines = []
    for paragraph in text.split("\n"):
        indent = re.match(" *", paragraph)[0][:width // 2]
        line = indent
        for word in paragraph.split():
            blank = " " if line.strip() else ""
            if width_of(line) + len(blank) + width_of(word) <= width:
                line += blank + word
                continue
            if line.strip():
                lines.append(line)
            *full, line = _pieces(indent + word, width)
            lines += full
        lines.append(line)
    return lines


def _pieces(word: str, width: int) -> list[str]:
    """A word cut into parts that fit."""
    parts = []
    while width_of(word) > width:
        end = width
        while width_of(word[:end]) > width:
            end -= 1
        marks = [m.end() for m in re.finditer(r"[-/.:@,;=_)#]", word[:end])]
        if marks and marks[-1] > end // 3:
            end = marks[-1]
        parts.append(word[:max(end, 1)])
        word = word[max(end, 1):]
    return [*parts, word]


def side_by_side(*columns: Column, indent: int = 2, gap: int = 2) -> list[list[Span]]:
    """The lines of one row of cells, each wrapped in its own column."""
    cells = [wrap(c.text, c.width) for c in columns]
    lines = []
    for number in range(max(map(len, cells))):
        spans: list[Span] = [(" " * indent, "")]
        for place, (column, cell) in enumerate(zip(columns, cells)):
            text = cell[number] if number < len(cell) else ""
            filler = " " * (column.width - width_of(text))
            spans += [(filler, "")] * column.right + [(text, column.style)]
            if place + 1 < len(columns):
                spans.append((filler * (not column.right) + " " * gap, ""))
        lines.append(spans)
    return lines
