# Hiếu Học: every step also stands in README.md for machines without make.
PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
VENV := .venv
BIN := $(VENV)/bin
DEMO := HIEUHOC_DATA=$(CURDIR)/var/data HIEUHOC_DEMO=1

.PHONY: demo test serve check bench lock install front browser clean

install: $(VENV)/.installed
$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

STATIC := $(shell find hieuhoc -path '*/static/*' -type f -not -path '*/vendor/*')

node_modules/.installed: $(VENV)/.installed package-lock.json
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-audit --no-fund --loglevel=error
	touch $@

front: static/.collected
static/.collected: node_modules/.installed $(STATIC)
	$(BIN)/python -m hieuhoc.web.vendor
	$(BIN)/hieuhoc collectstatic --noinput --verbosity 0
	touch $@

demo: install front
	$(DEMO) $(BIN)/hieuhoc demo_world --out var/demo $(if $(PASSWORDS),--new-passwords)
ifneq ($(SERVE),0)
	$(DEMO) $(BIN)/hieuhoc serve --port $(PORT)
endif

serve: install front
	$(BIN)/hieuhoc serve --port $(PORT)

browser:
	sh tests/browser.sh

test: install front browser
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow"

check: install front
	$(BIN)/python tests/check.py

bench: install front
	$(BIN)/python -m benchmarks

lock:
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-header --no-annotate -q -o requirements.lock

clean:
	rm -rf var static node_modules $(VENV)
