"""The identity API answers like a real Keystone, except where the table of what is meant says otherwise."""

from contextlib import contextmanager

import pytest

from differential.cases import CASES
from differential.compare import deviations
from differential.meant import MEANT
from differential.page import page
from differential.world import Origin, world
from harness import keystone
from harness.keystone import Keystone
from harness.places import ROOT
from harness.server import Server


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict[str, set[str]]:
    """The deviations of every case by its title."""
    directory = tmp_path_factory.mktemp("differential")
    settings = keystone.Settings(cache=keystone.DICT_CACHE)
    with running(Server(directory / "server")) as server, running(Keystone(directory / "keystone", settings)) as other:
        ours, theirs = world(our_origin(server)), world(keystone_origin(other))
        found = {case.title: deviations(ours.send(case), theirs.send(case)) for case in CASES}
        assert "panicked" not in server.output
        return found


@contextmanager
def running(program):
    try:
        yield program
    finally:
        program.stop()


def our_origin(server: Server) -> Origin:
    ready = server.ready
    return Origin(ready["api"], ready["domain_name"], ready["region"], ready["user_name"], ready["password"])


def keystone_origin(other: Keystone) -> Origin:
    return Origin(other.url, "Default", keystone.ADMIN, keystone.ADMIN, keystone.PASSWORD)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_both_answer_alike(case, found):
    unmeant = {what for what in found[case.title] if not any(meant.covers(case, what) for meant in MEANT)}
    assert not unmeant, "\n".join(sorted(unmeant))


def test_no_two_cases_are_the_same():
    assert len({case.title for case in CASES}) == len(CASES)


@pytest.mark.parametrize("meant", MEANT, ids=lambda meant: meant.why)
def test_what_is_meant_still_occurs(meant, found):
    occurring = {what for case in CASES for what in found[case.title] if meant.covers(case, what)}
    assert set(meant.what) == occurring


@pytest.mark.parametrize("meant", MEANT, ids=lambda meant: meant.why)
def test_what_is_meant_names_no_request_in_vain(meant, found):
    idle = [
        where
        for where in meant.where
        if not any(case.matches(where) and found[case.title] & set(meant.what) for case in CASES)
    ]
    assert not idle


def test_the_page_is_the_generated_one():
    assert (ROOT / "docs" / "compatibility-keystone.md").read_text() == page(), "write it: cargo xtask compatibility"
