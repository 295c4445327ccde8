#!/bin/sh
# Starts third-party servers for tests: see README.md.
#   up.sh DIR PART...      PART: dockerd | registry | moto
# Everything it writes is in DIR. DIR/env holds the addresses; down.sh DIR stops what was started.
set -eu

usage() { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2; }
fail() { echo "up.sh: $2" >&2; exit "$1"; }
need() { command -v "$1" >/dev/null 2>&1 || fail 4 "$1 is not on PATH (Debian: apt-get install $2)"; }

[ $# -ge 2 ] || usage
mkdir -p "$1"
dir=$(cd "$1" && pwd)
shift
here=$(cd "$(dirname "$0")" && pwd)
. "$here/processes.sh"
# Loopback only: no request may go through a proxy.
unset HTTP_PROXY HTTPS_PROXY ALL_PROXY http_proxy https_proxy all_proxy

# start PART COMMAND...: runs the command in a session of its own, with its output in DIR/PART.log.
start() {
  part=$1; shift
  if is_running "$dir/$part.pid"; then fail 1 "$part is already running in $dir"; fi
  : >"$dir/$part.log"
  setsid "$@" >"$dir/$part.log" 2>&1 </dev/null &
  remember "$!" "$dir/$part.pid"
}

# await PART REGEX: waits at most 60 seconds for a matching line of the log, and prints the regex's group.
await() {
  attempts=600
  while [ "$attempts" -gt 0 ]; do
    match=$(sed -n "s#.*$2.*#\1#p" "$dir/$1.log" | head -n 1)
    if [ -n "$match" ]; then echo "$match"; return; fi
    is_running "$dir/$1.pid" || break
    attempts=$((attempts - 1))
    sleep 0.1
  done
  tail -n 5 "$dir/$1.log" >&2
  fail 1 "$1 did not start, see $dir/$1.log"
}

# publish NAME VALUE: prints the variable, and replaces it in DIR/env.
publish() {
  touch "$dir/env"
  sed -i "/^$1=/d" "$dir/env"
  echo "$1=$2" | tee -a "$dir/env"
}

up_dockerd() {
  [ "$(id -u)" = 0 ] || fail 3 "dockerd needs root, this is user $(id -un); the other parts do not"
  need dockerd docker.io
  socket=$dir/docker.sock
  # The kernel's limit for a socket's path, including the terminating zero.
  [ ${#socket} -lt 108 ] || fail 2 "$socket is too long for a socket, choose a shorter DIR"
  # No bridge and no packet filter: images are pulled, pushed and kept, but no container gets a network.
  start dockerd dockerd --host="unix://$socket" --data-root="$dir/docker-data" --exec-root="$dir/docker-exec" \
    --pidfile="$dir/docker-exec.pid" --storage-driver="${STORAGE_DRIVER:-vfs}" \
    --bridge=none --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false
  await dockerd '\(API listen on\)' >/dev/null
  publish DOCKER_HOST "unix://$socket"
}

up_registry() {
  need docker-registry docker-registry
  cat >"$dir/registry.yml" <<YML
version: 0.1
log: {level: info, formatter: text}
storage:
  filesystem: {rootdirectory: $dir/registry-data}
  delete: {enabled: true}
http: {addr: 127.0.0.1:0, secret: only-for-tests}
YML
  start registry env OTEL_TRACES_EXPORTER=none docker-registry serve "$dir/registry.yml"
  publish REGISTRY "$(await registry 'listening on \(127\.0\.0\.1:[0-9]*\)')"
}

up_moto() {
  moto=$(command -v moto_server || true)
  if [ -z "$moto" ]; then
    moto=$dir/venv/bin/moto_server
    if [ ! -x "$moto" ]; then
      need python3 python3-venv
      python3 -m venv "$dir/venv" >"$dir/venv.log" 2>&1 && "$dir/venv/bin/pip" install --quiet 'moto[server]>=5,<6' >>"$dir/venv.log" 2>&1 ||
        fail 4 "moto_server is not on PATH and pip could not install it, see $dir/venv.log"
    fi
  fi
  start moto env -u MOTO_PORT PYTHONUNBUFFERED=1 "$moto" -H 127.0.0.1 -p 0
  publish MOTO "$(await moto 'Running on \(http://127\.0\.0\.1:[0-9]*\)')"
}

for part in "$@"; do
  case $part in dockerd | registry | moto) ;; *) usage ;; esac
done
for part in "$@"; do "up_$part"; done
