"""Knowing that the gateway has seen everything up to now, by watching something it says change."""

import itertools

from .gateway import Gateway
from .management import Management, mock_api
from .waiting import eventually

# What the product promises for every change of the configuration.
WITHIN_SECONDS = 1.0


class Beacon:
    """An API whose answer is a number. Changes act in the order they were made: who reads the new number can rely
    on everything that was changed before."""

    def __init__(self, management: Management, gateway: Gateway):
        self._management, self._gateway = management, gateway
        self._group = management.group()
        self._host = gateway.host(self._group.sl_domain)
        self._api = management.api(self._definition("0"))
        self._numbers = itertools.count(1)

    def settle(self):
        """Returns when all changes made so far act; fails when that takes longer than the product promises."""
        number = str(next(self._numbers))
        self._management.update_api(self._api.id, self._definition(number, name=self._api.name))
        self._management.publish(self._api.id)
        eventually(lambda: self._says() == number, WITHIN_SECONDS, "the gateway shows the last change")

    def _says(self) -> str:
        return self._gateway.plain(self._host, "/beacon").body.decode()

    def _definition(self, number: str, **fields):
        return mock_api(self._group.id, "/beacon", number, **fields)
