"""Configures and builds the tree: a progress line, and the compiler's words on failure only.

A call with nothing to do costs one run of ninja, which is the authority on what is stale. CMake is
asked again when the presets or the set of CMakeLists.txt files change: folders are added when they
exist, which ninja cannot know. Everything that CMake and ninja say is kept in BUILD/build.log.
"""

import fcntl
import hashlib
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.driver.exit_codes import LAB_FAILED, Stop
from sim.driver.screen import Screen

ENGINE = "sim/engine/sealcheck-engine"  # below the build folder; also ninja's name of the target
EVERYTHING = "all"

_NINJA_STATUS = re.compile(r"\[(\d+)/(\d+)\] (.*)")


class Build:
    """One build folder: BUILD/PRESET, or the folder that SEALCHECK_BUILD names."""

    def __init__(self, root: Path, preset: str):
        self.root = root
        self.preset = preset
        chosen = os.environ.get("SEALCHECK_BUILD")
        self.folder = Path(chosen).absolute() if chosen else root / "build" / preset
        # A folder that its owner chose and configured keeps its options; ninja re-runs its CMake.
        self._foreign = bool(chosen) and not (self.folder / ".configured").exists()

    @property
    def engine(self) -> Path:
        return self.folder / ENGINE

    def make(self, target: str, screen: Screen) -> None:
        """Brings `target` up to date. Raises Stop with the compiler's words when that fails."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._alone(), open(self.folder / "build.log", "w", encoding="utf-8") as log:
                self._configure(log, screen)
                self._ninja(target, log, screen)
        except OSError as e:
            raise Stop(LAB_FAILED, f"the build cannot start: {e}") from e

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two calls at once on one folder take turns: ninja does not lock it."""
        with open(self.folder / ".lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _configure(self, log, screen: Screen) -> None:
        configured = (self.folder / "build.ninja").exists()
        if configured and self._foreign:
            return
        stamp, now = self.folder / ".configured", self._inputs()
        if configured and stamp.exists() and stamp.read_text() == now:
            return
        screen.status(f"configuring {self.folder}")
        command = ["cmake", "--preset", self.preset, "-S", str(self.root), "-B", str(self.folder)]
        done = subprocess.run(
            command, cwd=self.root, stdin=subprocess.DEVNULL, text=True, errors="replace",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        log.write(done.stdout)
        if done.returncode != 0:
            stamp.unlink(missing_ok=True)
            screen.raw(done.stdout)
            raise Stop(LAB_FAILED, f"CMake failed; its log: {log.name}")
        stamp.write_text(now)

    def _inputs(self) -> str:
        """What decides the configuration and is not in ninja's own list of reasons to run CMake."""
        parts = [self.preset, (self.root / "CMakePresets.json").read_text(encoding="utf-8")]
        for folder, folders, files in os.walk(self.root):
            folders[:] = sorted(f for f in folders if f not in ("build", "out", ".git"))
            if "CMakeLists.txt" in files:
                parts.append(os.path.relpath(folder, self.root))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def _ninja(self, target: str, log, screen: Screen) -> None:
        jobs = len(os.sched_getaffinity(0))
        ninja = subprocess.Popen(
            ["ninja", "-C", str(self.folder), f"-j{jobs}", target], text=True, errors="replace",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, "NINJA_STATUS": "[%f/%t] "})
        said = []
        with screen.steps("building") as step:
            for line in ninja.stdout:
                log.write(line)
                if match := _NINJA_STATUS.match(line):
                    step(int(match[1]), int(match[2]))
                elif "no work to do" not in line and "Entering directory" not in line:
                    said.append(line)
        if ninja.wait() != 0:
            screen.raw("".join(said))
            raise Stop(LAB_FAILED, f"the build failed; its log: {log.name}")
