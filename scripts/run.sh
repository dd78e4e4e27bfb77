#!/usr/bin/env bash
# Serves the demo: makes its database once, shows where it is and how to log in.
#
#   scripts/run.sh [ADDRESS]    default 127.0.0.1:8080
set -euo pipefail
cd "$(dirname "$0")/.."

listen=${1:-127.0.0.1:8080}
db=data/jaring.db
logins=$db.logins

mkdir -p data
if [ ! -e "$db" ]; then
  printf 'Making the demo data in ./data …\n' >&2
  # What a broken-off start left behind would look like a whole database.
  trap 'rm -f "$db" "$db"-wal "$db"-shm "$logins"' EXIT INT TERM
  bin/jaring demo --db "sqlite:$db" >/dev/null
  trap - EXIT INT TERM
fi

cat <<TEXT

  Jaring          http://$listen
  my family       http://$listen/manfaat
  become a kader  http://$listen/daftar-kader
  the API         http://$listen/api/docs

TEXT
if [ -r "$logins" ]; then
  printf '  Demo logins, all of them kept in %s (%s of kader):\n\n' "$logins" "$(grep -c '  agent  ' "$logins")"
  # The desks, and the three kader who won the sweep.
  { grep -v '  agent  ' "$logins" || true; grep -E '  (Rahma Dewi|Yusnidar Amir|Bambang Tarigan)  ' "$logins" || true; } | sed 's/^/  /'
  printf '\n'
  cat <<TEXT
  The market sweep, live: leave this running, and in another terminal

      bin/jaring play http://$listen --over 3m

  It prints the address of a board that shows 25 kader register 192 people.

TEXT
fi
printf '  Stop with Ctrl-C. A fresh demo: make clean-data, then make run.\n\n'
exec bin/jaring serve --db "sqlite:$db" --listen "$listen"
