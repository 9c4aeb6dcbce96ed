"""Does the crash sweep notice a gateway that answers before its disk has the message?"""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCENARIO = "scenarios/tls/failed_handshake_delays_the_message.scn"


def sweep(out, path, *more):
    done = subprocess.run([ROOT / "sealcheck", "sweep", "--out", str(out), *more, path], cwd=ROOT,
                          capture_output=True, text=True, check=False)
    return done, json.loads((out / "results.json").read_text(encoding="utf-8"))


def test_a_gateway_that_acknowledges_before_the_disk_had_it_loses_mail_in_the_sweep(tmp_path):
    done, results = sweep(tmp_path, SCENARIO, "--sut", "acknowledges-before-the-disk-had-it")
    assert done.returncode == 1
    failed = [s for s in results["scenarios"] if s["verdict"] != "pass"]
    assert failed and {s["verdict"] for s in failed} == {"fail"}
    for scenario in failed:
        bad = [a for a in scenario["assertions"] if a["verdict"] == "fail"]
        assert all("is nowhere" in a["seen"] for a in bad)
    # One of them again, by the name that the report gives it.
    again, results = sweep(tmp_path, failed[0]["id"], "--sut",
                           "acknowledges-before-the-disk-had-it")
    assert again.returncode == 1
    assert [s["id"] for s in results["scenarios"]] == [failed[0]["id"]]
