"""All cases, in the order in which they are sent: some change what later ones find."""

from . import credential_cases, resource_cases, token_cases

CASES = [*token_cases.CASES, *credential_cases.CASES, *resource_cases.CASES]
