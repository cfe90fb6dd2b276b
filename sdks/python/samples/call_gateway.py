"""Calls an API of a gateway as an app; Host names the domain of the API's group when the URL does not."""

import os
import sys

import requests

from countersign import Signer
from countersign.requests import Auth

app = Signer(os.environ["COUNTERSIGN_ACCESS_KEY"], os.environ["COUNTERSIGN_SECRET_KEY"])
host = os.environ.get("COUNTERSIGN_HOST")

with requests.Session() as session:
    # The clock of this machine may be wrong: the adapter learns the time from a refusal, and tries once more.
    session.auth = Auth(app, correct_clock=True)
    answer = session.get(os.environ["COUNTERSIGN_URL"], headers={"Host": host} if host else {}, timeout=30)
print(answer.status_code, answer.text)
sys.exit(0 if answer.ok else 1)
