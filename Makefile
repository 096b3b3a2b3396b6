# Every target says what it does; `make help` prints them.
SHELL := /bin/sh
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help setup run test check static mine bench train lock tools format clean

help: ## list what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.runtime ## make .venv with the locked dependencies (run and test do it for you)

run: setup ## start everything; with no token, the practice room at http://127.0.0.1:8000/
	@$(BIN)/pendamping run

test: $(VENV)/.dev tools ## the whole suite, on SQLite and PostgreSQL, in a browser too
	@$(BIN)/python -m pytest -n 3 --dist worksteal $(ARGS)

check: $(VENV)/.dev ## formatting, lint, types, import contracts, then the suite
	@$(MAKE) --no-print-directory static
	@$(MAKE) --no-print-directory test

static: $(VENV)/.dev ## formatting, lint, types and import contracts only
	@$(BIN)/ruff format --check --quiet . || { echo "run: make format"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

mine: setup ## print what members wrote that we could not place (masked, only where allowed)
	@$(BIN)/pendamping mine

bench: $(VENV)/.dev ## what it costs, as ratios to a limit measured in the same run
	@$(BIN)/python -m bench $(ARGS)

train: $(VENV)/.train ## learn the wishes anew from the seed files, with figures; same seeds, same bytes
	@PYTHONPATH=. OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python bench/train.py

format: $(VENV)/.dev ## format the code
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

lock: $(VENV)/.dev ## settle the exact versions anew from pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --upgrade --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --upgrade --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	@$(BIN)/uv pip compile --quiet --universal --upgrade --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 --extra train -c requirements-dev.lock pyproject.toml -o requirements-train.lock

tools: $(VENV)/.dev
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m tests.storage.journals

$(VENV)/.train: requirements-train.lock $(VENV)/.dev
	@echo "Installing what training needs …" >&2
	@$(PIP) install -r requirements-train.lock
	@touch $@

clean: ## remove the virtual environment and caches, never your data
	@rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis .cache

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is missing: install python3, then try again."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Name another: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing (on Debian: the package python3-venv)."; exit 1; }

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked dependencies into $(VENV) …" >&2
	@$(PIP) install --use-pep517 -r requirements.lock -c requirements-dev.lock hatchling editables
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing what the tests need …" >&2
	@$(PIP) install -r requirements-dev.lock
	@touch $@
