"""What there is: versions, catalog, and the collections with everything that is done to their members."""

from .case import Case

CALLERS = {
    "an administrator": "admin",
    "a user without rights": "plain",
    "a token without scope": "unscoped",
    "no token": None,
    "a revoked token": "revoked",
    "garbage as token": "garbage",
}
OF_THE_CALLER = ["GET /v3/auth/projects", "GET /v3/auth/domains", "GET /v3/auth/catalog"]
# Collection, and the name of one of its members.
COLLECTIONS = {
    "projects": "project",
    "users": "plain",
    "groups": "group",
    "domains": "domain",
    "roles": "role",
    "services": "service",
    "endpoints": "endpoint",
    "regions": "region",
}
OF_A_USER = ["GET /v3/users/{plain}/projects", "GET /v3/users/{plain}/groups"]
MEMBERS = "/v3/groups/{group}/users"
MEMBERSHIP = "/v3/groups/{changed_group}/users/{changed}"
GRANTS = {
    "a user in a project": "/v3/projects/{project}/users/{changed}/roles",
    "a user in the domain": "/v3/domains/{domain}/users/{changed}/roles",
    "a group in a project": "/v3/projects/{project}/groups/{changed_group}/roles",
    "a group in the domain": "/v3/domains/{domain}/groups/{changed_group}/roles",
    "a group in all projects": "/v3/OS-INHERIT/domains/{domain}/groups/{changed_group}/roles",
}


def by_all(request: str) -> list[Case]:
    return [Case(f"by {who}", request, by=token) for who, token in CALLERS.items()]


VERSIONS = [
    Case("by anybody", "GET /", by=None),
    Case("by anybody", "GET /v3", by=None),
    Case("with a slash at the end", "GET /v3/", by=None),
    Case("with garbage as token", "GET /v3", by="garbage"),
    Case("an unknown path", "GET /v3/nothing-here"),
    Case("an unknown path without a token", "GET /v3/nothing-here", by=None),
    Case("an unknown path by garbage", "GET /v3/nothing-here", by="garbage"),
    Case("another method", "DELETE /v3/users"),
    Case("another method without a token", "DELETE /v3/users", by=None),
]
READS = [
    *(case for request in OF_THE_CALLER for case in by_all(request)),
    *(case for name in COLLECTIONS for case in by_all(f"GET /v3/{name}")),
    *(case for name, one in COLLECTIONS.items() for case in by_all(f"GET /v3/{name}/{{{one}}}")),
    *(Case("an unknown id", f"GET /v3/{name}/{{unknown}}") for name in COLLECTIONS),
    *(Case("an unknown id by a user", f"GET /v3/{name}/{{unknown}}", by="plain") for name in COLLECTIONS),
    *(case for request in OF_A_USER for case in by_all(request)),
    *(Case("of an unknown user", f"GET /v3/users/{{unknown}}/{name}") for name in ("projects", "groups")),
    Case("another user by a user", "GET /v3/users/{idle}", by="plain"),
    Case("of another user by a user", "GET /v3/users/{idle}/projects", by="plain"),
    *by_all("GET /v3/role_assignments"),
    Case("of a user", "GET /v3/role_assignments?user.id={plain}"),
    Case("of a group", "GET /v3/role_assignments?group.id={group}"),
    Case("in a project", "GET /v3/role_assignments?scope.project.id={project}"),
    Case("with names", "GET /v3/role_assignments?include_names=true&user.id={plain}"),
    Case("effective", "GET /v3/role_assignments?effective&user.id={plain}"),
]
FILTERS = [
    Case("by name", "GET /v3/users?name=plain"),
    Case("by a name that none has", "GET /v3/users?name=none"),
    Case("enabled ones", "GET /v3/users?enabled=true"),
    Case("by name", "GET /v3/projects?name={project_name}"),
    Case("of the domain", "GET /v3/projects?domain_id={domain}"),
    Case("by name", "GET /v3/groups?name=group"),
    Case("by name", "GET /v3/roles?name=member"),
    Case("by type", "GET /v3/services?type=identity"),
    Case("by interface", "GET /v3/endpoints?interface=public"),
    Case("of a service", "GET /v3/endpoints?service_id={service}"),
    Case("by name", "GET /v3/domains?name={domain_name}"),
]


def bad_bodies(request: str, kind: str, **members) -> list[Case]:
    return [
        Case("an empty object", request, body={}),
        Case("a list as body", request, body=[]),
        Case("a list as member", request, body={kind: []}),
        Case("not JSON", request, body=b"{"),
        Case("an empty body", request, body=b""),
        Case("a number as name", request, body={kind: members | {"name": 7}}),
        Case("an empty name", request, body={kind: members | {"name": ""}}),
        Case("a name of 300 letters", request, body={kind: members | {"name": "n" * 300}}),
    ]


def writes(kind: str, taken: str, extra: dict) -> list[Case]:
    """Creating, changing and deleting; `taken` is a name that another one has."""
    create, change = f"POST /v3/{kind}s", f"PATCH /v3/{kind}s/{{changed_{kind}}}"
    delete = f"DELETE /v3/{kind}s/{{doomed_{kind}}}"
    fresh = {kind: {"name": "{fresh}"} | extra}
    return [
        Case("with all members", create, body={kind: {"name": "{fresh}", "description": "text"} | extra}),
        Case("with a name alone", create, body={kind: {"name": "{fresh}"}}),
        Case("with an extra member", create, body={kind: {"name": "{fresh}", "color": "red"} | extra}),
        Case("a name that is taken", create, body={kind: {"name": taken} | extra}),
        Case("without a name", create, body={kind: extra}),
        Case("in an unknown domain", create, body={kind: {"name": "{fresh}", "domain_id": "{unknown}"}}),
        Case("by a user", create, by="plain", body=fresh),
        Case("without a token", create, by=None, body=fresh),
        Case("by a revoked token", create, by="revoked", body=fresh),
        *bad_bodies(create, kind, **extra),
        Case("description", change, body={kind: {"description": "new"}}),
        Case("name", change, body={kind: {"name": f"changed_{kind}_renamed"}}),
        Case("name to one that is taken", change, body={kind: {"name": taken}}),
        Case("domain", change, body={kind: {"domain_id": "{unknown}"}}),
        Case("nothing", change, body={kind: {}}),
        *bad_bodies(change, kind),
        Case("by a user", change, by="plain", body={kind: {"description": "new"}}),
        Case("without a token", change, by=None, body={kind: {"description": "new"}}),
        Case("an unknown id", f"PATCH /v3/{kind}s/{{unknown}}", body={kind: {"description": "new"}}),
        Case("by a user", delete, by="plain"),
        Case("without a token", delete, by=None),
        Case("by an administrator", delete),
        Case("again", delete),
        Case("an unknown id", f"DELETE /v3/{kind}s/{{unknown}}"),
    ]


WRITES = [
    *writes("project", "{project_name}", {"enabled": True, "domain_id": "{domain}"}),
    *writes("user", "plain", {"password": "{password}", "enabled": True, "domain_id": "{domain}"}),
    *writes("group", "group", {"domain_id": "{domain}"}),
    Case("text as enabled", "PATCH /v3/users/{changed_user}", body={"user": {"enabled": "perhaps"}}),
    Case("a number as password", "PATCH /v3/users/{changed_user}", body={"user": {"password": 7}}),
    Case("password", "PATCH /v3/users/{changed_user}", body={"user": {"password": "Another-Pa55word"}}),
    Case("disabled", "PATCH /v3/users/{changed_user}", body={"user": {"enabled": False}}),
]


def new_password(name: str, whose: str, by: str | None, original: object, password: object) -> Case:
    user = {"original_password": original, "password": password}
    return Case(name, f"POST /v3/users/{{{whose}}}/password", by=by, body={"user": user})


PASSWORDS = [
    new_password("a wrong old one", "own_password", "own_password", "wrong", "New-Pa55word"),
    new_password("a number", "own_password", "own_password", "{password}", 7),
    new_password("without a token", "own_password", None, "wrong", "New-Pa55word"),
    new_password("another user's", "idle", "plain", "wrong", "New-Pa55word"),
    new_password("an unknown user's", "unknown", "plain", "{password}", "New-Pa55word"),
    Case("no new one", "POST /v3/users/{own_password}/password", by="own_password", body={"user": {}}),
    new_password("one's own", "own_password", "own_password", "{password}", "New-Pa55word"),
    Case("by the token from before a new password", "GET /v3/auth/projects", by="own_password"),
]
MEMBERSHIPS = [
    *by_all(f"GET {MEMBERS}"),
    Case("of an unknown group", "GET /v3/groups/{unknown}/users"),
    Case("a member", f"HEAD {MEMBERS}/{{plain}}"),
    Case("nobody's", f"HEAD {MEMBERS}/{{idle}}"),
    Case("an unknown user", f"HEAD {MEMBERS}/{{unknown}}"),
    Case("by a user", f"PUT {MEMBERSHIP}", by="plain"),
    Case("without a token", f"PUT {MEMBERSHIP}", by=None),
    Case("by an administrator", f"PUT {MEMBERSHIP}"),
    Case("again", f"PUT {MEMBERSHIP}"),
    Case("an unknown user", f"PUT {MEMBERS}/{{unknown}}"),
    Case("in an unknown group", "PUT /v3/groups/{unknown}/users/{plain}"),
    Case("by a user", f"DELETE {MEMBERSHIP}", by="plain"),
    Case("by an administrator", f"DELETE {MEMBERSHIP}"),
    Case("again", f"DELETE {MEMBERSHIP}"),
]


def grants(who: str, path: str) -> list[Case]:
    end = "/inherited_to_projects" if "OS-INHERIT" in path else ""
    one = f"{path}/{{role}}{end}"
    return [
        Case(f"{who}, before it is given", f"HEAD {one}"),
        Case(f"{who}, by a user", f"PUT {one}", by="plain"),
        Case(f"{who}, without a token", f"PUT {one}", by=None),
        Case(who, f"PUT {one}"),
        Case(f"{who}, again", f"PUT {one}"),
        Case(who, f"HEAD {one}"),
        Case(who, f"GET {path}{end}"),
        Case(f"{who}, by a user", f"GET {path}{end}", by="plain"),
        Case(f"{who}, an unknown role", f"PUT {path}/{{unknown}}{end}"),
        Case(who, f"DELETE {one}"),
        Case(f"{who}, again", f"DELETE {one}"),
    ]


GIVEN = [
    *(case for who, path in GRANTS.items() for case in grants(who, path)),
    Case("in an unknown project", "PUT /v3/projects/{unknown}/users/{changed}/roles/{role}"),
    Case("to an unknown user", "PUT /v3/projects/{project}/users/{unknown}/roles/{role}"),
    Case("to an unknown group", "PUT /v3/projects/{project}/groups/{unknown}/roles/{role}"),
]
CASES = [*VERSIONS, *READS, *FILTERS, *MEMBERSHIPS, *GIVEN, *WRITES, *PASSWORDS]
