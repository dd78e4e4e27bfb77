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
  the API         http://$listen/api/docs

TEXT
if [ -r "$logins" ]; then
  printf '  Demo logins, kept in %s:\n\n' "$logins"
  sed 's/^/  /' "$logins"
  printf '\n'
fi
printf '  Stop with Ctrl-C. A fresh demo: make clean-data, then make run.\n\n'
exec bin/jaring serve --db "sqlite:$db" --listen "$listen"
