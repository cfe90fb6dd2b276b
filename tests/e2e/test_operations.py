"""Every operation of the management API that is listed as built, through the unmodified SDK."""

import importlib
import pkgutil
from dataclasses import dataclass

import pytest

import operations
from harness.gateway import Gateway
from harness.identity import Identity
from harness.management import Management
from harness.nginx import Nginx
from operations.driver import Driver, read_built

AREAS = sorted({module.name for module in pkgutil.iter_modules(operations.__path__)} - {"driver"})


@dataclass(frozen=True)
class World:
    """What areas need beside the operations that they drive."""

    management: Management
    identity: Identity
    gateway: Gateway
    nginx: Nginx


class Areas:
    """Drives each area once, whoever asks first."""

    def __init__(self, world: World):
        self.world, self.driver, self.driven = world, Driver(world.management), set()

    def drive(self, area: str):
        if area not in self.driven:
            importlib.import_module(f"operations.{area}").drive(self.driver, self.world)
            self.driven.add(area)


@pytest.fixture(scope="module")
def areas(management, identity, gateway, nginx):
    return Areas(World(management, identity, gateway, nginx))


@pytest.mark.parametrize("area", AREAS)
def test_an_area_answers_the_sdk_as_the_contract_says(areas, area):
    areas.drive(area)


def test_every_operation_listed_as_built_is_called(areas):
    for area in AREAS:
        areas.drive(area)
    called, built = set(areas.driver.called), read_built()
    print(f"{len(called)} operations in {areas.driver.called.total()} calls; listed as built: {len(built)}")
    assert called == built
