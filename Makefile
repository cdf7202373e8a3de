# make run     the dashboard, with a made-up programme on the first start
# make test    everything: style, types, tests
# make bundle  one archive for a machine without the internet
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(call new_enough,$(name))))
new_enough = $(shell $(1) -c 'import sys; sys.version_info >= (3, 11) and print("$(1)")' 2>/dev/null)
VENV := .venv
BIN := $(VENV)/bin
# Every process that the tests start would read all sources anew.
unexport PYTHONDONTWRITEBYTECODE

run: $(VENV)/run
	$(BIN)/python -m tracking init
	$(BIN)/python -m tracking serve --with-sample

# The types are looked at beside the tests, which leave a processor waiting while they begin.
test: style programs
	$(MAKE) --no-print-directory -j 2 types suite

check: style types

style: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive app.py pages tracking deploy

types: $(VENV)/dev
	$(BIN)/mypy

suite: $(VENV)/dev
	$(BIN)/python -m pytest -n 2 --dist worksteal -rs

fix: $(VENV)/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

fuzz: $(VENV)/dev
	FUZZ_FILES=100000 FUZZ_FILINGS=10000 $(BIN)/python -m pytest -n 2 tests/tracking/filing/test_fuzz.py \
		tests/tracking/filing/test_damaged_files.py tests/tracking/filing/test_clean_filings.py

kill: $(VENV)/dev
	KILLS=24 $(BIN)/python -m pytest -p no:xdist tests/tracking/database/test_killed.py

SOAK_MINUTES ?= 60
SOAK_READERS ?= 20
soak: $(VENV)/dev
	$(BIN)/python -m benchmarks.soak $(SOAK_MINUTES) $(SOAK_READERS)

CROWD_MINUTES ?= 3
crowd: $(VENV)/dev
	$(BIN)/python -m benchmarks.soak.crowd $(CROWD_MINUTES)

bench: $(VENV)/dev
	$(BIN)/python -m benchmarks

bundle: $(VENV)/dev
	$(BIN)/python deploy/bundle.py

programs: $(VENV)/dev
	$(BIN)/python .ci/programs.py

# The stamps are as new as the pins they stand for, so that nothing is installed twice.
$(VENV)/run: requirements.txt
	@test -n "$(call new_enough,$(PYTHON))" || { echo "Python 3.11 or newer is needed: make PYTHON=/where/it/is $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.PHONY: run test check style types suite fix fuzz kill soak crowd bench bundle programs
