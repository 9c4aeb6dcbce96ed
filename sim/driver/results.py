"""Makes results.json: the one thing that the reports are made from; docs/results.md documents it.

A scenario that expects a failure runs a gateway broken on purpose: it proves that the lab can fail,
and says nothing about the SUT. It is listed under `selftests` and decides no requirement.
"""

from collections.abc import Iterable

from sim.driver import verdicts
from sim.driver.catalogue import Requirement

SCHEMA = "sealcheck-results/1"


def make(scenarios: Iterable[dict], catalogue: dict[str, Requirement], *, seed: int, world: str,
         sut: str, problems: list[str], aborted: bool, seeds: int = 1) -> dict:
    """`scenarios` are sorted by id, may be iterated more than once, and are not copied."""
    results = {"schema": SCHEMA, "seed": seed, "world": world, "sut": sut}
    if seeds > 1:
        results["seeds"] = seeds
    if aborted:
        results["aborted"] = True
    if problems:
        results["problems"] = problems
    results["summary"] = dict.fromkeys(verdicts.ALL, 0)
    requirements = {r.id: _requirement(r) for r in catalogue.values()}
    for scenario in scenarios:
        results["summary"][scenario["verdict"]] += 1
        for id in _named(scenario):
            if entry := requirements.get(id):
                _decide(entry, id, scenario)
    results["scenarios"] = scenarios
    results["requirements"] = requirements
    return results


def _requirement(requirement: Requirement) -> dict:
    return {
        "verdict": None,
        "text": requirement.text,
        "chapter": requirement.chapter,
        "chapter_title": requirement.chapter_title,
        "inferred": requirement.inferred,
        "rulings": list(requirement.rulings),
        "scenarios": [],
        "selftests": [],
    }


def _decide(entry: dict, id: str, scenario: dict) -> None:
    if scenario["expected_failure"]:
        entry["selftests"].append(scenario["id"])
        return
    entry["scenarios"].append(scenario["id"])
    entry["verdict"] = verdicts.worst(
        filter(None, [entry["verdict"], _decided(id, scenario)]))


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
