"""A small repository: the real driver and reports, and a fake engine that CMake "builds"."""

import json
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CMAKE = """cmake_minimum_required(VERSION 3.25)
project(sealcheck VERSION 9.8.7 LANGUAGES NONE)
enable_testing()
add_custom_command(OUTPUT sim/engine/sealcheck-engine
  COMMAND ${CMAKE_COMMAND} -E echo built >> ${CMAKE_BINARY_DIR}/builds
  COMMAND ${CMAKE_COMMAND} -E copy ${PROJECT_SOURCE_DIR}/fake_engine.py sim/engine/sealcheck-engine
  DEPENDS fake_engine.py)
add_custom_target(engine ALL DEPENDS sim/engine/sealcheck-engine)
add_test(NAME good COMMAND true)
add_test(NAME bad COMMAND false)
"""
PRESETS = {
    "version": 6,
    "configurePresets": [
        {"name": "dev", "generator": "Ninja", "binaryDir": "${sourceDir}/build/dev"}],
}


def stub(folder: Path, name: str, script: str) -> None:
    """A program of that name for PATH. $0.calls gets a line for every call."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f'#!/bin/bash\necho "$@" >>"$0.calls"\n{script}\n')
    path.chmod(0o755)


class Tree:
    """The small repository, and how to call its ./sealcheck."""

    def __init__(self, root: Path):
        self.root = root
        self.stubs = root.parent / "stubs"
        self.plan = root.parent / "plan.json"
        (root / "scenarios/tls").mkdir(parents=True)
        (root / "scenarios/tls/a.scn").write_text('scenario "a" {\n    covers TLS-M-01\n}\n')
        for part in ("sim/driver", "reports", "docs/requirements"):
            shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns(
                "tests", "__pycache__", "CMakeLists.txt"))
        shutil.copy(ROOT / "sealcheck", root)
        shutil.copy(Path(__file__).with_name("fake_engine.py"), root)
        (root / "fake_engine.py").chmod(0o755)
        (root / "CMakeLists.txt").write_text(CMAKE)
        (root / "CMakePresets.json").write_text(json.dumps(PRESETS))
        # Every package is there: what this machine has must not decide the test.
        stub(self.stubs, "dpkg-query",
             'shift 3; for p in "$@"; do echo "$p installed"; done')

    def environment(self, **more: str) -> dict[str, str]:
        kept = {k: os.environ[k] for k in ("HOME", "LANG", "TMPDIR") if k in os.environ}
        return {**kept, "PATH": f"{self.stubs}:/usr/bin:/bin", "FAKE_PLAN": str(self.plan), **more}

    def plans(self, *lines, repeat=None, **behaviour) -> None:
        """What the fake engine will do; see fake_engine.py."""
        behaviour |= {"lines": lines, "repeat": lines if repeat is None else repeat}
        self.plan.write_text(json.dumps(behaviour))

    def call(self, *words: str, cwd: Path | None = None, **environment: str):
        return subprocess.run(
            [str(self.root / "sealcheck"), *words], cwd=cwd or self.root, text=True, timeout=60,
            env=self.environment(**environment), stdin=subprocess.DEVNULL, capture_output=True)

    def calls(self, program: str) -> list[str]:
        """The arguments of every call of that stub."""
        log = self.stubs / f"{program}.calls"
        return log.read_text().splitlines() if log.exists() else []

    def results(self) -> dict:
        return json.loads((self.root / "out/results.json").read_text())
