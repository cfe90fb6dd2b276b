"""Sends one job through the adapter of `httpx`."""

import httpx

from countersign.httpx import Auth
from job import Job, tell

job = Job()
answer = httpx.request(job.method, job.url, headers=job.headers, content=job.body, auth=Auth(**job.auth))
tell(answer.status_code, answer.content)
