"""Signs a GET and sends it with the standard library."""

import os
import sys
import urllib.error
import urllib.request

from countersign import Request, Signer

url = os.environ["COUNTERSIGN_URL"]
signer = Signer(os.environ["COUNTERSIGN_ACCESS_KEY"], os.environ["COUNTERSIGN_SECRET_KEY"])
headers = signer.sign(Request.for_url("GET", url))

try:
    answer = urllib.request.urlopen(urllib.request.Request(url, headers=headers))
except urllib.error.HTTPError as refusal:
    answer = refusal
print(answer.status, answer.read().decode())
sys.exit(0 if 200 <= answer.status < 300 else 1)
