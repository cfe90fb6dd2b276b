"""The identity API in the administrator's hands: arranges the users, rights and agencies that clients work with."""

from dataclasses import dataclass

import requests

from .management import fresh

PASSWORD = "Xk9#mQ2$vL7w"
CALL_SECONDS = 30


@dataclass(frozen=True)
class Person:
    """A user who can log in."""

    id: str
    name: str
    password: str = PASSWORD


@dataclass(frozen=True)
class Pair:
    """A permanent access key."""

    access: str
    secret: str


@dataclass(frozen=True)
class Agency:
    """An agency of the account that trusts the account itself, or another."""

    id: str
    name: str


class Identity:
    """One server's identity API and one account of it: the built-in one, of which its ready file tells, or another."""

    def __init__(self, ready: dict):
        self._ready = ready
        self.url = ready["api"]
        self.region = ready["region"]
        self.domain_id, self.domain_name = ready["domain_id"], ready["domain_name"]
        self.project_id, self.project_name = ready["project_id"], ready["project_name"]
        self.admin_name, self.admin_password = ready["user_name"], ready["password"]
        self.admin_pair = Pair(ready["access_key"], ready["secret_key"])
        self._token = self.login(self.admin_name, self.admin_password)
        self._roles = {role["name"]: role["id"] for role in self.call("GET", "/v3/roles")["roles"]}

    def login(self, name: str, password: str, scope: dict | str | None = None) -> str:
        """The token that a user gets by its password; of the account, unless another scope is named."""
        user = {"name": name, "password": password, "domain": {"id": self.domain_id}}
        identity = {"methods": ["password"], "password": {"user": user}}
        scope = {"domain": {"id": self.domain_id}} if scope is None else scope
        body = {"auth": {"identity": identity, "scope": scope}}
        answer = requests.post(f"{self.url}/v3/auth/tokens", json=body, timeout=CALL_SECONDS)
        assert answer.status_code == 201, answer.text
        return answer.headers["X-Subject-Token"]

    def call(self, method: str, path: str, body: dict | None = None, token: str | None = None) -> dict | None:
        """What the bearer of the token is answered, or else the administrator; the request must succeed."""
        headers = {"X-Auth-Token": token or self._token}
        answer = requests.request(method, self.url + path, json=body, headers=headers, timeout=CALL_SECONDS)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def token_status(self, token: str) -> int:
        """How the identity API answers whoever asks about its own token; 401 when it is none any more."""
        headers = {"X-Auth-Token": token, "X-Subject-Token": token}
        return requests.get(f"{self.url}/v3/auth/tokens", headers=headers, timeout=CALL_SECONDS).status_code

    def role(self, name: str) -> str:
        """Id of a built-in role."""
        return self._roles[name]

    def user(self, *roles: str) -> Person:
        """A new user with these roles in the built-in project."""
        name = fresh("user")
        body = {"user": {"name": name, "domain_id": self.domain_id, "password": PASSWORD}}
        person = Person(self.call("POST", "/v3/users", body)["user"]["id"], name)
        for role in roles:
            self.call("PUT", f"/v3/projects/{self.project_id}/users/{person.id}/roles/{self.role(role)}")
        return person

    def account_user(self, *roles: str) -> Person:
        """A new user with these roles in the account as a whole, which are given to a group."""
        person = self.user()
        body = {"group": {"name": fresh("group"), "domain_id": self.domain_id}}
        group = self.call("POST", "/v3/groups", body)["group"]["id"]
        self.call("PUT", f"/v3/groups/{group}/users/{person.id}")
        for role in roles:
            self.call("PUT", f"/v3/domains/{self.domain_id}/groups/{group}/roles/{self.role(role)}")
        return person

    def policy(self, *actions: str) -> str:
        """Id of a new policy of the account that allows these actions of global services."""
        document = {"Version": "1.1", "Statement": [{"Effect": "Allow", "Action": list(actions)}]}
        fields = {"display_name": fresh("policy"), "type": "AX", "description": "test", "policy": document}
        return self.call("POST", "/v3.0/OS-ROLE/roles", {"role": fields})["role"]["id"]

    def pair(self, person: Person) -> Pair:
        """A new access key of the user."""
        body = {"credential": {"user_id": person.id, "description": "test"}}
        made = self.call("POST", "/v3.0/OS-CREDENTIAL/credentials", body)["credential"]
        return Pair(made["access"], made["secret"])

    def account(self) -> "Identity":
        """A new account in the hands of its owner, who has no access key."""
        made = self.call("POST", "/v3/domains", {"domain": {"name": fresh("account")}})["domain"]
        owner = {"user_name": made["owner"]["name"], "password": made["owner"]["password"]}
        facts = {**self._ready, **owner, "access_key": None, "secret_key": None}
        account = Identity({**facts, "domain_id": made["id"], "domain_name": made["name"]})
        (project,) = account.call("GET", f"/v3/projects?name={self.region}")["projects"]
        account.project_id, account.project_name = project["id"], project["name"]
        return account

    def agency(self, *roles: str, trust: "Identity | None" = None) -> Agency:
        """A new agency with these roles in the account as a whole and in all its projects."""
        name, trusted = fresh("agency"), (trust or self).domain_id
        fields = {"name": name, "domain_id": self.domain_id, "trust_domain_id": trusted, "duration": "FOREVER"}
        agency = Agency(self.call("POST", "/v3.0/OS-AGENCY/agencies", {"agency": fields})["agency"]["id"], name)
        for role in roles:
            given = f"agencies/{agency.id}/roles/{self.role(role)}"
            self.call("PUT", f"/v3.0/OS-AGENCY/domains/{self.domain_id}/{given}")
            self.call("PUT", f"/v3.0/OS-INHERIT/domains/{self.domain_id}/{given}/inherited_to_projects")
        return agency
