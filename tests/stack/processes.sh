# Sourced by up.sh and down.sh: remembers a process so that another one with its number is never taken for it.

[ -r /proc/self/stat ] || { echo "these scripts need Linux's /proc" >&2; exit 3; }

# identity PID: when it was started, in ticks since boot; nothing if it is gone or only waits to be reaped.
identity() {
  # The name, in parentheses, may hold spaces; what follows it is the state and then field 4.
  sed -n 's/.*) \([A-Z]\) \(.*\)/\1 \2/p' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" && $1 != "X" { print $20 }'
}

remember() { echo "$1 $(identity "$1")" >"$2"; }

# is_running PIDFILE: whether the process remembered there still is that process.
is_running() {
  [ -f "$1" ] || return 1
  read -r pid since <"$1"
  [ -n "$since" ] && [ "$(identity "$pid")" = "$since" ]
}
