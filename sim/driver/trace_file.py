"""Reads the trace files that a run leaves (sealcheck-trace/1).

    # sealcheck-trace/1 world=sim sut=sealgate scenario=ID seed=N
    +900.001000000 mx.partner.test smtp.reply code=250 text=Ok #412
    # hash 32 hexadecimal digits

An event's line is its time, its actor, its kind and its fields; #412 is how many bytes it has,
which are not in the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.driver.exit_codes import USAGE, Stop

_FIRST = "# sealcheck-trace/"
_EVENT = re.compile(r"\+(\d+\.\d{9}) (\S+) (\S+)((?: \S+)*)$")
_ESCAPE = re.compile(r"\\x([0-9a-f]{2})")


@dataclass(frozen=True)
class Event:
    number: int  # its line in the file
    time: str  # "900.001000000"
    actor: str
    kind: str
    rest: str  # fields and length, as they stand there

    @property
    def line(self) -> str:
        return f"+{self.time} {self.actor} {self.kind}{self.rest}"

    def readable(self) -> str:
        """The fields, unescaped; control characters are for `printable`."""
        return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), self.rest.strip())


def is_trace(path: Path) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(len(_FIRST)) == _FIRST.encode()
    except OSError:
        return False


def events(path: Path) -> Iterator[Event]:
    """The events of the file, one at a time. Raises Stop at a line that is none."""
    with _opened(path) as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if line.startswith("#") or not line:
                continue
            match = _EVENT.match(line)
            if not match:
                raise Stop(USAGE, f"{path}:{number}: no event of a trace")
            yield Event(number, *match.groups())


def header(path: Path) -> dict[str, str]:
    """The words of the first line, and the hash of the last, where they are there."""
    found: dict[str, str] = {}
    with _opened(path) as file:
        for line in file:
            if line.startswith(_FIRST):
                found |= dict(word.split("=", 1) for word in line.split() if "=" in word)
            elif line.startswith("# hash "):
                found["hash"] = line.split()[-1]
    return found


def _opened(path: Path):
    if not is_trace(path):
        raise Stop(USAGE, f"this is no trace of sealcheck: {path}")
    return open(path, encoding="utf-8", errors="replace")
