"""Prints the Regions in which botocore knows an endpoint of both Amazon ECR and Amazon Inspector, as a JSON list."""

import json

import botocore.session

SESSION = botocore.session.get_session()


def regions(endpoint):
    """Of every partition. The endpoint of ECR's API is `api.ecr`."""
    partitions = SESSION.get_component("endpoint_resolver").get_available_partitions()
    resolver = SESSION.get_component("endpoint_resolver")
    return {name for part in partitions for name in resolver.get_available_endpoints(endpoint, part)}


print(json.dumps(sorted(regions("api.ecr") & regions("inspector2"))))
