"""Apps with their codes, keys and quotas, and what they are authorized for."""

from huaweicloudsdkapig.v2 import model as m

from harness.management import RELEASE, fresh, mock_api

from .driver import Driver, require_kept

UNKNOWN = "0" * 32


def drive(driver: Driver, world):
    apps(driver)
    app = driver.call("CreateAnAppV2", body=m.AppCreate(name=fresh("holder"))).id
    app_codes(driver, app)
    ai_api_keys(driver, app)
    app_quotas(driver)
    authorizations(driver, world)


def apps(driver: Driver):
    key, secret = fresh("own-key-of"), "0wn$ecret-1"
    first = m.AppCreate(fresh("app"), "first", key, secret, "domain", "project")
    created = driver.call("CreateAnAppV2", body=first)
    require_kept(first, created)
    driver.refuse(400, "APIG.3203", "CreateAnAppV2", body=first)
    driver.refuse(400, "APIG.3310", "CreateAnAppV2", body=m.AppCreate(name=fresh("app"), app_key=key))
    driver.refuse(400, "APIG.2011", "CreateAnAppV2", body=m.AppCreate(name="1"))
    require_kept(first, driver.call("ShowDetailsOfAppV2", app_id=created.id))
    second = m.AppCreate(fresh("app"), "second", key, secret, "other domain", "other project")
    require_kept(second, driver.call("UpdateAppV2", app_id=created.id, body=second))
    listed = {app.id: app for app in driver.pages("ListAppsV2", "apps")}
    require_kept(second, listed[created.id])
    assert [app.id for app in driver.call("ListAppsV2", app_key=key).apps] == [created.id]
    reset = driver.call("ResettingAppSecretV2", app_id=created.id, body=m.AppResetCreate("an0ther$ecret"))
    assert (reset.app_key, reset.app_secret) == (key, "an0ther$ecret")
    made_up = driver.call("ResettingAppSecretV2", app_id=created.id, body=m.AppResetCreate())
    assert len(made_up.app_secret) == 32
    driver.refuse(400, "APIG.2012", "ResettingAppSecretV2", app_id=created.id, body=m.AppResetCreate("short"))
    checked = driver.call("CheckAppV2", app_id=created.id)
    assert (checked.id, checked.name, checked.remark) == (created.id, second.name, "second")
    driver.call("DeleteAppV2", app_id=created.id)
    for operation in ("ShowDetailsOfAppV2", "CheckAppV2", "DeleteAppV2"):
        driver.refuse(404, "APIG.3004", operation, app_id=created.id)


def app_codes(driver: Driver, app: str):
    own = m.AppCodeCreate("+/" + "aA0_!@#$%-/=" * 6)
    created = driver.call("CreateAppCodeV2", app_id=app, body=own)
    require_kept(own, created)
    assert created.app_id == app
    driver.refuse(400, "APIG.2012", "CreateAppCodeV2", app_id=app, body=own)
    driver.refuse(400, "APIG.2012", "CreateAppCodeV2", app_id=app, body=m.AppCodeCreate("a" * 63))
    made_up = [driver.call("CreateAppCodeAutoV2", app_id=app) for _ in range(4)]
    assert all(len(code.app_code) == 64 for code in made_up)
    driver.refuse(403, "APIG.3100", "CreateAppCodeAutoV2", app_id=app)
    listed = driver.pages("ListAppCodesV2", "app_codes", app_id=app)
    assert [code.app_code for code in listed] == [code.app_code for code in (created, *made_up)]
    shown = driver.call("ShowDetailsOfAppCodeV2", app_id=app, app_code_id=created.id)
    require_kept(own, shown)
    driver.call("DeleteAppCodeV2", app_id=app, app_code_id=created.id)
    for operation in ("ShowDetailsOfAppCodeV2", "DeleteAppCodeV2"):
        driver.refuse(404, "APIG.3082", operation, app_id=app, app_code_id=created.id)
    driver.refuse(404, "APIG.3004", "CreateAppCodeAutoV2", app_id=UNKNOWN)


def ai_api_keys(driver: Driver, app: str):
    own = m.AiApiKeyCreate(ai_api_key="+-_/=abcABC012", alias="my-bot_1")
    created = driver.call("CreateAiApiKey", app_id=app, body=own)
    require_kept(own, created)
    driver.refuse(400, "APIG.2012", "CreateAiApiKey", app_id=app, body=own)
    driver.refuse(400, "APIG.2012", "CreateAiApiKey", app_id=app, body=m.AiApiKeyCreate(ai_api_key="short"))
    made_up = [driver.call("CreateAiApiKey", app_id=app, body=m.AiApiKeyCreate()) for _ in range(2)]
    listed = driver.pages("ListAiApiKeys", "ai_api_keys", app_id=app)
    assert [key.ai_api_key for key in listed] == [key.ai_api_key for key in (created, *made_up)]
    require_kept(own, driver.call("ShowDetailsOfAiApiKey", app_id=app, ai_api_key_id=created.id))
    driver.call("DeleteAiApiKey", app_id=app, ai_api_key_id=created.id)
    for operation in ("ShowDetailsOfAiApiKey", "DeleteAiApiKey"):
        driver.refuse(404, "APIG.3082", operation, app_id=app, ai_api_key_id=created.id)


def app_quotas(driver: Driver):
    first = m.AppQuotaCreate(fresh("quota"), 10, "MINUTE", 3, "2030-01-01T00:00:00Z", "first")
    created = driver.call("CreateAppQuota", body=first)
    require_kept(first, created)
    driver.refuse(400, "APIG.3325", "CreateAppQuota", body=first)
    driver.refuse(400, "APIG.2012", "CreateAppQuota", body=m.AppQuotaCreate(fresh("quota"), 0, "MINUTE", 3))
    driver.refuse(400, "APIG.2012", "CreateAppQuota", body=m.AppQuotaCreate(fresh("quota"), 1, "MINUTE", 2**31))
    second = m.AppQuotaCreate(fresh("quota"), 2**31 - 1, "DAY", 2**31 - 1, "", "second")
    quota = created.app_quota_id
    require_kept(second, driver.call("UpdateAppQuota", app_quota_id=quota, body=second))
    require_kept(second, driver.call("ShowAppQuota", app_quota_id=quota))
    others = [m.AppQuotaCreate(fresh("quota"), 1, "SECOND", 1) for _ in range(2)]
    other = [driver.call("CreateAppQuota", body=body).app_quota_id for body in others][0]
    listed = {quota.app_quota_id: quota for quota in driver.pages("ListAppQuotas", "quotas")}
    require_kept(second, listed[quota])
    assert [one.app_quota_id for one in driver.call("ListAppQuotas", name=second.name).quotas] == [quota]
    quota_bindings(driver, quota, other)
    driver.call("DeleteAppQuota", app_quota_id=quota)
    for operation in ("ShowAppQuota", "DeleteAppQuota"):
        driver.refuse(404, "APIG.3093", operation, app_quota_id=quota)


def quota_bindings(driver: Driver, quota: str, other: str):
    names = [fresh("limited") for _ in range(3)]
    apps = [driver.call("CreateAnAppV2", body=m.AppCreate(name=name)).id for name in names]
    bindable = {app.app_id for app in driver.pages("ListAppQuotaBindableApps", "apps", app_quota_id=quota)}
    assert set(apps) <= bindable
    body = m.CreateAppQuotaBindingApp(apps)
    applied = driver.call("AssociateAppsForAppQuota", app_quota_id=quota, body=body).applies
    assert [(one.app_quota_id, one.app_id) for one in applied] == [(quota, app) for app in apps]
    driver.refuse(400, "APIG.2012", "AssociateAppsForAppQuota", app_quota_id=other, body=body)
    unknown = m.CreateAppQuotaBindingApp([UNKNOWN])
    driver.refuse(404, "APIG.3004", "AssociateAppsForAppQuota", app_quota_id=other, body=unknown)
    driver.refuse(404, "APIG.3093", "AssociateAppsForAppQuota", app_quota_id=UNKNOWN, body=body)
    bound = driver.pages("ListAppQuotaBoundApps", "apps", app_quota_id=quota)
    assert [(app.app_id, app.app_quota_id) for app in bound] == [(app, quota) for app in apps]
    named = driver.call("ListAppQuotaBoundApps", app_quota_id=quota, app_name=names[0]).apps
    assert [app.app_id for app in named] == apps[:1]
    assert driver.call("ShowAppBoundAppQuota", app_id=apps[0]).app_quota_id == quota
    assert driver.call("ShowAppQuota", app_quota_id=quota).bound_app_num == 3
    driver.call("DisassociateAppQuotaWithApp", app_quota_id=quota, app_id=apps[0])
    driver.refuse(400, "APIG.2012", "DisassociateAppQuotaWithApp", app_quota_id=quota, app_id=apps[0])
    assert driver.call("ShowAppBoundAppQuota", app_id=apps[0]).app_quota_id == ""


def authorizations(driver: Driver, world):
    group = world.management.group()
    apis = [world.management.api(mock_api(group.id, f"/auth/{n}", "x", auth_type="APP")) for n in range(3)]
    app = driver.call("CreateAnAppV2", body=m.AppCreate(name=fresh("caller")))
    wanted = m.ApiAuthCreate(RELEASE, [app.id], [api.id for api in apis])
    auths = driver.call("CreateAuthorizingAppsV2", body=wanted).auths
    assert {auth.auth_result.status for auth in auths} == {"SUCCESS"}
    again = driver.call("CreateAuthorizingAppsV2", body=wanted).auths
    assert {auth.auth_result.status for auth in again} == {"SKIPPED"}
    unknown = m.ApiAuthCreate(RELEASE, [UNKNOWN], [apis[0].id])
    driver.refuse(404, "APIG.3004", "CreateAuthorizingAppsV2", body=unknown)
    driver.refuse(400, "APIG.2011", "CreateAuthorizingAppsV2", body=m.ApiAuthCreate(RELEASE, [app.id], []))
    of_app = driver.pages("ListApisBindedToAppV2", "auths", app_id=app.id)
    assert [auth.api_id for auth in of_app] == [api.id for api in apis]
    assert {(auth.app_name, auth.group_name) for auth in of_app} == {(app.name, group.name)}
    driver.refuse(404, "APIG.3004", "ListApisBindedToAppV2", app_id=UNKNOWN)
    of_api = driver.pages("ListAppsBindedToApiV2", "auths", api_id=apis[0].id)
    assert [auth.app_id for auth in of_api] == [app.id]
    driver.refuse(404, "APIG.3002", "ListAppsBindedToApiV2", api_id=UNKNOWN)
    driver.call("CancelingAuthorizationV2", app_auth_id=auths[0].id)
    driver.refuse(404, "APIG.3009", "CancelingAuthorizationV2", app_auth_id=auths[0].id)
    here = {"app_id": app.id, "env_id": RELEASE, "group_id": group.id}
    assert [api.id for api in driver.pages("ListApisUnbindedToAppV2", "apis", **here)] == [apis[0].id]
