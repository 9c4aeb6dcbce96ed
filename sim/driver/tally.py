"""What a run has decided so far, over all of its seeds: one entry a scenario.

Of a scenario that was played with several seeds the first of its worst runs is kept, whose `seed`
it names; `runs` lists what each seed said. The scenarios themselves are on disk (spool.py).
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sim.driver import verdicts
from sim.driver.spool import Spool

# In a longer run, scenarios that are as expected are reported without their timelines.
TIMELINES_MAX = 500


class Tally:
    def __init__(self, folder: Path):
        self.verdicts: dict[str, str] = {}  # by id: the worst so far
        self.tolerated: dict[str, str] = {}  # by position: what was seen, and only tolerated
        self._counts: Counter[str] = Counter()  # of the verdicts
        self._runs: dict[str, list[tuple[int, str]]] = {}
        self._spool = Spool(folder)

    def add(self, scenario: dict, seed: int, planned: int) -> None:
        id, verdict = scenario["id"], scenario["verdict"]
        self._runs.setdefault(id, []).append((seed, verdict))
        for assertion in scenario["assertions"]:
            if assertion.get("tolerated"):
                self.tolerated.setdefault(assertion["position"], assertion["seen"])
        if id in self.verdicts and not verdicts.is_worse(verdict, self.verdicts[id]):
            return
        self._decide(id, verdict)
        if planned > TIMELINES_MAX and verdict not in verdicts.BAD:
            scenario = {**scenario, "timeline": []}
        self._spool.put({**scenario, "seed": seed})

    def get(self, id: str) -> dict:
        """As it was kept; of a run that did not end badly perhaps without its timeline."""
        return self._spool.get(id)

    def change(self, scenario: dict, seed: int) -> None:
        """The last run of it turns out to be an error."""
        id = scenario["id"]
        self._runs[id][-1] = (seed, scenario["verdict"])
        if verdicts.is_worse(scenario["verdict"], self.verdicts[id]):
            self._decide(id, scenario["verdict"])
            self._spool.put({**scenario, "seed": seed})

    def failed(self, level: str) -> int:
        """How many scenarios are at `level` or worse. It is asked after each of them."""
        return sum(count for verdict, count in self._counts.items()
                   if verdicts.reaches(verdict, level))

    def __contains__(self, id: str) -> bool:
        return id in self.verdicts

    def __len__(self) -> int:
        return len(self._spool)

    def __getitem__(self, number: int) -> dict:
        return self._told(self._spool[number])

    def __iter__(self) -> Iterator[dict]:
        return map(self._told, self._spool)

    def _decide(self, id: str, verdict: str) -> None:
        if id in self.verdicts:
            self._counts[self.verdicts[id]] -= 1
        self._counts[verdict] += 1
        self.verdicts[id] = verdict

    def _told(self, scenario: dict) -> dict:
        runs = self._runs[scenario["id"]]
        if len(runs) > 1:
            scenario["runs"] = [{"seed": seed, "verdict": verdict} for seed, verdict in runs]
        return scenario
