"""What apps may show on the data plane: AppCodes, key pairs, keys, digests, tokens; secrets that were replaced."""

import base64
import contextlib
import hashlib
import itertools
import time
from urllib.parse import urlencode

import pytest
from huaweicloudsdkapig.v2 import model as m

from harness.beacon import Beacon
from harness.echo import Echo
from harness.gateway import Gateway, assert_refused
from harness.management import Management, fresh, http_api
from harness.server import SETTINGS, Server

FAILED = "Incorrect app authentication information: "
NOT_FOUND = FAILED + "Authorization not found"
CONFIG = SETTINGS + "app_code_over_http = true\napp_secret_overlap_seconds = 600\n"
TOKEN_PATH = "/v1/apigw/oauth2/token"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_paths = itertools.count(1)


class Site:
    """A gateway, a backend that keeps what it got, and an app that may call an API which takes AppCodes."""

    def __init__(self, management: Management, gateway: Gateway, settle, echo: Echo):
        self.management, self.gateway, self.settle, self.echo = management, gateway, settle, echo
        self.app, self.stranger = management.app(), management.app()
        group = management.group()
        self.host = gateway.host(group.sl_domain)
        header = m.AuthOpt(app_code_auth_type="HEADER")
        self.path = f"/called/{next(_paths)}"
        self.api = management.api(http_api(group.id, self.path, echo.address, auth_opt=header))
        self.strict = management.api(http_api(group.id, "/strict" + self.path, echo.address))
        for api in (self.api, self.strict):
            management.publish(api.id)
            management.authorize(self.app.id, api.id)
        settle()

    def code(self, app) -> str:
        request = m.CreateAppCodeAutoV2Request(self.management.instance, app.id)
        code = self.management.sdk.create_app_code_auto_v2(request)
        self.settle()
        return code.app_code

    def call(self, headers: dict, path: str | None = None):
        return self.gateway.plain(self.host, path or self.path, headers=list(headers.items()))

    def signed(self, secret: str):
        return self.gateway.call((self.app.app_key, secret), self.host, self.path)

    def pair(self, app=None, secret: str | None = None) -> tuple:
        app = app or self.app
        return app.app_key, secret or app.app_secret

    def feature(self, name: str, enable: bool, config: str):
        toggle = m.FeatureToggle(name=name, enable=enable, config=config)
        self.management.sdk.create_feature_v2(m.CreateFeatureV2Request(self.management.instance, body=toggle))
        self.settle()

    @contextlib.contextmanager
    def with_feature(self, name: str, config: str = "on"):
        self.feature(name, True, config)
        try:
            yield
        finally:
            self.feature(name, False, "off")


@pytest.fixture(scope="module")
def echo():
    with Echo() as echo:
        yield echo


@pytest.fixture(scope="module")
def site(tmp_path_factory, echo):
    directory = tmp_path_factory.mktemp("credentials")
    server = Server(directory / "server", settings=CONFIG)
    management, gateway = Management(server.ready), Gateway(server.gateway)
    yield Site(management, gateway, Beacon(management, gateway).settle, echo)
    assert server.stop() == 0, server.output


def basic(key: str, secret: str) -> dict:
    return {"Authorization": "Basic " + base64.b64encode(f"{key}:{secret}".encode()).decode()}


def pair(key: str, secret: str) -> dict:
    return {"X-HW-ID": key, "X-HW-AppKey": secret}


def key_alone(key: str, _: str) -> dict:
    return {"apikey": key}


def stamp(key: str, secret: str, at: int = 0) -> dict:
    moment = str(int(time.time()) + at)
    digest = hashlib.sha256((key + secret + moment).encode()).hexdigest()
    return {"Authorization": digest, "Timestamp": moment}


def passes(site: Site, headers: dict, path: str | None = None):
    """The call is answered by the backend, which sees nothing of the credential."""
    before = len(site.echo.requests)
    answer = site.call(headers, path)
    assert answer.status == 200, answer
    assert len(site.echo.requests) == before + 1
    seen = site.echo.requests[-1]
    names = {name.lower() for name, _ in seen.headers}
    assert not names & {"authorization", "x-apig-appcode", "x-hw-id", "x-hw-appkey", "apikey"}, seen
    assert "apikey" not in seen.target


def refused(site: Site, headers: dict, status: int, code: str, message: str, path: str | None = None):
    before = len(site.echo.requests)
    assert_refused(site.call(headers, path), status, code, message)
    assert len(site.echo.requests) == before


def test_an_app_code_is_enough_beside_a_signature(site):
    passes(site, {"X-Apig-AppCode": site.code(site.app)})
    assert site.signed(site.app.app_secret).status == 200


def test_an_app_code_over_http_is_refused_unless_it_is_allowed(management, gateway, settle, echo):
    site = Site(management, gateway, settle, echo)
    told = FAILED + "AppCode is accepted over https only"
    for code in (site.code(site.app), "wrong"):
        refused(site, {"X-Apig-AppCode": code}, 401, "APIG.0303", told)
    assert site.signed(site.app.app_secret).status == 200


def test_a_wrong_a_foreign_and_a_removed_app_code_are_refused(site):
    told = FAILED + "app not found, appcode is not valid"
    refused(site, {"X-Apig-AppCode": "c" * 64}, 401, "APIG.0303", told)
    foreign = {"X-Apig-AppCode": site.code(site.stranger)}
    refused(site, foreign, 403, "APIG.0304", "The app is not authorized to access the API.")
    code = {"X-Apig-AppCode": site.code(site.app)}
    refused(site, code, 401, "APIG.0303", NOT_FOUND, path="/strict" + site.path)
    sdk, instance = site.management.sdk, site.management.instance
    listed = sdk.list_app_codes_v2(m.ListAppCodesV2Request(instance, site.app.id, limit=500)).app_codes
    record = next(one for one in listed if one.app_code == code["X-Apig-AppCode"])
    sdk.delete_app_code_v2(m.DeleteAppCodeV2Request(instance, site.app.id, record.id))
    site.settle()
    refused(site, code, 401, "APIG.0303", told)


WAYS = [
    ("app_basic", "on", basic, "verify appsecret fail"),
    ("app_secret", "on", pair, "verify appsecret fail"),
    ("app_jwt", '{"enable":"on","auth_header":"Authorization"}', stamp, "verify jwt fail"),
]


@pytest.mark.parametrize(("feature", "config", "show", "told"), WAYS, ids=[way[0] for way in WAYS])
def test_a_way_to_prove_oneself_is_open_only_while_its_feature_is_on(site, feature, config, show, told):
    refused(site, show(*site.pair()), 401, "APIG.0303", NOT_FOUND)
    with site.with_feature(feature, config):
        passes(site, show(*site.pair()))
        refused(site, show(*site.pair(secret="wrong-secret")), 401, "APIG.0303", FAILED + told)
        assert site.call(show(*site.pair(site.stranger))).status in (401, 403)
        both = {**show(*site.pair()), "X-Apig-AppCode": "c" * 64}
        refused(site, both, 401, "APIG.0303", FAILED + "…")
    refused(site, show(*site.pair()), 401, "APIG.0303", NOT_FOUND)


def test_a_key_alone_is_taken_from_header_or_query_only_while_its_feature_is_on(site):
    key, in_query = site.app.app_key, f"{site.path}?apikey={site.app.app_key}"
    refused(site, {"apikey": key}, 401, "APIG.0303", NOT_FOUND)
    with site.with_feature("app_api_key"):
        passes(site, {"apikey": key})
        passes(site, {}, path=in_query)
        refused(site, {"apikey": key}, 401, "APIG.0303", FAILED + "…", path=in_query)
        told = FAILED + "app not found, appkey nobody-has-this"
        refused(site, {"apikey": "nobody-has-this"}, 401, "APIG.0303", told)
        refused(site, {"apikey": site.stranger.app_key}, 403, "APIG.0304", "…")
    refused(site, {}, 401, "APIG.0303", NOT_FOUND, path=in_query)


def test_a_digest_is_refused_when_its_time_is_over(site):
    with site.with_feature("app_jwt", '{"enable":"on","auth_header":"X-Digest"}'):
        headers = stamp(*site.pair(), at=-890)
        passes(site, {"X-Digest": headers["Authorization"], "Timestamp": headers["Timestamp"]})
        headers = stamp(*site.pair(), at=-960)
        late = {"X-Digest": headers["Authorization"], "Timestamp": headers["Timestamp"]}
        refused(site, late, 401, "APIG.0303", FAILED + "timestamp expired, …")


def test_another_header_stands_in_for_authorization(site):
    with site.with_feature("custom_auth_header", '{"app_auth_header":"X-My-Auth","backend_sign_header":""}'):
        assert_refused(site.signed(site.app.app_secret), 401, "APIG.0303", NOT_FOUND)
        with site.with_feature("app_basic"):
            passes(site, {"X-My-Auth": basic(*site.pair())["Authorization"]})
    assert site.signed(site.app.app_secret).status == 200


def token(site: Site, headers: dict | None = None, method: str = "POST", **form):
    body = urlencode(form).encode()
    lines = [("Host", site.host), *(FORM if headers is None else headers).items()]
    return site.gateway.send(method, TOKEN_PATH, lines, body)


def test_tokens_are_given_refreshed_and_used(site):
    key, secret = site.pair()
    client = {"client_id": key, "client_secret": secret}
    assert token(site, grant_type="client_credentials", **client).status == 404
    with site.with_feature("app_token", '{"enable":"on","app_token_expire_time":72000}'):
        given = token(site, grant_type="client_credentials", scope="default", **client)
        assert (given.status, given.json["expires_in"], given.json["token_type"]) == (200, 72000, "bearer")
        passes(site, {"Authorization": "Bearer " + given.json["access_token"]})
        refresh = given.json["refresh_token"]
        again = token(site, grant_type="refresh_token", refresh_token=refresh, **client)
        passes(site, {"Authorization": "Bearer " + again.json["access_token"]})
        refused(site, {"Authorization": "Bearer " + refresh}, 400, "APIG.2203", "Access token is invalid")
        assert_token_refusals(site, client, refresh)
    refused(site, {"Authorization": "Bearer " + given.json["access_token"]}, 401, "APIG.0303", NOT_FOUND)


def assert_token_refusals(site: Site, client: dict, refresh: str):
    stranger = {"client_id": site.stranger.app_key, "client_secret": site.stranger.app_secret}
    wrong = {**client, "client_secret": "not-the-secret"}
    for status, code, form in [
        (400, "APIG.2210", client),
        (400, "APIG.2209", {"grant_type": "password", **client}),
        (400, "APIG.2211", {"grant_type": "client_credentials"}),
        (400, "APIG.2212", {"grant_type": "client_credentials", "client_id": "x"}),
        (400, "APIG.2213", {"grant_type": "refresh_token", **client}),
        (400, "APIG.2208", {"grant_type": "client_credentials", "through_data": "x" * 301, **client}),
        (400, "APIG.1009", {"grant_type": "client_credentials", "client_id": "x", "client_secret": "y"}),
        (400, "APIG.2201", {"grant_type": "client_credentials", **wrong}),
        (400, "APIG.2202", {"grant_type": "refresh_token", "refresh_token": "x", **client}),
        (401, "APIG.1003", {"grant_type": "refresh_token", "refresh_token": refresh, **stranger}),
    ]:
        assert_refused(token(site, **form), status, code, "…")
    assert_refused(token(site, headers={"Content-Type": "application/json"}), 400, "APIG.2204", "…")
    assert_refused(token(site, method="PUT"), 400, "APIG.2206", "…")


def test_a_quota_counts_an_apps_calls_over_all_apis(site):
    instance, sdk = site.management.instance, site.management.sdk
    body = m.AppQuotaCreate(fresh("quota"), 3, "DAY", 1)
    quota = sdk.create_app_quota(m.CreateAppQuotaRequest(instance, body=body)).app_quota_id
    bind = m.CreateAppQuotaBindingApp([site.app.id])
    sdk.associate_apps_for_app_quota(m.AssociateAppsForAppQuotaRequest(instance, quota, body=bind))
    site.settle()
    try:
        paths = [site.path, "/strict" + site.path] * 2
        answers = [site.gateway.call(site.pair(), site.host, path) for path in paths]
        assert [answer.status for answer in answers] == [200, 200, 200, 405]
        assert_refused(answers[-1], 405, "APIG.0501", "The app quota has been used up.")
    finally:
        sdk.delete_app_quota(m.DeleteAppQuotaRequest(instance, quota))
        site.settle()
    assert site.signed(site.app.app_secret).status == 200


def test_a_replaced_secret_holds_on_beside_the_new_one_and_no_longer_than_the_next(site):
    first = site.app.app_secret
    try:
        second = reset(site)
        assert [site.signed(secret).status for secret in (first, second)] == [200, 200]
        with site.with_feature("app_basic"):
            passes(site, basic(site.app.app_key, first))
        third = reset(site)
        assert [site.signed(secret).status for secret in (first, second, third)] == [401, 200, 200]
        listed = site.management.sdk.list_apps_v2(m.ListAppsV2Request(site.management.instance))
        shown = str(listed.to_json_object())
        assert second not in shown and third in shown
    finally:
        reset(site, first)


def test_without_an_overlap_a_replaced_secret_ends_at_once(management, gateway, settle, echo):
    site = Site(management, gateway, settle, echo)
    second = reset(site)
    assert [site.signed(secret).status for secret in (site.app.app_secret, second)] == [401, 200]


def reset(site: Site, secret: str | None = None) -> str:
    request = m.ResettingAppSecretV2Request(
        site.management.instance, app_id=site.app.id, body=m.AppResetCreate(app_secret=secret)
    )
    answer = site.management.sdk.resetting_app_secret_v2(request)
    site.settle()
    return answer.app_secret
