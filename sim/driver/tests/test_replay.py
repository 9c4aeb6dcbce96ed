"""Replay, step and diff: how events are shown, filtered and compared."""

import io

import pytest
from sim.driver import lanes, play_once, replay, trace_diff, trace_file
from sim.driver.commands.replay import _time
from sim.driver.exit_codes import Stop
from sim.driver.play_once import Played
from sim.driver.replay import Filter
from sim.driver.screen import Screen

EVENTS = [
    {"t_s": 0.0, "actor": "lab", "kind": "lab.send", "text": "send m1"},
    {"t_s": 0.013, "actor": "gw", "kind": "tcp.open", "text": "connects to mx.test", "from": "gw",
     "to": "mx.test"},
    {"t_s": 0.02, "actor": "mx.test", "kind": "smtp.reply", "from": "mx.test", "to": "gw",
     "text": "-> 250 \x1b[31m" + "long " * 30},
    {"t_s": 900.5, "actor": "gw", "kind": "tcp.segment", "text": ""},
]


def screen(**more):
    out = io.StringIO()
    return Screen(out, terminal=False, **more), out


def test_a_lane_for_each_actor_and_arrows_between_them():
    shown, out = screen()
    replay.show(EVENTS[:3], shown)
    lines = out.getvalue().splitlines()
    assert lines[:5] == [
        "             ┌ lab", "             │ ┌ gw", "             │ │ ┌ mx.test",
        "      0.000  ● │ │  lab: send m1", "      0.013  │ ●─▶  gw: connects to mx.test"]
    assert lines[5].startswith("      0.020  │ ◀─●  mx.test: -> 250 \\x1b[31mlong ")
    assert lines[6].startswith("             │ │ │  long ")
    assert max(map(len, lines)) <= 80 and "\x1b" not in out.getvalue()


def test_a_wait_is_told_and_many_actors_stay_in_80_columns():
    shown, out = screen()
    many = [{"t_s": n * 100.0, "actor": f"host{n}.test", "kind": "lab.x", "text": "w " * 60}
            for n in range(20)]
    replay.show(many, shown)
    assert "··· 1 min 40 s ···" in out.getvalue()
    assert max(map(len, out.getvalue().splitlines())) <= 80
    assert lanes.duration(90_000) == "1 d 1 h"


@pytest.mark.parametrize("wanted, count", [
    (Filter(), 3), (Filter(everything=True), 4), (Filter(actors=("mx",)), 2),
    (Filter(kinds=("tcp",)), 2), (Filter(kinds=("smtp.reply", "lab")), 2),
    (Filter(kinds=("smt",)), 0),
    (Filter(from_s=0.013, to_s=0.02), 2), (Filter(actors=("gw",), kinds=("smtp",)), 1),
])
def test_events_are_chosen_by_actor_kind_and_time(wanted, count):
    assert sum(map(wanted.wants, EVENTS)) == count


def test_times_as_people_write_them():
    assert [_time(t) for t in ("900", "15m", "1h30m", "20ms", "1.5s")] == [
        900, 900, 5400, 0.02, 1.5]
    for text in ("", "m", "15x", "1h30", "-1"):
        with pytest.raises(Exception, match="a time is written as"):
            _time(text)


def stepped(*answers: str) -> str:
    shown, out = screen()
    replay.step(EVENTS[:3], shown, iter([f"{a}\n" for a in answers] + [""] * 9).__next__)
    return out.getvalue()


def test_stepping_stops_at_each_event_and_does_as_told():
    assert "connects" not in stepped("q")
    assert "[1 of 3] Enter next" in stepped("q")
    assert "connects" in stepped("", "q") and "250" not in stepped("", "q")
    assert "250" in stepped("c") and "[2 of 3]" not in stepped("c")
    assert "connects" in stepped("/250") and "[2 of 3]" not in stepped("/250")
    assert "no later event has 'zebra'" in stepped("/zebra", "q")
    assert "'zebra' is none of them" in stepped("zebra", "q")
    assert "connects" not in stepped()  # the end of the input is a q


def trace(path, *lines, hash="0" * 32):
    path.write_text("\n".join(["# sealcheck-trace/1 world=sim sut=s scenario=x.scn seed=1",
                               *lines, f"# hash {hash}", ""]))
    return Played(path.name, path)


LINES = [f"+{n}.000000000 gw tcp.segment n={n} #{n}" for n in range(9)]


def compared(a, b) -> tuple[bool, str]:
    shown, out = screen()
    return trace_diff.differ(a, b, shown), out.getvalue()


def test_the_first_difference_is_shown_with_what_came_before(tmp_path):
    a = trace(tmp_path / "a", *LINES)
    b = trace(tmp_path / "b", *LINES[:6], "+6.000000000 mx smtp.reply code=25\\x1b0", *LINES[7:])
    different, said = compared(a, b)
    assert different and "The first 6 events are the same" in said
    assert "+5.000000000" in said and "+0.000000000" not in said
    mark = next(line for line in said.splitlines() if line.startswith("≠"))
    assert "gw tcp.segment" in mark and "mx smtp.reply" in mark
    assert "\\x1b" in said and "\x1b" not in said
    assert max(map(len, said.splitlines())) <= 80


def test_a_trace_that_ends_early_differs_and_equal_ones_do_not(tmp_path):
    a, b = trace(tmp_path / "a", *LINES), trace(tmp_path / "b", *LINES[:-1])
    different, said = compared(a, b)
    assert different and "(nothing more)" in said
    assert compared(a, a) == (False, "All 9 events are the same.\n")


def test_bytes_that_differ_show_in_the_hash_alone(tmp_path):
    different, said = compared(trace(tmp_path / "a", *LINES),
                               trace(tmp_path / "b", *LINES, hash="f" * 32))
    assert different and "but the bytes of one differ" in said and "f" * 32 in said


def test_what_is_no_trace_is_told_apart(tmp_path):
    (tmp_path / "x").write_text("something else")
    with pytest.raises(Stop, match="no trace of sealcheck"):
        trace_file.header(tmp_path / "x")
    bad = trace(tmp_path / "bad", LINES[0], "rubbish")
    with pytest.raises(Stop, match="bad:3: no event"):
        list(trace_file.events(bad.path))
    with pytest.raises(Stop, match="neither a scenario"):
        play_once.get(str(tmp_path / "x"), 1, tmp_path, tmp_path / "out", screen()[0])
    assert play_once.seed_of("x.scn#2@7", 1) == ("x.scn#2", 7)
    assert play_once.seed_of("x.scn@before-17", 1) == ("x.scn@before-17", 1)
