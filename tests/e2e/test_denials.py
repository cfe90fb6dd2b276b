"""A denial carries a sealed message; the official STS client shows it, and an administrator opens it."""

import json

import pytest
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdksts.v1 import DecodeAuthorizationMessageReq, DecodeAuthorizationMessageRequest

from harness.huaweicloud import for_region, sts


def decode(client, message: str) -> dict:
    request = DecodeAuthorizationMessageRequest(body=DecodeAuthorizationMessageReq(message))
    return json.loads(client.decode_authorization_message(request).decoded_message)


def test_an_administrator_decodes_what_a_user_was_denied(identity):
    person = identity.user("member")
    with pytest.raises(ClientRequestException) as denied:
        decode(sts(identity, for_region(identity.pair(person))), "x")
    assert (denied.value.status_code, denied.value.error_code) == (403, "PAP5.0001")
    told = decode(sts(identity, for_region(identity.admin_pair)), denied.value.encoded_auth_msg)
    assert (told["allowed"], told["action"]) == (False, "sts:messages:decodeAuthorizationMessage")
    assert told["principal"]["principal_id"] == person.id
