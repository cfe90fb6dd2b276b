"""One nginx and one server for the session; tests that stop, break or fill a server start their own."""

import pytest

from harness.beacon import Beacon
from harness.functions import Functions
from harness.gateway import Gateway
from harness.identity import Identity
from harness.management import Management
from harness.nginx import Nginx
from harness.server import SETTINGS, Server


@pytest.fixture(scope="session")
def nginx(tmp_path_factory):
    backend = Nginx(tmp_path_factory.mktemp("backend") / "nginx")
    yield backend
    backend.stop()


@pytest.fixture(scope="session")
def functions():
    functions = Functions()
    yield functions
    functions.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory, functions):
    server = Server(tmp_path_factory.mktemp("server"), settings=SETTINGS + functions.settings())
    yield server
    assert server.stop() == 0, server.output
    assert "panicked" not in server.output


@pytest.fixture(scope="session")
def management(server):
    return Management(server.ready)


@pytest.fixture(scope="session")
def identity(server):
    return Identity(server.ready)


@pytest.fixture(scope="session")
def gateway(server):
    return Gateway(server.gateway)


@pytest.fixture(scope="session")
def settle(management, gateway):
    """Call it after changes: it returns when they act."""
    return Beacon(management, gateway).settle


@pytest.fixture
def own_server(tmp_path):
    """Starts servers of the test's own; what still runs at the end is stopped."""
    started = []

    def start(name="server", **options):
        started.append(Server(tmp_path / name, **options))
        return started[-1]

    yield start
    for server in started:
        if server.process.running():
            server.stop()
