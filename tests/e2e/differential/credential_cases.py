"""Application credentials: made by their user, shown, deleted, and exchanged for tokens."""

from .bodies import DOMAIN, PROJECT
from .bodies import application_credential as proof
from .case import Case
from .token_cases import issue

OWN = "/v3/users/{plain}/application_credentials"
CREATE, ONE, DOOMED = f"POST {OWN}", f"{OWN}/{{credential}}", f"{OWN}/{{doomed_credential}}"
ALL = {
    "name": "{fresh}",
    "description": "text",
    "secret": "chosen-Pa55word",
    "roles": [{"id": "{role}"}],
    "unrestricted": True,
    "expires_at": "2100-01-02T03:04:05.000000",
}


def made(name: str, members: object, by: str | None = "plain") -> Case:
    return Case(name, CREATE, by=by, body={"application_credential": members})


BY_ID = {"id": "{credential}", "secret": "{password}"}
BY_NAME = {"name": "credential", "secret": "{password}"}
MANAGED = [
    made("with a name alone", {"name": "{fresh}"}),
    made("with all members", ALL),
    made("with a role by name", {"name": "{fresh}", "roles": [{"name": "member"}]}),
    made("a name that is taken", {"name": "credential"}),
    made("without a name", {"description": "text"}),
    made("a number as name", {"name": 7}),
    made("a role that the user does not have", {"name": "{fresh}", "roles": [{"id": "{admin_role}"}]}),
    made("an unknown role", {"name": "{fresh}", "roles": [{"id": "{unknown}"}]}),
    made("an end that is no time", {"name": "{fresh}", "expires_at": "tomorrow"}),
    made("text as unrestricted", {"name": "{fresh}", "unrestricted": "perhaps"}),
    made("for another user", {"name": "{fresh}"}, by="admin"),
    made("without a token", {"name": "{fresh}"}, by=None),
    made("by a token of an application credential", {"name": "{fresh}"}, by="credential"),
    Case("an empty object", CREATE, by="plain", body={}),
    Case("an empty body", CREATE, by="plain", body=b""),
    *(
        Case(who, f"GET {path}", by=token)
        for path in (OWN, ONE)
        for who, token in {"one's own": "plain", "by an administrator": "admin", "without a token": None}.items()
    ),
    Case("by name", f"GET {OWN}?name=credential", by="plain"),
    Case("another user's", "GET /v3/users/{idle}/application_credentials", by="plain"),
    Case("of an unknown user", "GET /v3/users/{unknown}/application_credentials"),
    Case("an unknown id", f"GET {OWN}/{{unknown}}", by="plain"),
    Case("without a token", f"DELETE {DOOMED}", by=None),
    Case("by a token of an application credential", f"DELETE {DOOMED}", by="credential"),
    Case("one's own", f"DELETE {DOOMED}", by="plain"),
    Case("again", f"DELETE {DOOMED}", by="plain"),
    made("by a token without scope", {"name": "{fresh}"}, by="unscoped"),
    made("by a token for a domain", {"name": "{fresh}"}, by="plain_in_domain"),
]
EXCHANGED = [
    issue("an application credential by id", proof(BY_ID)),
    issue("an application credential by name and user id", proof(BY_NAME | {"user": {"id": "{plain}"}})),
    issue(
        "an application credential by name and user name",
        proof(BY_NAME | {"user": {"name": "plain", "domain": {"id": "{domain}"}}}),
    ),
    issue("an application credential with a wrong secret", proof(BY_ID | {"secret": "wrong"})),
    issue("an unknown application credential", proof(BY_ID | {"id": "{unknown}"})),
    issue(
        "an unknown application credential by name", proof({"name": "none", "secret": "x", "user": {"id": "{plain}"}})
    ),
    issue("an application credential without a secret", proof({"id": "{credential}"})),
    issue("an application credential by name without a user", proof(BY_NAME)),
    issue("an application credential for its project", proof(BY_ID, PROJECT)),
    issue("an application credential for a domain", proof(BY_ID, DOMAIN)),
    issue("an application credential, explicitly unscoped", proof(BY_ID, "unscoped")),
    issue("a deleted application credential", proof({"id": "{doomed_credential}", "secret": "{password}"})),
    Case("one by application credential", "GET /v3/auth/tokens", by="credential", about="credential"),
    Case("by application credential", "GET /v3/auth/projects", by="credential"),
    Case("by application credential", "GET /v3/auth/catalog", by="credential"),
]
CASES = [*MANAGED, *EXCHANGED]
