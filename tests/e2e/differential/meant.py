"""Every deviation from Keystone that is meant, with its reason; the page for people is made from it."""

from dataclasses import dataclass

from .case import Case


@dataclass(frozen=True)
class Meant:
    """Deviations that are right in the cases whose title matches one of `where`; `*` stands for anything."""

    why: str
    what: tuple[str, ...]
    where: tuple[str, ...]

    def covers(self, case: Case, deviation: str) -> bool:
        return deviation in self.what and any(case.matches(pattern) for pattern in self.where)


TOKEN_BODIES = ("POST /v3/auth/tokens*", "GET /v3/auth/tokens*")
ROLE_LISTS = ("GET /v3/roles*", "GET */roles: *", "GET */inherited_to_projects: *")
SEEN = ("projects", "domains", "services", "endpoints")
BY_ANYBODY = ("by a user without rights", "by a token without scope")
STATEMENT = "policy.Statement[]"
POLICY = ("policy", "policy.Version", "policy.Statement", STATEMENT)
ALLOWED = (f"{STATEMENT}.Effect", f"{STATEMENT}.Action", f"{STATEMENT}.Action[]")
EXCEPTED = (f"{STATEMENT}.NotAction", f"{STATEMENT}.NotAction[]", f"{STATEMENT}.Condition")
UNLESS = f"{STATEMENT}.Condition.StringNotEquals"
ROLE_MEMBERS = ("display_name", "catalog", "type", "description_cn", *POLICY, *ALLOWED)


def adds(prefix: str, *members: str) -> tuple[str, ...]:
    return tuple(f"adds {prefix}{member}" for member in members)


MEANT = [
    # Members of answers.
    Meant(
        "The other API documents the empty text for passwords that do not expire.",
        ("token.user.password_expires_at is text, Keystone null",),
        TOKEN_BODIES,
    ),
    Meant(
        "Roles carry what the other API documents beside Keystone's members, their policy too; all have a description.",
        (
            *adds("roles[].", *ROLE_MEMBERS),
            *adds("role.", *ROLE_MEMBERS),
            *adds("roles[].", "flag", *EXCEPTED, UNLESS, f"{UNLESS}.g:ServiceName", f"{UNLESS}.g:ServiceName[]"),
            "adds total_number",
            "roles[].description is text, Keystone null",
            "role.description is text, Keystone null",
            "application_credential.roles[].description is text, Keystone null",
            "application_credentials[].roles[].description is text, Keystone null",
        ),
        (*ROLE_LISTS, "* /v3/users/{plain}/application_credentials*"),
    ),
    Meant(
        "Groups carry the documented time of creation.",
        ("adds groups[].create_time", "adds group.create_time"),
        ("GET /v3/groups*", "GET /v3/users/*/groups: *", "POST /v3/groups: *", "PATCH /v3/groups/*"),
    ),
    Meant(
        "Regions carry the documented kind and names.",
        (
            *adds("regions[].", "type", "locales", "locales.en-us"),
            *adds("region.", "type", "locales", "locales.en-us"),
        ),
        ("GET /v3/regions*",),
    ),
    Meant(
        "A description is always there, empty when none was given.",
        ("adds services[].description", "adds service.description", "adds user.description"),
        ("GET /v3/services*", "POST /v3/users: with a name alone"),
    ),
    Meant(
        "The documented catalog has the links of a list.",
        adds("links.", "next", "previous"),
        ("GET /v3/auth/catalog: *",),
    ),
    Meant(
        "`nocatalog` leaves an empty catalog, as documented, instead of none.",
        ("adds token.catalog",),
        ("* /v3/auth/tokens?nocatalog: *",),
    ),
    Meant(
        "Keystone repeats what it stores beside its own columns in answers to changes only.",
        ("lacks user.extra", "lacks user.extra.description", "lacks project.extra"),
        ("PATCH /v3/users/*", "PATCH /v3/projects/*"),
    ),
    Meant(
        "Memberships do not expire, so nothing says when.",
        ("lacks groups[].membership_expires_at",),
        ("GET /v3/users/*/groups: *",),
    ),
    Meant(
        "Assignments are listed as they were given: none is for the system, and `effective` resolves no groups.",
        (
            *(f"lacks role_assignments[].{member}" for member in ("scope.system", "scope.system.all")),
            *(f"lacks role_assignments[].{member}" for member in ("links.membership", "links.prior_role")),
            *(f"lacks role_assignments[].{member}" for member in ("scope.domain", "scope.domain.id")),
            "lacks role_assignments[].scope.OS-INHERIT:inherited_to",
        ),
        ("GET /v3/role_assignments*",),
    ),
    Meant(
        "The caller's account is listed even when the caller has roles only in its projects: official clients find "
        "their account there.",
        (
            "adds domains[]",
            *adds("domains[].", "id", "name", "enabled", "description", "links", "links.self", "tags", "options"),
        ),
        ("GET /v3/auth/domains: by an administrator",),
    ),
    Meant(
        "An application credential is restricted unless it says otherwise: false, not null.",
        (
            "application_credential.unrestricted is flag, Keystone null",
            "application_credentials[].unrestricted is flag, Keystone null",
            "application_credentials[].unrestricted is flag, Keystone flag or null",
        ),
        ("* /v3/users/{plain}/application_credentials*",),
    ),
    # Refusals.
    Meant(
        "Refusals are JSON with `error` everywhere, also where Keystone's framework answers by itself.",
        (
            *adds("error", "", ".code", ".title", ".message"),
            "lacks message",
            "header Content-Type application/json, Keystone text/html; charset=utf-8",
        ),
        ("*: another method*", "GET /v3/nothing-here: *"),
    ),
    Meant(
        "A body that breaks the contract is refused with 400 and says where, before anything is looked up.",
        (
            "status 400, Keystone 401",
            "status 400, Keystone 200",
            "status 400, Keystone none",
            "header WWW-Authenticate absent, Keystone present",
            *(f"lacks error.identity{member}" for member in ("", ".methods", ".methods[]")),
        ),
        (
            "POST /v3/auth/tokens: no password",
            "POST /v3/auth/tokens: an empty list of methods",
            "POST /v3/auth/tokens: an unknown method",
            "POST /v3/auth/tokens: an application credential without a secret",
            "POST /v3/auth/tokens: a deep body",
            "P* /v3/projects*: an empty object",
            "P* /v3/projects*: an empty body",
        ),
    ),
    Meant(
        "What does not exist or no longer holds proves nothing: 401, as for every other proof, instead of 404.",
        ("status 401, Keystone 404", "header WWW-Authenticate present, Keystone absent"),
        (
            "POST /v3/auth/tokens: a * token as proof",
            "POST /v3/auth/tokens: an unknown application credential",
            "POST /v3/auth/tokens: a deleted application credential",
        ),
    ),
    Meant(
        "Of project and account in one scope the project counts, and a project's name without an account is one of the "
        "user's account: both are documented.",
        ("status 201, Keystone 400",),
        (
            "POST /v3/auth/tokens: project and domain in one scope",
            "POST /v3/auth/tokens: a project by name without a domain",
        ),
    ),
    Meant(
        "Unknown members are refused instead of stored or dropped: a misspelt one must not be taken for done.",
        ("status 400, Keystone 201",),
        ("POST *: an unknown member of auth", "POST *: with an extra member"),
    ),
    Meant(
        "A taken name is refused with 409, also when a change takes it.",
        ("status 409, Keystone none",),
        ("PATCH /v3/projects/*: name to one that is taken",),
    ),
    Meant(
        "Another account is refused with 403 whether it exists or not.",
        ("status 403, Keystone 400", "status 403, Keystone 404"),
        ("POST *: in an unknown domain", "PATCH *: domain"),
    ),
    Meant(
        "Users change their own password only, and show a token beside the old one.",
        ("status 403, Keystone 401", "header WWW-Authenticate absent, Keystone present"),
        ("POST /v3/users/{idle}/password: another user's", "POST /v3/users/{unknown}/password: an unknown user's"),
    ),
    Meant(
        "A member that is null counts as absent.",
        ("status 201, Keystone 400",),
        ("POST /v3/auth/tokens: password, null as scope",),
    ),
    Meant(
        "An application credential acts in a project, so only a token for a project makes one.",
        ("status 400, Keystone 201", "status 400, Keystone 403"),
        ("POST /v3/users/*/application_credentials: by a token *",),
    ),
    Meant(
        "With an application credential its own project may be named as scope, or none asked for.",
        ("status 201, Keystone 401",),
        (
            "POST /v3/auth/tokens: an application credential for its project",
            "POST /v3/auth/tokens: an application credential, explicitly unscoped",
        ),
    ),
    Meant(
        "Refusals of a proof do not say which methods there are.",
        ("lacks error.identity",),
        ("POST /v3/auth/tokens: an application credential for a domain",),
    ),
    Meant("A change of nothing is done.", ("status 200, Keystone 400",), ("PATCH *: nothing",)),
    Meant(
        "The documented API cannot delete projects.",
        (
            *(f"status 405, Keystone {status}" for status in (204, 401, 403, 404)),
            "header WWW-Authenticate absent, Keystone present",
        ),
        ("DELETE /v3/projects/*",),
    ),
    # Who may read what.
    Meant(
        "Everybody reads the catalog's services and the regions, and finds the own account and projects: official "
        "clients look for their project with any user.",
        ("status 200, Keystone 403",),
        (
            *(f"GET /v3/{name}: {who}" for name in SEEN for who in BY_ANYBODY),
            *(f"GET /v3/{name}/*: {who}" for name in ("services", "endpoints") for who in BY_ANYBODY),
            "GET /v3/projects/*: by a token without scope",
            "GET /v3/domains/*: by a token without scope",
        ),
    ),
    Meant(
        "A user that does not exist has no list of application credentials.",
        ("status 404, Keystone 200",),
        ("GET /v3/users/{unknown}/application_credentials: of an unknown user",),
    ),
    Meant(
        "Who may not read roles does not learn which there are.",
        ("status 403, Keystone 404",),
        ("GET /v3/roles/*: an unknown id by a user",),
    ),
    Meant(
        "What a caller cannot see is not found.",
        ("status 404, Keystone 403",),
        tuple(
            f"GET /v3/{name}/*: an unknown id by a user" for name in ("projects", "domains", "services", "endpoints")
        ),
    ),
]
