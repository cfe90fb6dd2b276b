"""Sends one job through the adapter of `httpx`, with its asynchronous client."""

import asyncio

import httpx

from countersign.httpx import Auth
from job import Job, tell


async def main() -> None:
    job = Job()
    async with httpx.AsyncClient(auth=Auth(**job.auth)) as client:
        answer = await client.request(job.method, job.url, headers=job.headers, content=job.body)
    tell(answer.status_code, answer.content)


asyncio.run(main())
