"""Gateways, their features, quotas and tags."""

from huaweicloudsdkapig.v2 import model as m

from harness.management import fresh

from .driver import Driver, require_kept


def drive(driver: Driver, world):
    zones = driver.call("ListAvailableZonesV2").available_zones
    driven = create(driver, [zone.code for zone in zones])
    update(driver, driven)
    features(driver, driven)
    quotas(driver, driven)
    tags(driver, driven)
    driver.call("DeleteInstancesV2", instance_id=driven)
    driver.refuse(404, "APIC.7302", "ShowDetailsOfInstanceV2", instance_id=driven)


def create(driver: Driver, zones: list) -> str:
    wanted = m.InstanceCreateReq(
        instance_name=fresh("gateway"),
        description="first",
        spec_id="BASIC",
        vpc_id="vpc",
        subnet_id="subnet",
        security_group_id="security",
        maintain_begin="02:00:00",
        maintain_end="06:00:00",
        available_zone_ids=zones,
        enterprise_project_id="0",
        loadbalancer_provider="elb",
    )
    driven = driver.call("CreateInstanceV2", body=wanted).instance_id
    assert driver.call("ShowDetailsOfInstanceProgressV2", instance_id=driven).status == "success"
    shown = driver.call("ShowDetailsOfInstanceV2", instance_id=driven)
    require_kept(wanted, shown, but=("available_zone_ids", "spec_id"))
    assert (shown.spec, shown.status, shown.available_zone_ids) == ("BASIC", "Running", f"[{', '.join(zones)}]")
    listed = driver.pages("ListInstancesV2", "instances", instance_id=None)
    assert driven in [gateway.id for gateway in listed]
    driver.refuse(400, "APIC.7500", "CreateInstanceV2", body=wanted)
    driver.call("ShowRestrictionOfInstanceV2", instance_id=driven)
    return driven


def update(driver: Driver, driven: str):
    wanted = m.InstanceModReq(
        instance_name=fresh("gateway"), description="second", maintain_begin="06:00:00", maintain_end="10:00:00"
    )
    driver.call("UpdateInstanceV2", instance_id=driven, body=wanted)
    require_kept(wanted, driver.call("ShowDetailsOfInstanceV2", instance_id=driven))
    wrong = m.InstanceModReq(maintain_begin="06:00:00", maintain_end="14:00:00")
    driver.refuse(400, "APIC.7230", "UpdateInstanceV2", instance_id=driven, body=wrong)


def features(driver: Driver, driven: str):
    wanted = m.FeatureToggle(name="ratelimit", enable=True, config='{"api_limits": 500}')
    require_kept(wanted, driver.call("CreateFeatureV2", instance_id=driven, body=wanted))
    listed = driver.pages("ListFeaturesV2", "features", limit=20, instance_id=driven)
    require_kept(wanted, next(feature for feature in listed if feature.name == wanted.name))
    names = driver.pages("ListInstanceFeatures", "features", limit=20, instance_id=driven)
    assert {feature.name for feature in listed} == set(names)
    unknown = m.FeatureToggle(name="unknown", enable=True, config="")
    driver.refuse(400, "APIG.2000", "CreateFeatureV2", instance_id=driven, body=unknown)


def quotas(driver: Driver, driven: str):
    of_project = {config.config_name for config in driver.pages("ListInstanceConfigsV2", "configs")}
    assert "INSTANCE_NUM_LIMIT" in of_project
    of_gateway = driver.pages("ListProjectCofigsV2", "configs", instance_id=driven)
    environments = next(config for config in of_gateway if config.config_name == "ENVIRONMENT_NUM_LIMIT")
    assert (environments.config_value, environments.used) == ("10", 1)


def tags(driver: Driver, driven: str):
    tag = m.TmsKeyValue(key=fresh("key"), value="value")
    create = m.TmsUpdatePublicReq(action="create", tags=[tag])
    driver.call("BatchCreateOrDeleteInstanceTags", instance_id=driven, body=create)
    require_kept(tag, driver.call("ListInstanceTags", instance_id=driven).tags[0])
    wanted = m.TmsKeyValues(key=tag.key, values=[tag.value])
    assert wanted in driver.call("ListProjectInstanceTags").tags
    query = m.TmsQueryReq(tags=[wanted])
    assert driver.call("ShowInstancesNumByTags", body=query).total_count == 1
    found = driver.call("ListInstancesByTags", offset=0, limit=20, body=query)
    assert [resource.resource_id for resource in found.resources] == [driven]
    delete = m.TmsUpdatePublicReq(action="delete", tags=[tag])
    driver.call("BatchCreateOrDeleteInstanceTags", instance_id=driven, body=delete)
    assert driver.call("ListInstanceTags", instance_id=driven).tags == []
