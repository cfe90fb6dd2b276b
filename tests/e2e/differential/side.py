"""One of the two servers with a small world in it that is the same on both: people, groups, projects, tokens."""

import itertools
from dataclasses import dataclass

from .answer import Answer, answer_to
from .case import Case

PASSWORD = "Pa55word-of-tests"
# What the bootstrap of each side calls by a name of its own, found by its collection.
FOUND = {"service": "services?type=identity", "endpoint": "endpoints?interface=public", "region": "regions"}
USERS = ("plain", "idle", "careless", "disabled", "doomed_user", "changed", "changed_user", "own_password")
GROUPS = ("group", "doomed_group", "changed_group")
PROJECTS = ("other_project", "changed_project", "doomed_project")
UNKNOWN = "0123456789abcdef0123456789abcdef"


@dataclass(frozen=True)
class Origin:
    """What a server has before the first request."""

    url: str
    domain_name: str
    project_name: str
    admin: str
    password: str


class Side:
    """`names` maps the placeholders of the cases to ids, names and tokens of this server."""

    def __init__(self, origin: Origin):
        self._url = origin.url
        self._numbers = itertools.count(1)
        self.names = {
            "domain_name": origin.domain_name,
            "project_name": origin.project_name,
            "admin_name": origin.admin,
            "admin_password": origin.password,
            "password": PASSWORD,
            "unknown": UNKNOWN,
        }
        self._log_in_first()
        self._find()
        self._make()
        self._issue()

    def send(self, case: Case) -> Answer:
        method, path = case.request.split(" ", 1)
        headers = {"Content-Type": "application/json"} if case.body is not None else {}
        for header, token in (("X-Auth-Token", case.by), ("X-Subject-Token", case.about)):
            if token is not None:
                headers[header] = self.names[f"{token}_token"]
        body = case.body if isinstance(case.body, bytes) else self._fill(case.body)
        content = {"data": body} if isinstance(body, bytes) else {"json": body}
        return answer_to(method, self._url + self._fill(path), headers, **content)

    def _fill(self, value):
        """Replaces `{names}` in all text; `{fresh}` is a name that nothing has."""
        if isinstance(value, str):
            return value.format_map(self.names | {"fresh": f"fresh_{next(self._numbers)}"})
        if isinstance(value, dict):
            return {key: self._fill(member) for key, member in value.items()}
        if isinstance(value, list):
            return [self._fill(member) for member in value]
        return value

    def _do(self, request: str, body: object = None, **tokens: str | None) -> Answer:
        answer = self.send(Case("set-up", request, body=body, **tokens))
        assert answer.ok, f"{request}: {answer}"
        return answer

    def _log_in_first(self):
        user = {"name": "{admin_name}", "password": "{admin_password}", "domain": {"name": "{domain_name}"}}
        scope = {"project": {"name": "{project_name}", "domain": {"name": "{domain_name}"}}}
        token = self._log_in("admin", user, scope).json["token"]
        self.names |= {
            "domain": token["user"]["domain"]["id"],
            "project": token["project"]["id"],
            "admin": token["user"]["id"],
        }

    def _log_in(self, name: str, user: dict, scope: object = None) -> Answer:
        auth = {"identity": {"methods": ["password"], "password": {"user": user}}}
        body = {"auth": auth if scope is None else auth | {"scope": scope}}
        answer = self._do("POST /v3/auth/tokens", body, by=None)
        self.names[f"{name}_token"] = answer.headers["X-Subject-Token"]
        return answer

    def _find(self):
        for name, collection in FOUND.items():
            answer = self._do(f"GET /v3/{collection}").json
            self.names[name] = answer[f"{name}s"][0]["id"]
        for name in ("member", "admin"):
            roles = self._do(f"GET /v3/roles?name={name}").json["roles"]
            self.names["role" if name == "member" else "admin_role"] = roles[0]["id"]

    def _make(self):
        for kind, names in (("user", USERS), ("group", GROUPS), ("project", PROJECTS)):
            for name in names:
                thing = {"name": name, "domain_id": "{domain}", "description": "made by a test"}
                if kind == "user":
                    thing |= {"password": "{password}", "enabled": name != "disabled"}
                made = self._do(f"POST /v3/{kind}s", {kind: thing}).json
                self.names[name] = made[kind]["id"]
        self._do("PUT /v3/groups/{group}/users/{plain}")
        for user in ("plain", "own_password"):
            self._do(f"PUT /v3/projects/{{project}}/users/{{{user}}}/roles/{{role}}")
        self._do("PUT /v3/projects/{project}/groups/{group}/roles/{role}")
        self._do("PUT /v3/domains/{domain}/groups/{group}/roles/{role}")
        self._do("PUT /v3/OS-INHERIT/domains/{domain}/groups/{group}/roles/{role}/inherited_to_projects")

    def _issue(self):
        project, domain = {"project": {"id": "{project}"}}, {"domain": {"id": "{domain}"}}
        for name in ("plain", "own_password"):
            self._log_in(name, {"id": f"{{{name}}}", "password": "{password}"}, project)
        plain = {"id": "{plain}", "password": "{password}"}
        self._log_in("plain_in_domain", plain, domain)
        self._log_in("unscoped", plain)
        for name in ("revoked", "revocable", "another"):
            self._log_in(name, plain, project)
        for name in ("credential", "doomed_credential"):
            self._lend(name)
        self.names["garbage_token"] = "no-token-at-all"
        self._do("DELETE /v3/auth/tokens", about="revoked")

    def _lend(self, name: str):
        """An application credential of the plain user, and a token by it."""
        fields = {"name": name, "secret": "{password}"}
        path = "/v3/users/{plain}/application_credentials"
        made = self._do(f"POST {path}", {"application_credential": fields}, by="plain")
        self.names[name] = made.json["application_credential"]["id"]
        proof = {"id": f"{{{name}}}", "secret": "{password}"}
        identity = {"methods": ["application_credential"], "application_credential": proof}
        answer = self._do("POST /v3/auth/tokens", {"auth": {"identity": identity}}, by=None)
        self.names[f"{name}_token"] = answer.headers["X-Subject-Token"]
