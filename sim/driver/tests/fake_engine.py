#!/usr/bin/python3 -I
"""Stands in for sealcheck-engine: does what the JSON file named by FAKE_PLAN says.

  lines    printed by `run`; a string is printed as it is
  repeat   printed instead by the second, freshly exec'd run
  listed   scenarios that `list` prints
  checked  lines that `check` prints
  seeds    {seed: lines} printed instead by the run with that seed
  many     {count, scenario}: that many rows of one scenario are finished instead
  exit     exit code;  die: the number of the signal to die of;  hang: wait to be ended
  orphan   leave a child behind that holds stdout open
"""

import json
import os
import signal
import sys
from itertools import chain
from pathlib import Path

plan = json.loads(Path(os.environ["FAKE_PLAN"]).read_text())
again = "SEALCHECK_PADDING" in os.environ
command = sys.argv[1]
if command == "list":
    for scenario in plan.get("listed", []):
        print(json.dumps(scenario))
elif command == "check":
    print("\n".join(plan.get("checked", [])))
else:
    out = Path(sys.argv[sys.argv.index("--out") + 1])
    (out / "command.json").write_text(json.dumps(sys.argv))
    for name in ("a.trace", "b.trace"):
        (out / name).write_text(f"trace of the {'second' if again else 'first'} run\n")
    if "--only" in sys.argv:
        (out / "only").write_text(Path(sys.argv[sys.argv.index("--only") + 1]).read_text())
    print("what the engine says on stderr", file=sys.stderr)
    seed = sys.argv[sys.argv.index("--seed") + 1]
    lines = plan.get("seeds", {}).get(seed) or plan["repeat" if again else "lines"]
    if many := plan.get("many"):
        lines = chain([{"event": "plan", "scenarios": many["count"], "seed": int(seed)}], (
            {"event": "finished", "scenario": many["scenario"] | {"id": f"many.scn#{n}"}}
            for n in range(1, many["count"] + 1)), [{"event": "end"}])
    for line in lines:
        print(line if isinstance(line, str) else json.dumps(line), flush=True)
    if plan.get("hang"):
        (out / "hanging").write_text(str(os.getpid()))
        signal.pause()
    if plan.get("orphan") and os.fork() == 0:
        signal.pause()
    if number := plan.get("die"):
        os.kill(os.getpid(), number)
sys.exit(plan.get("exit", 0))
