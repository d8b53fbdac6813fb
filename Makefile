# Two commands do everything: `make site` builds, `make test` tests. Each does its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: snapshots addresses site sums check test test-all serve lint format bench bench-page soak \
        lock clean test-builds test-pages test-fuzz test-seeds test-branches test-mutants

site: $(VENV)/site
	$(BIN)/python build.py $(if $(BASE_URL),--base-url $(BASE_URL))

sums: # what is attested of a site, see SECURITY.md
	@cd site && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum

# Browsers leave a processor waiting now and then: three processes keep two of them busy.
PYTEST := $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder
BROWSER := sh tests/browser/network.sh

# While you work, about a minute: style, types, and what needs no site and no browser.
check: lint
	$(PYTEST) -q tests/unit gradviz_core

# Before you push: the same tests, one site that is built and read back, every widget.
TESTS := tests/unit tests/site tests/browser gradviz_core
test: $(VENV)/test
	sh tests/browser/prepare.sh
	$(BROWSER) $(PYTEST) $(TESTS)

# Every slow proof, in parts that can be run one by one. By hand, and every night on GitHub.
# tests/README.md says what each is for. The first of them runs what `make test` runs.
test-all: lint test-branches test-builds test-pages test-fuzz test-seeds test-mutants
soak: test-all

# One file of these takes longer than many others: whichever process is free takes the next test.
SPREAD := --dist worksteal

# A build that is killed, or fails, wherever it may; sources edited at random; benchmarks,
# recipes and workflows.
test-builds: $(VENV)/test
	$(PYTEST) $(SPREAD) $(filter-out tests/slow/test_fuzz%, $(wildcard tests/slow/test_*.py))

# Every kind of page in every browser, size and theme; axe in every state; the validator.
test-pages: $(VENV)/test
	sh tests/browser/prepare.sh all
	$(BROWSER) $(PYTEST) $(SPREAD) tests/slow/browser

# Spellings, arrays and points at random, against references of many digits.
test-fuzz: $(VENV)/test
	$(PYTEST) $(wildcard tests/slow/test_fuzz*.py)

# For each promise of the tests a fault that breaks it: the build or `make test` finds each.
test-seeds: $(VENV)/test
	sh tests/browser/prepare.sh
	$(BROWSER) $(BIN)/python tests/slow/seeds/run.py $(SEEDS)

# `make test` once more, and no branch of what stands between a fault and the reader goes untried.
test-branches: $(VENV)/test
	sh tests/browser/prepare.sh
	$(BROWSER) $(PYTEST) $(TESTS) --cov
	$(BIN)/coverage report --include=$(GUARDS) --fail-under=95

# Mutants of the numerics and of the guards: nine in ten die.
test-mutants: $(VENV)/soak
	rm -rf mutants
	$(BIN)/mutmut run
	$(BIN)/mutmut results
	$(BIN)/mutmut results --all true | $(BIN)/python tests/slow/mutants.py

# Write the wording of the interface into its snapshots, after it was meant to change.
snapshots: $(VENV)/test
	PYTHONPATH=tests:. $(BIN)/python tests/unit/test_wording.py renew

# List what the site has by now: whatever was published once stays where it is.
addresses: site $(VENV)/test
	PYTHONPATH=tests:. $(BIN)/python tests/site/published.py site

serve: $(VENV)/site
	$(BIN)/python build.py --serve

# Each keeps what it has found of files that have not changed.
LINTED := .lint_cache
NODE := node_modules/.bin
FORMATTED := "templates/static/**/*.{js,css}" "*.config.js"

# Formats all that `make lint` checks.
format: $(VENV)/test node_modules/.package-lock.json
	$(BIN)/ruff format .
	$(NODE)/prettier --write --log-level warn $(FORMATTED)

lint: $(VENV)/test node_modules/.package-lock.json
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(NODE)/prettier --check --log-level warn --cache --cache-location $(LINTED)/prettier $(FORMATTED)
	$(NODE)/eslint --cache --cache-location $(LINTED)/eslint templates/static
	$(NODE)/stylelint --cache --cache-location $(LINTED)/stylelint "templates/static/**/*.css"

# What `gradient` takes beside its peers; the page about speed shows it.
bench: $(VENV)/test
	$(BIN)/python -m benchmarks.gradient

# What a reader waits for: home on a phone with a slow line, a keystroke in the playground.
bench-page: site $(VENV)/test
	sh tests/browser/prepare.sh
	$(BIN)/python -m benchmarks.page
	$(BIN)/python -m benchmarks.keystroke

GUARDS := gradviz_core/spelling/*,gradviz_core/content/*,gradviz_core/publish/links.py
GUARDS := $(GUARDS),gradviz_core/publish/*_rules.py,gradviz_core/publish/swap.py

lock:
	for name in requirements requirements-test requirements-soak; do \
	  uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
	    --no-strip-extras --no-emit-index-url --python-version 3.11 $$name.in -o $$name.txt || exit 1; done

clean:
	rm -rf $(VENV) .cache $(LINTED) mutants

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "gradviz needs Python 3.11 or later. Fix: make PYTHON=python3.11"; exit 3; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/site: $(VENV)/python requirements.txt
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/test: $(VENV)/site requirements-test.txt
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

# Formatters and linters of the scripts and style sheets.
node_modules/.package-lock.json: package-lock.json
	@command -v npm >/dev/null || { echo "The linters need npm. Fix: install nodejs and npm"; exit 3; }
	npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

$(VENV)/soak: $(VENV)/test requirements-soak.txt
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-soak.txt
	@touch $@
