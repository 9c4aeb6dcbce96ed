"""Pieces of results as the driver writes them (schema sealcheck-results/1)."""

HOSTILE = "</title><script>alert('x')</script>&\"' \x00\x1b]0;owned\x07 \ud800 \u202e"


def scenario(id: str, verdict: str, **more) -> dict:
    return {
        "id": id, "file": id.split("#")[0], "title": f"The title of {id}", "verdict": verdict,
        "requirements": ["TLS-M-01"], "hash": "0" * 32, "virtual_s": 900.5, "wall_s": 0.25,
        "expected_failure": False, "trace": "traces/a.trace",
        "assertions": [{
            "requirement": "TLS-M-01", "position": "scenarios/tls/a.scn:14:5", "verdict": verdict,
            "expected": "over tls", "seen": "in clear", "source": "    expect m1 over tls"}],
        "timeline": [
            {"t_s": 0.0, "actor": "sender", "text": "sends m1"},
            {"t_s": 0.012, "actor": "gateway", "text": "answers 250"},
            {"t_s": 900.012, "actor": "gateway", "text": "tries again"}],
    } | more


def requirement(verdict, chapter: str = "TLS-M", **more) -> dict:
    return {"verdict": verdict, "text": "The text.", "chapter": chapter,
            "chapter_title": f"Title of {chapter}", "inferred": False, "scenarios": [],
            "selftests": []} | more
