# Two commands do everything: `make site` and `make test`. Each does its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

PEERS := $(VENV)/peers

.PHONY: site sums test serve lint bench bench-builders bench-growth bench-page \
        bench-scores soak lock clean

site: $(VENV)/site
	$(BIN)/python build.py $(if $(BASE_URL),--base-url $(BASE_URL))

sums: # what is attested of a site, see SECURITY.md
	@cd site && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum

test: $(VENV)/test
	sh tests/browser/prepare.sh
	sh tests/browser/network.sh $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

serve: $(VENV)/site
	$(BIN)/python build.py --serve

lint: $(VENV)/test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/bench bench-builders
	$(BIN)/python -m benchmarks.gradient
	$(BIN)/python -m benchmarks.drawing

bench-builders: $(PEERS)/ready
	$(PEERS)/bin/python -m benchmarks.builders

# A quarter of an hour: this project's own site with a thousand functions.
bench-growth: $(VENV)/site
	$(BIN)/python -m benchmarks.growth

# How long home takes a phone on a slow line; in Chromium, as the tests have it.
bench-page: site $(VENV)/test
	sh tests/browser/prepare.sh
	$(BIN)/python -m benchmarks.page

# What Lighthouse makes of three pages, as a phone.
bench-scores: site $(VENV)/test
	sh tests/browser/prepare.sh
	npm ci --prefix benchmarks/lighthouse --ignore-scripts --no-audit --no-fund --silent
	$(BIN)/python -m benchmarks.scores benchmarks/lighthouse/node_modules/.bin/lighthouse

# No branch of what stands between a fault and the reader goes untried.
GUARDS := gradviz_core/spelling.py,gradviz_core/rules.py
GUARDS := $(GUARDS),gradviz_core/publish/pages.py,gradviz_core/publish/links.py
GUARDS := $(GUARDS),gradviz_core/publish/swap.py

# Slow proofs: two hundred kills, a branch for each kind of bad input, seventy faults seeded one at
# a time (make test tries seven), the branches that the tests take, mutants of guards and numerics.
soak: $(VENV)/soak
	SOAK=1 $(BIN)/python -m pytest -q tests gradviz_core --ignore=tests/browser --cov
	$(BIN)/coverage report --include=$(GUARDS) --fail-under=100
	rm -rf mutants
	$(BIN)/mutmut run
	$(BIN)/mutmut results
	$(BIN)/mutmut results --all true | $(BIN)/python tests/slow/mutants.py

lock:
	for name in requirements requirements-test requirements-bench requirements-peers requirements-soak; do \
	  uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
	    --no-strip-extras --no-emit-index-url --python-version 3.11 $$name.in -o $$name.txt || exit 1; done

clean:
	rm -rf $(VENV) .cache mutants

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

$(VENV)/bench: $(VENV)/site requirements-bench.txt
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

# Apart from the rest: nothing that one builder needs may slow down, or hold back, another.
$(PEERS)/ready: $(VENV)/python requirements-peers.txt benchmarks/peers/eleventy/package-lock.json
	$(BIN)/python -m venv $(PEERS)
	$(PEERS)/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements-peers.txt
	sh benchmarks/peers/prepare.sh $(PEERS)
	@touch $@

$(VENV)/soak: $(VENV)/test requirements-soak.txt
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-soak.txt
	@touch $@
