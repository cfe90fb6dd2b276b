"""Commands as people run them: in a shell, on a terminal, in a home of their own."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
from dataclasses import dataclass
from pathlib import Path

from .places import BINARY
from .waiting import eventually

ROWS, COLUMNS = 50, 160
COMMAND_SECONDS = 60
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what the terminal showed, without colors."""

    code: int
    text: str


class Terminal:
    """A terminal whose working directory and home are `home`; nothing else of the environment is passed on."""

    def __init__(self, home: Path):
        self.home = home
        self._environment = {
            "HOME": str(home),
            "PATH": f"{BINARY.parent}:/usr/local/bin:/usr/bin:/bin",
            "TERM": "xterm",
        }

    def run(self, command: str, *dialogue: tuple[str, str]) -> Ran:
        """Runs one shell command. A dialogue is what it shows, each time with what somebody types then."""
        screen, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        process = subprocess.Popen(
            ["bash", "-c", command],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            cwd=self.home,
            env=self._environment,
            start_new_session=True,
        )
        os.close(terminal)
        try:
            text = _talk(screen, dialogue)
            return Ran(process.wait(timeout=COMMAND_SECONDS), _seen(text))
        finally:
            process.kill()
            os.close(screen)


def _talk(screen: int, dialogue: tuple) -> str:
    """All that is shown until the last program closes the terminal."""
    shown, said = "", 0
    for prompt, typed in dialogue:
        while prompt not in shown[said:]:
            part = _read(screen)
            assert part, f"{prompt!r} is not asked; shown is {shown!r}"
            shown += part
        said = len(shown)
        # Who asks for a secret throws away what was typed before.
        eventually(lambda: _is_listening(screen), COMMAND_SECONDS, f"{prompt!r} waits for an answer")
        os.write(screen, typed.encode())
    while part := _read(screen):
        shown += part
    return shown


def _is_listening(screen: int) -> bool:
    """Whether a program reads keys itself: the terminal shows no more what is typed."""
    return not termios.tcgetattr(screen)[3] & termios.ECHO


def _read(screen: int) -> str:
    """What comes next; nothing at the end."""
    ready, _, _ = select.select([screen], [], [], COMMAND_SECONDS)
    assert ready, f"nothing is shown for {COMMAND_SECONDS} s"
    try:
        return os.read(screen, 65536).decode(errors="replace")
    except OSError:
        return ""


def _seen(text: str) -> str:
    """What people see of it: no colors, and nothing where a line ends in blanks."""
    return "".join(line.rstrip() + "\n" for line in ESCAPES.sub("", text).splitlines())
