"""The first walk of docs/quickstart.md, command by command on a terminal."""

import shlex

import pytest

from harness import walk
from harness.beacon import Beacon
from harness.gateway import Gateway
from harness.management import Management
from harness.places import ROOT
from harness.server import Server
from harness.terminal import Terminal

PAGE = ROOT / "docs" / "quickstart.md"
# What the page calls the server's addresses; here they are free ones.
GATEWAY, API = "127.0.0.1:8080", "127.0.0.1:8081"


class Reader:
    """Somebody who does what the page says, and has one liberty: the ports."""

    def __init__(self, home):
        self.terminal = Terminal(home)
        self.server = None

    def write(self, file: walk.File):
        (self.terminal.home / file.name).write_text(file.text)

    def serve(self, command: walk.Command):
        """Starts the server with the page's arguments where the page has them, in its own terminal."""
        assert shlex.split(command.line) == "countersign serve --dev --data demo --ready-file ready.json".split()
        home = self.terminal.home
        self.server = Server(home, data=home / "demo", arguments=("--dev",))
        self.settle = Beacon(Management(self.server.ready), Gateway(self.server.gateway)).settle

    def run(self, command: walk.Command):
        if command.line.startswith("countersign call"):
            self.settle()
        ran = self.terminal.run(command.line)
        shown = ran.text.replace(self.server.gateway, GATEWAY).replace(self.server.api, API)
        assert command.prints(shown), f"$ {command.line}\n{shown}\nis not what the page says:\n{command.output}"
        return ran.code


@pytest.fixture
def reader(tmp_path):
    reader = Reader(tmp_path)
    yield reader
    if reader.server:
        reader.server.stop()


def test_every_command_of_the_first_walk_does_what_the_page_says(reader):
    codes = []
    for step in walk.read(PAGE):
        if isinstance(step, walk.File):
            reader.write(step)
        elif reader.server is None:
            reader.serve(step)
        else:
            codes.append(reader.run(step))
    assert codes == [0] * (len(codes) - 1) + [22], codes
    assert len(codes) == PAGE.read_text().count("\n$ ") - 1


def test_what_the_page_does_not_say_is_noticed():
    command = walk.Command("x", "a … c\n0123456789abcdef0123456789abcdef")
    assert command.prints(f"a b c\n{'f' * 32}\n")
    assert not command.prints(f"a b d\n{'f' * 32}\n")
    assert not command.prints(f"a b c\n{'f' * 32}\nmore\n")
    assert not command.prints("a b c\n0123\n")
