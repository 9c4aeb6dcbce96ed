"""`sealcheck run` from the shell, with a fake engine: exit codes, results, reports, aborts."""

import json
import os
import pty
import re
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest
import sample
from junitparser import JUnitXml
from sample import A, B


def test_a_run_in_which_everything_passes(tree):
    tree.plans(*sample.run(sample.finished(A), sample.finished(B)))
    done = tree.call("run", "scenarios")
    assert done.returncode == 0, done.stderr
    results = tree.results()
    assert results["schema"] == "sealcheck-results/1"
    assert (results["seed"], results["world"], results["sut"]) == (1, "sim", "sealgate")
    assert results["summary"]["pass"] == 2 and "aborted" not in results
    assert [s["id"] for s in results["scenarios"]] == [A, B]
    assert results["requirements"]["TLS-M-01"]["verdict"] == "pass"
    assert results["requirements"]["TLS-M-01"]["scenarios"] == [A, B]
    assert results["requirements"]["TLS-M-02"]["verdict"] is None
    assert (tree.root / "out/report.html").exists()
    assert "\x1b" not in done.stdout and len(done.stdout.splitlines()) < 10


def test_the_engine_gets_what_the_user_asked_for(tree):
    tree.plans(*sample.run(sample.finished(A)))
    row = "scenarios/tls/a.scn#second"
    done = tree.call("run", row, "--seed", "7", "-j", "3", "--sut", "postfix", "--no-repeat",
                     "--out", "elsewhere", cwd=tree.root.parent)
    assert done.returncode == 0, done.stderr
    out = tree.root.parent / "elsewhere"
    command = json.loads((out / "command.json").read_text())
    assert command[1:] == [
        "run", "--root", str(tree.root), "--out", str(out), "--seed", "7", "--jobs", "3",
        "--sut", "postfix", "--capture", "failures", str(tree.root / row)]
    results = json.loads((out / "results.json").read_text())
    assert (results["seed"], results["sut"]) == (7, "postfix")


def test_a_sweep_asks_the_engine_for_it_once_and_is_replayed_by_its_moment(tree):
    moment = "scenarios/tls/a.scn@before-17+1"
    tree.plans(*sample.run(sample.finished(moment, "fail", assertions=[sample.assertion("fail")])),
               exit=1)
    done = tree.call("sweep", "scenarios/tls/a.scn", "--seed", "3", "-j", "2")
    assert done.returncode == 1, done.stderr
    out = tree.root / "out"
    command = json.loads((out / "command.json").read_text())
    assert command[1:] == ["sweep", "--root", str(tree.root), "--out", str(out), "--seed", "3",
                           "--jobs", "2", "--capture", "failures",
                           str(tree.root / "scenarios/tls/a.scn")]
    assert f"./sealcheck sweep {moment} --seed 3\n" in done.stdout
    tree.call("sweep", moment)
    command = json.loads((out / "command.json").read_text())
    assert command[-1] == str(tree.root / moment)
    assert tree.call("sweep").returncode == 2  # no scenario


def test_a_failure_prints_its_block_in_80_columns_and_exits_1(tree):
    tree.plans(*sample.run(sample.finished(A), sample.finished(B, "fail")), exit=1)
    done = tree.call("run")
    assert done.returncode == 1
    assert "FAIL  scenarios/tls/a.scn:14:5\n" in done.stdout
    assert "TLS-M-01  Handshake succeeds: the transfer is encrypted." in done.stdout
    side_by_side = next(x for x in done.stdout.splitlines() if "m1 in plain text" in x)
    assert "mx.partner.test receives m1 over" in side_by_side
    assert re.search(r"900\.000 s +mx\.partner\.test +sees no STARTTLS", done.stdout)
    assert f"replay   ./sealcheck run {B} --seed 1\n" in done.stdout
    assert "trace    out/a.trace\n" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_what_was_only_tolerated_is_told_and_fails_nothing(tree):
    graded = sample.assertion("pass", seen="m1 was answered 421 (at +0.010s)", tolerated=True)
    tree.plans(*sample.run(sample.finished(A, assertions=[graded, graded])))
    done = tree.call("run", "scenarios")
    assert done.returncode == 0, done.stderr
    told = "tolerated  scenarios/tls/a.scn:14:5\n  m1 was answered 421 (at +0.010s)\n"
    assert done.stdout.count("tolerated") == 1 and told in done.stdout
    assert "tolerated" in (tree.root / "out/report.html").read_text()
    assert "## Tolerated" in (tree.root / "out/report.md").read_text()


def test_the_block_names_the_capture(tree):
    tree.plans(*sample.run(sample.finished(A, "fail", capture="captures/a.pcapng")), exit=1)
    done = tree.call("run", "scenarios")
    assert "\n  trace    out/a.trace\n  capture  out/captures/a.pcapng\n" in done.stdout


@pytest.mark.parametrize("environment, coloured", [
    ({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)])
def test_colours_are_for_terminals_that_want_them(tree, environment, coloured):
    tree.plans(*sample.run(sample.finished(A, "fail")), exit=1)
    ours, theirs = pty.openpty()
    running = subprocess.Popen([tree.root / "sealcheck", "run", "scenarios"], cwd=tree.root,
                               env=tree.environment(**{"TERM": "xterm", **environment}),
                               stdout=theirs, stderr=subprocess.DEVNULL,
                               stdin=subprocess.DEVNULL)
    os.close(theirs)
    said = b""
    with suppress(OSError):  # a terminal that nobody holds any more
        while data := os.read(ours, 4096):
            said += data
    os.close(ours)
    assert running.wait() == 1
    assert (b"\x1b[1;31mFAIL" in said) == coloured, said
    assert b"FAIL" in said


def test_a_bad_verdict_is_never_reported_as_success(tree):
    for verdict in ("fail", "inconclusive", "error"):
        tree.plans(*sample.run(sample.finished(A, verdict)), exit=0)
        assert tree.call("run").returncode == 1, verdict
    for verdict in ("unsupported", "skipped"):
        tree.plans(*sample.run(sample.finished(A, verdict)), exit=0)
        assert tree.call("run").returncode == 0, verdict


def test_an_expected_failure_is_shown_only_on_request_and_decides_nothing(tree):
    tree.plans(*sample.run(sample.finished(
        A, expected_failure=True, assertions=[sample.assertion("fail")])))
    assert "m1 in plain text" not in tree.call("run").stdout
    shown = tree.call("run", "--show-expected")
    assert "FAIL AS EXPECTED" in shown.stdout and "m1 in plain text" in shown.stdout
    assert shown.returncode == 0
    requirement = tree.results()["requirements"]["TLS-M-01"]
    assert requirement["verdict"] is None and requirement["selftests"] == [A]


def test_an_engine_that_dies_leaves_results_with_every_scenario(tree):
    listed = [{"id": i, "file": A, "title": "t", "requirements": ["TLS-M-02"]} for i in (A, B)]
    tree.plans(sample.plan(3), sample.started(A), sample.finished(A), sample.started("c.scn"),
               die=signal.SIGSEGV, listed=listed)
    done = tree.call("run")
    assert done.returncode == 3
    assert "SIGSEGV" in done.stdout and "what the engine says on stderr" in done.stdout
    results = tree.results()
    assert results["aborted"] is True
    assert {s["id"]: s["verdict"] for s in results["scenarios"]} == {
        A: "pass", B: "error", "c.scn": "error"}
    assert results["requirements"]["TLS-M-02"]["verdict"] == "error"
    junit = JUnitXml.fromfile(str(tree.root / "out/junit.xml"))
    assert junit.errors == 3 and junit.tests == 4  # and "the run itself"


def test_children_of_a_dead_engine_do_not_keep_the_run_waiting(tree):
    tree.plans(sample.plan(1), sample.started(A), orphan=True, die=signal.SIGKILL)
    done = tree.call("run")
    assert done.returncode == 3 and "SIGKILL" in done.stdout


def test_an_engine_without_its_end_or_with_garbage_is_aborted(tree):
    good = sample.run(sample.finished(A))
    tree.plans(*good[:-1])
    assert tree.call("run").returncode == 3
    tree.plans("no JSON", *good)
    assert tree.call("run").returncode == 3
    assert "no JSON" in tree.results()["problems"][0]
    tree.plans(sample.plan(2), *good[1:])
    assert tree.call("run").returncode == 3


def test_a_broken_scenario_exits_2_with_its_diagnostic(tree):
    diagnostic = "a.scn:3:5: unknown word sned\n  did you mean send?"
    tree.plans({"event": "diagnostic", "text": diagnostic}, exit=2)
    done = tree.call("run")
    assert done.returncode == 2
    assert "a.scn:3:5: unknown word sned\n  did you mean send?\n" in done.stdout
    assert tree.results()["problems"] == [diagnostic]
    assert JUnitXml.fromfile(str(tree.root / "out/junit.xml")).errors == 1


def test_another_hash_in_the_repeated_run_is_an_error_with_both_hashes(tree):
    b = {"trace": "b.trace"}
    tree.plans(*sample.run(sample.finished(A), sample.finished(B, **b)), repeat=sample.run(
        sample.finished(A), sample.finished(B, hash="f" * 32, **b)))
    done = tree.call("run")
    assert done.returncode == 1
    by_id = {s["id"]: s for s in tree.results()["scenarios"]}
    assert (by_id[A]["verdict"], by_id[B]["verdict"]) == ("pass", "error")
    assertion = by_id[B]["assertions"][-1]
    assert assertion["expected"].startswith(
        "the run repeated with its seed gives the same trace hash")
    assert by_id[B]["hash"] in assertion["expected"] and assertion["seen"] == "f" * 32
    assert "second run" in (tree.root / "out/repeat/b.trace").read_text()
    assert by_id[B]["repeated_trace"] == "repeat/b.trace"
    assert not list((tree.root / "out").glob(".repeat-*"))
    assert tree.call("run", "--no-repeat").returncode == 0


def test_a_repeated_run_that_breaks_down_is_not_a_repetition(tree):
    whole = sample.run(sample.finished(A))
    tree.plans(*whole, repeat=whole[:-2])
    assert tree.call("run").returncode == 1
    assert "did not finish it" in tree.results()["scenarios"][0]["assertions"][-1]["seen"]


def test_an_output_folder_that_cannot_be_written_is_said_before_the_run(tree):
    file = tree.root.parent / "a file"
    file.write_text("")
    tree.plan.unlink(missing_ok=True)  # a run would fail on this, and otherwise
    done = tree.call("run", "--out", str(file / "out"))
    assert done.returncode == 3
    assert "the output folder cannot be written" in done.stderr and str(file) in done.stderr


def test_results_of_an_earlier_run_do_not_survive_into_a_run_that_breaks(tree):
    tree.plans(*sample.run(sample.finished(A)))
    tree.call("run")
    (tree.root / "fake_engine.py").rename(tree.root / "gone.py")
    try:
        done = tree.call("run")
        assert done.returncode == 3 and "the build failed" in done.stderr
        assert "missing and no known rule" in done.stderr  # ninja's own words
        assert not (tree.root / "out/results.json").exists()
    finally:
        (tree.root / "gone.py").rename(tree.root / "fake_engine.py")


def test_ctrl_c_ends_the_engine_and_still_reports(tree):
    tree.plans(sample.plan(2), sample.started(A), sample.finished(A), sample.started(B), hang=True)
    process = subprocess.Popen(
        [str(tree.root / "sealcheck"), "run"], cwd=tree.root, env=tree.environment(),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    hanging = tree.root / "out/hanging"
    for _ in range(300):
        if hanging.exists() and hanging.read_text():
            break
        time.sleep(0.05)
    engine = int(hanging.read_text())
    process.send_signal(signal.SIGINT)
    try:
        said, _ = process.communicate(timeout=20)
    finally:  # a driver that failed to end it must not leave it behind
        left = Path(f"/proc/{engine}").exists()
        if left:
            os.kill(engine, signal.SIGKILL)
            process.kill()
    assert not left
    assert process.returncode == 3 and "the run was interrupted" in said
    assert {s["verdict"] for s in tree.results()["scenarios"]} == {"pass", "error"}
    JUnitXml.fromfile(str(tree.root / "out/junit.xml"))


def test_a_reader_who_leaves_does_not_end_the_run(tree):
    tree.plans(*sample.run(*(sample.finished(f"{n}.scn", "fail") for n in range(50))), exit=1)
    done = subprocess.run(
        ["bash", "-c", f"{tree.root}/sealcheck run | head -n 1; exit ${{PIPESTATUS[0]}}"],
        cwd=tree.root, env=tree.environment(), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "")
    assert tree.results()["summary"]["fail"] == 50


def test_usage_errors_exit_2(tree):
    for words in (["run", "no-such.scn"], ["run", "--seed", "x"], ["run", "-j", "0"], ["nonsense"],
                  ["run", "--unknown"], [], ["explain", "XYZ-99"]):
        done = tree.call(*words)
        assert done.returncode == 2 and done.stderr, words


def test_list_and_check_pass_on_what_the_engine_says(tree):
    tree.plans(listed=[{"id": A, "title": "A \x1b[31mtitle"}], exit=2, checked=[
        json.dumps({"event": "diagnostic", "text": "a.scn:1:1: no"})])
    done = tree.call("list")
    assert f"{A}  A \\x1b[31mtitle\n" in done.stdout and done.returncode == 2
    done = tree.call("check", "tls/a.scn", cwd=tree.root / "scenarios")
    assert "a.scn:1:1: no\n" in done.stdout and done.returncode == 2


def test_explain_and_version_need_no_build(new_tree):
    done = new_tree.call("explain", "TLS-M-01")
    assert "the transfer is encrypted" in done.stdout and A in done.stdout
    assert new_tree.call("--version").stdout == "sealcheck 9.8.7\n"
    assert not (new_tree.root / "build").exists()
    assert new_tree.calls("dpkg-query") == []
