# Everything here works in a clean checkout, with no environment active:
# git, make and Python 3.11 or newer are enough.

.DEFAULT_GOAL := help
.PHONY: help demo test lint check coverage wheel docs bench bench-hostile bench-search quality train torture clean

# Python for the virtual environment; by default the first that is new enough.
PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
# As pip does for an installed package: where PYTHONDONTWRITEBYTECODE is set, every start
# would compile the modules anew (30 of 140 ms of a search).
COMPILE := $(BIN)/python -m compileall -q src
# pytest workers; a test run is mostly processor time.
JOBS ?= 2

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' Makefile

demo: $(VENV)/.run ## build an archive from sample_archive/ in build/demo and show it
	@BIN=$(BIN) sh demo.sh

test: lint ## all checks: format, lint, types, imports, tests
	$(BIN)/python -m pytest -q -W error -n $(JOBS)

lint: $(VENV)/.dev ## formatting, lint, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: test demo ## what has to pass before a change is proposed

# Branches that must be run by the tests, percent; raised when it has grown, never lowered.
FLOOR := 90

coverage: $(VENV)/.dev ## branches that the tests run, in all their processes; fails under the floor
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -W error -n $(JOBS)
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --fail-under=$(FLOOR)

wheel: $(VENV)/.run ## build a wheel, install it in an empty environment and search with it
	@PYTHON=$(BIN)/python sh .ci/wheel.sh

docs: $(VENV)/.docs ## write the generated pages of docs/reference anew, and the site in build/site
	$(BIN)/python tests/generate_folders.py
	$(BIN)/python tests/cli/generate_reference.py
	$(BIN)/python tests/query/generate_fields.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict
	@echo "the site: build/site/index.html"

bench: $(VENV)/.dev ## measure speed and memory, see docs/performance.md
	$(BIN)/python benchmarks/run.py

# Labelled pages, see benchmarks/quality.py; ARGS takes --write and --pin.
PAGES ?= ../shared/corpus/pages-dev ../shared/corpus/pages-dev-2

quality: $(VENV)/.dev ## score extraction on labelled pages, PAGES="FOLDER …"; fail under the floors
	$(BIN)/python benchmarks/quality.py --pages $(PAGES) $(ARGS)

bench-hostile: $(VENV)/.dev ## ask for pages made to break a reader: seconds and memory of each
	$(BIN)/python benchmarks/hostile.py

ROWS ?= sample_archive/wire.jsonl
SIZES ?= 5000,20000,60000
ENGINES ?= whoosh,fts5,tantivy

bench-search: $(VENV)/.dev ## measure searching beside Whoosh, FTS5 and tantivy (extra "bench"): ROWS=FILE.jsonl.gz
	@$(PIP) -e '.[dev,bench]'
	$(BIN)/python benchmarks/search.py $(ROWS) --sizes $(SIZES) --engines $(ENGINES) --write docs/performance.md

train: $(VENV)/.train ## make the model of article text anew, PAGES="FOLDER …"; see docs/model-card.md
	PYTHONPATH=benchmarks $(BIN)/python training/train.py --pages $(PAGES)
	PYTHONPATH=benchmarks $(BIN)/python training/fit_date_ranking.py --pages $(PAGES)

MINUTES ?= 10

torture: $(VENV)/.dev ## kill, damage and attack archives for MINUTES=10, going on from the last run; print what was tried
	$(BIN)/python tests/torture/torture.py --minutes $(MINUTES) $(ARGS)

clean: ## remove the environment and everything that was built
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache .coverage .coverage.*

# Older pips than the pinned one miss extras that are spelled with an underscore.
$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	@echo "installing newsarchive and what it needs into $(VENV)"
	@$(PIP) --upgrade pip
	@$(PIP) -e .
	@$(COMPILE)
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo "installing newsarchive and the tools that check it into $(VENV)"
	@$(PIP) --upgrade pip
	@$(PIP) -e '.[dev]'
	@$(COMPILE)
	@touch $(VENV)/.run $@

$(VENV)/.docs: pyproject.toml constraints.txt $(VENV)/.dev | $(BIN)/python
	@echo "installing what builds the site of the documentation into $(VENV)"
	@$(PIP) -e '.[dev,docs]'
	@touch $@

$(VENV)/.train: pyproject.toml constraints.txt $(VENV)/.dev | $(BIN)/python
	@echo "installing what trains the model into $(VENV)"
	@$(PIP) -e '.[train]'
	@touch $@

$(BIN)/python:
	@for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
		if $$python -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "making $(VENV) with $$($$python --version)"; \
			exec $$python -m venv $(VENV); \
		fi; \
	done; \
	echo "newsarchive needs Python 3.11 or newer (with venv and pip)." >&2; \
	echo "Name one: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; \
	exit 1
