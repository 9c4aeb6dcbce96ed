"""Very many scenarios in one run: the driver's memory does not grow with them."""

import json
import subprocess
import sys

import sample
from junitparser import JUnitXml

EVENT = {"t_s": 0.5, "actor": "gw.corp.test", "text": "says something of a usual length", "from":
         "gw.corp.test", "to": "mx.partner.test"}
MEASURE = """import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"""


def memory_kb(tree, count: int) -> int:
    scenario = sample.finished("many.scn#1", timeline=[EVENT] * 100, trace="")["scenario"]
    tree.plans(many={"count": count, "scenario": scenario})
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tree.root / "sealcheck"), "run"], cwd=tree.root,
        env=tree.environment(), capture_output=True, text=True, check=True)
    code, kb = map(int, done.stdout.split())
    assert code == 0
    return kb


def test_thousands_of_scenarios_take_the_memory_of_few(tree):
    few = memory_kb(tree, 600)
    many = memory_kb(tree, 5_000)
    # What remains of a scenario is its id, its verdict and its place on the disk. One that was
    # kept whole, with its timeline, would be some 20 KB.
    print(few, many)
    assert (many - few) / 4_400 < 3, (few, many)
    results = tree.results()
    assert results["summary"]["pass"] == 5_000
    assert len(results["requirements"]["TLS-M-01"]["scenarios"]) == 5_000
    assert all(s["timeline"] == [] for s in results["scenarios"])
    assert JUnitXml.fromfile(str(tree.root / "out/junit.xml")).tests == 5_000
    assert (tree.root / "out/report.html").stat().st_size < 15_000_000
    json.loads((tree.root / "out/results.json").read_text())
