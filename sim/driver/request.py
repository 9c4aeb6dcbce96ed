"""What the user asked `run` or `sweep` for."""

from dataclasses import dataclass
from pathlib import Path

from sim.driver.selection import Selection

REFERENCE_SUT = "sealgate"  # what the engine runs when nobody names a SUT


@dataclass(frozen=True)
class Request:
    """`shown_out` is the output folder in the user's own words."""

    paths: tuple[str, ...]
    out: Path
    shown_out: str
    seed: int
    jobs: int
    world: str = "sim"
    sut: str | None = None
    repeat: bool = True  # each run a second time, to see the same trace hashes
    show_expected: bool = False
    verb: str = "run"  # or "sweep"
    capture: bool = False
    selection: Selection = Selection()
    seeds: int = 1  # how many, from `seed` on
    seed_is_random: bool = False
    stop_at_first: bool = False
    fail_on: str = "inconclusive"  # the least verdict that makes the run fail
    pages: tuple = ()  # of screenshots, for the report

    @property
    def shown_sut(self) -> str:
        return self.sut or REFERENCE_SUT

    @property
    def capture_word(self) -> str | None:
        """The engine's --capture: a failure leaves a capture without being asked."""
        if self.capture:
            return "all"
        return "selftests" if self.show_expected else "failures"
