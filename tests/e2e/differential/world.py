"""The small world that is made on both sides before the first case: users, groups, projects, roles, tokens."""

from dataclasses import dataclass

from .bodies import DOMAIN, PROJECT, application_credential, password
from .side import Side

PASSWORD = "Pa55word-of-tests"
UNKNOWN = "0123456789abcdef0123456789abcdef"
# What each side has from its start, under ids of its own.
FOUND = {
    "service": "services?type=identity",
    "endpoint": "endpoints?interface=public",
    "region": "regions",
    "role": "roles?name=member",
    "admin_role": "roles?name=admin",
}
MADE = {
    "user": ("plain", "idle", "careless", "disabled", "doomed_user", "changed", "changed_user", "own_password"),
    "group": ("group", "doomed_group", "changed_group"),
    "project": ("other_project", "changed_project", "doomed_project"),
}
GIVEN = (
    "projects/{project}/users/{plain}/roles/{role}",
    "projects/{project}/users/{own_password}/roles/{role}",
    "projects/{project}/groups/{group}/roles/{role}",
    "domains/{domain}/groups/{group}/roles/{role}",
    "OS-INHERIT/domains/{domain}/groups/{group}/roles/{role}/inherited_to_projects",
)
PLAIN = {"id": "{plain}", "password": "{password}"}
# Tokens by their names.
ISSUED = {
    "plain": password(PLAIN, PROJECT),
    "plain_in_domain": password(PLAIN, DOMAIN),
    "unscoped": password(PLAIN),
    "revoked": password(PLAIN, PROJECT),
    "revocable": password(PLAIN, PROJECT),
    "another": password(PLAIN, PROJECT),
    "own_password": password(PLAIN | {"id": "{own_password}"}, PROJECT),
}


@dataclass(frozen=True)
class Origin:
    """What a server has before the first request."""

    url: str
    domain_name: str
    project_name: str
    admin: str
    password: str


def world(origin: Origin) -> Side:
    side = Side(origin.url, names_of(origin))
    log_in_first(side)
    for name, query in FOUND.items():
        collection = query.split("?")[0]
        side.names[name] = side.do(f"GET /v3/{query}").json[collection][0]["id"]
    make(side)
    for name, body in ISSUED.items():
        issue(side, name, body)
    for name in ("credential", "doomed_credential"):
        lend(side, name)
    side.do("DELETE /v3/auth/tokens", about="revoked")
    return side


def names_of(origin: Origin) -> dict[str, str]:
    return {
        "domain_name": origin.domain_name,
        "project_name": origin.project_name,
        "admin_name": origin.admin,
        "admin_password": origin.password,
        "password": PASSWORD,
        "unknown": UNKNOWN,
        "garbage_token": "no-token-at-all",
    }


def log_in_first(side: Side):
    """The ids of the built-in things are those of the first token."""
    domain = {"domain": {"name": "{domain_name}"}}
    user = {"name": "{admin_name}", "password": "{admin_password}"} | domain
    token = issue(side, "admin", password(user, {"project": {"name": "{project_name}"} | domain}))
    side.names |= {"domain": token["user"]["domain"]["id"], "project": token["project"]["id"]}


def make(side: Side):
    for kind, names in MADE.items():
        for name in names:
            fields = {"name": name, "domain_id": "{domain}", "description": "made by a test"}
            if kind == "user":
                fields |= {"password": "{password}", "enabled": name != "disabled"}
            side.names[name] = side.do(f"POST /v3/{kind}s", {kind: fields}).json[kind]["id"]
    side.do("PUT /v3/groups/{group}/users/{plain}")
    for path in GIVEN:
        side.do(f"PUT /v3/{path}")


def issue(side: Side, name: str, body: dict) -> dict:
    answer = side.do("POST /v3/auth/tokens", body, by=None)
    side.names[f"{name}_token"] = answer.headers["X-Subject-Token"]
    return answer.json["token"]


def lend(side: Side, name: str):
    """An application credential of the plain user, and a token by it."""
    fields = {"name": name, "secret": "{password}"}
    made = side.do("POST /v3/users/{plain}/application_credentials", {"application_credential": fields}, by="plain")
    side.names[name] = made.json["application_credential"]["id"]
    issue(side, name, application_credential({"id": f"{{{name}}}", "secret": "{password}"}))
