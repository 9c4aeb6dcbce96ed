"""What CI systems read: verdicts as JUnit knows them, and text that no XML parser refuses."""

import xml.etree.ElementTree as ElementTree

from reports import junit
from junitparser import JUnitXml
from result_samples import HOSTILE, scenario


def cases(results) -> dict[str, ElementTree.Element]:
    root = ElementTree.fromstring(junit.make(results))
    return {case.get("classname"): case for case in root.iter("testcase")}


def test_every_verdict_has_its_place(results):
    found = {id: [child.tag for child in case] for id, case in cases(results).items()}
    assert found == {
        "scenarios/tls/pass.scn": [], "scenarios/tls/inconclusive.scn": ["error"],
        "scenarios/tls/fail.scn": ["failure"], "scenarios/tls/error.scn": ["error"],
        "scenarios/tls/unsupported.scn": ["skipped"], "scenarios/tls/skipped.scn": ["skipped"],
        "scenarios/policy/rows.scn#first": []}


def test_the_counts_add_up_per_folder_and_in_all(results):
    root = ElementTree.fromstring(junit.make(results))
    assert [root.get(k) for k in ("tests", "failures", "errors", "skipped")] == [
        "7", "1", "2", "2"]
    assert {s.get("name"): s.get("tests") for s in root} == {
        "scenarios/tls": "6", "scenarios/policy": "1"}
    assert {p.get("name"): p.get("value") for p in root[0].iter("property")}["seed"] == "7"


def test_a_failure_says_where_what_was_expected_and_what_was_seen(results):
    failure = cases(results)["scenarios/tls/fail.scn"][0]
    assert failure.get("message") == "scenarios/tls/a.scn:14:5 TLS-M-01"
    assert failure.text.splitlines()[1:] == ["  expected: over tls", "  seen:     in clear"]
    assert failure.get("type") == "fail"


def test_what_was_only_tolerated_is_told_where_nothing_failed(results):
    passed = next(s for s in results["scenarios"] if s["id"] == "scenarios/tls/pass.scn")
    passed["assertions"] = [{**passed["assertions"][0], "seen": "421 <later>", "tolerated": True}]
    case = cases(results)[passed["id"]]
    assert [child.tag for child in case] == ["system-out"]
    assert case[0].text.startswith("tolerated ") and case[0].text.endswith("seen:     421 <later>")


def test_other_readers_agree(results):
    read = JUnitXml.fromstring(junit.make(results).encode())
    assert (read.tests, read.failures, read.errors, read.skipped) == (7, 1, 2, 2)
    assert [suite.name for suite in read] == ["scenarios/tls", "scenarios/policy"]
    verdicts = {case.classname: [r.type for r in case.result] for suite in read for case in suite}
    assert verdicts["scenarios/tls/fail.scn"] == ["fail"]
    assert verdicts["scenarios/tls/pass.scn"] == []


def test_a_run_that_died_before_its_first_scenario_is_not_green(results):
    results |= {"scenarios": [], "aborted": True, "problems": ["the engine died", "of signal 11"]}
    error = cases(results)["sealcheck"][0]
    assert error.tag == "error" and error.get("message") == "the engine died"
    assert "of signal 11" in error.text


def test_text_that_xml_cannot_carry(results):
    results["scenarios"] = [scenario(
        "scenarios/x.scn", "error", title=HOSTILE, detail=f"{HOSTILE}\nsecond line")]
    case = cases(results)["scenarios/x.scn"]
    assert case.get("name").startswith("</title><script>") and "\\x00\\x1b" in case.get("name")
    assert case[0].text.splitlines()[1] == "second line"
