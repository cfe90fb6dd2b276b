"""Sends one job through the adapter of `aiohttp`."""

import asyncio

import aiohttp

from countersign.aiohttp import Middleware
from job import Job, tell


async def main() -> None:
    job = Job()
    async with aiohttp.ClientSession(middlewares=[Middleware(**job.auth)]) as session:
        async with session.request(job.method, job.url, headers=job.headers, data=job.body) as answer:
            tell(answer.status, await answer.read())


asyncio.run(main())
