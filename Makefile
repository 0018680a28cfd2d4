# One line runs the main job (make run), one line passes the tests (make test).
# Both set themselves up in .venv, inside this folder; nothing is installed elsewhere.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
SPEC ?= examples/textkit
OUT ?= build/$(notdir $(SPEC))
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
export PYTHONDONTWRITEBYTECODE ?= 1

.PHONY: run test lint types unit live quick doctor bench quality clean help
.DEFAULT_GOAL := help

help:
	@echo "make run     build $(SPEC) into $(OUT) with the local model (fetched once)"
	@echo "make test    everything that must hold: lint, types, layers, all tests"
	@echo "make quick   the tests without the real model"
	@echo "make bench   the benchmarks"
	@echo "make quality what is delivered and how much of it is wrong, from recorded answers"
	@echo "make clean   remove what was built here (not the models)"

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found; set PYTHON=/path/to/python3."; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "No virtual environment could be made; on Debian or Ubuntu: apt-get install python3-venv"; rm -rf $(VENV); exit 2; }

$(VENV)/.local: $(BIN)/python pyproject.toml
	$(PIP) --editable '.[local]'
	@touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml
	$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.local

run: $(VENV)/.local
	$(BIN)/swarmwright build $(SPEC) --out $(OUT)

doctor: $(VENV)/.local
	$(BIN)/swarmwright doctor

test: lint types unit live

lint: $(VENV)/.dev
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --no-cache --check .
	$(BIN)/lint-imports --no-cache --no-logo

types: $(VENV)/.dev
	$(BIN)/mypy --cache-dir=/dev/null

unit quick: $(VENV)/.dev
	$(BIN)/pytest -p no:cacheprovider -m "not live"

live: $(VENV)/.dev
	$(BIN)/pytest -p no:cacheprovider -m live

bench: $(VENV)/.dev
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

quality: $(VENV)/.dev
	$(BIN)/python -m benchmarks.quality own --replay --units 'counterfactual.*' --recordings benchmarks/recordings/own.jsonl.xz --out build/quality/counterfactual
	$(BIN)/python -m benchmarks.quality own --replay --units 'fresh.*' --config benchmarks/quality/first_round.toml --recordings benchmarks/recordings/own.jsonl.xz --out build/quality/fresh
	@if [ -n "$$SWARMWRIGHT_BENCH_DATA" ]; then \
	  $(BIN)/python -m benchmarks.quality humaneval --replay --limit 80 --recordings benchmarks/recordings/humaneval.jsonl.xz --out build/quality/humaneval; \
	else echo "HumanEval is left out: SWARMWRIGHT_BENCH_DATA names no folder with its data."; fi

clean:
	rm -rf build dist $(VENV)
