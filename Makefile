# Two commands do everything on a fresh machine with Python 3.11, git and make:
#   make run     opens the app on the bundled case
#   make test    passes the tests
# The environment lives in .venv and is made when it is missing or pyproject.toml has changed.

PYTHON ?= python3.11
VENV ?= .venv
BIN := $(VENV)/bin
REAL ?= $(FOOTPRINT_REAL_DATA)
export STREAMLIT_BROWSER_GATHER_USAGE_STATS := false

.PHONY: run test check lint real bench pictures data clean help

# A worker for each core fills them all: a pool of BLAS threads in each would only spin beside them.
test check: export OPENBLAS_NUM_THREADS := 1
test check: export OMP_NUM_THREADS := 1
# What is compiled is kept, by Python and for asserts: dozens of tests start an interpreter of their own.
test check: export PYTHONDONTWRITEBYTECODE :=
# Each worker takes its share of the tests in a row, so that what a file makes ready is made once; then it helps the others.
PYTEST := $(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist worksteal

help:  ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(VENV)/.run: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

run: $(VENV)/.run  ## open the app on the bundled case
	$(BIN)/footprint run

real: $(VENV)/.run  ## build the real case from a folder of provider files and open it: make real REAL=folder
	@test -n "$(REAL)" || { echo "Name the folder of provider files: make real REAL=/path/to/folder"; exit 2; }
	$(BIN)/footprint area build "$(REAL)" area-real --replace
	$(BIN)/footprint run area-real

test: $(VENV)/.dev  ## style, types, architecture and every test that this machine can run
	PATH="$(abspath $(BIN)):$$PATH" $(BIN)/pre-commit run --all-files
	$(PYTEST) -m "not browser"
	$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder -m browser tests/browser tests/footprint/views

check: $(VENV)/.dev  ## the fast tests, under a minute
	$(PYTEST) -m "not slow and not browser and not real"

lint: $(VENV)/.dev  ## style, types and architecture alone
	PATH="$(abspath $(BIN)):$$PATH" $(BIN)/pre-commit run --all-files

bench: $(VENV)/.dev  ## every benchmark against its named peer; BENCH=--quick for a short one
	$(BIN)/python -m pip install --quiet --editable '.[dev,bench]'
	$(BIN)/python -m tests.benchmarks $(BENCH)

pictures: $(VENV)/.dev  ## take the pictures of the README anew (needs Chromium)
	$(BIN)/python -m tests.browser.pictures

data: $(VENV)/.run  ## rebuild every invented file of the bundled case from its seed
	$(BIN)/python -m data.build_mali

clean:  ## remove the environment and what tools left behind
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
