"""Calls every operation of a practice cloud through botocore, and validates each response as it was sent against the model.

The environment has the cloud's address and credentials, as for the AWS CLI. The arguments are the operations that it has, as
`ecr:GetAuthorizationToken`. The cloud has a repository `app` with a scanned image that has the tag `latest`, whose manifest is on
standard input. Prints a JSON object: how each operation ended (`ok`, or the codes of its errors), and what is wrong with responses.
"""

import hashlib
import json
import re
import sys

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

from shapes import in_xml, local, on_the_wire, parse_xml

SESSION = botocore.session.get_session()
CONFIG = Config(parameter_validation=False, retries={"total_max_attempts": 1}, inject_host_prefix=False)
MANIFEST = sys.stdin.read()
ARN = "arn:aws:ecr:{region}:123456789012:repository/app"

LAYER = b"a layer"
LAYER_DIGEST = "sha256:" + hashlib.sha256(LAYER).hexdigest()

LIFECYCLE = json.dumps({"rules": [{
    "rulePriority": 1, "action": {"type": "expire"},
    "selection": {"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 14},
}]})


def policy(principal, action, **members):
    statement = {"Sid": "a", "Effect": "Allow", "Principal": {"AWS": principal}, "Action": [action], **members}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


# Errors that every operation of the protocol can have, whether its model lists them or not.
COMMON = {
    "AccessDeniedException", "UnrecognizedClientException", "InvalidSignatureException", "ExpiredTokenException",
    "ThrottlingException", "UnknownOperationException", "SerializationException", "ValidationException",
    "ValidationError", "AccessDenied", "InvalidInput", "MissingParameter", "InvalidAction",
}

# Where responses depart from the models, most as AWS's own: the operation, what is wrong, and where that is from.
QUIRKS = [
    ("ecr:DescribeImageScanFindings", r"findingSeverityCounts \(key\): 'UNTRIAGED'", "ECR user guide, enhanced scanning: the counts are Inspector's"),
    ("ecr:ListImages", r"\.imageIds: 0 is less than 1", "the bounds are those of the input, which has the same shape"),
    ("inspector2:BatchGetAccountStatus", r"error(Code|Message): required", "AWS CLI's example: a state without an error has none"),
    ("inspector2:GetClustersForImage", r"\.cluster: 0 is less than 1", "nothing runs images in the practice cloud"),
    ("inspector2:ListCoverageStatistics", r"groupKey: ", "AWS CLI's example: the key is the value of the group"),
]

# What the operations get whose input cannot be made up from its shape. In this order, before all others. What begins with `$` is from the
# response to an earlier call. An operation that the cloud does not have is left out.
INPUTS = [
    ("ecr:CreateRepository", {"repositoryName": "made", "tags": [{"Key": "a", "Value": "b"}]}),
    ("ecr:TagResource", {"resourceArn": ARN, "tags": [{"Key": "a", "Value": "b"}]}),
    ("ecr:UntagResource", {"resourceArn": ARN, "tagKeys": ["none"]}),
    ("ecr:ListTagsForResource", {"resourceArn": ARN}),
    ("ecr:GetAccountSetting", {"name": "BLOB_MOUNTING"}),
    ("ecr:PutAccountSetting", {"name": "BLOB_MOUNTING", "value": "ENABLED"}),
    ("ecr:PutImage", {"repositoryName": "app", "imageManifest": MANIFEST, "imageTag": "another"}),
    ("ecr:BatchDeleteImage", {"repositoryName": "app", "imageIds": [{"imageTag": "another"}, {"imageTag": "none"}]}),
    ("ecr:PutRegistryScanningConfiguration", {
        "scanType": "ENHANCED",
        "rules": [{"scanFrequency": "CONTINUOUS_SCAN", "repositoryFilters": [{"filter": "app", "filterType": "WILDCARD"}]}],
    }),
    ("ecr:DescribeImageScanFindings", {"repositoryName": "app", "imageId": {"imageTag": "latest"}}),
    ("ecr:StartImageScan", {"repositoryName": "app", "imageId": {"imageTag": "latest"}}),
    ("ecr:BatchGetRepositoryScanningConfiguration", {"repositoryNames": ["app", "none"]}),
    ("ecr:PutLifecyclePolicy", {"repositoryName": "app", "lifecyclePolicyText": LIFECYCLE}),
    ("ecr:GetLifecyclePolicy", {"repositoryName": "app"}),
    ("ecr:StartLifecyclePolicyPreview", {"repositoryName": "app"}),
    ("ecr:GetLifecyclePolicyPreview", {"repositoryName": "app"}),
    ("ecr:DeleteLifecyclePolicy", {"repositoryName": "app"}),
    ("ecr:SetRepositoryPolicy", {
        "repositoryName": "app", "policyText": policy("arn:aws:iam::123456789012:root", "ecr:BatchGetImage"),
    }),
    ("ecr:GetRepositoryPolicy", {"repositoryName": "app"}),
    ("ecr:DeleteRepositoryPolicy", {"repositoryName": "app"}),
    ("ecr:PutRegistryPolicy", {
        "policyText": policy(
            "arn:aws:iam::210987654321:root", "ecr:ReplicateImage",
            Resource=["arn:aws:ecr:{region}:123456789012:repository/*"],
        ),
    }),
    ("ecr:GetRegistryPolicy", {}),
    ("ecr:DeleteRegistryPolicy", {}),
    ("ecr:PutReplicationConfiguration", {"replicationConfiguration": {"rules": [
        {"destinations": [{"region": "us-west-2", "registryId": "123456789012"}]},
    ]}}),
    ("ecr:DescribeImageReplicationStatus", {"repositoryName": "app", "imageId": {"imageTag": "latest"}}),
    ("ecr:CreatePullThroughCacheRule", {"ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io"}),
    ("ecr:DescribePullThroughCacheRules", {}),
    ("ecr:ValidatePullThroughCacheRule", {"ecrRepositoryPrefix": "quay"}),
    ("ecr:DeletePullThroughCacheRule", {"ecrRepositoryPrefix": "quay"}),
    ("ecr:InitiateLayerUpload", {"repositoryName": "app"}),
    ("ecr:UploadLayerPart", {
        "repositoryName": "app", "uploadId": "$upload", "partFirstByte": 0, "partLastByte": len(LAYER) - 1, "layerPartBlob": LAYER,
    }),
    ("ecr:CompleteLayerUpload", {"repositoryName": "app", "uploadId": "$upload", "layerDigests": [LAYER_DIGEST]}),
    ("ecr:GetDownloadUrlForLayer", {"repositoryName": "app", "layerDigest": LAYER_DIGEST}),
    ("inspector2:Enable", {"resourceTypes": ["ECR"]}),
    ("inspector2:ListFindings", {}),
    ("inspector2:BatchGetFindingDetails", {"findingArns": "$findings"}),
    ("inspector2:BatchGetFreeTrialInfo", {"accountIds": ["123456789012", "210987654321"]}),
    ("inspector2:UpdateConfiguration", {"ecrConfiguration": {"rescanDuration": "DAYS_30"}}),
    ("inspector2:ListCoverageStatistics", {"groupBy": "SCAN_STATUS_REASON"}),
    *(("inspector2:ListFindingAggregations", {"aggregationType": kind}) for kind in (
        "ACCOUNT", "AWS_ECR_CONTAINER", "FINDING_TYPE", "IMAGE_LAYER", "PACKAGE", "REPOSITORY", "TITLE",
    )),
    ("inspector2:CreateFilter", {
        "name": "made", "action": "SUPPRESS", "filterCriteria": {"severity": [{"comparison": "EQUALS", "value": "LOW"}]},
    }),
    ("inspector2:ListFilters", {}),
    ("inspector2:UpdateFilter", {"filterArn": "$filter", "reason": "another"}),
    ("inspector2:TagResource", {"resourceArn": "$filter", "tags": {"a": "b"}}),
    ("inspector2:ListTagsForResource", {"resourceArn": "$filter"}),
    ("inspector2:UntagResource", {"resourceArn": "$filter", "tagKeys": ["a"]}),
    ("inspector2:DeleteFilter", {"arn": "$filter"}),
    ("inspector2:SearchVulnerabilities", {"filterCriteria": {"vulnerabilityIds": ["CVE-2021-44228"]}}),
    ("inspector2:ListUsageTotals", {}),
    ("inspector2:GetClustersForImage", {"filter": {"resourceId": ARN + "/sha256:" + 64 * "0"}}),
    ("sts:AssumeRoleWithWebIdentity", {
        "RoleArn": "arn:aws:iam::123456789012:role/None", "RoleSessionName": "session", "WebIdentityToken": "token",
    }),
    ("iam:SimulatePrincipalPolicy", {
        "PolicySourceArn": "arn:aws:iam::123456789012:user/practice", "ActionNames": ["ecr:CreateRepository"],
    }),
    ("ecr:UpdateImageStorageClass", {
        "repositoryName": "app", "imageId": {"imageTag": "latest"}, "targetStorageClass": "ARCHIVE",
    }),
]

# Called at the end, since others need what they remove.
LAST = ["inspector2:Disable", "ecr:DeleteRepository"]


class Clients:
    """Clients that keep each response as it was sent."""

    def __init__(self):
        self.clients, self.response = {}, None

    def get(self, service):
        if service not in self.clients:
            client = SESSION.create_client(service, config=CONFIG)
            client.meta.events.register("before-parse.*", self.keep)
            self.clients[service] = client
        return self.clients[service]

    def keep(self, response_dict, **_):
        self.response = dict(response_dict)

    def call(self, service, operation, params):
        """The parsed response, or `None` for an error, and its code."""
        self.response = None
        client = self.get(service)
        try:
            return client._make_api_call(operation, params), "ok"
        except ClientError as error:
            return None, error.response["Error"]["Code"]


def problems(model, response):
    """What is wrong with a response."""
    headers = {name.lower(): value for name, value in response["headers"].items()}
    if not headers.get("x-amzn-requestid"):
        yield "no request id"
    protocol = model.service_model.metadata["protocol"]
    expected = {"json": "application/x-amz-json-1.1", "rest-json": "application/json", "query": "text/xml"}[protocol]
    if response["body"] and headers.get("content-type", "").split(";")[0] != expected:
        yield f"content type {headers.get('content-type')} instead of {expected}"
    status = response["status_code"]
    if protocol == "query":
        yield from xml_problems(model, parse_xml(response["body"]), status)
        return
    body = json.loads(response["body"] or b"{}")
    if status < 300:
        if model.output_shape is not None:
            yield from on_the_wire(model.output_shape, body, "")
        elif body:
            yield f"the operation has no output: {body}"
        return
    code = headers.get("x-amzn-errortype") or body.pop("__type", "")
    code = code.split(":")[0].rpartition("#")[2]
    shape = next((shape for shape in model.error_shapes if shape.name == code), None)
    if shape is None:
        if code not in COMMON:
            yield f"{code} is no error of the operation"
        return
    body = {name: value for name, value in body.items() if name != "__type"}
    # Whether a message is called `message` or `Message` depends on the error.
    body = {"message" if name == "Message" and "message" in shape.members else name: value for name, value in body.items()}
    yield from on_the_wire(shape, body, code)
    expected = shape.metadata.get("error", {}).get("httpStatusCode")
    if expected and expected != status:
        yield f"{code}: status {status} instead of {expected}"


def xml_problems(model, root, status):
    if status < 300:
        if local(root) != f"{model.name}Response":
            yield f"the root is {local(root)}"
        results = [child for child in root if local(child) == f"{model.name}Result"]
        if model.output_shape is not None and len(results) == 1:
            yield from in_xml(model.output_shape, results[0], "")
        elif model.output_shape is not None:
            yield f"{len(results)} results"
        if not any(local(part) == "RequestId" for part in root.iter()):
            yield "no request id in the document"
        return
    code = next((part.text for part in root.iter() if local(part) == "Code"), None)
    codes = {shape.metadata.get("error", {}).get("code", shape.name) for shape in model.error_shapes}
    if code not in codes | COMMON:
        yield f"{code} is no error of the operation"


def made_up(shape, name=""):
    """Input from its shape: what is required, and what names the repository that exists."""
    if shape is None:
        return {}
    if shape.type_name == "structure":
        wanted = set(shape.required_members) | ({"repositoryName", "repositoryNames"} & set(shape.members))
        return {member: made_up(shape.members[member], member) for member in shape.members if member in wanted}
    if shape.type_name == "list":
        return [made_up(shape.member, name)]
    if shape.type_name == "map":
        return {}
    if shape.type_name in ("integer", "long", "float", "double", "timestamp"):
        return max(1, shape.metadata.get("min", 1))
    if shape.type_name == "boolean":
        return False
    if shape.type_name == "blob":
        return b""
    if shape.enum:
        return shape.enum[0]
    known = {
        "repositoryName": "app", "repositoryNames": "app", "imageTag": "latest", "imageDigest": "sha256:" + 64 * "0",
        "accountId": "123456789012", "accountIds": "123456789012", "registryId": "123456789012", "resourceArn": ARN,
        "name": "BLOB_MOUNTING", "RoleArn": "arn:aws:iam::123456789012:role/None", "imageManifest": MANIFEST,
    }
    return known.get(name, "made-up")


class Run:
    def __init__(self):
        self.clients, self.operations, self.errors, self.kept = Clients(), {}, set(), {}
        self.unused = {quirk[:2] for quirk in QUIRKS}

    def model(self, name):
        service, operation = name.split(":")
        return self.clients.get(service).meta.service_model.operation_model(operation)

    def call(self, name, params):
        service, operation = name.split(":")
        region = self.clients.get(service).meta.region_name
        params = json.loads(json.dumps(params, default=lambda value: value.decode()).replace("{region}", region))
        params = {key: self.kept.get(value, "none") if str(value).startswith("$") else value for key, value in params.items()}
        parsed, code = self.clients.call(service, operation, params)
        self.operations.setdefault(name, set()).add(code)
        if self.clients.response is None:
            self.errors.add(f"{name}: no response: {code}")
            return None
        for key, member in (("$upload", "uploadId"), ("$filter", "arn")):
            if parsed and operation in ("InitiateLayerUpload", "CreateFilter") and member in parsed:
                self.kept[key] = parsed[member]
        for problem in problems(self.model(name), self.clients.response):
            quirks = {(quirk, text) for quirk, text, _ in QUIRKS if quirk == name and re.search(text, problem)}
            self.unused -= quirks
            if not quirks:
                self.errors.add(f"{name} ({code}): {problem}")
        return parsed

    def pages(self, name, params):
        """All pages of one item each, or the response of an operation without pages."""
        input_shape = self.model(name).input_shape
        pages = input_shape is not None and {"nextToken", "maxResults"} <= set(input_shape.members)
        low = input_shape.members["maxResults"].metadata.get("min", 1) if pages else 0
        parsed = self.call(name, {**params, "maxResults": max(1, low)} if pages else params)
        seen = 0
        while pages and parsed and parsed.get("nextToken") and seen < 20:
            seen += 1
            parsed = self.call(name, {**params, "maxResults": max(1, low), "nextToken": parsed["nextToken"]})
        whole = self.call(name, params) if pages else parsed
        if name == "inspector2:ListFindings" and whole:
            self.kept["$findings"] = [finding["findingArn"] for finding in whole["findings"]][:3]
            self.kept["$findings"].append(re.sub("[a-f0-9]{32}$", 32 * "0", self.kept["$findings"][0]))

    def refusals(self, name):
        """The errors of an operation: of a repository that does not exist, of input that is missing, and of a wrong token."""
        input_shape = self.model(name).input_shape
        members = {} if input_shape is None else input_shape.members
        # What the path of the request is made of cannot be missing.
        in_path = {member for member, shape in members.items() if shape.serialization.get("location") == "uri"}
        self.call(name, {member: value for member, value in made_up(input_shape).items() if member in in_path} if in_path else {})
        for member, value in (("repositoryName", "nowhere"), ("nextToken", "made-up"), ("maxResults", -1)):
            if member in members:
                self.call(name, {**made_up(input_shape), member: value})


def main():
    names, run = sys.argv[1:], Run()
    unlisted = [name for name in names if name not in dict(INPUTS)]
    calls = INPUTS + [(name, made_up(run.model(name).input_shape)) for name in unlisted if name not in LAST]
    for name, params in calls:
        if name in names:
            run.pages(name, params)
    for name in names:
        if name not in LAST:
            run.refusals(name)
    for name in LAST:
        if name in names:
            run.refusals(name)
            run.call(name, {"repositoryName": "made"} if name.startswith("ecr:") else {"resourceTypes": ["ECR"]})
    run.errors |= {f"{name}: nothing departs from the model as in `{text}` any longer" for name, text in run.unused if name in names}
    operations = {name: sorted(codes) for name, codes in run.operations.items()}
    print(json.dumps({"operations": operations, "errors": sorted(run.errors)}))


main()
