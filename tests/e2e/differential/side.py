"""One of the two servers, and what it has under the names that the cases use."""

import itertools

from .answer import Answer, answer_to
from .case import Case


class Side:
    """`names` maps the placeholders of the cases to ids, names and tokens of this server."""

    def __init__(self, url: str, names: dict[str, str]):
        self._url = url
        self._numbers = itertools.count(1)
        self.names = names

    def send(self, case: Case) -> Answer:
        method, path = case.request.split(" ", 1)
        headers = {"Content-Type": "application/json"} if case.body is not None else {}
        for header, token in (("X-Auth-Token", case.by), ("X-Subject-Token", case.about)):
            if token is not None:
                headers[header] = self.names[f"{token}_token"]
        body = case.body if isinstance(case.body, bytes) else self._fill(case.body)
        content = {"data": body} if isinstance(body, bytes) else {"json": body}
        return answer_to(method, self._url + self._fill(path), headers, **content)

    def do(self, request: str, body: object = None, **tokens: str | None) -> Answer:
        """Sends what must succeed."""
        answer = self.send(Case("set-up", request, body=body, **tokens))
        assert answer.ok, f"{request}: {answer}"
        return answer

    def _fill(self, value):
        """Replaces `{names}` in all text; `{fresh}` is a name that nothing has."""
        if isinstance(value, str):
            return value.format_map(self.names | {"fresh": f"fresh_{next(self._numbers)}"})
        if isinstance(value, dict):
            return {key: self._fill(member) for key, member in value.items()}
        if isinstance(value, list):
            return [self._fill(member) for member in value]
        return value
