"""A child process with its output in files, ended by its own id."""

import os
import signal
import subprocess
from pathlib import Path


class Process:
    """Runs `command` until `stop` or `kill`; output is kept in `<directory>/<name>.{out,err}`."""

    def __init__(self, name: str, command: list, directory: Path, **options):
        self.name = name
        self._out = directory / f"{name}.out"
        self._err = directory / f"{name}.err"
        with open(self._out, "ab") as out, open(self._err, "ab") as err:
            self._child = subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=out, stderr=err, **options
            )

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def stdout(self) -> str:
        return self._out.read_text(errors="replace")

    @property
    def stderr(self) -> str:
        return self._err.read_text(errors="replace")

    def running(self) -> bool:
        return self._child.poll() is None

    def require_running(self):
        if not self.running():
            code = self._child.returncode
            raise AssertionError(f"{self.name} ended with {code}:\n{self.stdout}\n{self.stderr}")

    def stop(self, within_seconds: float = 20) -> int:
        """Asks politely (SIGTERM) and returns the exit code."""
        if self.running():
            self._child.send_signal(signal.SIGTERM)
        return self.wait(within_seconds)

    def wait(self, within_seconds: float) -> int:
        try:
            return self._child.wait(within_seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"{self.name} did not end within {within_seconds} s:\n{self.stderr}") from None

    def kill(self):
        """SIGKILL: nothing is flushed, nothing is said."""
        if self.running():
            os.kill(self.pid, signal.SIGKILL)
        self._child.wait()
