"""Bodies of `POST /v3/auth/tokens`."""

PROJECT = {"project": {"id": "{project}"}}
DOMAIN = {"domain": {"id": "{domain}"}}


def auth(identity: object, scope: object = None) -> dict:
    return {"auth": {"identity": identity} | ({} if scope is None else {"scope": scope})}


def password(user: object, scope: object = None) -> dict:
    return auth({"methods": ["password"], "password": {"user": user}}, scope)


def token(name: str, scope: object = None) -> dict:
    return auth({"methods": ["token"], "token": {"id": f"{{{name}_token}}"}}, scope)


def application_credential(members: object, scope: object = None) -> dict:
    return auth({"methods": ["application_credential"], "application_credential": members}, scope)
