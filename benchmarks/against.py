"""Whether this checkout is as quick as another: `python -m benchmarks.against OTHER [--spaces N] [--same-packages]`.

Each asks its own questions about one space and for the overview (`benchmarks.queries`), in a process and with the
virtual environment of its own, about the same made-up country. They take turns, and what is compared is the processor
time of the quickest of all runs, so that other work on the machine weighs on neither. OTHER is the one of before. With
`--same-packages` its code runs with the packages of this one: what then differs is the code's, not another DuckDB's.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent.parent
ROUNDS, YEARS = 3, 10
# Dearer than this is told apart: less is what one run differs from the next.
DEARER = 1.05

# Both checkouts time by `_once` and tell by `say`.
_SIDE = """
import json, sys, time
from benchmarks import timing

def once(work):
    started = time.process_time()
    work()
    return time.process_time() - started

timing._once = once
timing.say = lambda what, seconds, remark="": print("\\n" + json.dumps([what, seconds]), flush=True)
from benchmarks import programme, queries
from tracking import database

engine = database.connect(sys.argv[1], create=True)
programme.fill(engine, int(sys.argv[2]), int(sys.argv[3]))
for _ in sys.stdin:
    queries._reading(engine)
    print("\\nnull", flush=True)
"""


def main() -> None:
    """One line per question that both ask: its time here and there, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path, help="A checkout of another commit.")
    parser.add_argument("--spaces", type=int, default=10_000)
    parser.add_argument("--same-packages", action="store_true", help="The other's code with the packages of this one.")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sides = [
            _started(checkout.resolve(), packages.resolve(), Path(folder) / f"{name}.duckdb", chosen.spaces)
            for name, checkout, packages in (
                ("other", chosen.other, HERE if chosen.same_packages else chosen.other),
                ("this", HERE, HERE),
            )
        ]
        taken: list[dict[str, float]] = [{}, {}]
        for _ in range(ROUNDS):
            for side, least in zip(sides, taken, strict=True):
                for what, seconds in _answers(side).items():
                    least[what] = min(seconds, least.get(what, seconds))
        for side in sides:
            side.communicate()
    before, now = taken
    # Sums are of other questions on either side.
    for what in (each for each in now if each in before and not each.endswith("together")):
        ratio = now[what] / before[what]
        remark = "  dearer" if ratio > DEARER else ""
        print(f"  {what:<58} {before[what] * 1e3:>8,.1f} ms {now[what] * 1e3:>8,.1f} ms  {ratio:.2f} ×{remark}")


def _started(checkout: Path, packages: Path, file: Path, spaces: int) -> subprocess.Popen[str]:
    own = packages / ".venv" / "bin" / "python"
    python = str(own) if own.exists() else sys.executable
    return subprocess.Popen(
        [python, "-W", "ignore", "-c", _SIDE, f"duckdb:///{file}", str(spaces), str(YEARS)],
        cwd=checkout,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _answers(side: subprocess.Popen[str]) -> dict[str, float]:
    """By question, the seconds that a side says it took."""
    assert side.stdin is not None
    assert side.stdout is not None
    side.stdin.write("\n")
    side.stdin.flush()
    found: dict[str, float] = {}
    for line in iter(side.stdout.readline, ""):
        # Between them DuckDB draws how far it has come.
        if line == "null\n":
            return found
        if line.startswith("["):
            what, seconds = json.loads(line)
            found[what] = seconds
    raise SystemExit("a side ended before it had answered")


if __name__ == "__main__":
    main()
