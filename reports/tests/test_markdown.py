"""The page for a CI summary: failures first, short, and no markup of a peer's making."""

from reports import markdown
from result_samples import HOSTILE, scenario


def test_counts_failures_and_chapters(results):
    results["requirements"]["TLS-M-01"]["rulings"] = ["RUL-01"]
    text = markdown.make(results)
    assert text.startswith("# sealgate in sim\n\n**1** error · **1** fail · **1** inconclusive · ")
    assert "· seed 7\n" in text
    assert "### fail: The title of scenarios/tls/fail.scn\n\n`scenarios/tls/fail.scn`" in text
    assert "| `scenarios/tls/a.scn:14:5` | TLS\\-M\\-01 | over tls | in clear |" in text
    assert "| TLS\\-M Title of TLS\\-M | 1 of 2 | 1 error | TLS-M-01 (rests on RUL-01) |" in text
    assert "- unsupported: `scenarios/tls/unsupported.scn`" in text
    assert "scenarios/tls/pass.scn" not in text


def test_a_green_run_is_short(results):
    results |= {"scenarios": [scenario("a.scn", "pass")],
                "summary": {"pass": 1, "fail": 0}, "seeds": 20}
    text = markdown.make(results)
    assert "Not as expected" not in text and "Unsupported" not in text
    assert "**1** pass · seeds 7 to 26\n" in text


def test_ten_thousand_failures_stay_below_the_limit_of_a_summary(results):
    many = [scenario(f"{n:05}.scn", "fail", detail="x" * 5000) for n in range(1000)]
    results |= {"scenarios": many, "summary": {"fail": 1000}}
    text = markdown.make(results)
    assert len(text) < 100_000 and "and 980 more" in text


def test_an_aborted_run_says_so(results):
    results |= {"aborted": True, "problems": ["the engine died"], "scenarios": []}
    text = markdown.make(results)
    assert "The run was aborted" in text and "> the engine died" in text


def test_text_of_peers_is_text(results):
    hostile = HOSTILE + "\n| x | [a](http://e.test) ![i](x) `code` @someone www.e.test"
    results["scenarios"] = [scenario(
        "a`|.scn", "fail", title=hostile, detail=hostile, assertions=[{
            "requirement": "TLS-M-01", "position": hostile, "verdict": "fail", "expected": hostile,
            "seen": hostile, "source": ""}])]
    text = markdown.make(results)
    row = next(line for line in text.splitlines() if line.startswith("| `</title"))
    assert row.replace("\\|", "").count("|") == 5  # four cells
    outside = "".join(text.split("`")[::2])
    for bad in ("<script", "](", "@someone", "http://", "www.e"):
        assert bad not in outside, bad
