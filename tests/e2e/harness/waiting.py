"""Waiting for a state that can be observed. There is no other kind of waiting here."""

import time

PAUSE_SECONDS = 0.01


def eventually(probe, within_seconds: float, what: str):
    """Returns the first true answer of `probe`; fails loudly when the deadline passes without one."""
    deadline = time.monotonic() + within_seconds
    while True:
        answer = probe()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within_seconds} s: {what}")
        time.sleep(PAUSE_SECONDS)
