"""Identity: every scenario is run again with its seed, and both runs must give the same trace hash.

The second run is a fresh exec in another environment: other bytes on the stack, another heap layout
and freshly allocated memory that is not zero. Two forks of one process share their address layout
and would hide the very bugs that this looks for: order by address, memory never written.
"""

import dataclasses
import shutil
import tempfile
import threading
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
    """The second run, beside the first. A context: leaving it ends the engine and its files."""

    def __init__(self, first: Order):
        self._first = first

    def __enter__(self) -> "Repeat":
        self._folder = Path(tempfile.mkdtemp(prefix="sealcheck-repeat-"))
        order = dataclasses.replace(
            self._first, out=self._folder / "out", environment=OTHER_PROCESS,
            capture=False)
        order.out.mkdir()
        try:
            self._engine = Engine(order, self._folder / "engine.log")
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        self.collected = Collected()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_) -> None:
        self._engine.end()
        self._reader.join()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _read(self) -> None:
        for event in self._engine.events():
            self.collected.take(event)

    def wait(self) -> None:
        self._reader.join()

    def compare(self, scenario: dict) -> bool:
        """Whether `scenario` repeated; if it did not, it is an error now, with both hashes.

        The second trace is kept beside the first (OUT/repeat/…), for whoever looks for the
        difference. A scenario that never got a hash (it was skipped) has nothing to repeat.
        """
        again = self.collected.finished.get(scenario["id"])
        seen = again["hash"] if again else "no hash: the repeated run did not finish it"
        if seen == scenario["hash"] and (not again or again["verdict"] == scenario["verdict"]):
            return True
        if again and seen == scenario["hash"]:
            seen += f", but the verdict {again['verdict']}"
        scenario["assertions"].append({
            "requirement": "", "position": f"{scenario['file']}:1:1", "verdict": "error",
            "expected": f"{CLAIM}: {scenario['hash']}", "seen": seen, "source": ""})
        scenario["verdict"] = "error"
        scenario["detail"] = CLAIM + ": it does not"
        if again and again.get("trace"):
            self._keep(again["trace"])
        return False

    def _keep(self, trace: str) -> None:
        source = (self._folder / "out" / trace).resolve()
        if source.is_relative_to(self._folder.resolve()) and source.is_file():
            target = self._first.out / "repeat" / trace
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
