# Countinghouse. `make help` lists the verbs; each sets up what it needs.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALLED := .venv/.installed
export PATH := $(CURDIR)/$(BIN):$(PATH)
export DO_NOT_TRACK := 1

.DEFAULT_GOAL := help
.PHONY: help install system demo run replay dev db url psql stop clean lint format test bench docs touched

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' Makefile

install: $(INSTALLED) ## Python packages, exactly as locked, into .venv

$(INSTALLED): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo "Python 3.11 is needed: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python requirements.lock && touch $@

system: ## Debian packages for the browser tests (Chromium); does nothing where they are
	@docs/scripts/system-packages

demo: install ## the whole house against a practice shop: load, build, check, summary
	@$(BIN)/python -m orchestration demo

run: install ## the same main job against the accounts in accounts.toml
	@$(BIN)/python -m orchestration run

replay: install ## real transactions through the main job: make replay DATA=<parquet> [PLATFORM=shopify]
	@$(BIN)/python -m orchestration replay --data "$(DATA)" --platform "$(or $(PLATFORM),shopify)"

dev: install ## Dagster's web UI on http://127.0.0.1:3000
	@$(BIN)/python -m orchestration dev

db: install ## start the warehouse; afterwards `dbt build` works in dbt_project/
	@$(BIN)/python -m warehouse start

url: install ## print the warehouse's address
	@$(BIN)/python -m warehouse url

psql: install ## a prompt in the warehouse
	@$(BIN)/python -m warehouse psql

stop: install ## stop the practice shop and the embedded warehouse; nothing is deleted
	@$(BIN)/python -m orchestration stop
	@$(BIN)/python -m warehouse stop

clean: stop ## delete the embedded warehouse, its data and all caches
	@$(BIN)/python -m warehouse delete
	@rm -rf dbt_project/target dbt_project/logs .mypy_cache .ruff_cache .pytest_cache .hypothesis

lint: install ## ruff, mypy, sqlfluff
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	@cd dbt_project && sqlfluff lint --processes 2 --disable-progress-bar .

format: install ## let ruff and sqlfluff put the pages in order
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .
	@cd dbt_project && sqlfluff fix --processes 2 --disable-progress-bar .

test: lint ## lint, every test, a full dbt build on the practice shop's data
	@$(BIN)/python -m pytest -n logical --maxprocesses 6 --dist loadfile --no-loadscope-reorder $(ARGS)

bench: install ## speed as ratios against limits and peers, side by side in one run
	@$(BIN)/python -m benchmarks $(ARGS)

docs: install ## dbt's documentation of every table and column, in dbt_project/target
	@$(BIN)/python -m warehouse start
	@cd dbt_project && eval "$$($(CURDIR)/$(BIN)/python -m warehouse env)" && dbt docs generate --static

touched: install ## the models and exposures that a change touches: make touched BASE=origin/main
	@$(BIN)/python -m orchestration touched --base "$(or $(BASE),origin/main)"
