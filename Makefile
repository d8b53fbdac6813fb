# Two commands do everything: `make site` and `make test`. Each does its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site test serve lint bench soak lock clean

site: $(VENV)/site
	$(BIN)/python build.py $(if $(BASE_URL),--base-url $(BASE_URL))

test: $(VENV)/test
	sh tests/browser/prepare.sh
	$(BIN)/python -m pytest

serve: $(VENV)/site
	$(BIN)/python build.py --serve

lint: $(VENV)/test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

lock:
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --python-version 3.11 requirements.in -o requirements.txt
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --python-version 3.11 requirements-test.in -o requirements-test.txt

clean:
	rm -rf $(VENV) .cache

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
