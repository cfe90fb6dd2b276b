"""Tokens: issued in every way, shown, checked, revoked; and everything that is no proof."""

from .bodies import DOMAIN, PROJECT, auth, password, token
from .case import Case

TOKENS = "POST /v3/auth/tokens"
BY_ID = {"id": "{plain}", "password": "{password}"}
BY_NAME = {"name": "plain", "password": "{password}", "domain": {"name": "{domain_name}"}}
BY_NAME_IN_ID = {"name": "plain", "password": "{password}", "domain": {"id": "{domain}"}}
PROJECT_BY_NAME = {"project": {"name": "{project_name}", "domain": {"name": "{domain_name}"}}}
PROJECT_IN_ID = {"project": {"name": "{project_name}", "domain": {"id": "{domain}"}}}
DOMAIN_BY_NAME = {"domain": {"name": "{domain_name}"}}


def issue(name: str, body: object, by: str | None = None) -> Case:
    return Case(name, TOKENS, by=by, body=body)


def without(user: dict, member: str) -> dict:
    return {name: value for name, value in user.items() if name != member}


ISSUED = [
    issue("password of a user by id, no scope", password(BY_ID)),
    issue("password of a user by name", password(BY_NAME)),
    issue("password of a user by name in a domain by id", password(BY_NAME_IN_ID)),
    issue("password, explicitly unscoped", password(BY_ID, "unscoped")),
    issue("password, null as scope", password(BY_ID) | {"auth": password(BY_ID)["auth"] | {"scope": None}}),
    issue("password for a project by id", password(BY_ID, PROJECT)),
    issue("password for a project by name", password(BY_NAME, PROJECT_BY_NAME)),
    issue("password for a project by name in a domain by id", password(BY_NAME, PROJECT_IN_ID)),
    issue("password for a domain by id", password(BY_ID, DOMAIN)),
    issue("password for a domain by name", password(BY_NAME, DOMAIN_BY_NAME)),
    issue("password for the system", password(BY_ID, {"system": {"all": True}})),
    issue("password beside a stale X-Auth-Token", password(BY_ID), by="garbage"),
    issue("a method twice", auth({"methods": ["password", "password"], "password": {"user": BY_ID}})),
    issue("an unscoped token for a project", token("unscoped", PROJECT)),
    issue("an unscoped token for a domain", token("unscoped", DOMAIN)),
    issue("an unscoped token for no scope", token("unscoped")),
    issue("a project's token for its domain", token("another", DOMAIN)),
    issue("a project's token for the same project", token("another", PROJECT)),
    Case("no catalog", f"{TOKENS}?nocatalog", by=None, body=password(BY_ID, PROJECT)),
]

REFUSED = [
    issue("a wrong password", password({"id": "{careless}", "password": "wrong"})),
    issue("a wrong password by name", password(BY_NAME | {"name": "careless", "password": "wrong"})),
    issue("an empty password", password({"id": "{careless}", "password": ""})),
    issue("an unknown user id", password({"id": "{unknown}", "password": "{password}"})),
    issue("an unknown user name", password(BY_NAME | {"name": "nobody"})),
    issue("an unknown domain name", password(BY_NAME | {"domain": {"name": "nowhere"}})),
    issue("a disabled user", password({"id": "{disabled}", "password": "{password}"})),
    issue("a user without a role in the project", password({"id": "{idle}", "password": "{password}"}, PROJECT)),
    issue("a user without a role in the domain", password({"id": "{idle}", "password": "{password}"}, DOMAIN)),
    issue("an unknown project id", password(BY_ID, {"project": {"id": "{unknown}"}})),
    issue("an unknown project name", password(BY_ID, {"project": {"name": "nowhere", "domain": {"id": "{domain}"}}})),
    issue("an unknown domain in the scope", password(BY_ID, {"domain": {"id": "{unknown}"}})),
    issue("project and domain in one scope", password(BY_ID, PROJECT | DOMAIN)),
    issue("an empty scope", password(BY_ID, {})),
    issue("an empty project in the scope", password(BY_ID, {"project": {}})),
    issue("a project by name without a domain", password(BY_ID, {"project": {"name": "{project_name}"}})),
    issue("a scope of an unknown kind", password(BY_ID, {"planet": {"id": "earth"}})),
    issue("a number as scope", password(BY_ID, 7)),
    issue("a revoked token as proof", token("revoked", PROJECT)),
    issue("a garbage token as proof", token("garbage", PROJECT)),
    issue("no password", password(without(BY_ID, "password"))),
    issue("a number as password", password(BY_ID | {"password": 7})),
    issue("neither user id nor name", password(without(BY_ID, "id"))),
    issue("a user name without a domain", password(without(BY_NAME, "domain"))),
    issue("no user", auth({"methods": ["password"], "password": {}})),
    issue("no member for the method", auth({"methods": ["password"]})),
    issue("no methods", auth({"password": {"user": BY_ID}})),
    issue("an empty list of methods", auth({"methods": [], "password": {"user": BY_ID}})),
    issue("methods as text", auth({"methods": "password", "password": {"user": BY_ID}})),
    issue("an unknown method", auth({"methods": ["riddle"], "riddle": {}})),
    issue("no identity", {"auth": {}}),
    issue("no auth", {}),
    issue("auth as list", {"auth": []}),
    issue("a list as body", []),
    issue("not JSON", b'{"auth": '),
    issue("an empty body", b""),
    issue("not UTF-8", b'{"auth": "\xff"}'),
    issue("an unknown member of auth", password(BY_ID) | {"more": 1}),
    issue("a deep body", b'{"auth":' + b"[" * 5000 + b"]" * 5000 + b"}"),
]


def subject(method: str, name: str, by: str | None, about: str | None) -> Case:
    return Case(name, f"{method} /v3/auth/tokens", by=by, about=about)


SUBJECTS = [
    subject(method, name, by, about)
    for method in ("GET", "HEAD")
    for name, by, about in [
        ("the bearer's own", "plain", "plain"),
        ("another of the bearer's", "plain", "another"),
        ("one for a domain", "plain_in_domain", "plain_in_domain"),
        ("one without a scope", "unscoped", "unscoped"),
        ("a user's by the administrator", "admin", "plain"),
        ("the administrator's by a user", "plain", "admin"),
        ("a revoked one", "admin", "revoked"),
        ("garbage", "admin", "garbage"),
        ("none", "admin", None),
        ("one without X-Auth-Token", None, "plain"),
        ("one by a revoked token", "revoked", "plain"),
        ("one by garbage", "garbage", "plain"),
    ]
]
REVOKED = [
    subject("DELETE", "the administrator's by a user", "plain", "admin"),
    subject("DELETE", "the bearer's own", "revocable", "revocable"),
    subject("DELETE", "a revoked one", "admin", "revocable"),
    subject("DELETE", "garbage", "admin", "garbage"),
    subject("DELETE", "none", "admin", None),
    subject("DELETE", "one without X-Auth-Token", None, "plain"),
    Case("no catalog", "GET /v3/auth/tokens?nocatalog", by="plain", about="plain"),
    Case("expired ones too", "GET /v3/auth/tokens?allow_expired=1", by="admin", about="plain"),
    Case("another method", "PUT /v3/auth/tokens", by="admin", about="plain", body={}),
]
CASES = [*ISSUED, *REFUSED, *SUBJECTS, *REVOKED]
