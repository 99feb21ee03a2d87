# What make does; who has no make finds the same commands in CONTRIBUTING.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-annotate --no-header --no-emit-index-url --no-emit-find-links
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev

.PHONY: install lock demo app test unit check bench evaluate notebooks bundle clean

install: $(STAMP)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(STAMP): requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(DEV_STAMP): $(STAMP) requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@

# After a change of requirements*.txt: what is installed, pinned with hashes.
lock: $(DEV_STAMP)
	$(LOCK) requirements.txt requirements-build.txt -o requirements.lock
	$(LOCK) -c requirements.lock requirements-dev.txt requirements-build.txt -o requirements-dev.lock

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

# The tests of single functions: no server, no browser, no municipality. Run it after every change, `make test` before a merge.
unit: $(DEV_STAMP)
	$(BIN)/python -m pytest -m unit

bench: $(DEV_STAMP)
	$(BIN)/python -m benchmarks

evaluate: $(STAMP)
	$(BIN)/python -m benchmarks.quality
	$(BIN)/python -m benchmarks.identity
	$(BIN)/python -m benchmarks.registers

notebooks: $(STAMP)
	$(PIP) install -r requirements-notebooks.txt
	$(BIN)/jupyter lab notebooks

# Everything that a machine without internet needs; docs/install.md says how it is installed there. Whatever lacks ends it.
BUNDLE := dist/enkan
bundle: $(STAMP)
	rm -rf dist && mkdir -p $(BUNDLE)/fonts
	font=$$(fc-match -f '%{file}' 'Noto Sans CJK JP'); case "$$font" in *NotoSansCJK*) cp "$$font" $(BUNDLE)/fonts/ ;; \
	  *) echo "this machine has no font Noto Sans CJK JP for the bundle (Debian: fonts-noto-cjk)" >&2; exit 1 ;; esac
	git archive --output dist/sources.tar HEAD && tar -xf dist/sources.tar -C $(BUNDLE)
	$(PIP) download --require-hashes --only-binary :all: --no-deps --dest $(BUNDLE)/wheels -r requirements.lock
	$(BIN)/python -m graph.store.jars $(BUNDLE)/jars
	cd $(BUNDLE) && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum > SHA256SUMS
	tar -C dist -czf dist/enkan.tar.gz.part enkan && mv dist/enkan.tar.gz.part dist/enkan.tar.gz

clean:
	rm -rf $(VENV) var demo dist
