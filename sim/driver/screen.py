"""What the user sees while sealcheck works: colours and a line of progress on a terminal, quiet
plain lines everywhere else.

A pipe or a CI log gets no cursor movements, and a line of progress now and then. Colours are for
terminals, unless NO_COLOR or --color says otherwise. Titles and the bytes of peers pass through
`printable` first, so that a hostile peer cannot write to the terminal.
"""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sim.driver.layout import Span, width_of

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "magenta": "35",
           "cyan": "36", "blue": "34"}
_REDRAW_S = 0.1
_SAY_S = 10.0  # between two lines of progress in a log


class Screen:
    """`color` is "auto", "always" or "never"; auto: on a terminal, unless NO_COLOR says no."""

    def __init__(self, out=None, terminal: bool | None = None, width: int | None = None,
                 color: str = "auto", clock: Callable[[], float] = time.monotonic):
        out = out or sys.stdout
        if terminal is None:
            terminal = out.isatty() and not os.environ.get("CI") and \
                os.environ.get("TERM") != "dumb"
        self.terminal = terminal
        wanted = terminal and not os.environ.get("NO_COLOR")  # as on no-color.org: not empty
        self.coloured = {"always": True, "never": False}.get(color, wanted)
        columns = shutil.get_terminal_size((80, 24)).columns if terminal else 80
        self.width = width or max(40, columns)
        self._out = _Patient(out)
        self._clock = clock
        self._progress = ""  # on the terminal's last line now

    def line(self, text: str = "", style: str | None = None) -> None:
        """One line, never wrapped: what is on it may be copied."""
        self.spans([(text, style or "")])

    def spans(self, spans: list[Span]) -> None:
        """One line of differently styled parts."""
        plain = "".join(text for text, _ in spans)
        spans = [(printable(text), style) for text, style in spans] if plain.strip() else []
        while spans and not spans[-1][0].strip():
            spans.pop()
        if spans:
            spans[-1] = (spans[-1][0].rstrip(), spans[-1][1])
        text = "".join(self._styled(*span) for span in spans)
        self._out.write(f"{self._erase()}{text}\n{self._progress}")
        if self._progress:
            self._out.flush()

    def lines(self, lines: list[list[Span]]) -> None:
        for spans in lines:
            self.spans(spans)

    def raw(self, text: str) -> None:
        """The words of another program (a compiler), as they are but for control characters."""
        for line in text.splitlines():
            self.line(line)

    def status(self, text: str) -> None:
        """Something that takes a while has begun."""
        self.line(text, style="dim")
        self._out.flush()

    def prompt(self, text: str) -> None:
        """A question, with the answer to be typed behind it."""
        self._out.write(self._styled(text, "dim"))
        self._out.flush()

    @contextmanager
    def steps(self, what: str) -> Iterator[Callable[..., None]]:
        """Progress of something that takes steps; yields `step(done, of, note="")`.

        A terminal has it on its last line. A log gets a line every ten seconds; nothing is said of
        what is quicker than that.
        """
        begun = said = self._clock()

        def step(done: int, of: int, note: str = "") -> None:
            nonlocal said
            now = self._clock()
            if now - said < (_REDRAW_S if self.terminal else _SAY_S):
                return
            said = now
            text = f"{what}: {done} of {of}{', ' if note else ''}{note}, {now - begun:.0f} s"
            if self.terminal:
                filled = min(20, 20 * done // max(of, 1))
                bar = "█" * filled + "░" * (20 - filled)
                self._draw(f"{bar} {text}")
            else:
                self.line(text)
                self._out.flush()

        try:
            yield step
        finally:
            self._out.write(self._erase())
            self._progress = ""
            self._out.flush()

    def _draw(self, text: str) -> None:
        erase = self._erase()
        self._progress = text if width_of(text) < self.width else text[:self.width - 1]
        self._out.write(erase + self._progress)
        self._out.flush()

    def _erase(self) -> str:
        return "\r\x1b[K" if self._progress else ""

    def _styled(self, text: str, style: str) -> str:
        if not style or not self.coloured or not text:
            return text
        return f"\x1b[{';'.join(_STYLES[s] for s in style.split())}m{text}\x1b[0m"


class _Patient:
    """A stream whose reader may leave (`| head`): from then on nobody is told, nothing fails.

    The run goes on, because its reports are for others.
    """

    def __init__(self, stream):
        self._stream = stream

    def write(self, text: str) -> None:
        self._try(lambda: self._stream.write(text))

    def flush(self) -> None:
        self._try(self._stream.flush)

    def _try(self, call) -> None:
        try:
            call()
        except BrokenPipeError:
            # Python flushes once more when it exits; that must not fail either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())


def printable(text: str) -> str:
    """Control characters as escapes, tabs as spaces: the text can do nothing to a terminal."""
    if text.isprintable():
        return text
    return "".join(
        "    " if c == "\t" else c if c.isprintable() or c == " " else _escape(c) for c in text)


def _escape(c: str) -> str:
    return {"\r": "\\r", "\n": "\\n"}.get(c, f"\\x{ord(c):02x}" if ord(c) < 256 else "\ufffd")
