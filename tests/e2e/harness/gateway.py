"""Calling a gateway by hand: requests signed by the official signer, refusals checked to the last letter."""

from .raw import Answer, exchange, head, sign


class Gateway:
    """The data plane at `address`, called from the address `source` if one is named."""

    def __init__(self, address: str, source: str | None = None):
        self.address, self.source = address, source
        self.port = address.rsplit(":", 1)[1]

    def host(self, subdomain: str) -> str:
        return f"{subdomain}:{self.port}"

    def call(self, credentials, host, path, method="GET", query=(), headers=None, body=b"", sent_body=None) -> Answer:
        """Sends a signed request; `sent_body` is sent in place of the body that was signed."""
        target, lines = sign(*credentials, method, host, path, query, headers, body)
        return self.send(method, target, lines, body if sent_body is None else sent_body)

    def send(self, method, target, lines, body=b"") -> Answer:
        if body:
            lines = [*lines, ("Content-Length", str(len(body)))]
        return exchange(self.address, head(method, target, lines) + body, method, self.source)

    def plain(self, host, target, method="GET", headers=()) -> Answer:
        """Sends a request nobody signed."""
        return self.send(method, target, [("Host", host), *headers])


def assert_refused(answer: Answer, status: int, code: str, message: str):
    """The refusal has exactly the shape clients parse; a message that ends in `…` is compared up to there."""
    assert (answer.status, answer.json.get("error_code")) == (status, code), answer
    assert set(answer.json) == {"error_msg", "error_code", "request_id"}, answer.body
    told = answer.json["error_msg"]
    assert told.startswith(message[:-1]) if message.endswith("…") else told == message, told
    request_id = answer.json["request_id"]
    assert len(request_id) == 32 and set(request_id) <= set("0123456789abcdef"), request_id
    assert answer.header("X-Request-Id") == request_id
    assert answer.header("Content-Type").split(";")[0] == "application/json"
    assert answer.header("Server") == "api-gateway"
