"""Makes results.json: the one thing that the reports are made from.

Schema "sealcheck-results/1":
  schema, seed, world, sut, aborted (only when true), problems[] (only when there are some)
  summary       {verdict: count}, every verdict named
  scenarios[]   as the engine finished them (see collect.py), sorted by id
  requirements  {ID: verdict (worst; null: no scenario decides it), text, chapter, chapter_title,
                 inferred, scenarios[], selftests[]} for every ID of the catalogue

A scenario that expects a failure runs a gateway broken on purpose: it proves that the lab can fail,
and says nothing about the SUT. It is listed under `selftests` and decides no requirement.
"""

from sim.driver import verdicts
from sim.driver.catalogue import Requirement

SCHEMA = "sealcheck-results/1"


def make(scenarios: list[dict], catalogue: dict[str, Requirement], *, seed: int, world: str,
         sut: str, problems: list[str], aborted: bool) -> dict:
    scenarios = sorted(scenarios, key=lambda s: s["id"])
    results = {"schema": SCHEMA, "seed": seed, "world": world, "sut": sut}
    if aborted:
        results["aborted"] = True
    if problems:
        results["problems"] = problems
    counts = dict.fromkeys(verdicts.ALL, 0)
    for scenario in scenarios:
        counts[scenario["verdict"]] += 1
    results["summary"] = counts
    results["scenarios"] = scenarios
    results["requirements"] = {
        r.id: _requirement(r, scenarios) for r in catalogue.values()}
    return results


def _requirement(requirement: Requirement, scenarios: list[dict]) -> dict:
    covering = [s for s in scenarios if requirement.id in _named(s)]
    deciding = [s for s in covering if not s["expected_failure"]]
    return {
        "verdict": verdicts.worst(_decided(requirement.id, s) for s in deciding),
        "text": requirement.text,
        "chapter": requirement.chapter,
        "chapter_title": requirement.chapter_title,
        "inferred": requirement.inferred,
        "scenarios": [s["id"] for s in deciding],
        "selftests": [s["id"] for s in covering if s["expected_failure"]],
    }


def _named(scenario: dict) -> set[str]:
    return {*scenario["requirements"], *(a["requirement"] for a in scenario["assertions"])}


def _decided(id: str, scenario: dict) -> str:
    """What `scenario` says of the requirement: its own assertions, else the scenario's verdict.

    A scenario that broke down, was skipped or is not supported decides nothing by halves.
    """
    if scenario["verdict"] in ("error", "unsupported", "skipped"):
        return scenario["verdict"]
    own = [a["verdict"] for a in scenario["assertions"] if a["requirement"] == id]
    return verdicts.worst(own) or scenario["verdict"]


def failed(results: dict) -> bool:
    return any(results["summary"][verdict] for verdict in verdicts.BAD)
