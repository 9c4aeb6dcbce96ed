"""Entry point of `python3 -I sim/driver`: puts the repository's root on the path, nothing else."""

import sys
from pathlib import Path

# Python puts this folder first; from there our module names could hide those of the library.
sys.path[0] = str(Path(__file__).resolve().parents[2])

from sim.driver.cli import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
