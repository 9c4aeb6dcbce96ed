"""identity_probe prints one line in every build type, whatever environment and heap it is given.

    identity_probe_test.py SOURCE_DIR WORK_DIR [PRESET…]

Builds the one target in a folder of its own for each preset (kept in WORK_DIR, so that a second
call only compares), then executes each build with differing environments.
"""

import os
import subprocess
import sys
from pathlib import Path

PRESETS = ["dev", "release", "asan-ubsan"]
ENVIRONMENTS = [
    {},
    {"SEALCHECK_PADDING": "x" * 50_000},
    {"GLIBC_TUNABLES": "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0", "TZ": "Asia/Tokyo"},
]


def build(source: Path, folder: Path, preset: str) -> Path:
    commands = [
        ["cmake", "--preset", preset, "-S", source, "-B", folder, "-DSEALCHECK_TESTS=OFF"],
        ["ninja", "-C", folder, "-j2", "identity_probe"],
    ]
    for command in commands:
        done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{preset} does not build:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return folder / "sim" / "engine" / "identity_probe"


def main() -> int:
    source, work = Path(sys.argv[1]), Path(sys.argv[2])
    seen: dict[str, list[str]] = {}
    for preset in sys.argv[3:] or PRESETS:
        binary = build(source, work / preset, preset)
        for number, environment in enumerate(ENVIRONMENTS):
            line = subprocess.run([binary], env={**os.environ, **environment}, check=True,
                                  capture_output=True, text=True).stdout.strip()
            seen.setdefault(line, []).append(f"{preset}/{number}")
    for line, runs in seen.items():
        print(line, " ".join(runs))
    return 0 if len(seen) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
