"""A real Keystone on SQLite behind uWSGI: the oracle of the differential tests and the peer of the benchmark.

Nothing is installed here: `cargo xtask` makes its Python environment from `requirements-keystone.txt`.
"""

import grp
import os
import pwd
import socket
from dataclasses import dataclass
from pathlib import Path

import requests

from .places import SETUP
from .process import Process

ENVIRONMENT = SETUP / "keystone"
ADMIN, PASSWORD, REGION = "admin", "keystone-Pa55word", "RegionOne"
START_SECONDS = 120

CONFIG = """
[database]
connection = sqlite:///{directory}/keystone.db
[token]
provider = fernet
expiration = 86400
[fernet_tokens]
key_repository = {directory}/fernet-tokens
[fernet_receipts]
key_repository = {directory}/fernet-receipts
[credential]
key_repository = {directory}/credential-keys
[identity]
password_hash_rounds = {password_hash_rounds}
[cache]
{cache}
"""
NO_CACHE = "enabled = false"
DICT_CACHE = "enabled = true\nbackend = oslo_cache.dict"


def memcached(address: str) -> str:
    """A cache in the memcached at `address` (`host:port`)."""
    return f"enabled = true\nbackend = dogpile.cache.pymemcache\nmemcache_servers = {address}"


@dataclass(frozen=True)
class Settings:
    """What differs between the Keystones that are compared. Keystone's own default are 12 rounds of bcrypt."""

    cache: str = NO_CACHE
    password_hash_rounds: int = 4
    processes: int = 1


class Keystone:
    """Runs until `stop`. `url` has no slash at its end; the administrator is `ADMIN` of the domain `default`."""

    def __init__(self, directory: Path, settings: Settings = Settings()):
        directory.mkdir(parents=True)
        self._directory = directory
        self._config = directory / "keystone.conf"
        values = {"cache": settings.cache, "password_hash_rounds": settings.password_hash_rounds}
        self._config.write_text(CONFIG.format(directory=directory, **values))
        with socket.create_server(("127.0.0.1", 0), backlog=100) as listener:
            self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            self._fill()
            self._process = self._serve(listener, settings.processes)
        self._await_answer()

    def _fill(self):
        """Tables and keys beside each other, for most of the time goes into loading Keystone; then the first data."""
        me = [
            "--keystone-user",
            pwd.getpwuid(os.getuid()).pw_name,
            "--keystone-group",
            grp.getgrgid(os.getgid()).gr_name,
        ]
        beside = [self._manage("db_sync"), self._manage("fernet_setup", *me), self._manage("credential_setup", *me)]
        for process in beside:
            finish(process)
        urls = [
            part for name in ("admin", "internal", "public") for part in (f"--bootstrap-{name}-url", f"{self.url}/v3/")
        ]
        first = ["--bootstrap-username", ADMIN, "--bootstrap-password", PASSWORD, "--bootstrap-region-id", REGION]
        finish(self._manage("bootstrap", *first, *urls))

    def _manage(self, task: str, *arguments: str) -> Process:
        program = ENVIRONMENT / "bin" / "keystone-manage"
        return Process(task, [program, "--config-file", self._config, task, *arguments], self._directory)

    def _serve(self, listener: socket.socket, processes: int) -> Process:
        """The listener is handed over listening: a client that comes too early waits instead of being refused."""
        program = [ENVIRONMENT / "bin" / "uwsgi", "--http-socket", f"fd://{listener.fileno()}", "-H", ENVIRONMENT]
        application = ["--module", "keystone.wsgi.api:application", "--need-app", "--lazy-apps"]
        workers = ["--master", "--die-on-term", "--processes", processes, "--threads", 1, "--enable-threads"]
        # A request whose body nobody reads would otherwise end in a reset connection instead of an answer.
        bounds = ["--buffer-size", 65535, "--post-buffering", 65536, "--disable-logging"]
        environment = {**os.environ, "OS_KEYSTONE_CONFIG_FILES": str(self._config)}
        options = {"pass_fds": [listener.fileno()], "env": environment}
        return Process("uwsgi", [*program, *application, *workers, *bounds], self._directory, **options)

    def _await_answer(self):
        try:
            requests.get(f"{self.url}/v3", timeout=START_SECONDS).raise_for_status()
        except requests.RequestException as error:
            self._process.kill()
            raise AssertionError(f"Keystone does not answer:\n{self._process.stderr}") from error

    @property
    def workers(self) -> list[int]:
        """Process ids of those that do the work."""
        return [
            int(pid) for pid in Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        ]

    def stop(self):
        self._process.stop()


def finish(process: Process):
    code = process.wait(START_SECONDS)
    assert code == 0, f"{process.name} ended with {code}:\n{process.stdout}\n{process.stderr}"
