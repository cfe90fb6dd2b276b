"""Custom authorizers."""

from huaweicloudsdkapig.v2 import model as m

from harness.functions import BACKSTOP, GUARD, UNKNOWN
from harness.management import fresh, mock_api

from .driver import Driver, require_kept

MISSING = "0" * 32


def drive(driver: Driver, world):
    created = create(driver)
    update(driver, created)
    lists(driver, created)
    in_use(driver, world, created)
    driver.call("DeleteCustomAuthorizerV2", authorizer_id=created)
    for operation in ("ShowDetailsOfCustomAuthorizersV2", "DeleteCustomAuthorizerV2"):
        driver.refuse(404, "APIG.3081", operation, authorizer_id=created)


def body(name: str | None = None, **fields) -> m.AuthorizerCreate:
    """The smallest authorizer, with these members."""
    smallest = {"name": name or fresh("guard"), "type": "FRONTEND", "authorizer_type": "FUNC", "authorizer_uri": GUARD}
    return m.AuthorizerCreate(**{**smallest, **fields})


def create(driver: Driver) -> str:
    wanted = body(
        network_type="V2",
        authorizer_version="v1",
        authorizer_alias_uri=f"{GUARD}:!live",
        identities=[
            m.Identity(name="X-Token", location="HEADER", validation="[a-z]+"),
            m.Identity(name="who", location="QUERY", validation="user[0-9]"),
        ],
        ttl=3600,
        user_data="first",
        need_body=True,
    )
    created = driver.call("CreateCustomAuthorizerV2", body=wanted)
    require_kept(wanted, created)
    require_kept(wanted, driver.call("ShowDetailsOfCustomAuthorizersV2", authorizer_id=created.id))
    driver.refuse(400, "APIG.3211", "CreateCustomAuthorizerV2", body=wanted)
    token = m.Identity(name="token", location="HEADER")
    for status, code, wrong in [
        (400, "APIG.2011", body("1")),
        (400, "APIG.2011", body(ttl=60)),
        (400, "APIG.2011", body(ttl=3601, identities=[token])),
        (400, "APIG.2000", body(identities=[m.Identity(name="token", location="HEADER", validation="(")])),
        (400, "APIG.3212", body(identities=[token, m.Identity(name="TOKEN", location="HEADER")])),
        (403, "APIG.3117", body(identities=[m.Identity(name=f"n{n}", location="QUERY") for n in range(11)])),
        (404, "APIG.3019", body(authorizer_uri=UNKNOWN)),
    ]:
        driver.refuse(status, code, "CreateCustomAuthorizerV2", body=wrong)
    return created.id


def update(driver: Driver, created: str):
    second = body(
        type="BACKEND", authorizer_uri=BACKSTOP, network_type="V1", user_data="second", need_body=False, ttl=60
    )
    require_kept(second, driver.call("UpdateCustomAuthorizerV2", authorizer_id=created, body=second))
    shown = driver.call("ShowDetailsOfCustomAuthorizersV2", authorizer_id=created)
    require_kept(second, shown)
    assert (shown.identities, shown.authorizer_version, shown.authorizer_alias_uri) == ([], "", "")
    driver.refuse(
        404, "APIG.3019", "UpdateCustomAuthorizerV2", authorizer_id=created, body=body(authorizer_uri=UNKNOWN)
    )
    driver.refuse(404, "APIG.3081", "UpdateCustomAuthorizerV2", authorizer_id=MISSING, body=body())
    third = body(shown.name)
    require_kept(third, driver.call("UpdateCustomAuthorizerV2", authorizer_id=created, body=third))


def lists(driver: Driver, created: str):
    others = [driver.call("CreateCustomAuthorizerV2", body=body(type="BACKEND")).id for _ in range(3)]
    listed = [one.id for one in driver.pages("ListCustomAuthorizersV2", "authorizer_list")]
    assert [one for one in listed if one in (created, *others)] == [created, *others]
    backends = driver.pages("ListCustomAuthorizersV2", "authorizer_list", type="BACKEND")
    assert {one.type for one in backends} == {"BACKEND"} and {*others} <= {one.id for one in backends}
    assert [one.id for one in driver.call("ListCustomAuthorizersV2", id=created).authorizer_list] == [created]
    for other in others:
        driver.call("DeleteCustomAuthorizerV2", authorizer_id=other)


def in_use(driver: Driver, world, created: str):
    group = world.management.group().id
    definition = mock_api(group, "/guarded", "hello", auth_type="AUTHORIZER", authorizer_id=created)
    api = driver.call("CreateApiV2", body=definition)
    assert api.authorizer_id == created
    driver.refuse(403, "COUNTERSIGN.0403", "DeleteCustomAuthorizerV2", authorizer_id=created)
    driver.refuse(400, "APIG.2000", "UpdateCustomAuthorizerV2", authorizer_id=created, body=body(type="BACKEND"))
    missing = mock_api(group, "/missing", "hello", auth_type="AUTHORIZER", authorizer_id=MISSING)
    driver.refuse(404, "APIG.3081", "CreateApiV2", body=missing)
    driver.call("DeleteApiV2", api_id=api.id)
