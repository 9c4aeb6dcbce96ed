"""The page: everything on it, nothing fetched, nothing executed, and a timeline with lanes."""

import re
from html.parser import HTMLParser

import reports
from reports import html
from reports.sequence_chart import clock, duration
from result_samples import HOSTILE, scenario


class Page(HTMLParser):
    """Tags, ids and links of a page; complains about tags that do not nest."""

    def __init__(self, text: str):
        super().__init__()
        self.tags, self.ids, self.links, self.words, self._open = [], [], [], [], []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        attributes = dict(attributes)
        assert not any(name.startswith("on") for name in attributes)
        self.ids += filter(None, [attributes.get("id")])
        self.links += filter(None, [attributes.get("href"), attributes.get("src")])
        if tag not in ("meta", "img"):
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, text):
        self.words.append(text)


def test_requirements_and_scenarios_are_on_the_page_and_linked(results):
    page = Page(html.make(results))
    text = " ".join(page.words)
    for word in ("TLS-M-01", "The text.", "inferred", "no scenario", "Title of RUL", "over tls",
                 "in clear", "sends m1", "15 min pass", "selftest", "1 of 2 decided"):
        assert word in text, word
    assert "scenarios/tls/fail.scn" in page.ids and "TLS-M-02" in page.ids
    assert "#scenarios%2Ftls%2Ffail.scn" in page.links
    assert "./traces/a.trace" in page.links


def test_failures_come_first(results):
    ids = [i for i in Page(html.make(results)).ids if i.endswith(".scn")]
    assert [i.split("/")[-1] for i in ids[:3]] == ["error.scn", "fail.scn", "inconclusive.scn"]


def test_nothing_hostile_becomes_markup_or_a_link(results):
    results["sut"] = HOSTILE
    results["problems"] = [HOSTILE]
    results["requirements"]["TLS-M-01"]["text"] = HOSTILE
    hostile = scenario(
        'x" onclick="alert(1)', "fail", title=HOSTILE, trace="javascript:alert(1)",
        capture=HOSTILE.replace("\ud800", ""), detail=HOSTILE, requirements=[HOSTILE[:20]],
        timeline=[{"t_s": 1, "actor": HOSTILE, "text": HOSTILE}])
    hostile["assertions"][0] |= {"seen": HOSTILE, "expected": HOSTILE, "source": HOSTILE}
    results["scenarios"].append(hostile)
    page = Page(html.make(results))
    assert "script" not in page.tags
    assert all(link.startswith(("#", "./")) for link in page.links)
    assert any("<script>alert('x')</script>" in words for words in page.words)


def test_the_page_fetches_nothing(results):
    text = html.make(results)
    assert not re.search(r"https?://|url\(|@import|<link|<img|<script", text)


def test_tags_seeds_and_rulings_are_on_the_page(results):
    results["seeds"] = 3
    results["scenarios"][0] |= {"tags": ["slow"], "seed": 8, "runs": [
        {"seed": 7, "verdict": "pass"}, {"seed": 8, "verdict": "fail"}]}
    results["requirements"]["TLS-M-01"]["rulings"] = ["RUL-01"]
    page = Page(html.make(results))
    text = " ".join(" ".join(page.words).split())
    assert "seeds 7 to 9" in text and "slow" in text and "8 · 7 pass 8 fail" in text
    assert "rests on RUL-01" in text and "#RUL-01" in page.links


def test_a_requirement_with_very_many_scenarios_links_to_some(results):
    results["requirements"]["TLS-M-02"]["scenarios"] = [f"s{n}.scn" for n in range(10_000)]
    text = html.make(results)
    assert "and 9988 more" in text and text.count("#s1") < 20


def test_an_aborted_run_says_so(results):
    results |= {"aborted": True, "problems": ["the engine died of signal 11"], "scenarios": []}
    text = html.make(results)
    assert "The run was aborted" in text and "the engine died of signal 11" in text


def test_times_read_well():
    assert [clock(t) for t in (0, 0.0125, 59.9996, 3600)] == [
        "0:00.000", "0:00.012", "1:00.000", "1:00:00.000"]
    assert [duration(t) for t in (0.0123, 3.4, 59.99, 899, 9000, 86400, 273600)] == [
        "12 ms", "3.4 s", "60 s", "14 min 59 s", "2 h 30 min", "1 d", "3 d 4 h"]


def test_files_are_written_whole_with_nothing_left_beside_them(results, tmp_path):
    reports.write_all(results, tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(reports.FILES)
