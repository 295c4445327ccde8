"""What botocore's models say of values: enumerations, patterns, lengths, and the form of responses on the wire."""

import re
from xml.etree import ElementTree


def constraints(shape, value, path):
    """What the model says beyond types: enumerations, patterns and lengths."""
    if shape.type_name == "structure":
        for name, item in value.items():
            if name in shape.members:
                yield from constraints(shape.members[name], item, f"{path}.{name}")
    elif shape.type_name == "list":
        yield from bounds(shape, len(value), path)
        for number, item in enumerate(value):
            yield from constraints(shape.member, item, f"{path}[{number}]")
    elif shape.type_name == "string":
        if shape.enum and value not in shape.enum:
            yield f"{path}: {value!r} is none of {shape.enum}"
        pattern = shape.metadata.get("pattern")
        if pattern and not re.fullmatch(pattern.strip("^$"), value):
            yield f"{path}: {value!r} does not match {pattern}"
        yield from bounds(shape, len(value), path)
    elif shape.type_name in ("integer", "long"):
        yield from bounds(shape, value, path)


def bounds(shape, size, path):
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if low is not None and size < low:
        yield f"{path}: {size} is less than {low}"
    if high is not None and size > high:
        yield f"{path}: {size} is more than {high}"


TYPES = {
    "string": str, "character": str, "blob": str, "boolean": bool, "integer": int, "long": int, "float": (int, float),
    "double": (int, float), "timestamp": (int, float), "list": list, "map": dict, "structure": dict,
}


def on_the_wire(shape, value, path):
    """What is wrong with a JSON value as it was sent. `null` is a member that is left out."""
    expected = TYPES[shape.type_name]
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
        yield f"{path}: {type(value).__name__} instead of {shape.type_name}"
    elif shape.type_name == "structure":
        members = {member.serialization.get("name", name): (name, member) for name, member in shape.members.items()}
        for key, item in value.items():
            if key not in members:
                yield f"{path}.{key}: the model has no such member"
            elif item is not None:
                yield from on_the_wire(members[key][1], item, f"{path}.{key}")
        present = {members[key][0] for key, item in value.items() if key in members and item is not None}
        for name in set(shape.required_members) - present:
            yield f"{path}.{name}: required, and not there"
        if shape.is_tagged_union and len(present) != 1:
            yield f"{path}: one member of a union, not {sorted(present)}"
    elif shape.type_name == "list":
        yield from bounds(shape, len(value), path)
        for item in value:
            yield from on_the_wire(shape.member, item, f"{path}[]")
    elif shape.type_name == "map":
        for key, item in value.items():
            yield from constraints(shape.key, key, f"{path} (key)")
            yield from on_the_wire(shape.value, item, f"{path}{{}}")
    else:
        yield from constraints(shape, value, path)


def in_xml(shape, element, path):
    """What is wrong with an element of the query protocol."""
    children = list(element)
    if shape.type_name == "structure":
        members = {member.serialization.get("name", name): (name, member) for name, member in shape.members.items()}
        for child in children:
            name = local(child)
            if name not in members:
                yield f"{path}.{name}: the model has no such member"
            else:
                yield from in_xml(members[name][1], child, f"{path}.{name}")
        present = {members[local(child)][0] for child in children if local(child) in members}
        for name in set(shape.required_members) - present:
            yield f"{path}.{name}: required, and not there"
    elif shape.type_name == "list":
        yield from bounds(shape, len(children), path)
        for child in children:
            if local(child) != shape.member.serialization.get("name", "member"):
                yield f"{path}: an element {local(child)} in a list"
            yield from in_xml(shape.member, child, f"{path}[]")
    elif children:
        yield f"{path}: elements in a {shape.type_name}"
    elif shape.type_name == "string":
        yield from constraints(shape, element.text or "", path)
    elif shape.type_name in ("integer", "long"):
        if not re.fullmatch("-?[0-9]+", element.text or ""):
            yield f"{path}: {element.text!r} is no number"
    elif shape.type_name == "boolean":
        if element.text not in ("true", "false"):
            yield f"{path}: {element.text!r} is no boolean"
    elif shape.type_name == "timestamp":
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", element.text or ""):
            yield f"{path}: {element.text!r} is no time"


def local(element):
    """The name without its namespace."""
    return element.tag.rpartition("}")[2]


def parse_xml(body):
    return ElementTree.fromstring(body)
