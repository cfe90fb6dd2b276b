"""A clock that learns, and one that does not."""

from datetime import datetime, timezone
from email.utils import format_datetime

import pytest

from countersign.clock import Clock, basic, parse_basic

SYSTEM = 1_700_000_000.0


def date(offset: float) -> str:
    return format_datetime(datetime.fromtimestamp(SYSTEM + offset, timezone.utc), usegmt=True)


def clock(correct: bool = True) -> Clock:
    return Clock(correct, lambda: SYSTEM)


@pytest.mark.parametrize("offset", [-86_400, -901, 901, 3600])
def test_a_refusal_from_another_time_corrects_the_clock_once(offset):
    own = clock()
    assert own.learn(401, date(offset))
    assert own.now().timestamp() == SYSTEM + offset
    assert not own.learn(401, date(offset))


@pytest.mark.parametrize("offset", [-900, 0, 900])
def test_a_refusal_within_fifteen_minutes_has_other_reasons(offset):
    assert not clock().learn(401, date(offset))


@pytest.mark.parametrize("status", [200, 400, 403, 500])
def test_other_answers_teach_nothing(status):
    assert not clock().learn(status, date(3600))


def test_a_clock_that_was_not_asked_to_stays_as_it_is():
    assert not clock(correct=False).learn(401, date(3600))


@pytest.mark.parametrize(
    "text", [None, "", "yesterday", "Tue, 99 Foo 2023 22:13:20 GMT", "Tue, 14 Nov 2023 22:13:20 -0000"]
)
def test_what_is_no_date_teaches_nothing(text):
    assert not clock().learn(401, text)


@pytest.mark.parametrize("instant", [0, 951_782_400, 1_709_210_096, 4_102_444_799, 253_402_300_799])
def test_dates_are_written_as_they_are_read(instant):
    assert parse_basic(basic(instant)) == instant


@pytest.mark.parametrize("text", ["19691231T235959Z", "20230229T000000Z", "20230101T240000Z", "２０230101T000000Z"])
def test_what_names_no_instant_is_no_date(text):
    assert parse_basic(text) is None
