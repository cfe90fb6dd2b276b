"""Runs the small programs of `tests/e2e/callers`, one process a call."""

import dataclasses
import json
import subprocess

from .places import CALLERS, SETUP

COMMANDS = {
    "python": [SETUP / "venv" / "bin" / "python", CALLERS / "python" / "caller.py"],
    "node": ["node", SETUP / "node" / "caller.js"],
    "go": [SETUP / "go" / "caller"],
    "java": ["java", "-cp", f"{SETUP / 'java' / 'classes'}:{SETUP / 'java' / 'lib'}/*", "Caller"],
}
CALL_SECONDS = 120


@dataclasses.dataclass
class Call:
    """One request; the fields are those of callers/README.md."""

    address: str
    key: str | None = None
    secret: str | None = None
    host: str | None = None
    method: str = "GET"
    path: str = "/"
    path_params: dict = dataclasses.field(default_factory=dict)
    query: dict = dataclasses.field(default_factory=dict)
    headers: dict = dataclasses.field(default_factory=dict)
    body_file: str | None = None
    security_token: str | None = None
    region: str | None = None
    idp_id: str | None = None
    id_token_file: str | None = None


@dataclasses.dataclass
class Result:
    """What the core of the language made of the answer."""

    status: int
    request_id: str | None
    error_code: str | None
    error_msg: str | None
    body: str | None


def call(language: str, job: Call) -> Result:
    command = [str(part) for part in COMMANDS[language]]
    done = subprocess.run(
        command,
        input=json.dumps(dataclasses.asdict(job)),
        capture_output=True,
        text=True,
        timeout=CALL_SECONDS,
    )
    assert done.returncode == 0, f"{language} caller failed:\n{done.stdout}\n{done.stderr}"
    return Result(**json.loads(done.stdout.splitlines()[-1]))
