PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.setup-$(shell cat requirements.dev.lock pyproject.toml | sha256sum | cut -c1-16)

.PHONY: setup up test clean

setup: $(STAMP)
	@$(BIN)/python tools/messages.py
	@$(BIN)/python tools/ui.py build

$(STAMP): requirements.dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Wangge needs Python 3.11 or newer; this is $$($(PYTHON) --version)." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@rm -f .venv/.setup-*
	@touch $(STAMP)

up: setup
	@WANGGE_DATA="$${WANGGE_DATA:-$(CURDIR)/var/demonstration}" exec $(BIN)/wangge up --demonstration

test: setup
	@$(BIN)/python tools/test.py

clean:
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache ui/node_modules wangge/static/built
