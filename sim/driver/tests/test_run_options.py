"""The options of `sealcheck run`, from the shell, with a fake engine."""

import json
import re
import subprocess

import pytest
import sample
from sample import A, B

LISTED = [{"id": A, "title": "Weak", "tags": ["slow"]}, {"id": B, "title": "Plain", "tags": []}]


def test_what_is_selected_reaches_the_engine(tree):
    tree.plans(*sample.run(sample.finished(B)), listed=LISTED)
    for words in (["-k", "plain"], ["--not-tag", "slow"]):
        done = tree.call("run", "--no-repeat", *words)
        assert done.returncode == 0, done.stderr
        assert (tree.root / "out/only").read_text() == f"{B}\n"


def test_nothing_selected_exits_2_and_leaves_the_last_results(tree):
    tree.plans(*sample.run(sample.finished(A)), listed=LISTED)
    tree.call("run", "--no-repeat")
    for words, why in ((["-k", "nonsense"], "none of 2 scenarios is left by -k 'nonsense'"),
                       (["--tag", "quick"], "--tag quick"),
                       (["--only-failed"], "no scenario failed in")):
        done = tree.call("run", "--no-repeat", *words)
        assert done.returncode == 2 and why in done.stderr, words
    assert tree.results()["summary"]["pass"] == 1


def test_only_what_failed_is_run_again(tree):
    tree.plans(*sample.run(sample.finished(A), sample.finished(B, "fail")), exit=1, listed=LISTED)
    assert tree.call("run", "--no-repeat").returncode == 1
    tree.plans(*sample.run(sample.finished(B)), listed=LISTED)
    done = tree.call("run", "--no-repeat", "--only-failed")
    assert done.returncode == 0 and (tree.root / "out/only").read_text() == f"{B}\n"


def test_fail_on_decides_what_fails_the_run(tree):
    for verdict, codes in (("inconclusive", (1, 0, 0)), ("fail", (1, 1, 0)), ("error", (1, 1, 1))):
        tree.plans(*sample.run(sample.finished(A, verdict)), exit=1)
        for level, code in zip(("inconclusive", "fail", "error"), codes):
            done = tree.call("run", "--no-repeat", "--fail-on", level)
            assert done.returncode == code, (verdict, level)


def test_the_first_failure_stops_the_run(tree):
    tree.plans(sample.plan(3), sample.finished(A, "fail"), hang=True, listed=[*LISTED, {
        "id": "c.scn", "title": "Never run", "requirements": ["TLS-M-02"]}])
    done = tree.call("run", "-x", "--no-repeat")
    assert done.returncode == 1
    results = tree.results()
    assert {s["id"]: s["verdict"] for s in results["scenarios"]} == {
        A: "fail", B: "skipped", "c.scn": "skipped"}
    assert "aborted" not in results
    assert "stopped at its first failure" in results["scenarios"][-1]["detail"]


def test_several_seeds_and_the_worst_of_them(tree):
    late = sample.run(sample.finished(A), sample.finished(B, "fail", detail="of seed 8"))
    tree.plans(*sample.run(sample.finished(A), sample.finished(B)), seeds={"8": late})
    done = tree.call("run", "--seed", "7", "--repeat", "3")
    assert done.returncode == 1 and "seeds 7 to 9" in done.stdout
    assert f"replay   ./sealcheck run {B} --seed 8\n" in done.stdout
    assert "trace    out/seeds/8/a.trace\n" in done.stdout
    results = tree.results()
    assert (results["seed"], results["seeds"]) == (7, 3)
    a, b = results["scenarios"]
    assert (a["seed"], b["seed"], b["detail"]) == (7, 8, "of seed 8")
    assert b["runs"] == [{"seed": 7, "verdict": "pass"}, {"seed": 8, "verdict": "fail"},
                         {"seed": 9, "verdict": "pass"}]


def test_a_random_seed_is_printed(tree):
    tree.plans(*sample.run(sample.finished(A)))
    said = tree.call("run", "--no-repeat", "--seed", "random").stdout
    seed = re.search(r"seed (\d+) \(chosen at random\)", said)[1]
    assert tree.results()["seed"] == int(seed)
    command = json.loads((tree.root / "out/command.json").read_text())
    assert command[command.index("--seed") + 1] == seed


def test_a_failure_is_captured_without_being_asked(tree):
    tree.plans(*sample.run(sample.finished(A)))
    for words, value in ((), "failures"), (["--capture"], "all"), (
            ["--show-expected"], "selftests"):
        tree.call("run", "--no-repeat", *words)
        command = json.loads((tree.root / "out/command.json").read_text())
        assert command[command.index("--capture") + 1] == value


@pytest.mark.parametrize("words, complaint", [
    (["-k", "a and"], "a word is missing at the end"), (["--shard", "3/2"], "1 <= I <= N"),
    (["--shard", "x"], "1 <= I <= N"), (["--repeat", "0"], "not a positive number"),
    (["--seed", "-1"], "a seed is a whole number"), (["--fail-on", "pass"], "invalid choice"),
    (["--seed", str(2**63 - 1), "--repeat", "2"], "the last seed is not below"),
    (["--only-failed", "--out", "nowhere"], "no results of an earlier run"),
    (["--color", "blue"], "invalid choice"),
])
def test_a_wrong_option_is_one_clear_error(tree, words, complaint):
    done = tree.call("run", *words)
    assert done.returncode == 2 and complaint in done.stderr and "Traceback" not in done.stderr
    assert not (tree.root / "out").exists()


def test_no_colours_in_a_pipe_unless_asked(tree):
    tree.plans(*sample.run(sample.finished(A, "fail")), exit=1)
    assert "\x1b" not in tree.call("run", "--no-repeat", FORCE_COLOR="1").stdout
    assert "\x1b[1;31mFAIL" in tree.call("run", "--no-repeat", "--color", "always").stdout


def test_a_disk_that_takes_no_bytes_is_said_before_the_run(tree):
    tree.plan.unlink(missing_ok=True)
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 0; exec {tree.root}/sealcheck run"], cwd=tree.root,
        env=tree.environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 3, done.stderr
    assert "the output folder cannot be written" in done.stderr and "--out DIR" in done.stderr
    assert not list((tree.root / "out").iterdir())


def test_a_folder_that_is_a_file_or_read_only(tree):
    file = tree.root.parent / "file"
    file.write_text("")
    for out in (str(file), "/proc/sealcheck", "/sys/kernel"):
        done = tree.call("run", "--out", out)
        assert done.returncode == 3 and "cannot be written" in done.stderr, out
