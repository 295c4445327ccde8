#!/bin/sh
# Stops the servers that up.sh started in DIR, and nothing else.
#   down.sh DIR [--wipe]      --wipe also deletes what the parts stored
set -eu

[ $# -ge 1 ] && [ -d "$1" ] || { sed -n '2,3s/^# \{0,1\}//p' "$0" >&2; exit 2; }
dir=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
. "$here/processes.sh"

stop() {
  read -r pid _ <"$1"
  kill -TERM "$pid"
  attempts=200
  while is_running "$1" && [ "$attempts" -gt 0 ]; do
    attempts=$((attempts - 1))
    sleep 0.1
  done
  if is_running "$1"; then
    echo "down.sh: $2 (process $pid) ignored TERM for 20 seconds and is killed" >&2
    kill -KILL "$pid"
  fi
}

for part in moto dockerd registry; do
  file=$dir/$part.pid
  [ -f "$file" ] || continue
  if is_running "$file"; then
    stop "$file" "$part"
    echo "$part stopped"
  else
    echo "$part was not running any more"
  fi
  rm -f "$file"
done
rm -f "$dir/env" "$dir/docker.sock" "$dir/docker-exec.pid"
if [ "${2:-}" = --wipe ]; then
  rm -rf "$dir/docker-data" "$dir/docker-exec" "$dir/registry-data" "$dir/registry.yml" "$dir/venv" "$dir/venv.log" \
    "$dir/dockerd.log" "$dir/registry.log" "$dir/moto.log"
fi
