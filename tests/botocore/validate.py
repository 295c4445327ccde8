"""Validates recorded calls against the input shapes of botocore's service models.

Reads one JSON object a line from standard input: {"target", "path", "body"}. Prints a JSON object: the operations that were
validated, and what is wrong with their input. Members, types and required members are checked as botocore itself does;
enumerations, patterns and lengths, which only the services check, are checked here.
"""

import json
import sys
from urllib.parse import parse_qsl

import botocore.session
from botocore.validate import ParamValidator

from shapes import constraints

SESSION = botocore.session.get_session()
MODELS = {name: SESSION.get_service_model(name) for name in ("ecr", "inspector2", "iam", "sts")}


def operation_of(call):
    """The service model, the operation model, and the parameters by the names of the members."""
    if call["target"]:
        model = MODELS["ecr"]
        prefix, name = call["target"].rsplit(".", 1)
        assert prefix == model.metadata["targetPrefix"], call["target"]
        operation = model.operation_model(name)
        return model, operation, named(operation.input_shape, json.loads(call["body"] or "{}"))
    if call["path"] == "/":
        form = dict(parse_qsl(call["body"], keep_blank_values=True))
        service = "iam" if form["Version"] == MODELS["iam"].metadata["apiVersion"] else "sts"
        model = MODELS[service]
        operation = model.operation_model(form["Action"])
        return model, operation, from_form(operation.input_shape, form)
    model = MODELS["inspector2"]
    for name in model.operation_names:
        operation = model.operation_model(name)
        if operation.http["requestUri"].rstrip("/") == call["path"].rstrip("/"):
            return model, operation, named(operation.input_shape, json.loads(call["body"] or "{}"))
    raise ValueError("no operation of Inspector has the path " + call["path"])


def named(shape, value):
    """A JSON value with members by their names in the model instead of those on the wire."""
    if shape is None:
        return value
    if shape.type_name == "structure" and isinstance(value, dict):
        members = {member.serialization.get("name", name): (name, member) for name, member in shape.members.items()}
        return {
            members[key][0] if key in members else key: named(members[key][1], item) if key in members else item
            for key, item in value.items()
        }
    if shape.type_name == "list" and isinstance(value, list):
        return [named(shape.member, item) for item in value]
    if shape.type_name == "map" and isinstance(value, dict):
        return {key: named(shape.value, item) for key, item in value.items()}
    return value


def from_form(shape, form, prefix=""):
    """The members of a form of the query protocol. Keys that belong to no member are kept, so that they are reported."""
    params, known = {}, {"Action", "Version"}
    if shape is not None:
        for name, member in shape.members.items():
            value, used = from_key(member, form, prefix + name)
            known |= used
            if value is not None:
                params[name] = value
    if not prefix:
        params.update({key: value for key, value in form.items() if key not in known})
    return params


def from_key(shape, form, key):
    if shape.type_name == "list":
        items, used = [], set()
        while True:
            item, more = from_key(shape.member, form, f"{key}.member.{len(items) + 1}")
            if item is None:
                return (items or None), used
            items.append(item)
            used |= more
    if shape.type_name == "structure":
        used = {name for name in form if name.startswith(key + ".")}
        return (from_form(shape, form, key + ".") if used else None), used
    if key not in form:
        return None, set()
    convert = {"integer": int, "boolean": lambda text: text == "true"}.get(shape.type_name, str)
    return convert(form[key]), {key}


def main():
    operations, errors = set(), set()
    for line in sys.stdin:
        call = json.loads(line)
        model, operation, params = operation_of(call)
        name = f"{model.service_name}:{operation.name}"
        operations.add(name)
        if operation.input_shape is None:
            continue
        report = ParamValidator().validate(params, operation.input_shape)
        if report.has_errors():
            errors.add(f"{name}: {report.generate_report()}")
            continue
        errors.update(f"{name}: {error}" for error in constraints(operation.input_shape, params, ""))
    print(json.dumps({"operations": sorted(operations), "errors": sorted(errors)}))


main()
