"""`sealcheck run`: one run of scenarios, from the engine's events to the reports.

The driver, not the engine, writes the results, so that they exist however the engine ends: by its
"end", by a crash, or by a Ctrl-C. Failures are printed when they happen.
"""

import dataclasses
import signal
import subprocess
from contextlib import ExitStack, nullcontext, suppress
from pathlib import Path

import reports
from reports.files import write_json
from sim.driver import collect, failure_block, results, verdicts
from sim.driver.catalogue import Requirement
from sim.driver.engine import Engine, Order, ask, scenarios_listed, together
from sim.driver.exit_codes import A_VERDICT, ALL_AS_EXPECTED, LAB_FAILED, USAGE, Stop
from sim.driver.repeat import Repeat
from sim.driver.request import Request
from sim.driver.screen import Screen
from sim.driver.tally import Tally


class _Stopped(Exception):
    """The first failure was seen, and no other is wanted."""


class Run:
    """`only` is a file with the ids selected, one a line; None: all below the paths."""

    def __init__(self, root: Path, binary: Path, request: Request,
                 catalogue: dict[str, Requirement], screen: Screen, only: Path | None = None):
        self.request = request
        self.catalogue = catalogue
        self.screen = screen
        self.interrupted = self.stopped = False
        # The repeated run goes on beside the first: they share the processes asked for.
        jobs = max(1, request.jobs // 2) if request.repeat else request.jobs
        self.order = Order(
            binary, root, request.out, request.paths, request.seed, jobs, request.sut,
            verb=request.verb, capture=request.capture_word, only=only)
        self.tally = Tally(request.out)
        self.collected = collect.Collected()
        self.code = LAB_FAILED
        self.problems: list[str] = []

    def perform(self) -> int:
        """Runs, reports, and returns the exit code. The output folder is prepared."""
        engine = None
        for seed in range(self.request.seed, self.request.seed + self.request.seeds):
            self.order = self._order_for(seed)
            self.collected = collect.Collected()
            self.code = LAB_FAILED
            engine = self._play(seed)
            if self.collected.aborted() or self.interrupted or self.stopped:
                break
        return self._report(engine)

    def _order_for(self, seed: int) -> Order:
        out = self.request.out
        if seed != self.request.seed:
            out = out / "seeds" / str(seed)
            out.mkdir(parents=True, exist_ok=True)
        return dataclasses.replace(self.order, seed=seed, out=out)

    def _play(self, seed: int) -> Engine | None:
        engine = None
        try:
            with ExitStack() as stack:
                engine = Engine(self.order, self.request.out / "engine.log")
                stack.callback(engine.end)
                repeat = stack.enter_context(
                    Repeat(self.order) if self.request.repeat else nullcontext())
                self._follow(seed, engine, repeat)
        except _Stopped:
            self.stopped = True
            return engine
        except KeyboardInterrupt:
            self.interrupted = True
            if engine:
                self._take_what_was_said(seed, engine)
        if engine and engine.exit_code is not None:
            self.code = engine.exit_code
        return engine

    def _take_what_was_said(self, seed: int, engine: Engine) -> None:
        """What the engine had printed before it was ended counts, read or not."""
        for event in engine.events():
            if event["event"] != "garbage":  # its last line may be half a line
                if scenario := self.collected.take(event):
                    self._add(scenario, seed)

    def _follow(self, seed: int, engine: Engine, repeat: Repeat | None) -> None:
        engines = [engine, repeat.engine] if repeat else [engine]
        with self.screen.steps("running") as step:
            for source, event in together(*engines):
                if source is not engine:
                    self._differs(repeat, repeat.take(event), seed)
                    continue
                said = len(self.collected.diagnostics)
                scenario = self.collected.take(event)
                for diagnostic in self.collected.diagnostics[said:]:
                    self.screen.raw(diagnostic)
                if event["event"] == "plan" and seed == self.request.seed:
                    self._announce()
                if scenario:
                    self._finished(scenario, seed)
                    if repeat:
                        self._differs(repeat, repeat.take_first(scenario), seed)
                    failed = self.tally.failed("inconclusive")
                    step(len(self.collected.finished), self.collected.planned or 0,
                         f"{failed} failed" if failed else "")
        if repeat and not self.collected.aborted():
            if repeat.collected.aborted():
                self.problems.append("the repeated run did not come to its end")
            for id in repeat.unrepeated():
                self._differs(repeat, id, seed)

    def _announce(self) -> None:
        count, seed = self.collected.planned, self.request.seed
        seeds = f"seed {seed}" if self.request.seeds == 1 else \
            f"seeds {seed} to {seed + self.request.seeds - 1}"
        chosen = " (chosen at random)" if self.request.seed_is_random else ""
        repeated = ", each run twice" if self.request.repeat else ""
        self.screen.status(
            f"{count} scenario{'s' * (count != 1)}{repeated} · {self.request.shown_sut} in "
            f"{self.request.world} · {seeds}{chosen}")

    def _finished(self, scenario: dict, seed: int) -> None:
        scenario = self._add(scenario, seed)
        expected = scenario["expected_failure"] and self.request.show_expected
        self._show(scenario, seed, scenario["verdict"] in verdicts.BAD or expected)

    def _add(self, scenario: dict, seed: int) -> dict:
        folder = self.order.out.relative_to(self.request.out).as_posix()
        if folder != ".":  # of a later seed
            scenario = {**scenario}
            for kind in ("trace", "capture"):
                if kind in scenario:
                    scenario[kind] = f"{folder}/{scenario[kind]}"
            if scenario["verdict"] not in verdicts.BAD and "trace" in scenario:
                with suppress(OSError):
                    (self.request.out / scenario["trace"]).unlink()
                del scenario["trace"]
        self.tally.add(scenario, seed, self.collected.planned or 0)
        return scenario

    def _differs(self, repeat: Repeat, id: str | None, seed: int) -> None:
        if id is None:
            return
        scenario = self.tally.get(id)
        repeat.mark(scenario)
        self.tally.change(scenario, seed)
        self._show(scenario, seed, True)

    def _show(self, scenario: dict, seed: int, wanted: bool) -> None:
        if not wanted:
            return
        failure_block.show(
            scenario, self.catalogue, screen=self.screen, out=self.request.shown_out,
            replay=failure_block.replay_command(scenario, seed, self.request.sut))
        if self.request.stop_at_first and \
                verdicts.reaches(scenario["verdict"], self.request.fail_on):
            raise _Stopped

    def _report(self, engine: Engine | None) -> int:
        aborted = not self.stopped and (
            self.interrupted or self.collected.aborted() or engine is None)
        broken_scenario = self.code == USAGE and self.collected.planned is None
        if aborted and not broken_scenario:
            why = self._how_it_ended(self.code)
            self.problems[:0] = self.collected.problems + [why]
            self._add_unfinished(why, "error")
        elif self.stopped:
            self._add_unfinished("the run stopped at its first failure", "skipped")
        self.problems += self.collected.diagnostics
        document = results.make(
            self.tally, self.catalogue, seed=self.request.seed, seeds=self.request.seeds,
            world=self.request.world, sut=self.request.shown_sut, problems=self.problems,
            aborted=aborted)
        try:
            write_json(self.request.out / "results.json", document)
            reports.write_all(document, self.request.out, self.request.pages)
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
        return self._exit_code()

    def _exit_code(self) -> int:
        if not self.stopped and self.code not in (ALL_AS_EXPECTED, A_VERDICT):
            return self.code if self.code in (USAGE, LAB_FAILED) else LAB_FAILED
        if self.tally.failed(self.request.fail_on):
            return A_VERDICT
        # The engine knows of a bad verdict, and we of none: it is right until shown wrong.
        unknown = self.code == A_VERDICT and not self.tally.failed("inconclusive")
        return A_VERDICT if unknown else ALL_AS_EXPECTED

    def _how_it_ended(self, code: int) -> str:
        if self.interrupted:
            return "the run was interrupted"
        if code < 0:
            return f"the engine died of signal {-code} ({signal.Signals(-code).name})"
        if not self.collected.ended:
            return f"the engine stopped early, with exit code {code}"
        return "the engine did not finish what it planned"

    def _add_unfinished(self, why: str, verdict: str) -> None:
        """What did not finish: the started scenarios, and those that the engine can still list."""
        listed = {}
        try:
            words = ["list", "--root", str(self.order.root)]
            words += ["--only", str(self.order.only)] if self.order.only else []
            output = ask(self.order.binary, [*words, *self.order.paths], timeout_s=10).stdout
            listed = {s["id"]: s for s in scenarios_listed(output)}
        except (Stop, subprocess.TimeoutExpired):
            pass  # an engine that cannot even list: the started ones must do
        for id in dict.fromkeys([*self.collected.started, *listed]):
            decided = verdict == "skipped" and id in self.tally  # with an earlier seed
            if id not in self.collected.finished and not decided:
                self.tally.add(collect.unfinished(id, why, listed.get(id), verdict),
                               self.order.seed, 0)

    def _summary(self, document: dict) -> None:
        self.screen.line()
        parts = [f"{count} {verdict}" for verdict, count in document["summary"].items()
                 if count or verdict == "pass"]
        self.screen.line(" · ".join(parts), style="bold")
        failure_block.show_tolerated(self.tally.tolerated, self.screen)
        out = self.request.shown_out
        self.screen.line(f"{out}/report.html  {out}/junit.xml  {out}/results.json")
