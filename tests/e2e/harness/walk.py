"""A page of documentation as what it is: commands, what they print, and files to write."""

import re
from dataclasses import dataclass
from pathlib import Path

# Ids, and everything that the page leaves open.
ID = r"[0-9a-f]{32}"
ELLIPSIS = "…"


@dataclass(frozen=True)
class Command:
    """A command line and what the page says it prints."""

    line: str
    output: str

    def prints(self, text: str) -> bool:
        """Whether this is what the page says."""
        pattern = ".*?".join(re.escape(part) for part in self.output.split(ELLIPSIS))
        return re.fullmatch(re.sub(ID, lambda _: ID, pattern), text.rstrip("\n")) is not None


@dataclass(frozen=True)
class File:
    """A file that the reader writes."""

    name: str
    text: str


def read(page: Path) -> list[Command | File]:
    """The steps of a page: blocks of `console`, and those of `yaml` with the file's name in the line above."""
    steps, blocks = [], re.split(r"^```(\w*)\n", page.read_text(), flags=re.MULTILINE)
    for before, kind, block in zip(blocks[0::2], blocks[1::2], blocks[2::2], strict=False):
        if kind == "console":
            steps.extend(_commands(block))
        elif kind == "yaml":
            steps.append(File(re.findall(r"`([^`]+)`", before)[-1], block))
    return steps


def _commands(block: str) -> list[Command]:
    commands = []
    for text in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, output = text.replace("\\\n", "\\\0").partition("\n")
        commands.append(Command(line.replace("\0", "\n"), output.rstrip("\n")))
    return commands
