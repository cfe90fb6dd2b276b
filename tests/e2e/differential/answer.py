"""What came back for a request, if anything did."""

import json
from dataclasses import dataclass

import requests

TIMEOUT_SECONDS = 60
NO_ANSWER = 0


@dataclass(frozen=True)
class Answer:
    """`status` is `NO_ANSWER` when the connection was closed without one: the server met an error of its own."""

    status: int
    headers: requests.structures.CaseInsensitiveDict
    text: str

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 400

    @property
    def json(self):
        return json.loads(self.text)


def answer_to(method: str, url: str, headers: dict, **content) -> Answer:
    try:
        got = requests.request(method, url, headers=headers, timeout=TIMEOUT_SECONDS, **content)
    except requests.ConnectionError:
        return Answer(NO_ANSWER, requests.structures.CaseInsensitiveDict(), "")
    return Answer(got.status_code, got.headers, got.text)
