# Keyworker. On a fresh machine: `make demo` to look at it, `make test` to test it.
# Each target installs what it needs, shows what it does, and is quick the second time.

PORT ?= 8080
PEOPLE ?= 30000
YEARS ?= 3
TARGET := $(or $(CARGO_TARGET_DIR),target)

.PHONY: help demo build test check bench schema front clean-demo

help:
	@echo "make demo    an invented borough to look at, on http://127.0.0.1:$(PORT)/ (PORT=, DATABASE=)"
	@echo "make test    every test: the program, both databases, the browser"
	@echo "make check   formatting, lints, the rules of the house"
	@echo "make build   the program, for use ($(TARGET)/release/keyworker)"
	@echo "make bench   the figures of docs/measurements.md"
	@echo "make schema  docs/schema.md from the migrations"

# The front-end packages, when they are missing or their list has changed.
front: node_modules/.installed
node_modules/.installed: package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: install Node.js 20 or newer (Debian: apt-get install nodejs npm)"; exit 1; }
	npm ci --no-audit --no-fund
	@touch $@

build: front
	@command -v cargo >/dev/null || { echo "cargo is missing: install Rust 1.90 or newer (https://rustup.rs)"; exit 1; }
	cargo build --release --locked -p keyworker

demo: build
	@exec $(TARGET)/release/keyworker demo --folder demo --people $(PEOPLE) --years $(YEARS) --port $(PORT) --serve

test: front
	@python3 tests/run.py

check: front
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	@python3 tests/house.py

bench: build
	@python3 bench/run.py $(BENCH)

schema: front
	cargo run -q -p keyworker -- schema > docs/schema.md

clean-demo:
	rm -rf demo
