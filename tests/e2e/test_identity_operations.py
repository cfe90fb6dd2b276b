"""Every operation of the identity API that is listed as built answers the official SDK as the contract says."""

import re
from dataclasses import dataclass

import pytest
from huaweicloudsdkcore.sdk_response import SdkResponse
from huaweicloudsdkiam.v3 import IamClient
from huaweicloudsdkiam.v3 import model as m

from harness.huaweicloud import for_account, iam
from harness.identity import PASSWORD, Identity
from harness.management import fresh
from harness.places import ROOT
from harness.provider import PROTOCOL, Provider

# Operations at one address with several methods of the SDK, of its STS client, by a person of an identity provider, or
# that users call for themselves; they have tests of their own in test_huaweicloudsdkiam.py, test_huaweicloudsdkcore.py,
# test_federation.py and test_denials.py.
ELSEWHERE = {
    "KeystoneCreateToken",
    "CreateTemporaryAccessKey",
    "AssumeAgency",
    "AssumeAgencyWithOIDC",
    "GetCallerIdentity",
    "DecodeAuthorizationMessage",
    "KeystoneUpdateUserPassword",
    "CreateCustomPolicy",
    "UpdateCustomPolicy",
    "CreateTokenWithIdToken",
    "CreateUnscopedTokenWithIdToken",
}

# What is created comes first; of what is deleted, what lies deepest.
ORDER = ["POST", "PUT", "PATCH", "HEAD", "GET", "DELETE"]


@dataclass(frozen=True)
class Operation:
    """A line of the contract's table."""

    name: str
    method: str
    path: str
    success: int

    @property
    def call(self) -> str:
        """The SDK's method."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", self.name).lower()


def read_built() -> list:
    """The operations of the SDK that are listed as built, in an order in which they succeed."""
    page = (ROOT / "docs" / "compatibility-identity.md").read_text()
    built = set(re.findall(r"^\| (\w+) \|.*\| built \|$", page, re.MULTILINE))
    table = (ROOT / "spec" / "operations" / "iam-v3.tsv").read_text().splitlines()
    rows = [line.split("\t") for line in table if not line.startswith("#")]
    operations = [Operation(row[0], row[1], row[2], int(row[3])) for row in rows if row[4] == "sdk" and row[0] in built]
    return sorted(operations, key=lambda operation: (ORDER.index(operation.method), -operation.path.count("/")))


class Place:
    """What the operations act on: one thing of each kind, of which nothing else depends."""

    def __init__(self, identity: Identity, admin: IamClient):
        self.admin = admin
        person, provider = identity.user("member"), Provider(identity)
        group = {"group": {"name": fresh("group"), "domain_id": identity.domain_id}}
        service = admin.keystone_list_services(m.KeystoneListServicesRequest(type="identity")).services[0].id
        endpoints = admin.keystone_list_endpoints(m.KeystoneListEndpointsRequest(service_id=service)).endpoints
        part = {"name": fresh(f"{identity.region}_part"), "parent_id": identity.project_id}
        self.values = {
            "user_id": person.id,
            "group_id": identity.call("POST", "/v3/groups", group)["group"]["id"],
            "agency_id": identity.agency().id,
            "role_id": identity.role("readonly"),
            "domain_id": identity.domain_id,
            "project_id": identity.call("POST", "/v3/projects", {"project": part})["project"]["id"],
            "region_id": identity.region,
            "service_id": service,
            "endpoint_id": endpoints[0].id,
            "access_key": identity.pair(person).access,
            "x_subject_token": identity.login(identity.admin_name, identity.admin_password),
            "id": provider.id,
            "idp_id": provider.id,
            "protocol_id": PROTOCOL,
        }
        self.others = others(identity, provider)
        self.bodies = {**bodies(identity, person.id), **federation_bodies(provider)}

    def call(self, operation: Operation) -> SdkResponse:
        kind = getattr(m, f"{operation.name}Request")
        # The id of the account also narrows lists, where it would ask for what the account has made itself.
        wanted = [*re.findall(r"{(\w+)}", operation.path), "x_subject_token"]
        values = {name: self.values[name] for name in wanted if name in kind.openapi_types}
        request = kind(**{**values, **self.others.get(operation.name, {})})
        if "body" in kind.openapi_types:
            request.body = self.bodies[operation.name]
        return getattr(self.admin, operation.call)(request)


def others(identity: Identity, provider: Provider) -> dict:
    """Parameters that are others or more: what is created must be new, mappings are `id`s, too, a query is needed."""
    bare = fresh("provider")
    identity.call("PUT", f"/v3/OS-FEDERATION/identity_providers/{bare}", {"identity_provider": {}})
    policy = {f"{verb}CustomPolicy": {"role_id": identity.policy("iam:users:listUsers")} for verb in ("Show", "Delete")}
    mapping = {f"Keystone{verb}Mapping": {"id": provider.mapping} for verb in ("Show", "Update", "Delete")}
    return {
        "ShowDomainRoleAssignments": {"domain_id": identity.domain_id},
        "KeystoneCreateIdentityProvider": {"id": fresh("provider")},
        "KeystoneCreateMapping": {"id": fresh("mapping")},
        "KeystoneCreateProtocol": {"idp_id": bare},
        "CreateOpenIdConnectConfig": {"idp_id": bare},
        **policy,
        **mapping,
    }


def bodies(identity: Identity, user_id: str) -> dict:
    """One good body an operation that takes one."""
    account = identity.domain_id
    part = {"name": fresh(f"{identity.region}_part"), "parent_id": identity.project_id}
    return {
        "CreateAgency": {"agency": {"name": fresh("agency"), "domain_id": account, "trust_domain_id": account}},
        "UpdateAgency": {"agency": {"description": "second", "duration": "ONEDAY"}},
        "KeystoneCreateGroup": {"group": {"name": fresh("group"), "domain_id": account, "description": "first"}},
        "KeystoneUpdateGroup": {"group": {"description": "second"}},
        "KeystoneCreateProject": {"project": part},
        "KeystoneUpdateProject": {"project": {"description": "second"}},
        "KeystoneCreateUser": {"user": {"name": fresh("user"), "domain_id": account, "password": PASSWORD}},
        "KeystoneUpdateUserByAdmin": {"user": {"description": "second", "pwd_status": False}},
        "UpdateProjectStatus": {"project": {"status": "suspended"}},
        "CreateUser": {"user": {"name": fresh("user"), "domain_id": account, "password": PASSWORD}},
        "UpdateUser": {"user": {"description": "second", "email": "second@example.com"}},
        "UpdateUserInformation": {"user": {"email": "third@example.com"}},
        "UpdateLoginProtect": {"login_protect": {"enabled": False, "verification_method": "none"}},
        "CreatePermanentAccessKey": {"credential": {"user_id": user_id, "description": "first"}},
        "UpdatePermanentAccessKey": {"credential": {"status": "inactive", "description": "second"}},
    }


def federation_bodies(provider: Provider) -> dict:
    """The same for identity providers."""
    local, remote = [{"user": {"name": "{0}"}}, {"group": {"name": "admin"}}], [{"type": "name"}]
    mapping = {"mapping": {"rules": [{"local": local, "remote": remote}]}}
    protocol = {"protocol": {"mapping_id": provider.mapping}}
    return {
        "KeystoneCreateIdentityProvider": {"identity_provider": {"description": "first", "enabled": True}},
        "KeystoneUpdateIdentityProvider": {"identity_provider": {"description": "second"}},
        "KeystoneCreateMapping": mapping,
        "KeystoneUpdateMapping": mapping,
        "KeystoneCreateProtocol": protocol,
        "KeystoneUpdateProtocol": protocol,
        "CreateOpenIdConnectConfig": {"openid_connect_config": provider.config},
        "UpdateOpenIdConnectConfig": {"openid_connect_config": {"client_id": "another"}},
    }


def outcome(place: Place, operation: Operation) -> str | None:
    """What is wrong with the answer."""
    try:
        answer = place.call(operation)
    except Exception as failure:
        return f"{type(failure).__name__}: {failure}"
    missing = [name for name in answer.openapi_types if name != "links" and getattr(answer, name) is None]
    if answer.status_code != operation.success:
        return f"status {answer.status_code}, not {operation.success}"
    return f"without {missing}" if missing else None


@pytest.fixture
def place(identity):
    return Place(identity, iam(identity, for_account(identity, identity.admin_pair)))


def test_every_operation_listed_as_built_answers_the_sdk(place):
    operations = [operation for operation in read_built() if operation.name not in ELSEWHERE]
    wrong = {operation.name: outcome(place, operation) for operation in operations}
    assert len(operations) > 60
    assert {name: what for name, what in wrong.items() if what is not None} == {}


def test_operations_tested_elsewhere_are_built():
    assert ELSEWHERE <= {operation.name for operation in read_built()}
