"""Calls with a temporary key pair, its security token, and a project to act in."""

import os
import sys

import httpx

from countersign import Signer
from countersign.httpx import Auth

signer = Signer(
    os.environ["COUNTERSIGN_ACCESS_KEY"],
    os.environ["COUNTERSIGN_SECRET_KEY"],
    os.environ["COUNTERSIGN_SECURITY_TOKEN"],
    project_id=os.environ.get("COUNTERSIGN_PROJECT_ID"),
)

answer = httpx.get(os.environ["COUNTERSIGN_URL"], auth=Auth(signer))
print(answer.status_code, answer.text)
sys.exit(0 if answer.is_success else 1)
