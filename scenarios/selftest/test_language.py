"""The rules of the language that no scenario can break from within: what `check` refuses, and what
the results say."""

import json
import os
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = Path(os.environ.get("SEALCHECK_BUILD", ROOT / "build/dev"))
ENGINE = BUILD / "sim/engine/sealcheck-engine"
LANGUAGE = ROOT / "scenarios/language"

TWO = """scenario "X" {
    mx mx.partner.test for partner.test
    gateway { }
    send m1 from alice@corp.test to bob@partner.test carol@partner.test
    STATEMENT
}
"""


def engine(*arguments):
    done = subprocess.run([ENGINE, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True,
                          check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def check(tmp_path, text, *options):
    (tmp_path / "x.scn").write_text(text)
    code, lines = engine("check", "--root", ROOT, *options, tmp_path / "x.scn")
    return code, "".join(line.get("text", "") for line in lines)


def test_what_a_gateway_cannot_do_is_unsupported_and_nothing_else(tmp_path):
    scenario = """scenario "X" {
    gateway under test has-no-console
    mx mx.partner.test for partner.test { starttls not-offered }
    include "INCLUDE"
    send m1 from alice@corp.test to bob@partner.test {
        subject "confidential: wait"
        must be sealed beyond gateway
    }
    expect m1 in queue delayed
    admin deletes m1
    expect queue is empty
}
""".replace("INCLUDE", os.path.relpath(ROOT / "scenarios/shared/confidential_mail.inc", tmp_path))
    path = tmp_path / "x.scn"
    path.write_text(scenario)
    [result] = finished(tmp_path, path)
    assert result["verdict"] == "unsupported", result
    assert result["detail"] == "sealgate has no operation delete"
    assert all(a["verdict"] == "pass" for a in result["assertions"])
    # With the operation it is an ordinary scenario, and what fails before stays a failure.
    path.write_text(scenario.replace("    gateway under test has-no-console\n", ""))
    assert finished(tmp_path, path)[0]["verdict"] == "pass"
    path.write_text(scenario.replace("delayed", "delayed because connection-lost"))
    assert finished(tmp_path, path)[0]["verdict"] == "fail"


def finished(tmp_path, path):
    _, lines = engine("run", "--root", ROOT, "--out", tmp_path, path)
    return [line["scenario"] for line in lines if line["event"] == "finished"]


def test_rule_11_a_message_with_several_recipients_needs_one(tmp_path):
    code, said = check(tmp_path, TWO.replace("STATEMENT", "expect mx.partner.test receives m1"))
    assert code == 2 and "x.scn:5:37: error: 'm1' has 2 recipients" in said
    assert "write 'm1 for each' or 'm1 for bob@partner.test'" in said
    each = TWO.replace("STATEMENT", "expect mx.partner.test receives m1 for each")
    assert check(tmp_path, each)[0] == 0


def test_rule_13_a_row_is_known_by_file_and_number(tmp_path):
    file = "scenarios/language/a_table_plays_the_scenario_once_a_row.scn"
    ids = {scenario["id"] for scenario in finished(tmp_path, ROOT / file)}
    assert ids == {f"{file}#{row}" for row in range(1, 5)}
    [only] = finished(tmp_path, f"{ROOT / file}#3")
    assert only["id"] == f"{file}#3" and only["title"].endswith("refused with 454, plain, 10s")


def test_rule_6_what_is_only_tolerated_is_marked(tmp_path):
    [scenario] = finished(tmp_path, LANGUAGE / "an_answer_may_be_tolerated.scn")
    assert scenario["verdict"] == "pass"
    [graded] = [a for a in scenario["assertions"] if "tolerate" in a["expected"]]
    assert graded.get("tolerated", False) == ("451" in graded["seen"])


@pytest.mark.parametrize(("lag", "fits"), [("100ms", True), ("101ms", False)])
def test_rule_15_a_live_window_is_twenty_lags_wide(tmp_path, lag, fits):
    text = TWO.replace(
        "STATEMENT", "expect mx.partner.test sees quit between 14m and 16m after send")
    live = ("--world", "live", "--scale", "60", "--lag", lag)
    code, said = check(tmp_path, text, *live)
    assert (code == 0) == fits
    if not fits:
        assert "x.scn:5:5: error: the window of 2m is 2s at scale 60" in said
        assert "less than 20 times the lag of 101ms" in said
    assert check(tmp_path, text)[0] == 0  # the simulated world's clock has no lag


def test_ten_thousand_rows_are_checked(tmp_path):
    rows = "\n".join(f"row {number} works" for number in range(10_000))
    text = TWO.replace("STATEMENT", f"rows n:integer way:mx/starttls {{\n{rows}\n}}\n"
                       'phase p$n of mx.partner.test { starttls $way }')
    assert check(tmp_path, text)[0] == 0
    code, said = check(tmp_path, text.replace("row 9999 works", "row 9999 wroks"))
    assert code == 2 and "'wroks' is not what may follow starttls in the column 'way'" in said
