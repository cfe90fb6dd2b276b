"""Signing and verifying beside the official signers, one language after the other. See README.md for the method."""

import json
import random
import statistics
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import results
from harness.places import ROOT

RUST = [str(ROOT / "target" / "release" / "examples" / "cost")]
LANGUAGES = [
    "language",
    "ours, ns per GET, median (best)",
    "official",
    "ns per GET, median (best)",
    "× ours, same round",
]
CORE = ["what", "CPU ns, median of rounds", "CPU ns, best batch"]
ROUNDS = 7


@dataclass
class Program:
    """A command that prints one JSON object of figures, and what it printed in each round."""

    command: list
    directory: Path
    rounds: list

    def run(self):
        done = subprocess.run(self.command, cwd=self.directory, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"bench: {' '.join(self.command)} failed:\n{done.stderr}")
        self.rounds.append(json.loads(done.stdout))

    def cell(self, operation: str = "sign_ns") -> str:
        return f"{self.median(operation):.0f} ({self.best(operation):.0f})"

    def median(self, operation: str) -> float:
        return statistics.median(each[operation]["median"] for each in self.rounds)

    def best(self, operation: str) -> float:
        return min(each[operation]["min"] for each in self.rounds)


@dataclass
class Library:
    """A signing library, and the official signer of its language if there is one."""

    language: str
    ours: Program
    official: Program | None
    official_name: str

    def row(self) -> list:
        if self.official is None:
            return [self.language, self.ours.cell(), "", "", ""]
        pairs = zip(self.ours.rounds, self.official.rounds, strict=True)
        ratios = [theirs["sign_ns"]["median"] / own["sign_ns"]["median"] for own, theirs in pairs]
        ratio = f"{statistics.median(ratios):.1f} ({min(ratios):.1f}–{max(ratios):.1f})"
        return [self.language, self.ours.cell(), self.official_name, self.official.cell(), ratio]


def libraries() -> list:
    """By the manifests of sdks/, as sdks/README.md describes them; the Rust one is measured by its own example."""
    return [library(path) for path in sorted(ROOT.glob("sdks/*/library.toml")) if path.parent.name != "rust"]


def library(path: Path) -> Library:
    manifest = tomllib.loads(path.read_text())
    places = {"{out}": str(ROOT / "target" / "libraries" / path.parent.name), "{root}": str(ROOT)}

    def program(entry: str) -> Program | None:
        words = manifest.get(entry)
        return words and Program([filled(word, places) for word in words], path.parent, [])

    return Library(manifest["language"], program("bench"), program("bench_official"), manifest.get("official", ""))


def filled(word: str, places: dict) -> str:
    for place, path in places.items():
        word = word.replace(place, path)
    return word


def measure(programs: list):
    """Every program once a round, in an order of its own, so that no neighbor of the machine meets one alone."""
    for number in range(1, ROUNDS + 1):
        print(f"bench: round {number} of {ROUNDS}", file=sys.stderr)
        for program in random.sample(programs, len(programs)):
            program.run()


def main():
    core = Program(RUST, ROOT, [])
    measured = libraries()
    measure([core, *(each.ours for each in measured), *(each.official for each in measured if each.official)])
    rows = [["Rust", core.cell(), "", "", ""], *(each.row() for each in measured)]
    operations = [
        ("sign", "sign_ns"),
        ("verify", "verify_ns"),
        ("sign for a backend, as a bound signature key does", "backend_ns"),
        ("floor: SHA-256 over ten blocks", "ten_sha256_blocks_ns"),
    ]
    core_rows = [[what, f"{core.median(name):.0f}", f"{core.best(name):.0f}"] for what, name in operations]
    text = "\n\n".join(
        [
            "`cargo xtask bench sign`",
            "GET with 4 query parameters and 5 signed headers; CPU time, all programs interleaved in one run.",
            results.table(LANGUAGES, rows),
            "The Rust core alone:",
            results.table(CORE, core_rows),
        ]
    )
    results.record("bench sign", text)


if __name__ == "__main__":
    main()
