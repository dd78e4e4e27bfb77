#!/usr/bin/env bash
# Brings a machine to the point where Jaring can be built, run or tested. Says
# what it does, does only what is missing, and can be run again at any time.
#
#   scripts/setup.sh run     Go and Node packages
#   scripts/setup.sh test    the same, and PostgreSQL and Chromium for the tests
#   scripts/setup.sh soak    the same, and strace, which counts the fsync calls
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# at_least A B: version A is B or later.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

check_go() {
  have go || die "Go is missing. Install Go 1.26 or later (https://go.dev/dl), then run this again."
  # An older Go fetches the one that go.mod asks for, or says here that it cannot.
  local found; found=$(go env GOVERSION) || die "this Go cannot build Jaring. Install 1.26 or later (https://go.dev/dl)."
  found=${found#go}
  at_least "$found" 1.26 || die "Go $found is too old. Jaring needs 1.26 or later."
}

check_node() {
  have node && have npm || die "Node or npm is missing. Install Node 20.19 or later with npm, then run this again."
  local found; found=$(node -p process.versions.node)
  at_least "$found" 20.19 || die "Node $found is too old. Jaring needs 20.19 or later."
}

go_packages() { go mod download || die "the Go packages could not be fetched. Check the network, then run this again."; }

# npm ci empties node_modules, so the stamp inside it tells what is installed.
web_packages() {
  [ -f web/package-lock.json ] || return 0
  local stamp=web/node_modules/.installed want
  want=$( { node -p 'process.version + process.arch'; cat web/package-lock.json; } | sha256sum)
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ] && return 0
  say "fetching the web packages (npm ci)"
  (cd web && npm ci --no-audit --no-fund --loglevel=error >&2) || die "npm ci failed; its own words stand above."
  printf '%s\n' "$want" >"$stamp"
}

# The tests start their own cluster, so only the programs are needed.
have_postgres() {
  [ -z "${JARING_TEST_POSTGRES_URL:-}" ] || return 0
  local dir
  for dir in /usr/lib/postgresql/*/bin; do
    [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ] && at_least "$(basename "$(dirname "$dir")")" 15 && return 0
  done
  have initdb && have postgres
}

have_chromium() { [ -n "${CHROMIUM:-}" ] && have "$CHROMIUM" || have chromium; }

install_missing() {
  local missing=()
  have_postgres || missing+=(postgresql)
  have_chromium || missing+=(chromium fonts-liberation)
  [ "$1" != soak ] || have strace || missing+=(strace)
  [ ${#missing[@]} -gt 0 ] || return 0
  have apt-get || die "missing: ${missing[*]}. This machine has no apt-get; install them by its own means, then run this again."
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    have sudo || die "missing: ${missing[*]}. Run 'apt-get install ${missing[*]}' as root, then run this again."
    as_root=(sudo)
    [ -t 0 ] || as_root+=(-n)
  fi
  say "installing ${missing[*]} (apt-get)"
  "${as_root[@]}" apt-get -q update >&2 || say "the package lists could not be renewed; trying with the old ones"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "${missing[@]}" >&2 ||
    die "could not install ${missing[*]}. Install them by hand, then run this again."
  have_postgres && have_chromium || die "installed, but PostgreSQL 15 or Chromium is still not found."
}

case "${1:-}" in run | test | soak) ;; *) die "say what for: run, test or soak" ;; esac
check_go
check_node
[ "$1" = run ] || install_missing "$1"
go_packages
web_packages
