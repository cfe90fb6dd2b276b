"""Publishing freezes; what is live acts within a second. Observed from outside, by calling."""

import pytest
from huaweicloudsdkapig.v2 import model as m
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException

from harness.beacon import WITHIN_SECONDS
from harness.gateway import assert_refused
from harness.management import RELEASE, http_api, mock_api
from harness.waiting import eventually

NOT_PUBLISHED = "The API does not exist or has not been published in the environment."


class Said:
    """What a mock API says now, to callers of one stage."""

    def __init__(self, management, gateway):
        self.management, self.gateway = management, gateway
        self.group = management.group()
        self.host = gateway.host(self.group.sl_domain)
        self.api = management.api(mock_api(self.group.id, "/said", "first"))

    def edit(self, content):
        definition = mock_api(self.group.id, "/said", content, name=self.api.name)
        self.management.update_api(self.api.id, definition)

    def now(self, stage=None):
        headers = [("X-Stage", stage)] if stage else []
        answer = self.gateway.plain(self.host, "/said", headers=headers)
        return answer.body.decode() if answer.status == 200 else answer.status

    def becomes(self, expected, stage=None):
        eventually(lambda: self.now(stage) == expected, WITHIN_SECONDS, f"the gateway says {expected!r}")


@pytest.fixture
def said(management, gateway):
    return Said(management, gateway)


def test_an_api_is_reached_within_a_second_of_its_publication(said):
    assert said.now() == 404
    said.management.publish(said.api.id)
    said.becomes("first")


def test_an_edit_is_invisible_until_it_is_published(said, settle):
    said.management.publish(said.api.id)
    said.becomes("first")
    said.edit("second")
    settle()
    assert said.now() == "first"
    said.management.publish(said.api.id)
    said.becomes("second")


def test_switching_the_version_acts_within_a_second(said):
    first = said.management.publish(said.api.id)
    said.edit("second")
    second = said.management.publish(said.api.id)
    said.becomes("second")
    assert first.version_id != second.version_id
    assert first.publish_id == second.publish_id
    said.management.switch_version(said.api.id, first.version_id)
    said.becomes("first")
    said.management.switch_version(said.api.id, second.version_id)
    said.becomes("second")


def test_going_offline_acts_within_a_second(said, gateway):
    said.management.publish(said.api.id)
    said.becomes("first")
    said.management.offline(said.api.id)
    said.becomes(404)
    assert_refused(gateway.plain(said.host, "/said"), 404, "APIG.0101", NOT_PUBLISHED)


def test_stages_are_independent(said):
    stage = said.management.environment()
    said.management.publish(said.api.id)
    said.edit("second")
    said.management.publish(said.api.id, stage.id)
    said.becomes("second", stage.name)
    said.becomes("first")
    said.management.offline(said.api.id)
    said.becomes(404)
    assert said.now(stage.name) == "second"


def test_versions_are_listed_with_the_effective_one_marked(said):
    first = said.management.publish(said.api.id)
    second = said.management.publish(said.api.id)
    request = m.ListApiVersionsV2Request(said.management.instance, said.api.id)
    versions = said.management.sdk.list_api_versions_v2(request).api_versions
    assert {version.version_id: version.status for version in versions} == {
        first.version_id: 2,
        second.version_id: 1,
    }


def test_an_authorization_is_live(management, gateway, nginx):
    group, app = management.group(), management.app()
    host = gateway.host(group.sl_domain)
    api = management.api(http_api(group.id, "/live", nginx.address))
    management.publish(api.id)

    def status():
        return gateway.call((app.app_key, app.app_secret), host, "/live").status

    eventually(lambda: status() == 403, WITHIN_SECONDS, "the app is not authorized")
    authorization = management.authorize(app.id, api.id)
    eventually(lambda: status() == 200, WITHIN_SECONDS, "the authorization acts")
    management.sdk.canceling_authorization_v2(m.CancelingAuthorizationV2Request(management.instance, authorization.id))
    eventually(lambda: status() == 403, WITHIN_SECONDS, "the cancellation acts")


def test_a_reset_secret_replaces_the_old_one_within_a_second(management, gateway, nginx):
    group, app = management.group(), management.app()
    host = gateway.host(group.sl_domain)
    api = management.api(http_api(group.id, "/secret", nginx.address))
    management.publish(api.id)
    management.authorize(app.id, api.id)
    request = m.ResettingAppSecretV2Request(management.instance, app.id, body=m.AppResetCreate())
    reset = management.sdk.resetting_app_secret_v2(request)
    assert reset.app_secret != app.app_secret

    def status(secret):
        return gateway.call((app.app_key, secret), host, "/secret").status

    eventually(lambda: status(reset.app_secret) == 200, WITHIN_SECONDS, "the new secret acts")
    assert status(app.app_secret) == 401


def test_a_variable_is_substituted_per_environment(management, gateway, nginx):
    group, stage = management.group(), management.environment()
    management.variable(group.id, RELEASE, "root", "in-release")
    management.variable(group.id, stage.id, "root", "in-stage")
    definition = http_api(group.id, "/v", nginx.address, backend_uri="/#root#/v", auth_type="NONE")
    api = management.api(definition)
    management.publish(api.id)
    management.publish(api.id, stage.id)
    host = gateway.host(group.sl_domain)

    def reaches(expected, headers):
        answer = gateway.plain(host, "/v", headers=headers)
        return answer.status == 200 and answer.json["target"] == expected

    eventually(lambda: reaches("/in-release/v", []), WITHIN_SECONDS, "RELEASE uses its own value")
    stage_header = [("X-Stage", stage.name)]
    eventually(lambda: reaches("/in-stage/v", stage_header), WITHIN_SECONDS, "the other stage uses its own")


def test_a_publication_with_an_undefined_variable_is_refused(management, nginx):
    group = management.group()
    api = management.api(http_api(group.id, "/undefined", "#nowhere#", auth_type="NONE"))
    with pytest.raises(ClientRequestException) as refusal:
        management.publish(api.id)
    assert 400 <= refusal.value.status_code < 500
    assert refusal.value.error_code.startswith("APIG.")
