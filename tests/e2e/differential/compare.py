"""What differs between two answers, as a set of short sentences about ours."""

import json

from .answer import NO_ANSWER, Answer

# Headers that clients act on, and whether their value says the same everywhere.
HEADERS = {"Content-Type": True, "Vary": True, "X-Subject-Token": False, "WWW-Authenticate": False}


def deviations(ours: Answer, keystone: Answer) -> set[str]:
    if ours.status != keystone.status:
        found = {f"status {status(ours)}, Keystone {status(keystone)}"}
        # A refusal and a description of something have nothing in common.
        if ours.ok != keystone.ok or NO_ANSWER in (ours.status, keystone.status):
            return found
    else:
        found = set()
    for header, says_the_same in HEADERS.items():
        values = [value(side, header, says_the_same) for side in (ours, keystone)]
        if values[0] != values[1]:
            found.add(f"header {header} {values[0]}, Keystone {values[1]}")
    return found | different_bodies(shape(ours), shape(keystone))


def status(answer: Answer) -> str:
    return "none" if answer.status == NO_ANSWER else str(answer.status)


def value(answer: Answer, header: str, says_the_same: bool) -> str:
    if header not in answer.headers:
        return "absent"
    return answer.headers[header] if says_the_same else "present"


def different_bodies(ours: dict, keystone: dict) -> set[str]:
    found = {f"lacks {path}" for path in keystone.keys() - ours.keys()}
    found |= {f"adds {path}" for path in ours.keys() - keystone.keys()}
    for path in ours.keys() & keystone.keys():
        if ours[path] != keystone[path]:
            found.add(f"{path} is {words(ours[path])}, Keystone {words(keystone[path])}")
    return found


def shape(answer: Answer) -> dict[str, set[str]]:
    """The types of every member by its path; members of a list's elements count together."""
    types = {}
    if answer.headers.get("Content-Type") == "application/json" and answer.text:
        collect(json.loads(answer.text), "", types)
    return types


def collect(value, path: str, types: dict):
    if path:
        types.setdefault(path, set()).add(kind(value))
    if isinstance(value, dict):
        for name, member in value.items():
            collect(member, f"{path}.{name}" if path else name, types)
    elif isinstance(value, list):
        for element in value:
            collect(element, f"{path}[]", types)


def kind(value) -> str:
    kinds = {dict: "object", list: "list", str: "text", bool: "flag", int: "number", float: "number"}
    return kinds.get(type(value), "null")


def words(kinds: set[str]) -> str:
    return " or ".join(sorted(kinds))
