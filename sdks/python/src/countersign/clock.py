"""Signing times, and clocks that learn from answers."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache

#: How far a signing time may lie from the verifier's clock, inclusive (5.3).
SKEW_SECONDS_MAX = 900

_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z").fullmatch


def seconds(now: datetime | None) -> int:
    """Whole seconds since 1970; those of the system's clock unless a time is given. It must know its time zone."""
    if now is None:
        return int(time.time())
    if now.tzinfo is None:
        raise ValueError("the time has no time zone; use datetime.now(timezone.utc)")
    return int(now.timestamp())


@lru_cache(maxsize=16)
def basic(instant: int) -> str:
    """`yyyyMMdd'T'HHmmss'Z'` of seconds since 1970."""
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(instant))


def parse_basic(text: str) -> int | None:
    """Seconds since 1970, if the text is a real date of that form."""
    match = _DATE(text)
    if not match:
        return None
    try:
        year, month, day, hour, minute, second = map(int, match.groups())
        instant = int(datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc).timestamp())
    except ValueError:
        return None
    return instant if instant >= 0 else None


class Clock:
    """The system's clock, or another; on request it is corrected by what servers answer."""

    def __init__(self, correct: bool, system: Callable[[], float]):
        self._correct, self._system = correct, system
        self._offset_seconds = 0.0

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._system() + self._offset_seconds, timezone.utc)

    def learn(self, status: int, date: str | None) -> bool:
        """Whether an answer showed that this clock is wrong: a 401 whose `Date` is more than 15 minutes away. It is
        right from then on, and the request is worth another try."""
        if not self._correct or status != 401 or not date:
            return False
        try:
            server = parsedate_to_datetime(date)
        except (TypeError, ValueError):
            return False
        if server.tzinfo is None:
            return False
        if abs((server - self.now()).total_seconds()) <= SKEW_SECONDS_MAX:
            return False
        self._offset_seconds = server.timestamp() - self._system()
        return True
