"""The signing libraries of sdks/: their manifests, and the programs that these name, run as they stand there."""

import json
import os
import subprocess
import tomllib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

from .identity import Pair
from .places import ROOT

SDKS = ROOT / "sdks"
OUT = ROOT / "target" / "libraries"
RUN_SECONDS = 120


@dataclass(frozen=True)
class Program:
    """One program of one library."""

    library: str
    name: str
    words: tuple

    def __str__(self) -> str:
        return f"{self.library}-{self.name}"

    def start(self, environment: dict, **options) -> subprocess.Popen:
        """In the library's folder, with these variables of the project's own and no others of them."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("COUNTERSIGN_")}
        own = {f"COUNTERSIGN_{name.upper()}": value for name, value in environment.items() if value is not None}
        folder, environment = SDKS / self.library, inherited | own
        return subprocess.Popen(self.words, cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, **options)

    def run(self, environment: dict, told: str = "") -> tuple:
        """Exit code and standard output, once it has ended."""
        with self.start(environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            try:
                said, errors = child.communicate(told, RUN_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                raise
        assert said, f"{self} said nothing and ended with {child.returncode}:\n{errors}"
        return child.returncode, said


def programs(kind: str) -> list:
    """All programs of a kind: `adapters`, `verifiers`, or the name of a sample."""
    found = [Program(library, name, words) for library in _libraries() for name, words in _commands(library, kind)]
    assert found, f"no library in {SDKS} has {kind}"
    return found


def credentials(pair: Pair, token: str | None = None, project_id: str | None = None) -> dict:
    """What programs find in their environment about who calls."""
    return {
        "access_key": pair.access,
        "secret_key": pair.secret,
        "security_token": token,
        "project_id": project_id,
    }


@dataclass(frozen=True)
class Job:
    """What an adapter program is to send, and how wrong its clock shall be."""

    url: str
    method: str = "GET"
    headers: tuple = ()
    body: bytes | None = None
    clock_offset_seconds: int = 0
    correct_clock: bool = False


def send(adapter: Program, environment: dict, job: Job) -> tuple:
    """Status and body of the answer that the adapter got."""
    body = None if job.body is None else b64encode(job.body).decode()
    code, said = adapter.run(environment, json.dumps({**vars(job), "body": body}) + "\n")
    assert code == 0, f"{adapter} ended with {code}"
    answer = json.loads(said)
    return answer["status"], b64decode(answer["body"])


class Backend:
    """A verifier program, guarding a backend until `stop`. What it complains about goes to `errors`."""

    def __init__(self, program: Program, pair: Pair, errors: Path):
        self._errors = errors
        with errors.open("w") as stream:
            self._child = program.start(credentials(pair), stdin=subprocess.PIPE, stderr=stream)
        said = self._child.stdout.readline()
        assert said.startswith("listening on "), f"{program} said {said!r}:\n{errors.read_text()}"
        self.address = said.removeprefix("listening on ").strip()

    def stop(self):
        """It ends when its standard input does."""
        with self._child as child:
            child.stdin.close()
            try:
                code = child.wait(RUN_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                raise
        assert code == 0, f"the backend ended with {code}:\n{self._errors.read_text()}"


def _libraries() -> list:
    return sorted(manifest.parent.name for manifest in SDKS.glob("*/library.toml"))


def _commands(library: str, kind: str) -> list:
    manifest = tomllib.loads((SDKS / library / "library.toml").read_text())
    if kind in manifest["samples"]:
        commands = {kind: manifest["samples"][kind]["run"]}
    else:
        commands = manifest.get(kind, {})
    places = {"{out}": str(OUT / library), "{root}": str(ROOT)}
    return [(name, tuple(_filled(word, places) for word in words)) for name, words in commands.items()]


def _filled(word: str, places: dict) -> str:
    for name, place in places.items():
        word = word.replace(name, place)
    return word
