"""Sends one job through the adapter of `requests`."""

import requests

from countersign.requests import Auth
from job import Job, tell

job = Job()
answer = requests.request(job.method, job.url, headers=job.headers, data=job.body, auth=Auth(**job.auth))
tell(answer.status_code, answer.content)
