# Every target sets up what it needs; `make help` lists them.
VENV_PYTHON := .venv/bin/python
EVAL_DATA ?= ../shared/data
COMPILE = $(VENV_PYTHON) -m uv pip compile pyproject.toml --quiet --universal --generate-hashes \
    --no-emit-index-url --no-header $(LOCK_OPTIONS)

.DEFAULT_GOAL := help
.PHONY: help run test check format-check lint types layers format soak bench eval shots lock clean setup setup-dev

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: setup ## open Afterwhy; without a display, show the main job in the terminal
	@if $(VENV_PYTHON) -m app.display; then exec $(VENV_PYTHON) -m app; else exec $(VENV_PYTHON) -m app.tour; fi

test: setup-dev ## run the tests
	$(VENV_PYTHON) -m pytest -n 2 --dist worksteal

# Types take one processor for a minute, so they are checked beside the tests and told after them.
check: format-check lint layers ## format, lint, layers, types and tests, as .ci/run does
	@said=$$(mktemp); $(MAKE) --no-print-directory types >"$$said" 2>&1 & types=$$!; \
	failed=0; $(MAKE) --no-print-directory test || failed=1; \
	wait $$types || failed=1; cat "$$said"; rm -f "$$said"; exit $$failed

format-check: setup-dev
	$(VENV_PYTHON) -m ruff format --check .

lint: setup-dev
	$(VENV_PYTHON) -m ruff check .

types: setup-dev
	$(VENV_PYTHON) -m mypy
	$(VENV_PYTHON) -m mypy .ci/setup.py

layers: setup-dev
	.venv/bin/lint-imports

format: setup-dev ## format the code and mend what ruff can mend
	$(VENV_PYTHON) -m ruff format .
	$(VENV_PYTHON) -m ruff check --fix .

soak: setup-dev ## the kill and fuzz tests with their long counts
	AFTERWHY_SOAK=1 $(VENV_PYTHON) -m pytest -m "soak or hypothesis" --timeout 3600

bench: setup-dev ## measure start-up, search, import, indexing and typing
	$(VENV_PYTHON) -m tests.bench

eval: setup-dev ## measure import, ranking, similarity and language on EVAL_DATA=DIR
	@$(VENV_PYTHON) -m tests.eval --data "$(EVAL_DATA)"

shots: setup ## render every screen to build/shots/
	QT_QPA_PLATFORM=offscreen $(VENV_PYTHON) -m app.ui.shots --out build/shots

lock: setup-dev ## bring the lock files up to pyproject.toml (LOCK_OPTIONS=--upgrade renews all)
	$(COMPILE) --extra build -o requirements.lock
	$(COMPILE) --extra build --extra dev -o requirements-dev.lock

clean: ## remove build output and caches (.venv stays)
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

setup:
	@.ci/setup

setup-dev:
	@.ci/setup dev
