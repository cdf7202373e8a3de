# make run     the dashboard, with a made-up programme on the first start
# make test    everything: style, types, tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

run: $(VENV)/run
	$(BIN)/python -m tracking init
	$(BIN)/python -m tracking serve --with-sample

test: check browser
	$(BIN)/python -m pytest -n 2

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fix: $(VENV)/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

fuzz: $(VENV)/dev
	FUZZ_FILES=100000 $(BIN)/python -m pytest -n 2 tests/tracking/test_fuzz.py

bench: $(VENV)/dev
	$(BIN)/python -m benchmarks

browser: $(VENV)/dev
	$(BIN)/python .ci/browser.py

# The stamps are as new as the pins they stand for, so that nothing is installed twice.
$(VENV)/run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/run
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.PHONY: run test check fix fuzz bench browser
