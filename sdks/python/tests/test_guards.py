"""The guards of WSGI and ASGI, called as servers call them."""

import asyncio
import io
import json
from urllib.parse import unquote_to_bytes

import pytest

from countersign import UNSIGNED, Request, Verifier
from countersign.asgi import Guard as AsgiGuard
from countersign.wsgi import Guard as WsgiGuard

LINES = [("Host", "example.com"), ("Content-Type", "application/json"), ("X-Two", "a,b")]
POST = Request("POST", "/a%20b/%E8%B7%AF/x%2Fy?b=2&a=%C3%BC", LINES, b'{"a": 1}')


class Incomplete(io.BytesIO):
    """The stream of a connection that broke."""

    def read(self, *_):
        raise ConnectionResetError


def wsgi(request: Request, length=None, stream=io.BytesIO, broken=False, **options) -> tuple:
    """Status and body; the application answers with its access key and body."""
    path, _, query = request.target.partition("?")
    environ = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "CONTENT_LENGTH": str(len(request.payload)) if length is None else length,
        "wsgi.input": stream(request.payload[:-1] if broken else request.payload),
        "wsgi.input_terminated": options.pop("wsgi.input_terminated", False),
    }
    for name, value in request.headers:
        key = name.upper().replace("-", "_")
        key = key if key.startswith(("CONTENT_", "HTTP_")) else f"HTTP_{key}"
        environ[key] = f"{environ[key]},{value}" if key in environ else value
    statuses = []

    def application(environ, start_response):
        start_response("200 OK", [])
        return [environ["countersign.access_key"].encode(), environ["wsgi.input"].read()]

    guard = WsgiGuard(application, options.pop("verifier"), **options)
    answer = guard(environ, lambda status, headers: statuses.append(int(status.split(" ")[0])))
    return statuses[0], list(answer)


def asgi(request: Request, broken=False, **options) -> tuple:
    """The same by the other interface."""
    path, _, query = request.target.partition("?")
    scope = {
        "type": "http",
        "method": request.method,
        "path": unquote_to_bytes(path).decode(errors="replace"),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in request.headers],
    }
    parts = [{"type": "http.request", "body": bytes([byte]), "more_body": True} for byte in request.payload]
    gone = {"type": "http.disconnect"}
    messages = [*parts, gone if broken else {"type": "http.request"}, gone]
    sent = []

    async def receive():
        return messages.pop(0)

    async def send(message):
        sent.append(message)

    async def application(scope, receive, send):
        body, end = await receive(), await receive()
        assert (body["more_body"], end) == (False, gone)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": [scope["countersign.access_key"].encode(), body["body"]]})

    asyncio.run(AsgiGuard(application, options.pop("verifier"), **options)(scope, receive, send))
    body = sent[1]["body"]
    return sent[0]["status"], body if isinstance(body, list) else [body]


@pytest.fixture
def fresh(signer):
    """Signed now, because guards look at the clock."""
    return lambda request: request._replace(headers=[*request.headers, *signer.sign(request).items()])


both = pytest.mark.parametrize("call", [wsgi, asgi])


@both
def test_what_is_signed_reaches_the_application_with_its_body(call, fresh, verifier):
    assert call(fresh(POST), verifier=verifier) == (200, [b"AccessKey", POST.payload])


@both
def test_what_is_not_signed_is_answered_with_the_error(call, verifier):
    status, (body,) = call(POST, verifier=verifier)
    assert (status, json.loads(body)["error_code"]) == (401, "MissingAuthorization")


@both
def test_a_mismatch_tells_the_canonical_request(call, fresh, signer, verifier):
    status, (body,) = call(fresh(POST)._replace(method="PUT"), verifier=verifier)
    told = json.loads(body)
    assert (status, told["error_code"]) == (401, "Mismatch")
    assert "canonicalRequest:PUT|/a%20b/%E8%B7%AF/x/y/|a=%C3%BC&b=2|" in told["error_msg"]


@both
@pytest.mark.parametrize("name", ["Authorization", "X-Sdk-Date", "Host"])
def test_a_doubled_header_is_seen(call, name, fresh, verifier):
    request = fresh(POST)
    line = (name, dict(request.headers)[name])
    status, (body,) = call(request._replace(headers=[*request.headers, line]), verifier=verifier)
    assert (status, json.loads(body)["error_code"]) == (401, "DuplicateHeader")


@both
def test_a_body_is_bounded(call, fresh, verifier):
    request = fresh(POST)
    bound = len(POST.payload)
    assert call(request, verifier=verifier, body_bytes_max=bound)[0] == 200
    status, (body,) = call(request, verifier=verifier, body_bytes_max=bound - 1)
    assert (status, json.loads(body)["error_code"]) == (413, "BodyTooLong")


@both
def test_a_body_that_breaks_off_is_incomplete(call, fresh, verifier):
    status, (body,) = call(fresh(POST), broken=True, verifier=verifier)
    assert (status, json.loads(body)["error_code"]) == (400, "BodyIncomplete")


@both
def test_a_body_that_is_left_out_reaches_the_application(call, signer, verifier):
    headers = signer.sign(POST._replace(payload=UNSIGNED))
    request = POST._replace(headers=[*LINES, *headers.items()])
    assert call(request, verifier=verifier) == (200, [b"AccessKey", POST.payload])
    strict = Verifier({"AccessKey": "SecretKey"}, accept_unsigned_payload=False)
    assert call(request, verifier=strict)[0] == 401


@pytest.mark.parametrize("length", ["-1", "1e3", "\u0661", "9" * 5000])
def test_a_length_that_is_none_is_refused(length, fresh, verifier):
    status, (body,) = wsgi(fresh(POST), length=length, verifier=verifier)
    assert status in (400, 413) and json.loads(body)["error_code"] in ("BodyIncomplete", "BodyTooLong")


@pytest.mark.parametrize("more", [{}, {"length": "", "wsgi.input_terminated": True}])
def test_a_connection_that_breaks_is_incomplete(more, fresh, verifier):
    assert wsgi(fresh(POST), stream=Incomplete, verifier=verifier, **more)[0] == 400


def test_a_body_that_ends_by_itself_is_read_to_its_end_and_bounded(fresh, verifier):
    ended = {"length": "", "wsgi.input_terminated": True, "verifier": verifier}
    assert wsgi(fresh(POST), **ended) == (200, [b"AccessKey", POST.payload])
    assert wsgi(fresh(POST), body_bytes_max=len(POST.payload) - 1, **ended)[0] == 413


def test_a_type_under_another_name_is_not_the_one_that_was_signed(fresh, verifier):
    """Servers write `Content_Type` and `Content-Type` alike, but for a prefix."""
    lines = [("Http-Content-Type" if name == "Content-Type" else name, value) for name, value in fresh(POST).headers]
    assert wsgi(POST._replace(headers=lines), verifier=verifier)[0] == 401


def test_without_a_length_there_is_no_body(fresh, verifier):
    assert wsgi(fresh(POST._replace(payload=b"")), length="", verifier=verifier) == (200, [b"AccessKey", b""])


def test_a_signature_in_another_header_is_seen_to_be_doubled(fresh):
    verifier = Verifier({"AccessKey": "SecretKey"}, header="X-Backend-Signature")
    lines = [("X-Backend-Signature" if name == "Authorization" else name, value) for name, value in fresh(POST).headers]
    request = POST._replace(headers=lines)
    assert wsgi(request, verifier=verifier)[0] == 200
    status, (body,) = wsgi(request._replace(headers=[*lines, lines[-1]]), verifier=verifier)
    assert (status, json.loads(body)["error_code"]) == (401, "DuplicateHeader")


def test_sockets_are_refused_and_the_lifespan_is_the_applications():
    seen, sent = [], []

    async def application(scope, receive, send):
        seen.append(scope["type"])

    async def send(message):
        sent.append(message)

    guard = AsgiGuard(application, Verifier({}))
    asyncio.run(guard({"type": "lifespan"}, None, send))
    asyncio.run(guard({"type": "websocket"}, None, send))
    assert (seen, sent) == (["lifespan"], [{"type": "websocket.close", "code": 1008}])
