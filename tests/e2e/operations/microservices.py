"""Microservices, and the load balance channels that importing them makes."""

from huaweicloudsdkapig.v2 import model as m

from harness.management import fresh

from .driver import Driver, require_kept

MISSING = "0" * 32


def drive(driver: Driver, world):
    workload = import_workload(driver)
    service = import_service(driver, world)
    refused(driver, world)
    channels = {workload.vpc_channel_id, service.vpc_channel_id}
    listed = {one.id: one for one in driver.pages("ListVpcChannelsV2", "vpc_channels", limit=1)}
    assert channels <= set(listed)
    assert [one.id for one in driver.call("ListVpcChannelsV2", id=workload.vpc_channel_id).vpc_channels] == [
        workload.vpc_channel_id
    ]
    for imported in (workload, service):
        remove(driver, imported)


def a_workload(**fields) -> m.MicroServiceInfoCCECreate:
    smallest = {"cluster_id": "cluster", "namespace": "default", "workload_type": "deployment", "port": 8080}
    return m.MicroServiceInfoCCECreate(**{**smallest, "app_name": "shop", **fields})


def an_import(**fields) -> m.MicroserviceImportReq:
    """A workload with one API into a new group, with these members."""
    smallest = {
        "group_info": m.MicroserviceGroup(group_name=fresh("cluster")),
        "service_type": "CCE",
        "cce_info": a_workload(),
        "apis": [m.MicroserviceApiCreate(req_uri="/orders")],
    }
    return m.MicroserviceImportReq(**{**smallest, **fields})


def import_workload(driver: Driver):
    apis = [
        m.MicroserviceApiCreate(name="named", req_method="GET", req_uri="/named", match_mode="NORMAL"),
        m.MicroserviceApiCreate(req_method="POST", req_uri="/orders"),
        m.MicroserviceApiCreate(req_uri="/"),
    ]
    wanted = an_import(
        cce_info=a_workload(label_key="tier", label_value="front", workload_type="statefulset"),
        protocol="HTTP",
        backend_timeout=1234,
        auth_type="IAM",
        cors=True,
        apis=apis,
    )
    imported = driver.call("ImportMicroservice", body=wanted)
    told = [(api.name, api.req_method, api.req_uri, api.match_mode) for api in imported.apis]
    assert told == [
        ("named", "GET", "/named", "NORMAL"),
        ("post_orders", "POST", "/orders", "SWA"),
        ("any", "ANY", "/", "SWA"),
    ]
    channel = driver.call("ShowDetailsOfVpcChannelV2", vpc_channel_id=imported.vpc_channel_id)
    require_kept(wanted.cce_info, channel.microservice_info.cce_info, but=("port",))
    assert (channel.port, channel.vpc_channel_type, channel.members) == (8080, "microservice", [])
    shown = driver.call("ShowDetailsOfApiV2", api_id=imported.apis[1].id)
    backend = shown.backend_api
    assert (shown.group_id, shown.auth_type, shown.cors) == (imported.api_group_id, "IAM", True)
    assert (backend.req_protocol, backend.req_uri, backend.timeout) == ("HTTP", "/orders", 1234)
    assert backend.vpc_channel_info.vpc_channel_id == imported.vpc_channel_id
    return imported


def import_service(driver: Driver, world):
    service = m.MicroServiceInfoCSECreate(engine_id="engine", service_id="service", version="1.0.0")
    into = m.MicroserviceGroup(group_id=world.management.group().id)
    wanted = an_import(group_info=into, service_type="CSE", cce_info=None, cse_info=service)
    imported = driver.call("ImportMicroservice", body=wanted)
    assert imported.api_group_id == into.group_id
    channel = driver.call("ShowDetailsOfVpcChannelV2", vpc_channel_id=imported.vpc_channel_id)
    require_kept(service, channel.microservice_info.cse_info)
    shown = driver.call("ShowDetailsOfApiV2", api_id=imported.apis[0].id)
    assert (shown.auth_type, shown.backend_api.req_protocol, shown.backend_api.timeout) == ("NONE", "HTTPS", 5000)
    return imported


def refused(driver: Driver, world):
    """Nothing of a refused import stays."""
    group = world.management.group()
    into = m.MicroserviceGroup(group_id=group.id)
    twice = [m.MicroserviceApiCreate(req_uri="/first"), m.MicroserviceApiCreate(name="other", req_uri="/first")]
    many = [m.MicroserviceApiCreate(req_uri=f"/{number}") for number in range(51)]
    before = driver.call("ListVpcChannelsV2").total
    for status, code, wrong in [
        (404, "APIG.3001", an_import(group_info=m.MicroserviceGroup(group_id=MISSING))),
        (400, "APIG.3201", an_import(group_info=m.MicroserviceGroup(group_name=group.name))),
        (400, "APIG.2001", an_import(group_info=m.MicroserviceGroup())),
        (400, "APIG.2011", an_import(service_type="NACOS")),
        (400, "APIG.2001", an_import(service_type="CSE")),
        (400, "APIG.2001", an_import(cce_info=a_workload(app_name=None))),
        (400, "APIG.2011", an_import(cce_info=a_workload(port=0))),
        (400, "APIG.2011", an_import(cce_info=a_workload(workload_type="job"))),
        (400, "APIG.2011", an_import(cce_info=a_workload(label_key="tier"))),
        (400, "APIG.2011", an_import(auth_type="AUTHORIZER")),
        (400, "APIG.2011", an_import(protocol="GRPC")),
        (400, "APIG.2011", an_import(backend_timeout=0)),
        (400, "APIG.2011", an_import(group_info=into, apis=[])),
        (400, "APIG.2011", an_import(group_info=into, apis=many)),
        (400, "APIG.3301", an_import(group_info=into, apis=twice)),
    ]:
        driver.refuse(status, code, "ImportMicroservice", body=wrong)
    assert driver.call("ListVpcChannelsV2").total == before
    assert driver.call("ListApisV2", group_id=group.id).total == 0


def remove(driver: Driver, imported):
    channel = imported.vpc_channel_id
    driver.refuse(403, "APIG.3414", "DeleteVpcChannelV2", vpc_channel_id=channel)
    for api in imported.apis:
        driver.call("DeleteApiV2", api_id=api.id)
    driver.call("DeleteVpcChannelV2", vpc_channel_id=channel)
    for operation in ("ShowDetailsOfVpcChannelV2", "DeleteVpcChannelV2"):
        driver.refuse(404, "APIG.3023", operation, vpc_channel_id=channel)
