"""JUnit XML for CI systems: a test case per scenario, a suite per folder.

fail is a `failure`; inconclusive and error are an `error`; unsupported and skipped are `skipped`.
What was only tolerated is told in the case's `system-out`.
A run that aborted has one more case, "the run itself", in error: a run that died before its first
scenario must not look like a green one. Written piece by piece: a run may have very many scenarios.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from reports.files import write_text

_RESULT = {"fail": "failure", "inconclusive": "error", "error": "error",
           "unsupported": "skipped", "skipped": "skipped"}
_BAD = ("inconclusive", "fail", "error")


def write(results: dict, path: Path) -> None:
    write_text(path, pieces(results))


def make(results: dict) -> str:
    return "".join(pieces(results))


def pieces(results: dict) -> Iterator[str]:
    suites: dict[str, list[tuple[int, str, float]]] = {}
    for number, scenario in enumerate(results["scenarios"]):
        folder = scenario["file"].rpartition("/")[0] or "."
        suites.setdefault(folder, []).append(
            (number, scenario["verdict"], float(scenario["wall_s"])))
    everything = [entry for entries in suites.values() for entry in entries]
    if results.get("aborted"):
        everything.append((-1, "error", 0.0))
    yield "<?xml version='1.0' encoding='utf-8'?>\n"
    yield f'<testsuites name="sealcheck"{_counts(everything)}>\n'
    if results.get("aborted"):
        yield from _suite(results, "sealcheck", [(-1, "error", 0.0)])
    for name, entries in suites.items():
        yield from _suite(results, name, entries)
    yield "</testsuites>\n"


def _suite(results: dict, name: str, entries: list[tuple[int, str, float]]) -> Iterator[str]:
    yield f" <testsuite name={_attribute(name)}{_counts(entries)}>\n  <properties>\n"
    for key in ("seed", "world", "sut"):
        yield f'   <property name="{key}" value={_attribute(str(results[key]))}/>\n'
    yield "  </properties>\n"
    for number, _, _ in entries:
        yield _the_run_itself(results) if number < 0 else _case(results["scenarios"][number])
    yield " </testsuite>\n"


def _counts(entries: list[tuple[int, str, float]]) -> str:
    kinds = [_RESULT.get(verdict) for _, verdict, _ in entries]
    return (f' tests="{len(entries)}" failures="{kinds.count("failure")}"'
            f' errors="{kinds.count("error")}" skipped="{kinds.count("skipped")}"'
            f' time="{sum(entry[2] for entry in entries):.3f}"')


def _the_run_itself(results: dict) -> str:
    why = "\n".join(results.get("problems", [])) or "the run was aborted"
    return ('  <testcase name="the run itself" classname="sealcheck" time="0.000">\n'
            f'{_outcome("error", "error", why)}  </testcase>\n')


def _case(scenario: dict) -> str:
    head = (f"  <testcase name={_attribute(scenario['title'] or scenario['id'])}"
            f" classname={_attribute(scenario['id'])} time=\"{float(scenario['wall_s']):.3f}\"")
    kind = _RESULT.get(scenario["verdict"])
    inside = ""
    if kind:
        bad = [a for a in scenario["assertions"] if a["verdict"] in _BAD]
        text = "\n\n".join([*filter(None, [scenario.get("detail")]), *map(_assertion, bad)])
        inside = _outcome(kind, scenario["verdict"], text)
    if tolerated := [a for a in scenario["assertions"] if a.get("tolerated")]:
        text = "\n\n".join(f"tolerated {_assertion(a)}" for a in tolerated)
        inside += f"   <system-out>{escape(xml_text(text))}</system-out>\n"
    return f"{head}>\n{inside}  </testcase>\n" if inside else head + "/>\n"


def _outcome(kind: str, verdict: str, text: str) -> str:
    first = text.splitlines()[0] if text else verdict
    return (f"   <{kind} message={_attribute(first)} type={_attribute(verdict)}>"
            f"{escape(xml_text(text))}</{kind}>\n")


def _assertion(assertion: dict) -> str:
    return (f"{assertion['position']} {assertion['requirement']}\n"
            f"  expected: {assertion['expected']}\n  seen:     {assertion['seen']}")


def _attribute(text: str) -> str:
    return quoteattr(xml_text(text), {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})


def xml_text(text: str) -> str:
    """`text`; what XML 1.0 cannot carry at all (section 2.2), control characters, as \\xNN."""
    return re.sub(
        r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]",
        lambda match: f"\\x{ord(match[0]):02x}", text)
