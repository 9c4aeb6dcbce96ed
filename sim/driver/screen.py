"""What the user sees while sealcheck works: Rich on a terminal, quiet plain lines everywhere else.

A terminal gets colours and one line of progress that vanishes when it is done; a pipe or a CI log
gets no progress, no colours and no cursor movements. Nothing shown here is markup: titles and bytes
of peers pass through `printable` first, so that a hostile peer cannot write to the terminal.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table


class Screen:
    """`color` is "auto", "always" or "never"; auto: on a terminal, unless NO_COLOR says no."""

    def __init__(self, out=None, terminal: bool | None = None, width: int | None = None,
                 color: str = "auto"):
        out = out or sys.stdout
        if terminal is None:
            terminal = out.isatty() and not os.environ.get("CI") and \
                os.environ.get("TERM") != "dumb"
        self.terminal = terminal
        wanted = terminal and not os.environ.get("NO_COLOR")  # https://no-color.org: not empty
        coloured = {"always": True, "never": False}.get(color, wanted)
        self.console = Console(
            file=_Patient(out), force_terminal=terminal or coloured, no_color=not coloured,
            color_system="standard" if coloured and not terminal else "auto", highlight=False,
            markup=False, emoji=False, width=width or (None if terminal else 80))

    def line(self, text: str = "", style: str | None = None) -> None:
        """One line, never wrapped: what is on it may be copied."""
        self.console.print(printable(text), style=style, soft_wrap=True)

    def raw(self, text: str) -> None:
        """The words of another program (a compiler), as they are but for control characters."""
        for line in text.splitlines():
            self.line(line)

    def table(self, table: Table) -> None:
        """A table; off a terminal without the blanks that Rich fills its lines with."""
        if self.terminal:
            self.console.print(table)
            return
        with self.console.capture() as captured:
            self.console.print(table)
        for line in captured.get().splitlines():
            self.console.out(line.rstrip(), highlight=False)

    def status(self, text: str) -> None:
        """Something that takes a while has begun."""
        self.line(text, style="dim")

    @contextmanager
    def steps(self, what: str) -> Iterator[Callable[[int, int], None]]:
        """Progress of something that takes steps; yields `step(done, of)`.

        Off a terminal it says one line when the first step is taken, and then every tenth part.
        """
        if self.terminal:
            with Progress(
                TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                TimeElapsedColumn(), console=self.console, transient=True,
            ) as progress:
                task = progress.add_task(what, total=None, visible=False)
                yield lambda done, of: progress.update(task, completed=done, total=of, visible=True)
        else:
            said = -1

            def step(done: int, of: int) -> None:
                nonlocal said
                if of >= 10 and done * 10 // of > said:
                    said = done * 10 // of
                    self.line(f"{what}: {done} of {of}")

            yield step


class _Patient:
    """A stream whose reader may leave (`| head`): from then on nobody is told, nothing fails.

    The run goes on, because its reports are for others.
    """

    def __init__(self, stream):
        self._stream = stream

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        self._try(lambda: self._stream.write(text))
        return len(text)

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
    return "".join(
        "    " if c == "\t" else c if c.isprintable() or c == " " else _escape(c) for c in text)


def _escape(c: str) -> str:
    return {"\r": "\\r", "\n": "\\n"}.get(c, f"\\x{ord(c):02x}" if ord(c) < 256 else "\ufffd")
