"""Posts JSON with `requests`, signed by the adapter."""

import os
import sys

import requests

from countersign import Signer
from countersign.requests import Auth

signer = Signer(os.environ["COUNTERSIGN_ACCESS_KEY"], os.environ["COUNTERSIGN_SECRET_KEY"])
order = {"name": "tea", "count": 2}

answer = requests.post(os.environ["COUNTERSIGN_URL"], json=order, auth=Auth(signer), timeout=30)
print(answer.status_code, answer.text)
sys.exit(0 if answer.ok else 1)
