"""Keeps the scenarios of a run on disk and their keys in memory: a run of 10,000 stays small.

A nameless file in the output folder holds one line of JSON a scenario. Iterating yields the
scenarios sorted by id, read from the file one at a time; it may be done more than once.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path


class Spool:
    def __init__(self, folder: Path):
        self._file = tempfile.TemporaryFile(dir=folder)
        self._places: dict[str, tuple[int, int]] = {}  # by id: offset, length
        self._order: list[str] | None = None

    def put(self, scenario: dict) -> None:
        """Keeps it; one of the same id is replaced."""
        line = json.dumps(scenario, ensure_ascii=False).encode("utf-8", "surrogatepass")
        at = self._file.seek(0, 2)
        self._file.write(line)
        if scenario["id"] not in self._places:
            self._order = None
        self._places[scenario["id"]] = (at, len(line))

    def get(self, id: str) -> dict:
        at, length = self._places[id]
        self._file.seek(at)
        return json.loads(self._file.read(length).decode("utf-8", "surrogatepass"))

    def __contains__(self, id: str) -> bool:
        return id in self._places

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, number: int) -> dict:
        return self.get(self._ids()[number])

    def __iter__(self) -> Iterator[dict]:
        return map(self.get, self._ids())

    def _ids(self) -> list[str]:
        if self._order is None:
            self._order = sorted(self._places)
        return self._order
