# What make does; who has no make finds the same commands in CONTRIBUTING.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev

.PHONY: install demo app test check bench evaluate notebooks bundle clean

install: $(STAMP)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(STAMP): requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt "setuptools>=77"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(DEV_STAMP): $(STAMP) requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

demo: $(STAMP)
	$(BIN)/enkan demo

app: $(STAMP)
	$(BIN)/streamlit run app.py

check: $(DEV_STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: $(DEV_STAMP)
	sh tests/system_packages.sh
	$(BIN)/python -m pytest -n 2 --dist loadgroup

bench: $(DEV_STAMP)
	$(BIN)/python -m benchmarks

evaluate: $(STAMP)
	$(BIN)/python -m benchmarks.quality
	$(BIN)/python -m benchmarks.identity
	$(BIN)/python -m benchmarks.registers

notebooks: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-notebooks.txt
	$(BIN)/jupyter lab notebooks

# Everything that a machine without internet needs; docs/install.md says how it is installed there.
bundle: $(STAMP)
	rm -rf dist/enkan && mkdir -p dist/enkan/wheels
	git archive HEAD | tar -x -C dist/enkan
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --wheel-dir dist/enkan/wheels -r requirements.txt "setuptools>=77"
	-$(BIN)/python -m graph.store.jars dist/enkan/jars
	mkdir -p dist/enkan/fonts
	-cp "$$(fc-match -f '%{file}' 'Noto Sans CJK JP')" dist/enkan/fonts/
	tar -C dist -czf dist/enkan.tar.gz enkan

clean:
	rm -rf $(VENV) var demo dist
