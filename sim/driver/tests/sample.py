"""Events of a run, as the engine prints them."""

SEED = 1


def plan(count: int) -> dict:
    return {"event": "plan", "scenarios": count, "seed": SEED}


def started(id: str) -> dict:
    return {"event": "started", "id": id}


def finished(id: str, verdict: str = "pass", **more) -> dict:
    scenario = {
        "id": id, "file": id.split("#")[0], "title": f"The title of {id}", "verdict": verdict,
        "requirements": ["TLS-M-01"], "hash": "0123456789abcdef" * 2, "virtual_s": 900.5,
        "wall_s": 0.25, "expected_failure": False, "trace": "a.trace",
        "assertions": [assertion(verdict if verdict in ("fail", "inconclusive") else "pass")],
        "timeline": [
            {"t_s": 0.0, "actor": "sender", "text": "sends m1"},
            {"t_s": 0.012, "actor": "gateway", "text": "answers 250"},
            {"t_s": 900.0, "actor": "mx.partner.test", "text": "sees no STARTTLS"},
        ],
    }
    return {"event": "finished", "scenario": scenario | more}


def assertion(verdict: str, **more) -> dict:
    return {
        "requirement": "TLS-M-01", "position": "scenarios/tls/a.scn:14:5", "verdict": verdict,
        "expected": "mx.partner.test receives m1 over tls", "seen": "m1 in plain text",
        "source": "    expect mx.partner.test receives m1 over tls",
    } | more


END = {"event": "end"}
A = "scenarios/tls/a.scn"
B = "scenarios/tls/b.scn#second"


def run(*finished_events) -> list[dict]:
    """A whole run of these scenarios."""
    lines = [plan(len(finished_events))]
    for event in finished_events:
        lines += [started(event["scenario"]["id"]), event]
    return lines + [END]
