# Sourced by up.sh and down.sh: records a process by its id and start time, because ids are reused.

[ -r /proc/self/stat ] || { echo "these scripts need Linux's /proc" >&2; exit 3; }

# identity PID: when the process was started, in ticks since boot; nothing if it has ended or is a zombie.
identity() {
  # The name, in parentheses, may contain spaces; after it come the state and field 4.
  sed -n 's/.*) \([A-Z]\) \(.*\)/\1 \2/p' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" && $1 != "X" { print $20 }'
}

remember() { echo "$1 $(identity "$1")" >"$2"; }

# is_running PIDFILE: whether the recorded process is still running.
is_running() {
  [ -f "$1" ] || return 1
  read -r pid since <"$1"
  [ -n "$since" ] && [ "$(identity "$pid")" = "$since" ]
}
