"""API groups."""

from huaweicloudsdkapig.v2 import model as m

from harness.management import fresh

from .driver import Driver, require_kept


def drive(driver: Driver, world):
    first = m.ApiGroupCreate(name=fresh("group"), remark="first")
    driver.call("CheckApiGroupsV2", body=m.ApiGroupCheck(group_name=first.name))
    created = driver.call("CreateApiGroupV2", body=first)
    require_kept(first, created)
    driver.refuse(400, "APIG.3201", "CreateApiGroupV2", body=first)
    driver.refuse(400, "APIG.3201", "CheckApiGroupsV2", body=m.ApiGroupCheck(group_name=first.name))
    second = m.ApiGroupBase(name=fresh("group"), remark="second")
    require_kept(second, driver.call("UpdateApiGroupV2", group_id=created.id, body=second))
    shown = driver.call("ShowDetailsOfApiGroupV2", group_id=created.id)
    require_kept(second, shown)
    switch_subdomain(driver, shown)
    listed = {group.id: group for group in driver.pages("ListApiGroupsV2", "groups")}
    require_kept(second, listed[created.id])
    assert [group.id for group in driver.call("ListApiGroupsV2", name=second.name).groups] == [created.id]
    api = world.management.api(mock(created.id))
    driver.refuse(403, "APIG.3415", "DeleteApiGroupV2", group_id=created.id)
    driver.call("DeleteApiV2", api_id=api.id)
    driver.call("DeleteApiGroupV2", group_id=created.id)
    driver.refuse(404, "APIG.3001", "ShowDetailsOfApiGroupV2", group_id=created.id)


def switch_subdomain(driver: Driver, group):
    assert group.sl_domain_access_enabled is True
    for enabled in (False, True):
        body = m.SlDomainAccessSetting(sl_domain_access_enabled=enabled)
        driver.call("UpdateSlDomainSettingV2", group_id=group.id, body=body)
        shown = driver.call("ShowDetailsOfApiGroupV2", group_id=group.id)
        assert shown.sl_domain_access_enabled is enabled


def mock(group: str) -> m.ApiCreate:
    """The smallest API."""
    return m.ApiCreate(
        name=fresh("api"),
        type=1,
        req_protocol="BOTH",
        req_method="GET",
        req_uri="/",
        auth_type="NONE",
        backend_type="MOCK",
        group_id=group,
        mock_info=m.ApiMockCreate(result_content="mock"),
    )
