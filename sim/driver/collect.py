"""Collects the events of one engine run: what was planned, what finished, and what went wrong.

The engine is not trusted to be whole: it may die, print garbage or finish a scenario twice. What it
did wrong ends up in `problems`, and a run with a problem, or without its "end", is aborted.
"""

from dataclasses import dataclass, field

from sim.driver import verdicts

_DEFAULTS = {
    "title": "", "requirements": [], "tags": [], "hash": "", "virtual_s": 0.0, "wall_s": 0.0,
    "expected_failure": False, "assertions": [], "timeline": [],
}
_ASSERTION_DEFAULTS = {
    "requirement": "", "position": "", "verdict": "error", "expected": "", "seen": "", "source": "",
}


@dataclass
class Collected:
    diagnostics: list[str] = field(default_factory=list)
    planned: int | None = None
    seed: int | None = None
    started: list[str] = field(default_factory=list)  # in order, finished ones included
    finished: dict[str, str] = field(default_factory=dict)  # id: verdict
    ended: bool = False
    problems: list[str] = field(default_factory=list)

    def take(self, event: dict) -> dict | None:
        """Takes one event; returns the scenario that it finishes, if it finishes one."""
        match event:
            case {"event": "diagnostic", "text": str(text)}:
                self.diagnostics.append(text)
            case {"event": "plan", "scenarios": int(count), "seed": int(seed)}:
                self.planned, self.seed = count, seed
            case {"event": "started", "id": str(id)}:
                self.started.append(id)
            case {"event": "finished", "scenario": dict(scenario)}:
                return self._finish(scenario)
            case {"event": "end"}:
                self.ended = True
            case {"event": "garbage", "text": text}:
                self.problems.append(f"the engine printed a line that is no event: {text[:200]}")
            case _:
                self.problems.append(f"the engine printed an event not known here: {event}"[:240])
        return None

    def aborted(self) -> bool:
        missing = self.ended and self.planned is not None and len(self.finished) < self.planned
        if missing and not self.problems:
            count = self.planned - len(self.finished)
            self.problems.append(f"the engine ended with {count} planned scenarios not finished")
        return not self.ended or bool(self.problems)

    def _finish(self, raw: dict) -> dict | None:
        id = raw.get("id")
        if not isinstance(id, str) or not id or id in self.finished:
            self.problems.append(f"the engine finished a scenario twice or without an id: {id!r}")
            return None
        scenario = complete(raw)
        if raw.get("verdict") not in verdicts.ALL:
            self.problems.append(f"{id}: the engine gave no verdict, but {raw.get('verdict')!r}")
            scenario["verdict"] = "error"
        self.finished[id] = scenario["verdict"]
        return scenario


def complete(raw: dict) -> dict:
    """The scenario with every field of the results' schema."""
    scenario = {"file": raw["id"].split("#")[0], **_DEFAULTS, "verdict": "error", **raw}
    scenario["requirements"] = list(scenario["requirements"])
    scenario["tags"] = list(scenario["tags"])
    scenario["assertions"] = [{**_ASSERTION_DEFAULTS, **a} for a in scenario["assertions"]]
    return scenario


def unfinished(id: str, why: str, known: dict | None = None, verdict: str = "error") -> dict:
    """What the results say of a scenario that did not finish; `known`: its line of `list`."""
    kept = ("file", "title", "requirements", "tags", "expected_failure")
    known = {k: v for k, v in (known or {}).items() if k in kept}
    return complete({"id": id, **known, "verdict": verdict, "detail": why})
