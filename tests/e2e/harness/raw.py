"""Requests byte by byte: signed by the official Python signer, sent and read by hand."""

import dataclasses
import json
import socket
from urllib.parse import urlencode

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer

READ_SECONDS = 30


@dataclasses.dataclass
class Answer:
    """One HTTP answer as it came over the wire."""

    status: int
    headers: list
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def json(self) -> dict:
        return json.loads(self.body)


def sign(key: str, secret: str, method: str, host: str, path: str, query=(), headers=None, body=b"") -> tuple:
    """Returns target and header lines of a request signed for `host`."""
    request = SdkRequest(
        method=method,
        schema="http",
        host=host,
        resource_path=path,
        query_params=list(query),
        header_params={"Host": host, **(headers or {})},
        body=body,
    )
    signed = Signer(BasicCredentials(key, secret)).sign(request)
    target = path + ("?" + urlencode(sorted(query)).replace("+", "%20") if query else "")
    return target, list(signed.header_params.items())


def head(method: str, target: str, headers: list) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


class Connection:
    """One keep-alive connection to `host:port`, from the address `source` if one is named."""

    def __init__(self, address: str, source: str | None = None):
        host, port = address.rsplit(":", 1)
        place, own = (host.strip("[]"), int(port)), (source, 0) if source else None
        self._socket = socket.create_connection(place, timeout=READ_SECONDS, source_address=own)
        self._buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    def send(self, data: bytes):
        self._socket.sendall(data)

    def half_close(self):
        self._socket.shutdown(socket.SHUT_WR)

    def closed_by_peer(self) -> bool:
        """Waits until the peer closes; anything else it sends is a failure."""
        try:
            return self._buffer == b"" and self._socket.recv(1) == b""
        except ConnectionResetError:
            return True

    def answer(self, method: str = "GET") -> Answer:
        status_line, *lines = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers = [tuple(part.strip() for part in line.split(":", 1)) for line in lines if line]
        answer = Answer(int(status_line.split(" ")[1]), headers, b"")
        if method != "HEAD" and answer.status not in (204, 304):
            answer.body = self._body(answer)
        return answer

    def _body(self, answer: Answer) -> bytes:
        if (answer.header("transfer-encoding") or "").lower() != "chunked":
            return self._exactly(int(answer.header("content-length") or 0))
        body = b""
        while size := int(self._until(b"\r\n").split(b";")[0], 16):
            body += self._exactly(size)
            self._until(b"\r\n")
        self._until(b"\r\n")
        return body

    def _until(self, end: bytes) -> bytes:
        while end not in self._buffer:
            self._more()
        text, self._buffer = self._buffer.split(end, 1)
        return text

    def _exactly(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._more()
        body, self._buffer = self._buffer[:size], self._buffer[size:]
        return body

    def _more(self):
        data = self._socket.recv(1 << 16)
        if not data:
            raise ConnectionError(f"closed by the peer after {self._buffer[:200]!r}")
        self._buffer += data


def exchange(address: str, data: bytes, method: str = "GET", source: str | None = None) -> Answer:
    """Sends bytes on a fresh connection and reads one answer."""
    with Connection(address, source) as connection:
        try:
            connection.send(data)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before everything was sent: the answer must be readable all the same
        return connection.answer(method)
