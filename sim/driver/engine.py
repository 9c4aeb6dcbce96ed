"""Starts sealcheck-engine and hands on its events.

The engine prints one JSON object a line; its stderr goes to a file. It leads a process group of its
own, so that a Ctrl-C reaches the driver alone, which then ends the whole group.
"""

import json
import os
import selectors
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sim.driver.exit_codes import LAB_FAILED, Stop

_GRACE_S = 3.0  # between "please end" and "end"


@dataclass(frozen=True)
class Order:
    """One call of `sealcheck-engine run`, or `sweep`."""

    binary: Path
    root: Path
    out: Path
    paths: tuple[str, ...]
    seed: int
    jobs: int
    sut: str | None = None
    environment: dict[str, str] = field(default_factory=dict)  # added to the driver's own
    verb: str = "run"
    capture: str | None = None  # which runs leave a packet capture: failures, selftests or all
    only: Path | None = None  # a file with the ids wanted, one a line

    def command(self) -> list[str]:
        command = [
            str(self.binary), self.verb, "--root", str(self.root), "--out", str(self.out),
            "--seed", str(self.seed), "--jobs", str(self.jobs)]
        for option in ("sut", "capture", "only"):
            if value := getattr(self, option):
                command += [f"--{option}", str(value)]
        return command + list(self.paths)


class Engine:
    """A running engine. Take its `events()` to their end, then ask for `exit_code`."""

    def __init__(self, order: Order, log: Path):
        self.log = log
        self.exit_code: int | None = None  # negative: the number of the signal
        self.pending: deque[dict] = deque()  # events read, and not yet taken
        self._rest = b""  # of what was read: the beginning of a line
        try:
            with open(log, "w", encoding="utf-8") as stderr:
                self._process = subprocess.Popen(
                    order.command(), cwd=order.root, env={**os.environ, **order.environment},
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr,
                    start_new_session=True)
        except OSError as e:
            raise Stop(LAB_FAILED, f"the engine does not start: {e}") from e
        threading.Thread(target=self._clear_up, daemon=True).start()

    def _clear_up(self) -> None:
        """Ends what a dead engine left behind: its children hold our pipe open."""
        self._process.wait()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def fileno(self) -> int:
        return self._process.stdout.fileno()

    def read(self) -> bool:
        """Waits for some events and puts them behind `pending`; false at the end of them all.

        A line that is none comes as {"event": "garbage", "text": line}.
        """
        data = os.read(self.fileno(), 1 << 16)
        *lines, self._rest = (self._rest + data).split(b"\n")
        if not data and self._rest:
            lines, self._rest = [self._rest], b""
        self.pending.extend(map(_event, lines))
        if not data:
            self.exit_code = self._process.wait()
        return bool(data)

    def events(self) -> Iterator[dict]:
        """All that is still to come."""
        more = True
        while more or self.pending:
            while self.pending:
                yield self.pending.popleft()
            more = more and self.read()

    def end(self) -> None:
        """Ends the engine and what it started; does nothing to one that has ended."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self._process.poll() is not None:
                break
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
            try:
                self._process.wait(_GRACE_S)
            except subprocess.TimeoutExpired:
                continue
        self.exit_code = self._process.wait()

    def last_words(self, lines: int = 20) -> str:
        """The end of its stderr."""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-lines:])


def together(*engines: Engine) -> Iterator[tuple[Engine, dict]]:
    """The events of several engines as they come, until all have ended."""
    with selectors.DefaultSelector() as selector:
        for engine in engines:
            selector.register(engine, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select():
                engine = key.fileobj
                if not engine.read():
                    selector.unregister(engine)
                while engine.pending:
                    yield engine, engine.pending.popleft()


def _event(line: bytes) -> dict:
    text = line.decode("utf-8", "replace")
    try:
        event = json.loads(text)
    except ValueError:
        event = None
    if isinstance(event, dict) and isinstance(event.get("event"), str):
        return event
    return {"event": "garbage", "text": text}


def ask(binary: Path, words: list[str], timeout_s: float | None = None):
    """A short call (`check`, `list`): its completed process, with text on stdout and stderr."""
    try:
        return subprocess.run(
            [str(binary), *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout_s,
            text=True, encoding="utf-8", errors="replace")
    except OSError as e:
        raise Stop(LAB_FAILED, f"the engine does not start: {e}") from e


def scenarios_listed(output: str) -> list[dict]:
    """The scenarios that `sealcheck-engine list` printed; lines that are none are passed over."""
    found = []
    for line in output.splitlines():
        try:
            scenario = json.loads(line)
        except ValueError:
            continue
        if isinstance(scenario, dict) and isinstance(scenario.get("id"), str):
            found.append(scenario)
    return found
