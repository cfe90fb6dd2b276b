"""The OpenStack command line, unmodified."""

import contextlib
import dataclasses
import io
import json
import logging
import os
import sys
from unittest import mock

from .identity import Identity


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a command ended with."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        """Its output; the command was told to write JSON."""
        assert self.code == 0, self.err
        return json.loads(self.out)


class CommandLine:
    """`openstack` with the same options for every command.

    Commands run in this process: it is the program that the package installs, without the second that each start
    of Python and its plug-ins takes.
    """

    def __init__(self, options: dict):
        self._options = options

    def having(self, **options) -> "CommandLine":
        """The same, with other options; what is None is left out."""
        return CommandLine({**self._options, **options})

    @property
    def arguments(self) -> list:
        """The options as the program takes them."""
        given = {name: value for name, value in self._options.items() if value is not None}
        return [f"--os-{name.replace('_', '-')}={value}" for name, value in given.items()]

    def run(self, *command: str) -> Outcome:
        from openstackclient.shell import main

        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), _clean():
            try:
                code = main([*self.arguments, *command])
            except SystemExit as ended:
                code = ended.code
        return Outcome(code, out.getvalue(), err.getvalue())

    def json(self, *command: str):
        """The answer of a command that succeeds."""
        return self.run(*command, "-f", "json").json

    def done(self, *command: str):
        """Runs a command that succeeds and says nothing."""
        outcome = self.run(*command)
        assert (outcome.code, outcome.err) == (0, ""), outcome


@contextlib.contextmanager
def _clean():
    """Without settings and log handlers of the surroundings; those of the command end with it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()
    own = {name: value for name, value in os.environ.items() if not name.startswith("OS_")}
    try:
        with mock.patch.dict(os.environ, own, clear=True):
            yield
    finally:
        root.handlers[:], root.level = handlers, level


def program() -> list:
    """The installed program, for a process of its own."""
    return [os.path.join(os.path.dirname(sys.executable), "openstack")]


def command_line(identity: Identity, name: str, password: str) -> CommandLine:
    """Logs in with a password for the built-in project."""
    return CommandLine(
        {
            "auth_url": f"{identity.url}/v3",
            "username": name,
            "password": password,
            "user_domain_id": identity.domain_id,
            "project_id": identity.project_id,
            "region_name": identity.region,
            "identity_api_version": "3",
        }
    )
