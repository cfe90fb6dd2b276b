"""Clients of the official SDK, with credentials as its documents make them."""

from huaweicloudsdkcore.auth.credentials import BasicCredentials, Credentials, GlobalCredentials
from huaweicloudsdkcore.region.region import Region
from huaweicloudsdkiam.v3 import IamClient
from huaweicloudsdksts.v1 import StsClient

from .identity import Identity, Pair


def region(identity: Identity) -> Region:
    """The installation's region; with one, the core looks for what the credentials leave out."""
    return Region(identity.region, identity.url)


def iam(identity: Identity, credentials: Credentials) -> IamClient:
    """Calls the identity API; the core finds the project or account, unless the credentials name it."""
    return IamClient.new_builder().with_credentials(credentials).with_region(region(identity)).build()


def sts(identity: Identity, credentials: BasicCredentials) -> StsClient:
    """Calls for sessions of agencies, which belong to no project."""
    return StsClient.new_builder().with_credentials(credentials).with_endpoint(identity.url).build()


def for_account(identity: Identity, pair: Pair) -> GlobalCredentials:
    """Credentials that name the account."""
    return GlobalCredentials(pair.access, pair.secret, identity.domain_id)


def for_region(pair: Pair) -> BasicCredentials:
    """Credentials that name nothing."""
    return BasicCredentials(pair.access, pair.secret)
