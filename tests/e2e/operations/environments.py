"""Environments and their variables."""

from huaweicloudsdkapig.v2 import model as m

from harness.management import RELEASE, fresh

from .driver import Driver, require_kept

UNKNOWN = "0" * 32


def drive(driver: Driver, world):
    environments(driver)
    variables(driver, world.management.group().id)


def environments(driver: Driver):
    first = m.EnvCreate(name=fresh("stage"), remark="first")
    created = driver.call("CreateEnvironmentV2", body=first)
    require_kept(first, created)
    driver.refuse(400, "APIG.3205", "CreateEnvironmentV2", body=first)
    driver.refuse(400, "APIG.2012", "CreateEnvironmentV2", body=m.EnvCreate(name="1"))
    second = m.EnvCreate(name=fresh("stage"), remark="second")
    require_kept(second, driver.call("UpdateEnvironmentV2", env_id=created.id, body=second))
    driver.refuse(404, "APIG.3003", "UpdateEnvironmentV2", env_id=UNKNOWN, body=second)
    listed = {env.id: env for env in driver.pages("ListEnvironmentsV2", "envs")}
    assert listed[RELEASE].name == "RELEASE"
    require_kept(second, listed[created.id])
    assert [env.id for env in driver.call("ListEnvironmentsV2", name=second.name).envs] == [created.id]
    driver.refuse(403, "APIG.1103", "DeleteEnvironmentV2", env_id=RELEASE)
    driver.call("DeleteEnvironmentV2", env_id=created.id)
    driver.refuse(404, "APIG.3003", "DeleteEnvironmentV2", env_id=created.id)


def variables(driver: Driver, group: str):
    wanted = [m.EnvVariableCreate(f"value{number}", RELEASE, group, f"name{number}") for number in range(3)]
    created = [driver.call("CreateEnvironmentVariableV2", body=body) for body in wanted]
    driver.refuse(400, "APIG.3303", "CreateEnvironmentVariableV2", body=wanted[0])
    for body, variable in zip(wanted, created, strict=True):
        require_kept(body, variable)
        require_kept(body, driver.call("ShowDetailsOfEnvironmentVariableV2", env_variable_id=variable.id))
    listed = driver.pages("ListEnvironmentVariablesV2", "variables", group_id=group)
    assert [variable.id for variable in listed] == [variable.id for variable in created]
    value = m.EnvVariableBase(variable_value="other")
    changed = driver.call("UpdateEnvironmentVariableV2", env_variable_id=created[0].id, body=value)
    assert changed.variable_value == "other"
    driver.call("DeleteEnvironmentVariableV2", env_variable_id=created[0].id)
    driver.refuse(404, "APIG.3011", "ShowDetailsOfEnvironmentVariableV2", env_variable_id=created[0].id)
