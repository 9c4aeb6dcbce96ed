"""Which scenarios are run: -k, tags, shards, only those that failed."""

import json

import pytest
from sim.driver import selection
from sim.driver.exit_codes import USAGE, Stop
from sim.driver.selection import BadExpression, Selection, expression

SCENARIOS = [
    {"id": "scenarios/tls/weak.scn", "title": "A weak cipher is refused", "tags": ["slow", "tls"]},
    {"id": "scenarios/tls/plain.scn", "title": "Falls back to plain text", "tags": ["tls"]},
    {"id": "scenarios/policy/rows.scn#1", "title": "Rows: a", "tags": []},
    {"id": "scenarios/policy/rows.scn#2", "title": "Rows: b"},
]
WEAK, PLAIN, ROW_1, ROW_2 = (s["id"] for s in SCENARIOS)


@pytest.mark.parametrize("text, chosen", [
    ("tls", [WEAK, PLAIN]), ("TLS", [WEAK, PLAIN]), ("#2", [ROW_2]), ("cipher", [WEAK]),
    ("not tls", [ROW_1, ROW_2]),
    ("tls and not weak", [PLAIN]), ("weak or #1", [WEAK, ROW_1]),
    ("tls and (weak or plain)", [WEAK, PLAIN]), ('"plain text"', [PLAIN]),
    ("not not weak", [WEAK]),
    ('"weak or"  or rows', [ROW_1, ROW_2]), ("not (tls or #1)", [ROW_2]),
    ("weak or plain and rows", [WEAK]),
])
def test_an_expression_looks_into_id_and_title(text, chosen):
    assert Selection(keyword=text).choose(SCENARIOS) == chosen


@pytest.mark.parametrize("text, complaint", [
    ("", "at the end"), ("a and", "at the end"), ("a b", "missing before 'b'"),
    ("(a", "not closed"), ("a)", "')' is not expected"), ("or a", "before 'or'"),
    ('"a', "quotation mark"), ("not", "end"),
])
def test_a_broken_expression_is_told_as_such(text, complaint):
    with pytest.raises(BadExpression) as caught:
        expression(text)
    assert complaint in str(caught.value)


def test_tags_are_alternatives_and_not_tags_go():
    assert Selection(tags=("slow",)).choose(SCENARIOS) == [WEAK]
    assert Selection(tags=("slow", "tls")).choose(SCENARIOS) == [WEAK, PLAIN]
    assert Selection(not_tags=("slow",)).choose(SCENARIOS) == [PLAIN, ROW_1, ROW_2]
    assert Selection(tags=("tls",), not_tags=("slow",)).choose(SCENARIOS) == [PLAIN]


def test_nothing_selected_says_why():
    with pytest.raises(Stop) as caught:
        Selection(keyword="nonsense", tags=("slow",), shard=(1, 2)).choose(SCENARIOS)
    assert caught.value.code == USAGE
    assert ("none of 4 scenarios is left by -k 'nonsense' --tag slow --shard 1/2"
            in str(caught.value))


def test_shards_are_disjoint_and_together_the_whole():
    ids = [f"scenarios/many.scn#{n}" for n in range(1, 1001)]
    for count in (1, 2, 3, 7):
        shards = [{id for id in ids if selection.in_shard(id, i, count)}
                  for i in range(1, count + 1)]
        assert sum(map(len, shards)) == len(ids) and set().union(*shards) == set(ids)
        assert min(map(len, shards)) > len(ids) / count / 2
    # Decided by the id alone: a machine of tomorrow must find the same.
    assert [selection.in_shard(id, 1, 2) for id in ids[:8]] == [
        True, False, True, False, True, False, False, False]


def test_those_that_failed_last_time(tmp_path):
    def results(*verdicts):
        (tmp_path / "results.json").write_text(json.dumps({"scenarios": [
            {"id": f"{n}.scn", "verdict": v} for n, v in enumerate(verdicts)]}))

    with pytest.raises(Stop, match="no results of an earlier run"):
        selection.failed_last_time(tmp_path)
    results("pass", "fail", "inconclusive", "error", "skipped", "unsupported")
    assert selection.failed_last_time(tmp_path) == {"1.scn", "2.scn", "3.scn"}
    results("pass")
    with pytest.raises(Stop, match="no scenario failed"):
        selection.failed_last_time(tmp_path)
    (tmp_path / "results.json").write_text("{")
    with pytest.raises(Stop, match="holds no results"):
        selection.failed_last_time(tmp_path)
