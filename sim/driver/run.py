"""`sealcheck run`: one run of scenarios, from the engine's events to the reports.

The driver, not the engine, writes the results, so that they exist however the engine ends: by its
"end", by a crash, or by a Ctrl-C. Failures are printed when they happen.
"""

import shutil
import signal
import subprocess
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path

import reports
from reports.files import write_json
from rich import box
from rich.table import Table
from sim.driver import collect, failure_block, results, verdicts
from sim.driver.catalogue import Requirement
from sim.driver.engine import Engine, Order, ask, scenarios_listed
from sim.driver.exit_codes import A_VERDICT, ALL_AS_EXPECTED, LAB_FAILED, USAGE, Stop
from sim.driver.repeat import Repeat
from sim.driver.screen import Screen

REFERENCE_SUT = "sealgate"  # what the engine runs when nobody names a SUT


@dataclass(frozen=True)
class Request:
    """What the user asked for; `shown_out` is the output folder in the user's own words."""

    paths: tuple[str, ...]
    out: Path
    shown_out: str
    seed: int
    jobs: int
    world: str = "sim"
    sut: str | None = None
    repeat: bool = True
    show_expected: bool = False
    verb: str = "run"  # or "sweep"
    capture: bool = False


class Run:
    def __init__(self, root: Path, binary: Path, request: Request,
                 catalogue: dict[str, Requirement], screen: Screen):
        self.request = request
        self.catalogue = catalogue
        self.screen = screen
        self.interrupted = False
        # The repeated run goes on beside the first: they share the processes asked for.
        jobs = max(1, request.jobs // 2) if request.repeat else request.jobs
        self.order = Order(
            binary, root, request.out, request.paths, request.seed, jobs, request.sut,
            verb=request.verb, capture=request.capture)
        self.collected = collect.Collected()
        self.problems: list[str] = []

    def perform(self) -> int:
        """Runs, reports, and returns the exit code. The output folder is prepared."""
        engine = None
        try:
            with ExitStack() as stack:
                engine = Engine(self.order, self.request.out / "engine.log")
                stack.callback(engine.end)
                repeat = stack.enter_context(
                    Repeat(self.order) if self.request.repeat else nullcontext())
                self._follow(engine)
                if repeat and not self.collected.aborted():
                    self._compare(repeat)
        except KeyboardInterrupt:
            self.interrupted = True
            if engine:
                self._take_what_was_said(engine)
        return self._report(engine)

    def _take_what_was_said(self, engine: Engine) -> None:
        """What the engine had printed before it was ended counts, read or not."""
        for event in engine.events():
            if event["event"] != "garbage":  # its last line may be half a line
                self.collected.take(event)

    def _follow(self, engine: Engine) -> None:
        progress = self.screen.steps("running") if self.screen.terminal else nullcontext()
        with progress as step:
            for event in engine.events():
                said = len(self.collected.diagnostics)
                scenario = self.collected.take(event)
                for diagnostic in self.collected.diagnostics[said:]:
                    self.screen.raw(diagnostic)
                if event["event"] == "plan":
                    self._announce()
                if scenario:
                    self._show_if_bad(scenario)
                    if step:
                        step(len(self.collected.finished), self.collected.planned or 0)

    def _announce(self) -> None:
        repeated = ", each run twice" if self.request.repeat else ""
        self.screen.line(
            f"{self.collected.planned} scenarios{repeated} · {self.request.sut or REFERENCE_SUT} "
            f"in {self.request.world} · seed {self.collected.seed}")

    def _compare(self, repeat: Repeat) -> None:
        repeat.wait()
        if repeat.collected.aborted():
            self.problems.append("the repeated run did not come to its end")
        for scenario in self.collected.finished.values():
            if not repeat.compare(scenario):
                self._show_if_bad(scenario)

    def _show_if_bad(self, scenario: dict) -> None:
        expected = scenario["expected_failure"] and self.request.show_expected
        if scenario["verdict"] in verdicts.BAD or expected:
            failure_block.show(
                scenario, self.catalogue, screen=self.screen, out=self.request.shown_out,
                replay=failure_block.replay_command(
                    scenario, self.request.seed, self.request.sut))

    def _report(self, engine: Engine | None) -> int:
        aborted = self.interrupted or self.collected.aborted() or engine is None
        code = engine.exit_code if engine and engine.exit_code is not None else LAB_FAILED
        broken_scenario = code == USAGE and self.collected.planned is None
        scenarios = list(self.collected.finished.values())
        if aborted and not broken_scenario:
            self.problems[:0] = self.collected.problems + [self._how_it_ended(code)]
            scenarios += self._unfinished(self._how_it_ended(code))
        self.problems += self.collected.diagnostics
        document = results.make(
            scenarios, self.catalogue, seed=self.request.seed, world=self.request.world,
            sut=self.request.sut or REFERENCE_SUT, problems=self.problems, aborted=aborted)
        try:
            write_json(self.request.out / "results.json", document)
            reports.write_all(document, self.request.out)
        except OSError as e:
            raise Stop(LAB_FAILED, f"the reports cannot be written: {e}") from e
        self._summary(document)
        if broken_scenario:
            return USAGE
        if aborted:
            for problem in self.problems:
                self.screen.line(f"sealcheck: {problem}", style="bold red")
            if engine and not self.interrupted:
                self.screen.raw(engine.last_words())
            return LAB_FAILED
        if code not in (ALL_AS_EXPECTED, A_VERDICT):
            return code if code in (USAGE, LAB_FAILED) else LAB_FAILED
        return A_VERDICT if results.failed(document) else code

    def _how_it_ended(self, code: int) -> str:
        if self.interrupted:
            return "the run was interrupted"
        if code < 0:
            return f"the engine died of signal {-code} ({signal.Signals(-code).name})"
        if not self.collected.ended:
            return f"the engine stopped early, with exit code {code}"
        return "the engine did not finish what it planned"

    def _unfinished(self, why: str) -> list[dict]:
        """What did not finish: the started scenarios, and those that the engine can still list."""
        listed = {}
        try:
            words = ["list", "--root", str(self.order.root), *self.order.paths]
            output = ask(self.order.binary, words, timeout_s=10).stdout
            listed = {s["id"]: s for s in scenarios_listed(output)}
        except (Stop, subprocess.TimeoutExpired):
            pass  # an engine that cannot even list: the started ones must do
        ids = dict.fromkeys([*self.collected.started, *listed])
        return [collect.unfinished(id, why, listed.get(id))
                for id in ids if id not in self.collected.finished]

    def _summary(self, document: dict) -> None:
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
        table.add_column("verdict")
        table.add_column("scenarios", justify="right")
        for verdict, count in document["summary"].items():
            if count or verdict == "pass":
                table.add_row(verdict, str(count))
        self.screen.table(table)
        out = self.request.shown_out
        self.screen.line(f"{out}/report.html  {out}/junit.xml  {out}/results.json")


def prepare(out: Path) -> None:
    """Makes the output folder; the results of an earlier run go, so that none is taken for ours.

    Raises Stop when the folder cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
        for name in ("results.json", *reports.FILES):
            (out / name).unlink(missing_ok=True)
        shutil.rmtree(out / "repeat", ignore_errors=True)
    except OSError as e:
        raise Stop(LAB_FAILED, f"the output folder cannot be written: {e}") from e
