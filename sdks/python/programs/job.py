"""One job of an adapter program: read from standard input, answered on standard output."""

from __future__ import annotations

import base64
import json
import os
import sys
import time
from typing import Any

from countersign import Signer


class Job:
    """A request, and how wrong the adapter's clock shall be."""

    def __init__(self) -> None:
        fields = json.loads(sys.stdin.readline())
        self.method, self.url = fields["method"], fields["url"]
        self.headers = dict(fields["headers"])
        self.body = None if fields["body"] is None else base64.b64decode(fields["body"])
        self._offset_seconds, self._correct_clock = fields["clock_offset_seconds"], fields["correct_clock"]

    @property
    def auth(self) -> dict[str, Any]:
        """The arguments of the adapter."""
        signer = Signer(
            os.environ["COUNTERSIGN_ACCESS_KEY"],
            os.environ["COUNTERSIGN_SECRET_KEY"],
            os.environ.get("COUNTERSIGN_SECURITY_TOKEN"),
            project_id=os.environ.get("COUNTERSIGN_PROJECT_ID"),
        )
        wrong = self._offset_seconds
        return {"signer": signer, "correct_clock": self._correct_clock, "clock": lambda: time.time() + wrong}


def tell(status: int, body: bytes) -> None:
    print(json.dumps({"status": status, "body": base64.b64encode(body).decode()}))
