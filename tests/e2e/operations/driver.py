"""Calls the SDK by the contract's names of operations, and holds every answer against the contract."""

import re
from collections import Counter

from huaweicloudsdkapig.v2 import model as m
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdkcore.sdk_response import SdkResponse

from harness.management import Management
from harness.places import ROOT


def read_successes() -> dict:
    """Success status of each operation of the contract."""
    table = (ROOT / "spec" / "operations" / "apig-v2.tsv").read_text().splitlines()
    rows = [line.split("\t") for line in table if not line.startswith("#")]
    return {row[0]: int(row[3]) for row in rows}


def read_built() -> set:
    """The operations that are listed as built."""
    page = (ROOT / "docs" / "compatibility.md").read_text()
    return set(re.findall(r"^\| (\w+) \|.*\| built \|$", page, re.MULTILINE))


class Driver:
    """One client of one gateway, which remembers what it called."""

    def __init__(self, management: Management):
        self.sdk, self.instance = management.sdk, management.instance
        self.successes = read_successes()
        self.called = Counter()

    def call(self, operation: str, **parameters) -> SdkResponse:
        """Calls the operation with the members of its request, the body among them; requires the contract's status."""
        answer = self._send(operation, parameters)
        expected = self.successes[operation]
        assert answer.status_code == expected, f"{operation}: {answer.status_code}, not {expected}"
        self.called[operation] += 1
        return answer

    def refuse(self, status: int, code: str, operation: str, **parameters):
        """Calls the operation and requires this refusal."""
        try:
            answer = self._send(operation, parameters)
        except ClientRequestException as refusal:
            told = (refusal.status_code, refusal.error_code)
            assert told == (status, code), f"{operation}: {told} {refusal.error_msg}, not {(status, code)}"
        else:
            raise AssertionError(f"{operation}: {answer.status_code} {answer}, not {(status, code)}")

    def pages(self, operation: str, key: str, limit: int = 2, **parameters) -> list:
        """The whole list, page by page to the empty page behind its end, as clients read it."""
        entries = []
        while True:
            page = self.call(operation, offset=len(entries), limit=limit, **parameters)
            part = getattr(page, key)
            assert page.size == len(part) <= limit, f"{operation}: size {page.size} of {len(part)} entries"
            if not part:
                assert page.total == len(entries), f"{operation}: total {page.total} of {len(entries)} entries"
                return entries
            entries += part

    def _send(self, operation: str, parameters: dict) -> SdkResponse:
        kind = getattr(m, f"{operation}Request")
        if "instance_id" in kind.openapi_types:
            parameters = {"instance_id": self.instance, **parameters}
        method = re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()
        return getattr(self.sdk, method)(kind(**parameters))


def require_kept(sent, read, but: tuple = ()):
    """Requires that every member that was sent is read back as it was, but those named."""
    wrong = {place: pair for place, pair in _differences(sent, read) if place not in but}
    assert wrong == {}, f"sent and read differ: {wrong}"


def _differences(sent, read, place: str = ""):
    """Members of the SDK's models that are not alike, with their places; what was not sent is not compared."""
    if hasattr(sent, "openapi_types") and read is not None:
        for name in sent.openapi_types:
            if getattr(sent, name) is not None:
                yield from _differences(getattr(sent, name), getattr(read, name, None), f"{place}.{name}".strip("."))
    elif isinstance(sent, list) and isinstance(read, list) and len(sent) == len(read):
        for number, (one, other) in enumerate(zip(sent, read, strict=True)):
            yield from _differences(one, other, f"{place}[{number}]")
    elif sent != read:
        yield place, (sent, read)
