"""The language's tools through ./sealcheck: layout, manual, grammar, completion, and bad input.

Every bad input gets its one clear diagnostic and exit code 2, and the lab stays alive.
"""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORLD = """    mx mx.partner.test for partner.test { starttls works }
    gateway { encryption { tls on } }
    send m1 from alice@corp.test to bob@partner.test
    expect mx.partner.test receives m1
"""


def sealcheck(*words, stdin=b""):
    return subprocess.run([ROOT / "sealcheck", *map(str, words)], cwd=ROOT, input=stdin,
                          capture_output=True, check=False, timeout=120)


def scenario(more: str = "", world: str = WORLD) -> bytes:
    return f'scenario "x" {{\n{world}{more}}}\n'.encode()


def check(folder, content: bytes, *words):
    path = folder / "x.scn"
    path.write_bytes(content)
    done = sealcheck("check", *words, path)
    assert done.stderr == b""
    return done.returncode, done.stdout.decode()


def test_the_texts_of_the_repository_are_formatted():
    done = sealcheck("fmt", "--check", "scenarios", "docs/requirements")
    assert (done.returncode, done.stdout) == (0, b"")


def test_formatting_twice_is_formatting_once_and_keeps_every_comment():
    texts = [p for kind in ("scn", "inc", "req") for p in ROOT.glob(f"*/**/*.{kind}")
             if not p.relative_to(ROOT).parts[0] in ("build", "out")]
    assert len(texts) > 20
    for path in texts[::7]:
        text = path.read_bytes()
        # Another layout of the same text: other indents, more blanks and empty lines.
        mangled = re.sub(rb"\n +", b"\n\t ", text).replace(b" {\n", b"   {\r\n")
        done = sealcheck("fmt", "-", stdin=mangled)
        assert done.returncode == 0 and done.stdout == text, path


def test_fmt_rewrites_in_place_and_leaves_a_broken_file_alone(tmp_path):
    path = tmp_path / "x.scn"
    path.write_text('scenario "x" {\n  tags a   # why\n}\n')
    assert sealcheck("fmt", "--check", path).returncode == 1
    assert sealcheck("fmt", path).returncode == 0
    assert path.read_text() == 'scenario "x" {\n    tags a  # why\n}\n'
    path.write_text("scenario {{{\n")
    assert sealcheck("fmt", path).returncode == 2
    assert path.read_text() == "scenario {{{\n" and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("command", ["manual", "grammar"])
def test_what_is_generated_is_current(command):
    done = sealcheck(command, "--check")
    assert done.returncode == 0, done.stderr.decode()


def test_the_grammar_is_json_with_valid_patterns():
    grammar = json.loads((ROOT / "docs/editor/sealcheck.tmLanguage.json").read_text())
    assert grammar["scopeName"] == "source.sealcheck"
    for rule in grammar["patterns"]:
        # Python's look-behinds have one width, an editor's need not.
        re.compile(rule.get("match", "").replace("(?:^|(?<=[{;]))", ""))


def test_completion_answers_editors(tmp_path):
    path = tmp_path / "x.scn"
    text = scenario("    expect \n").decode()
    path.write_text(text)
    line = text[:text.index("expect \n")].count("\n") + 1
    done = sealcheck("complete", path, line, len("    expect ") + 1)
    answer = json.loads(done.stdout)
    assert answer["section"] == "scenario"
    assert {"mx.partner.test", "m1", "queue"} <= {item["text"] for item in answer["items"]}


BAD_INPUT = {  # named: pytest puts the name of a test into its environment, which has to be short
    "unknown-statement": (scenario("    expct m1 in queue delayed\n"), "did you mean 'expect'?"),
    "wrong-type": (scenario("    pause gateway for long\n"), "'long' is not a duration"),
    "duplicate-actor": (scenario("    mx mx.partner.test for other.test\n"),
                        "already an actor 'mx.partner.test'"),
    "unreachable-peer": (scenario("    mx mx.other.test for other.test\n"),
                         "nobody reaches 'mx.other.test'"),
    "unknown-peer": (scenario("    expect mx.partner.tset receives m1\n"),
                     "did you mean 'mx.partner.test'?"),
    "unknown-message": (scenario("    expect m2 in queue delayed\n"), "no message 'm2' is sent"),
    "unknown-requirement": (scenario("    covers TLS-M-99\n"), "there is no requirement TLS-M-99"),
    "include-loop": (scenario('    include "x.scn"\n'), "include loop"),
    "not-utf-8": (scenario("    # caf\xe9\n").decode().encode("latin-1"),
                  "is not valid UTF-8 here"),
    "nul": (scenario("    # \0\n"), "NUL in the text"),
    "50-mb": (b"#" * 50_000_000, "more than the 16777216 that are allowed"),
    "deep": (b"a {" * 100_000, "nested more than 64 deep"),
    "binary": (b"\xff\xfe\x00s", "is not valid UTF-8 here"),
    "empty": (b"", "missing here: scenario"),
}


@pytest.mark.parametrize("content, said", BAD_INPUT.values(), ids=BAD_INPUT.keys())
def test_bad_input(tmp_path, content, said):
    code, text = check(tmp_path, content)
    assert code == 2 and said in text, text
    assert text.count("error:") == 1, text
    assert "x.scn:" in text


def test_several_errors_at_once_and_no_flood(tmp_path):
    code, text = check(tmp_path, scenario("    expct a\n    sned b\n"))
    assert code == 2 and text.count("error:") == 2
    code, text = check(tmp_path, scenario("    expct a\n" * 1000))
    assert code == 2 and text.count("error:") == 50 and "950 more not shown" in text


def test_marks_of_other_systems_do_no_harm(tmp_path):
    assert check(tmp_path, b"\xef\xbb\xbf" + scenario())[0] == 0
    assert check(tmp_path, scenario().replace(b"\n", b"\r\n"))[0] == 0


def test_ten_thousand_rows(tmp_path):
    rows = "    rows n {\n" + "".join(f"        row s{i}\n" for i in range(10_000)) + "    }\n"
    world = WORLD.replace("bob@partner.test", 'bob@partner.test { subject "$n" }')
    assert check(tmp_path, scenario(world=rows + world)) == (0, "")


def test_the_linter_warns_and_strict_counts_it(tmp_path):
    text = scenario("    send m2 from alice@corp.test to bob@partner.test\n")
    code, said = check(tmp_path, text)
    assert code == 0 and "warning: nothing is expected of 'm2'" in said
    assert check(tmp_path, text, "--strict")[0] == 1


def test_the_linter_has_nothing_to_say_of_our_own_scenarios():
    done = sealcheck("lint", "scenarios")
    assert (done.returncode, done.stdout.decode()) == (0, "")


def test_requirements_are_listed_with_their_scenarios():
    done = sealcheck("list", "--requirements", "--json")
    table = {entry["id"]: entry for entry in json.loads(done.stdout)}
    assert "scenarios/tls/mandatory_tls_encrypts_the_transfer.scn" in table["TLS-M-01"]["scenarios"]
    shows = "scenarios/routing/the_name_server_fails_for_a_while.scn"  # and does not cover it
    assert shows in table["TLS-O-03"]["scenarios"]
    plain = sealcheck("list", "--requirements").stdout.decode()
    assert "TLS-M-01" in plain and "no scenario" in plain
