# Jaring. `make run` and `make test` set up all they need; the rest is for work on it.
# `make help` lists the targets with what they do.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

LISTEN ?= 127.0.0.1:8080

# The binary carries the web pages, so they are built first.
SITE := web/embedded/site/index.html
WEB_SOURCES = web/src web/static web/scripts web/package-lock.json web/svelte.config.js web/vite.config.ts
GO_FILES = $(shell find . -name '*.go' -not -path '*/node_modules/*' -not -path './.*')

.NOTPARALLEL:
.PHONY: help run test test-first setup build web site test-go test-web test-e2e soak bench generate clean clean-data

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: build ## set up, make the demo data once, serve it on http://127.0.0.1:8080 (LISTEN=ADDR)
	@scripts/run.sh "$(LISTEN)"

test: test-first test-e2e ## set up, then every test: Go on both engines, web, Chromium

# The Go tests wait a good deal and end on few cores; the web tests, mostly one process, run in
# those gaps. What these said is shown whole when both have ended. Chromium has the machine for itself.
test-first: setup
	@$(MAKE) site; mkdir -p .cache
	@($(MAKE) test-web >.cache/test-web.log 2>&1) & web=$$!; \
	$(MAKE) test-go && go=0 || go=$$?; wait $$web && web=0 || web=$$?; \
	cat .cache/test-web.log; exit $$((go | web))

setup: ## set up all that run and test need
	@scripts/setup.sh test

build: ## build bin/jaring with the web pages in it
	@scripts/setup.sh run
	@$(MAKE) site
	go build -trimpath -o bin/jaring ./cmd/jaring

web: ## build the web pages alone
	@scripts/setup.sh run
	@$(MAKE) site

# Built again when a source, or a folder that lost one, is newer than the pages.
site:
	@if [ ! -e $(SITE) ] || [ -n "$$(find $(WEB_SOURCES) -newer $(SITE) -print -quit)" ]; then \
		echo "building the web pages"; cd web; npm run --silent build; touch ../$(SITE); fi

# One vet for all is enough, so the tests do not vet again. Many of them wait for something:
# four packages at once keep two cores busy, the longest first, so that none is left alone at the end.
test-go: setup ## the Go tests, SQLite and PostgreSQL
	@$(MAKE) site
	@unformatted=$$(gofmt -l $(GO_FILES)); test -z "$$unformatted" || { echo "not gofmt'ed:" $$unformatted; exit 1; }
	go vet ./...
	go test -vet=off -p 4 -timeout 15m ./internal/store ./internal/app ./cmd/... ./internal/e2e ./...

test-web: setup ## types, unit tests, contrast and size budget of the web pages
	@$(MAKE) site
	cd web && npm run --silent check && npm run --silent test
	cd web && npm run --silent contrast && npm run --silent budget

test-e2e: setup build ## the pages in a real Chromium, against the real binary
	cd web && npm run --silent e2e

# One package after the other: each has the machine for itself.
soak: ## about an hour: 600 kills under load, syncs seen in the calls, a failing disk, mixed traffic
	@scripts/setup.sh soak
	@$(MAKE) build
	JARING_BIN=$(CURDIR)/bin/jaring go test -p 1 -tags soak -run Soak -count=1 -timeout 180m -v ./internal/...

bench: build ## measure: each figure beside the raw engine's in the same run, on both engines
	@scripts/setup.sh test
	go test -run '^$$' -bench . -benchmem ./internal/area ./internal/match ./internal/scheme
	@for b in match price all; do bin/jaring bench $$b; done
	@go run ./internal/jaringtest/pgcluster sh -c 'bin/jaring bench all --db "$$JARING_TEST_POSTGRES_URL"'

generate: ## make the generated files again (the area table; needs the npm registry)
	@scripts/setup.sh run
	go generate ./...

clean: ## remove what was built; the data stay
	rm -rf bin .cache web/embedded/site web/.svelte-kit web/test-results

clean-data: ## remove the demo data
	rm -f data/jaring.db data/jaring.db-wal data/jaring.db-shm data/jaring.db.logins data/jaring.db.keys*
