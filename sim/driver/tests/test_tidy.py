"""Each rule of `tidy` sees what it is there for, on a made-up tree, and passes what is fine."""

import subprocess

import pytest
from small_tree import ROOT
from sim.driver import tidy, tidy_source

HEADER = "// What it is.\n#pragma once\n"
CATALOGUE = 'chapter TLS-M "t" {\n    requirement TLS-M-01 "x"\n}\n'


def complaints(rule, folder, files: dict[str, str]) -> list[str]:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return [str(c) for c in rule(tidy.Tree(folder))]


@pytest.mark.parametrize("path, include, fine", [
    ("reference/smtp/a.cpp", "sim/trace/event.hpp", False),
    ("reference/smtp/a_test.cpp", "fakes/mx/mx.hpp", False),
    ("reference/smtp/a.cpp", "reference/host/host.hpp", True),
    ("fakes/mx/a.hpp", "reference/host/host.hpp", True),
    ("fakes/mx/a.hpp", "fakes/core/codec.hpp", True),
    ("fakes/mx/a.hpp", "reference/smtp/reply.hpp", False),
    ("fakes/mx/a.hpp", "sim/trace/event.hpp", False),
    ("sim/verdict/a.cpp", "sim/trace/event.hpp", True),
    ("sim/verdict/a.cpp", "reference/gateway/gateway.hpp", False),
    ("sim/verdict/a.cpp", "sim/world/virtual/world.hpp", False),
    ("sim/engine/a.cpp", "../dsl/word.hpp", False),
    ("sim/engine/a.cpp", "reference/gateway/gateway.hpp", True),
])
def test_include_edges(tmp_path, path, include, fine):
    found = complaints(tidy.include_edges, tmp_path, {path: f'\n#include "{include}"\n'})
    assert found == [] if fine else len(found) == 1 and found[0].startswith(f"{path}:2: ")


def test_reports_that_import_sim(tmp_path):
    found = complaints(tidy.report_imports, tmp_path, {
        "reports/a.py": "import simple\nfrom sim.driver import x\n", "sim/b.py": "import sim\n"})
    assert found == ["reports/a.py:2: reports must not import sim"]


@pytest.mark.parametrize("code", [
    "auto t = std::chrono::system_clock::now();", "auto t = std::chrono::steady_clock::now();",
    "::time(nullptr);", "time(0);", "std::random_device d;", "int r = rand();", "srand(1);",
    "std::this_thread::sleep_for(1s);", "std::thread t;", "std::jthread t;",
    "asio::ip::tcp::resolver r(e);", "asio::steady_timer t(e);",
])
def test_banned_calls(tmp_path, code, monkeypatch):
    monkeypatch.setattr(tidy, "ALLOWED", [])
    assert len(complaints(tidy.banned_calls, tmp_path, {"fakes/a.cpp": f"\n{code}\n"})) == 1


def test_what_is_not_a_banned_call(tmp_path, monkeypatch):
    monkeypatch.setattr(tidy, "ALLOWED", [])
    fine = ('// std::thread\nauto s = "rand()"; wall_time(nullptr); row.time(0);\n'
            'operand(1); host.mono_now();\n')
    assert complaints(tidy.banned_calls, tmp_path, {"sim/a.cpp": fine, "x/b.cpp": "rand()"}) == []


def test_an_exception_excuses_and_an_unused_one_is_a_complaint(tmp_path, monkeypatch):
    monkeypatch.setattr(tidy, "ALLOWED", [("reference/host/", "a thread", "group commit")])
    files = {"reference/host/real.cpp": "std::thread t;\n"}
    assert complaints(tidy.banned_calls, tmp_path, files) == []
    files = {"reference/host/real.cpp": "\n", "sim/driver/tidy.py": "\n"}
    assert "is not used" in complaints(tidy.banned_calls, tmp_path, files)[0]


def test_sources_that_nobody_builds(tmp_path):
    found = complaints(tidy.unused_sources, tmp_path, {
        "sim/CMakeLists.txt": "deep/in/here.cpp", "sim/deep/in/here.cpp": "",
        "sim/a/CMakeLists.txt": "add_component(a SOURCES used.cpp over_used.cpp)",
        "sim/a/used.cpp": "", "sim/a/over_used.cpp": "", "sim/a/sed.cpp": "", "sim/a/lost.cpp": ""})
    assert [c.split(":")[0] for c in found] == ["sim/a/lost.cpp", "sim/a/sed.cpp"]


def test_headers_without_their_opening(tmp_path):
    found = complaints(tidy.header_openings, tmp_path, {
        "a.hpp": HEADER, "b.hpp": "#pragma once\n// late\n", "c.hpp": "// What it is.\n"})
    assert [c.split(":")[0] for c in found] == ["b.hpp", "c.hpp"]


def test_line_ends(tmp_path):
    found = complaints(tidy.line_ends, tmp_path, {
        "a.cpp": "int a; \n", "b.hpp": "x" * 101 + "\n", "c.md": "y" * 200 + "\n", "d.py": "pass",
        "build/dev/e.cpp": "int a; \n", "f.cpp": "ü" * 100 + "\n", "mail.eml": "a \r\n"})
    assert [c.split(": ")[0] for c in found] == ["a.cpp:1", "b.hpp:1", "d.py:1"]


def test_scenarios_that_cover_what_does_not_exist(tmp_path):
    found = complaints(tidy.covered_ids, tmp_path, {
        "docs/requirements/catalogue.req": CATALOGUE,
        "scenarios/tls/a.scn": "covers TLS-M-01 # TLS-M-99\ncovers TLS-M-01 TLS-M-02\n"})
    assert found == ["scenarios/tls/a.scn:2: TLS-M-02 is not in the requirement catalogue"]


def test_blanking_keeps_lines_and_columns():
    source = 'a("x//y"); /* b\nc */ d(\'"\', 1\'000\'000); e(R"(rand()\n)"); f // g\n'
    blanked = tidy_source.blank(source)
    assert len(blanked) == len(source) and blanked.count("\n") == source.count("\n")
    assert "".join(blanked.split()) == "a();d(,1'000'000);e();f"


def test_the_program_exits_1_when_it_found_something(tmp_path):
    (tmp_path / "docs/requirements").mkdir(parents=True)
    (tmp_path / "docs/requirements/catalogue.req").write_text(CATALOGUE)
    (tmp_path / "a.cpp").write_text("int a; \n")
    command = ["/usr/bin/python3", "-I", str(ROOT / "sim/driver/tidy.py"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1 and "a.cpp:1: trailing whitespace\n" in done.stdout
    (tmp_path / "a.cpp").unlink()
    assert subprocess.run(command, capture_output=True).returncode == 0
