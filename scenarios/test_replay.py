"""`./sealcheck replay` and `diff` with the real engine, and the capture that a failure leaves."""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCENARIO = "scenarios/tls/failed_handshake_delays_the_message.scn"
FAILING = """scenario "A message that never comes" {
    tags quick
    mx mx.partner.test for partner.test
    gateway { policy "All" { when subject contains "all"; action encrypt; deployed } }
    send m1 from alice@corp.test to bob@partner.test { subject "all" }
    expect mx.partner.test receives m1 over plain
}
"""


def call(*words, code=0):
    done = subprocess.run([ROOT / "sealcheck", *words], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def test_a_replay_tells_the_run_in_lanes_of_80_columns(tmp_path):
    said = call("replay", SCENARIO, "--seed", "7")
    lines = said.splitlines()
    assert max(map(len, lines)) <= 80
    assert "··· 15 min ···" in said and "STARTTLS: alert" in said
    arrow = next(x for x in lines if "gw.corp.test: connects to mx.partner.test" in x)
    assert "●─" in arrow and "▶" in arrow
    assert lines[-1] == f"pass: {SCENARIO} with seed 7"


def test_two_seeds_differ_and_one_does_not(tmp_path):
    said = call("diff", SCENARIO, f"{SCENARIO}@2", code=1)
    assert "are the same. The next differ:" in said and "≠" in said
    assert max(map(len, said.splitlines())) <= 80
    assert "events are the same." in call("diff", f"{SCENARIO}@2", f"{SCENARIO}@2")


def test_a_failure_leaves_a_trace_a_capture_and_a_command_that_replays_it(tmp_path):
    scenario = tmp_path / "failing.scn"
    scenario.write_text(FAILING)
    out = tmp_path / "out"
    said = call("run", "--out", out, scenario, code=1)
    [result] = json.loads((out / "results.json").read_text())["scenarios"]
    capture = out / result["capture"]
    assert f"  capture  {capture}\n" in said and capture.read_bytes()[:4] == b"\n\r\r\n"
    assert f"FAIL  {scenario}:6:5\n" in said
    assert "    expect mx.partner.test receives m1 over plain\n" in said
    timeline = said.split("the last events\n")[1].split("\n\n")[0]
    for actor in ("gw.corp.test", "mx.partner.test", "people.corp.test", "lab"):
        assert f"  {actor}" in timeline, actor
    times = [float(x.split(" s ")[0]) for x in timeline.splitlines() if " s  " in x]
    assert times == sorted(times)
    replay = next(x for x in said.splitlines() if x.startswith("  replay")).split()
    assert replay[1] == "./sealcheck"
    assert "expect mx.partner.test receives m1 over plain" in call(
        *replay[2:], "--no-repeat", "--out", tmp_path / "again", code=1)
    assert "connects to mx.partner.test" in call("replay", out / result["trace"])


def test_a_passing_run_leaves_no_capture_and_tags_select(tmp_path):
    out = tmp_path / "out"
    call("run", "--no-repeat", "--out", out, SCENARIO)
    assert not (out / "captures").exists()
    scenario = tmp_path / "failing.scn"
    scenario.write_text(FAILING)
    call("run", "--no-repeat", "--out", out, "--tag", "quick", scenario, code=1)
    call("run", "--no-repeat", "--out", out, "--tag", "slow", scenario, code=2)
    call("run", "--no-repeat", "--out", out, "--fail-on", "error", scenario)
