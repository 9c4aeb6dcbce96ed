"""The results of a run with every verdict in it."""

import sys
from pathlib import Path

import pytest
from result_samples import requirement, scenario

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


@pytest.fixture
def results() -> dict:
    verdicts = ("pass", "inconclusive", "fail", "error", "unsupported", "skipped")
    scenarios = [scenario(f"scenarios/tls/{v}.scn", v) for v in verdicts]
    scenarios.append(scenario("scenarios/policy/rows.scn#first", "pass"))
    return {
        "schema": "sealcheck-results/1", "seed": 7, "world": "sim", "sut": "sealgate",
        "summary": {v: 1 + (v == "pass") for v in verdicts},
        "scenarios": scenarios,
        "requirements": {
            "TLS-M-01": requirement("error", scenarios=[s["id"] for s in scenarios]),
            "TLS-M-02": requirement(None, inferred=True, selftests=["scenarios/selftest/x.scn"]),
            "RUL-01": requirement(None, "RUL")},
    }
