"""The driver's smaller parts: the catalogue's reader, the collector, the block, the verdicts."""

import io
import re

import pytest
import sample
from small_tree import ROOT
from sim.driver import catalogue, collect, failure_block, results, verdicts
from sim.driver.layout import Column, side_by_side, width_of, wrap
from sim.driver.screen import Screen, printable

COUNTS = {
    "GEN": 3, "TLS": 8, "TLS-O": 9, "TLS-M": 9, "CRT": 6, "CSR": 10, "IMP": 9, "HYB": 33, "CA": 4,
    "TPA": 20, "DLP": 12, "RUL": 36,
}


def test_the_catalogue_has_every_statement_and_every_ruling():
    found = catalogue.read(ROOT)
    expected = [f"{chapter}-{n:02}" for chapter, count in COUNTS.items()
                for n in range(1, count + 1)]
    assert list(found) == expected
    assert found["TLS-M-07"].inferred and not found["TLS-M-01"].inferred
    assert '"Use Transport Layer Security"' in found["TLS-O-01"].text
    assert all(r.text and not set("*`") & set(r.text) for r in found.values())


@pytest.mark.parametrize("text, complaint", [
    ('chapter A "a" {\n requirement A-01 "x"', "not closed"),
    ('requirement A-01 "x"', "1: no statement"),
    ('chapter A "a" {\n requirement A-01 "x"\n requirement A-01 "y"\n}', "3: A-01 is there twice"),
    ('chapter A "a" {\n requirement B-01 "x"\n}', "2: B-01 is in the wrong chapter"),
    ('chapter A "a" {\n requirement A-01 x\n}', "2: no statement"),
    ('chapter A "a" {\n requirement A-01 "x" infered\n}', "2: no statement"),
    ('rulings {\n requirement RUL-01 "x"\n}', "2: RUL-01 is in the wrong chapter"),
    ('chapter A "a" {\n requirement A-01 "x" rests-on RUL-01\n}', "rests on RUL-01, which is not"),
])
def test_a_broken_catalogue_is_refused_with_its_line(text, complaint):
    with pytest.raises(catalogue.CatalogueError, match=complaint):
        catalogue.parse(text, "c")


def test_the_worst_verdict_speaks_and_those_beside_the_lattice_give_way():
    assert verdicts.worst(["pass", "error", "fail"]) == "error"
    assert verdicts.worst(["inconclusive", "pass"]) == "inconclusive"
    assert verdicts.worst(["skipped", "pass", "unsupported"]) == "pass"
    assert verdicts.worst([]) is None


def test_a_requirement_is_decided_by_its_own_assertions():
    found = catalogue.read(ROOT)
    event = sample.finished(sample.A, "fail", requirements=["TLS-M-01", "TLS-M-02"], assertions=[
        sample.assertion("pass"), sample.assertion("fail", requirement="TLS-M-03")])
    made = results.make([collect.complete(event["scenario"])], found, seed=1, world="sim",
                        sut="s", problems=[], aborted=False)["requirements"]
    assert made["TLS-M-01"]["verdict"] == "pass"
    assert made["TLS-M-02"]["verdict"] == "fail"  # covered, and the scenario failed before it
    assert made["TLS-M-03"]["verdict"] == "fail"
    assert made["TLS-M-04"]["verdict"] is None
    assert made["RUL-03"]["chapter"] == "RUL"


def test_the_collector_does_not_trust_the_engine():
    taken = collect.Collected()
    taken.take(sample.plan(1))
    assert taken.take(sample.finished("a"))["verdict"] == "pass"
    assert taken.take(sample.finished("a")) is None
    taken.take(sample.finished("b", "splendid"))
    taken.take({"event": "plan", "scenarios": "many"})
    taken.take(sample.END)
    assert taken.aborted() and len(taken.problems) == 3
    assert taken.finished["b"] == "error"


def shown(color="auto", width=None, **more) -> str:
    out = io.StringIO()
    scenario = collect.complete(sample.finished(sample.A, "fail", **more)["scenario"])
    failure_block.show(scenario, catalogue.read(ROOT), replay="./sealcheck run x", out="out",
                       screen=Screen(out, terminal=False, color=color, width=width))
    return out.getvalue()


def test_long_texts_stay_side_by_side_in_80_columns():
    block = shown(assertions=[sample.assertion("fail", expected="e " * 90, seen="s " * 90)],
                  timeline=[{"t_s": 1, "actor": "gateway", "text": "word " * 60}])
    assert max(map(len, block.splitlines())) <= 80
    assert sum("e e e" in x and "s s s" in x for x in block.splitlines()) > 3


GOLDEN = """
FAIL  scenarios/tls/a.scn:14:5
  The title of scenarios/tls/a.scn
  TLS-M-01  Handshake succeeds: the transfer is encrypted.

    expect mx.partner.test receives m1 over tls

  expected                                seen
  mx.partner.test receives m1 over tls    m1 in plain text

  the last events
    0.000 s  sender           sends m1
    0.012 s  gateway          answers 250
  900.000 s  mx.partner.test  sees no STARTTLS

  replay   ./sealcheck run x
  trace    out/a.trace
  capture  out/captures/a.pcapng

"""


def test_the_block_of_a_failure_to_the_letter():
    assert shown(capture="captures/a.pcapng") == GOLDEN


def test_colours_change_nothing_but_colours():
    coloured = shown("always", capture="captures/a.pcapng")
    assert "\x1b[1;31mFAIL  scenarios/tls/a.scn:14:5\x1b[0m\n" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == GOLDEN
    assert "\x1b" not in shown("never")


def test_a_word_too_long_for_its_column_breaks_behind_a_mark():
    assert wrap("from gw.corp.test to mx.partner.example.test:25 over tls", 20) == [
        "from gw.corp.test to", "mx.partner.example.", "test:25 over tls"]
    assert wrap("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert wrap("a  b\n\n  c", 10) == ["a b", "", "  c"]
    assert [width_of(line) for line in wrap("漢字" * 5, 7)] == [6, 6, 6, 2]


def test_columns_keep_their_places():
    lines = side_by_side(Column("1 s", 6, right=True), Column("a b", 1, "bold"), Column("x", 5))
    assert ["".join(text for text, _ in line).rstrip() for line in lines] == [
        "     1 s  a  x", "          b"]


def test_progress_in_a_log_is_a_line_now_and_then():
    out, now = io.StringIO(), [0.0]
    screen = Screen(out, terminal=False, clock=lambda: now[0])
    with screen.steps("running") as step:
        for done in range(1, 101):
            now[0] = done * 0.3
            step(done, 100, "2 failed")
    assert out.getvalue().splitlines() == [
        "running: 34 of 100, 2 failed, 10 s", "running: 68 of 100, 2 failed, 20 s"]


def test_progress_on_a_terminal_gives_way_to_lines_and_vanishes():
    out, now = io.StringIO(), [0.0]
    screen = Screen(out, terminal=True, color="never", width=60, clock=lambda: now[0])
    with screen.steps("running") as step:
        now[0] = 1
        step(1, 2)
        screen.line("a failure")
    assert re.fullmatch(
        r"(█+░+ running: 1 of 2, 1 s)\r\x1b\[Ka failure\n\1\r\x1b\[K", out.getvalue())


def test_the_block_shows_the_last_events_of_every_actor_in_order():
    events = [{"t_s": 0, "actor": "quiet", "text": "once"}]
    events += [{"t_s": n, "actor": "busy", "text": f"n{n}"} for n in range(50)]
    kept = failure_block.last_of_each(events, 3)
    assert [e["text"] for e in kept] == ["once", "n47", "n48", "n49"]


def test_a_hostile_peer_cannot_write_to_the_terminal():
    block = shown(assertions=[sample.assertion("fail", seen="\x1b]0;owned\x07 [bold]x[/bold]")])
    assert "\x1b" not in block and "\x07" not in block
    assert "[bold]x[/bold]" in block
    assert printable("a\r\n\tb\x9b\u202e") == "a\\r\\n    b\\x9b\ufffd"


def test_the_replay_command_survives_a_shell():
    scenario = {"id": "scenarios/it's here.scn#a"}
    assert failure_block.replay_command(scenario, 3, "postfix") == \
        "./sealcheck run 'scenarios/it'\\''s here.scn#a' --seed 3 --sut postfix"
