"""Identity: every scenario is run again with its seed, and both runs must give the same trace hash.

The second run is a fresh exec in another environment: other bytes on the stack, another heap layout
and freshly allocated memory that is not zero. Two forks of one process share their address layout
and would hide the very bugs that this looks for: order by address, memory never written.

It goes on beside the first. A scenario is compared as soon as both have finished it; what is needed
for that is kept until then, and no longer.
"""

import dataclasses
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from sim.driver.collect import Collected
from sim.driver.engine import Engine, Order

CLAIM = "the run repeated with its seed gives the same trace hash"

# The engine's own heap (sim/engine/run_heap.hpp) and glibc's: memory filled with a pattern.
OTHER_PROCESS = {
    "SEALCHECK_PERTURB": "165",
    "SEALCHECK_PADDING": "x" * 4099,  # moves the stack; its value means nothing
    "GLIBC_TUNABLES": "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0"
                      ":glibc.malloc.arena_max=1",
}


class Repeat:
    """The second run. A context: leaving it ends the engine and removes its files."""

    def __init__(self, first: Order):
        self._target = first.out
        self._order = dataclasses.replace(first, environment=OTHER_PROCESS, capture=None)
        self.collected = Collected()
        self._first: dict[str, tuple[str, str]] = {}  # hash and verdict, until the second is there
        self._again: dict[str, dict] = {}

    def __enter__(self) -> "Repeat":
        self._folder = Path(tempfile.mkdtemp(prefix=".repeat-", dir=self._target))
        try:
            order = dataclasses.replace(self._order, out=self._folder / "out")
            order.out.mkdir()
            self.engine = Engine(order, self._folder / "engine.log")
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        return self

    def __exit__(self, *_) -> None:
        self.engine.end()
        shutil.rmtree(self._folder, ignore_errors=True)

    def take_first(self, scenario: dict) -> str | None:
        """Takes what the first run finished; returns its id if it did not repeat."""
        self._first[scenario["id"]] = (scenario["hash"], scenario["verdict"])
        return self._compare(scenario["id"])

    def take(self, event: dict) -> str | None:
        """Takes an event of the second run; returns the id of a scenario that did not repeat."""
        again = self.collected.take(event)
        if not again:
            return None
        self._again[again["id"]] = {k: again.get(k) for k in ("hash", "verdict", "trace")}
        return self._compare(again["id"])

    def unrepeated(self) -> list[str]:
        """What the first run finished, with a hash, and the second did not."""
        return [id for id, (hash, _) in self._first.items() if hash]

    def mark(self, scenario: dict) -> None:
        """Makes a scenario that did not repeat an error, with both hashes.

        The second trace is kept beside the first (OUT/repeat/…), for whoever looks for the
        difference.
        """
        again = self._again.get(scenario["id"])
        seen = again["hash"] if again else "no hash: the repeated run did not finish it"
        if again and seen == scenario["hash"]:
            seen += f", but the verdict {again['verdict']}"
        scenario["assertions"].append({
            "requirement": "", "position": f"{scenario['file']}:1:1", "verdict": "error",
            "expected": f"{CLAIM}: {scenario['hash']}", "seen": seen, "source": ""})
        scenario["verdict"] = "error"
        scenario["detail"] = CLAIM + ": it does not"
        if again and again["trace"] and (source := self._file(again["trace"])):
            target = self._target / "repeat" / again["trace"]
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            scenario["repeated_trace"] = f"repeat/{again['trace']}"

    def _compare(self, id: str) -> str | None:
        if id not in self._first or id not in self._again:
            return None
        again = self._again[id]
        if self._first[id] != (again["hash"], again["verdict"]):
            return id
        del self._first[id], self._again[id]
        if again["trace"] and (trace := self._file(again["trace"])):
            with suppress(OSError):
                trace.unlink()
        return None

    def _file(self, name: str) -> Path | None:
        path = (self._folder / "out" / name).resolve()
        return path if path.is_relative_to(self._folder.resolve()) and path.is_file() else None
