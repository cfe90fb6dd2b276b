"""What every testee in Python has in common: the lines of the protocol, and requests as the signers take them."""

import base64
import json
import sys
from collections.abc import Callable
from urllib.parse import unquote


class Unsupported(Exception):
    """The signer cannot be asked for this."""


def serve(description: dict, sign: Callable[[dict], dict]) -> None:
    """Answers lines until there are no more. Errors of the signer are told by the name of their type."""
    for line in sys.stdin:
        task = json.loads(line)
        try:
            answer = description if task["do"] == "describe" else sign(task)
        except Unsupported as lack:
            answer = {"unsupported": str(lack)}
        except Exception as error:
            answer = {"error": type(error).__name__, "message": str(error)}
        print(json.dumps(answer), flush=True)


def split_target(target: str) -> tuple[str, list]:
    """Path as it stands, and the pairs of the query decoded, as callers give them."""
    path, _, query = target.partition("?")
    pairs = [piece.partition("=") for piece in query.split("&") if piece]
    try:
        return path, [(unquote(name, errors="strict"), unquote(value, errors="strict")) for name, _, value in pairs]
    except UnicodeDecodeError:
        raise Unsupported("a query that is not UTF-8") from None


def single_headers(headers: list) -> dict:
    """The signers take headers as a mapping."""
    if len({name for name, _ in headers}) < len(headers):
        raise Unsupported("a header that stands twice")
    return dict(headers)


def companions(task: dict) -> dict:
    """What the official clients add beside the signature, in the order of sdks/README.md."""
    credential = task["credential"]
    names = {"X-Project-Id": "project_id", "X-Domain-Id": "domain_id", "X-Security-Token": "security_token"}
    added = {"X-Sdk-Date": task["now"]}
    added |= {name: credential[member] for name, member in names.items() if credential[member]}
    if task["request"]["payload"] == "unsigned":
        hash_name = "Sm3" if "SM3" in task["algorithm"] else "Sha256"
        added[f"X-Sdk-Content-{hash_name}"] = "UNSIGNED-PAYLOAD"
    return added


def body(request: dict) -> bytes:
    return base64.b64decode(request["body"])
