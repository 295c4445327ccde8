"""Uses an image engine with Docker's library for Python, as scripts of learners do. Prints what it saw as a JSON object.

The environment has DOCKER_HOST; the arguments are an image to pull, a repository to push it to, and its password.
"""

import io
import json
import sys
import time

import docker
from docker.errors import APIError, ImageNotFound

SOURCE, TARGET, PASSWORD = sys.argv[1:]


def refusal(call):
    try:
        call()
    except APIError as error:
        return [error.response.status_code, error.explanation]
    raise AssertionError("it was not refused")


def main():
    client = docker.from_env(timeout=120)
    seen = {"ping": client.ping(), "api": client.version()["ApiVersion"], "containers": client.containers.list()}
    started = int(time.time()) - 1
    image = client.images.pull(*SOURCE.rsplit(":", 1), platform="linux/amd64")
    seen["pulled"] = {"id": image.id, "tags": image.tags, "layers": len(image.attrs["RootFS"]["Layers"])}
    seen["history"] = len(image.history()) > 0
    assert image.tag(TARGET, "1")
    seen["denied"] = [line for line in client.api.push(TARGET, "1", stream=True, decode=True) if "error" in line]
    login = client.login("AWS", PASSWORD, registry=TARGET.split("/")[0], reauth=True)
    seen["login"] = login["Status"]
    lines = list(client.api.push(TARGET, "1", stream=True, decode=True, auth_config={"username": "AWS", "password": PASSWORD}))
    seen["errors"] = [line["error"] for line in lines if "error" in line]
    seen["digest"] = next((line["aux"]["Digest"] for line in lines if "aux" in line), None)
    seen["listed"] = sorted(tag for listed in client.images.list() for tag in listed.tags)
    saved = b"".join(client.images.get(SOURCE).save(named=True))
    client.images.remove(SOURCE)
    client.images.remove(f"{TARGET}:1")
    seen["left"] = [listed.tags for listed in client.images.list()]
    seen["loaded"] = [loaded.id for loaded in client.images.load(io.BytesIO(saved))]
    seen["disk"] = len(client.df()["Images"])
    events = client.events(since=started, until=int(time.time()) + 1, decode=True)
    seen["events"] = sorted({event["Action"] for event in events})
    seen["pruned"] = len(client.images.prune(filters={"dangling": False})["ImagesDeleted"] or [])
    try:
        client.images.get("nothing-there")
    except ImageNotFound as error:
        seen["missing"] = error.response.status_code
    seen["run"] = refusal(lambda: client.containers.run(SOURCE))
    seen["build"] = refusal(lambda: list(client.api.build(fileobj=io.BytesIO(b"FROM scratch"), rm=True)))
    print(json.dumps(seen))


main()
