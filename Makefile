PYTHON ?= python3
VENV = .venv
PEERS_VENV = .venv-peers
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet
PEERS_PIP = $(PEERS_VENV)/bin/python -m pip --disable-pip-version-check --quiet

.PHONY: run test lint ask setup setup-dev setup-training setup-peers bench
.DEFAULT_GOAL := run

run: setup  ## ingest articles/ and start the bot; without a token, a conversation in the terminal
	@$(BIN)/python -m index add articles
	@$(BIN)/python -m bot

ask: setup  ## make ask Q="What did China refuse to give Russian airlines?"
	@$(BIN)/python -m index add articles >&2
	@$(BIN)/python -m retrieval "$(Q)"

test: setup-dev  ## the whole test suite
	$(BIN)/python -m pytest

lint: setup-dev  ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup  ## make bench DIR=a-question-set: speed and memory, as they stand in README
	$(BIN)/python -m benchmarks.speed $(DIR)

setup: $(VENV)/.runs
setup-dev: $(VENV)/.tests
setup-training: $(VENV)/.trains  ## what `python -m training.reader` needs beside the rest
setup-peers: $(PEERS_VENV)/.runs  ## the programs that benchmarks.peers compares with

$(VENV)/.runs: requirements.txt
	@echo "Setting up $(VENV); this takes a minute or two, once."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Verbatim needs Python 3.11 or newer: make PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install torch==2.13.0
	@$(PIP) install --no-deps -r requirements.txt
	@touch $@

$(VENV)/.trains: requirements-training.txt $(VENV)/.runs
	@$(PIP) install --no-deps -r requirements-training.txt
	@touch $@

$(VENV)/.tests: requirements-dev.txt $(VENV)/.trains
	@$(PIP) install --no-deps -r requirements-dev.txt
	@touch $@

$(PEERS_VENV)/.runs: requirements-peers.txt
	@test -x $(PEERS_VENV)/bin/python || $(PYTHON) -m venv $(PEERS_VENV)
	@$(PEERS_PIP) install torch==2.13.0
	@$(PEERS_PIP) install --no-deps -r requirements-peers.txt
	@touch $@
