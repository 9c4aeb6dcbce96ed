"""`sealcheck replay`: a run told event by event, all at once or step by step.

What an event says in words comes from the engine (`sealcheck-engine tell`), which also told it in
the reports. Events that say nothing to a person (single segments) are left out, unless --all shows
them by kind and fields.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.driver import trace_file
from sim.driver.exit_codes import LAB_FAILED, USAGE, Stop
from sim.driver.lanes import Lanes
from sim.driver.screen import Screen


@dataclass(frozen=True)
class Filter:
    actors: tuple[str, ...] = ()  # parts of names; empty: all
    kinds: tuple[str, ...] = ()  # "smtp" is smtp.command, smtp.reply and so on
    from_s: float | None = None
    to_s: float | None = None
    everything: bool = False  # what says nothing to people too

    def wants(self, event: dict) -> bool:
        if not event["text"] and not self.everything and not self.kinds:
            return False
        ends = [str(event.get(k, "")) for k in ("actor", "from", "to")]
        if self.actors and not any(a.lower() in end.lower() for a in self.actors for end in ends):
            return False
        if self.kinds and not any(
                event["kind"] == k or event["kind"].startswith(f"{k}.") for k in self.kinds):
            return False
        return (self.from_s is None or event["t_s"] >= self.from_s) and \
            (self.to_s is None or event["t_s"] <= self.to_s)


def told(engine: Path, trace: Path, wanted: Filter) -> Iterator[dict]:
    """The events of a trace that are wanted, in words, one at a time."""
    raw = trace_file.events(trace)
    with subprocess.Popen(
            [str(engine), "tell", str(trace)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            text=True, encoding="utf-8", errors="replace") as process:
        for line in process.stdout:
            event = json.loads(line)
            if "error" in event:
                raise Stop(USAGE, f"{trace}:{event['line']}: {event['error']}")
            fields = next(raw)
            if wanted.wants(event):
                event["text"] = event["text"] or f"{fields.kind} {fields.readable()}"
                yield event
    if process.returncode:
        raise Stop(LAB_FAILED, f"the engine cannot tell {trace}")


def show(events: list[dict], screen: Screen) -> None:
    lanes = _lanes(events, screen)
    screen.lines(lanes.head())
    for event in events:
        screen.lines(lanes.event(event))


def step(events: list[dict], screen: Screen, read=None) -> None:
    """One event for each Enter; q ends, c goes on without stopping, /text goes on to that text."""
    read = read or sys.stdin.readline
    lanes = _lanes(events, screen)
    screen.lines(lanes.head())
    search = None
    going = False
    for number, event in enumerate(events, 1):
        lines = lanes.event(event)
        screen.lines(lines)
        if search and search not in f"{event['actor']} {event['kind']} {event['text']}".lower():
            continue
        search = None
        while not going and number < len(events):
            screen.prompt(
                f"[{number} of {len(events)}] Enter next, /text search, c continue, q quit: ")
            answer = read()
            if not answer or answer.strip() == "q":
                screen.line()
                return
            answer = answer.strip()
            if answer == "c":
                going = True
            elif answer.startswith("/") and len(answer) > 1:
                search = answer[1:].lower()
                rest = events[number:]
                if not any(search in f"{e['actor']} {e['kind']} {e['text']}".lower() for e in rest):
                    screen.line(f"no later event has '{answer[1:]}'")
                    search = None
                    continue
            elif answer:
                screen.line(f"'{answer}' is none of them")
                continue
            break


def _lanes(events: list[dict], screen: Screen) -> Lanes:
    actors = dict.fromkeys(str(e["actor"]) for e in events)
    for event in events:
        actors |= dict.fromkeys(str(event[end]) for end in ("from", "to") if event.get(end))
    return Lanes(list(actors), screen.width)
