"""The picture of a timeline: lanes, arrows, waits, and nothing that a peer could smuggle in."""

import re
import xml.etree.ElementTree as ElementTree

from reports.sequence_chart import chart
from result_samples import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"


def drawn(events) -> ElementTree.Element:
    return ElementTree.fromstring(chart(events))


def texts(picture, kind) -> list[str]:
    return ["".join(t.itertext()) for t in picture.iter("text") if t.get("class") == kind]


def test_a_long_wait_is_one_band_and_equal_times_are_said_once():
    picture = drawn([
        {"t_s": 0.0, "actor": "a", "text": "1"}, {"t_s": 0.0, "actor": "b", "text": "2"},
        {"t_s": 899.5, "actor": "a", "text": "3"}])
    assert texts(picture, "t") == ["0:00.000", "14:59.500"]
    assert texts(picture, "pass") == ["15 min pass"]
    assert texts(picture, "say") == ["1", "2", "3"]
    assert len([e for e in picture.iter("circle")]) == 3


def test_an_arrow_goes_from_one_lifeline_to_the_other():
    picture = drawn([
        {"t_s": 0, "actor": "gw", "text": "connects", "from": "gw", "to": "mx"},
        {"t_s": 1e-3, "actor": "mx", "text": "answers", "from": "mx", "to": "gw"},
        {"t_s": 2e-3, "actor": "mx", "text": "thinks"}])
    lanes = [int(line.get("x1")) for line in picture.iter("line")
             if "life" in line.get("class")]
    arrows = [(int(line.get("x1")), int(line.get("x2"))) for line in picture.iter("line")
              if "arrow" in line.get("class")]
    assert len(lanes) == 2 and len(arrows) == 2
    (there, there_ends), (back, back_ends) = arrows
    assert there == lanes[0] and lanes[1] - 10 <= there_ends < lanes[1]
    assert back == lanes[1] and lanes[0] < back_ends <= lanes[0] + 10


def test_whoever_is_only_spoken_to_has_a_lifeline_too():
    picture = drawn([{"t_s": 0, "actor": "a", "text": "x", "from": "a", "to": "silent.test"}])
    assert "silent.test" in " ".join(texts(picture, "name"))


def test_nothing_leaves_the_picture():
    long = "word " * 200
    picture = drawn([{"t_s": 0, "actor": f"a{n}.test", "text": long} for n in range(6)])
    width = float(picture.get("width"))
    for text in picture.iter("tspan"):
        assert float(text.get("x")) + 6.3 * len(text.text) <= width, text.text
    assert all(float(e.get("y")) < float(picture.get("height")) for e in picture.iter("tspan"))


def test_text_of_peers_is_text():
    text = chart([{"t_s": 0, "actor": HOSTILE, "text": HOSTILE, "from": HOSTILE, "to": "b"}])
    assert "<script" not in text and not re.search(r"[\x00-\x1f\ud800]", text)
    ElementTree.fromstring(text)


def test_no_events_no_picture():
    assert chart([]) == ""
