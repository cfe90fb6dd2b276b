"""An ASGI backend behind the guard, on uvicorn."""

import json
import os
import socket
import sys
import threading

import uvicorn

from countersign import Verifier
from countersign.asgi import Guard


async def application(scope, receive, send):
    message = await receive()
    answer = json.dumps({"access_key": scope["countersign.access_key"], "body_bytes": len(message["body"])}).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": answer})


verifier = Verifier({os.environ["COUNTERSIGN_ACCESS_KEY"]: os.environ["COUNTERSIGN_SECRET_KEY"]})
server = uvicorn.Server(uvicorn.Config(Guard(application, verifier), lifespan="off", log_level="critical"))
listener = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=server.run, args=([listener],), daemon=True).start()
print(f"listening on 127.0.0.1:{listener.getsockname()[1]}", flush=True)
sys.stdin.read()
