"""JUnit XML for CI systems: a test case per scenario, a suite per folder.

fail is a `failure`; inconclusive and error are an `error`; unsupported and skipped are `skipped`.
A run that aborted has one more case, "the run itself", in error: a run that died before its first
scenario must not look like a green one.
"""

import re
from pathlib import Path

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from reports.files import write_text

_RESULT = {
    "fail": Failure, "inconclusive": Error, "error": Error,
    "unsupported": Skipped, "skipped": Skipped,
}


def write(results: dict, path: Path) -> None:
    write_text(path, make(results))


def make(results: dict) -> str:
    suites: dict[str, list[TestCase]] = {}
    for scenario in results["scenarios"]:
        folder = scenario["file"].rpartition("/")[0] or "."
        suites.setdefault(folder, []).append(_case(scenario))
    if results.get("aborted"):
        why = "\n".join(results.get("problems", [])) or "the run was aborted"
        case = TestCase("the run itself", classname="sealcheck", time=0.0)
        case.result = [_outcome(Error, "error", why.splitlines()[0], why)]
        suites["sealcheck"] = [case]
    document = JUnitXml("sealcheck")
    for name, cases in suites.items():
        suite = TestSuite(xml_text(name))
        for key in ("seed", "world", "sut"):
            suite.add_property(key, xml_text(str(results[key])))
        for case in cases:
            suite.add_testcase(case)
        document.add_testsuite(suite)
    document.update_statistics()
    return document.tostring().decode("utf-8") + "\n"


def _case(scenario: dict) -> TestCase:
    case = TestCase(
        xml_text(scenario["title"] or scenario["id"]), classname=xml_text(scenario["id"]),
        time=float(scenario["wall_s"]))
    kind = _RESULT.get(scenario["verdict"])
    if kind:
        bad = [a for a in scenario["assertions"]
               if a["verdict"] in ("inconclusive", "fail", "error")]
        text = "\n\n".join([*filter(None, [scenario.get("detail")]), *map(_assertion, bad)])
        first = text.splitlines()[0] if text else scenario["verdict"]
        case.result = [_outcome(kind, scenario["verdict"], first, text)]
    return case


def _outcome(kind, verdict: str, message: str, text: str):
    outcome = kind(xml_text(message), verdict)
    outcome.text = xml_text(text)
    return outcome


def _assertion(assertion: dict) -> str:
    return (f"{assertion['position']} {assertion['requirement']}\n"
            f"  expected: {assertion['expected']}\n  seen:     {assertion['seen']}")


def xml_text(text: str) -> str:
    """`text`; what XML 1.0 cannot carry at all (section 2.2), control characters, as \\xNN."""
    return re.sub(
        r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]",
        lambda match: f"\\x{ord(match[0]):02x}", text)
