# Every target makes the environment that it needs; nothing has to be done before.
PY ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: setup demo test soak check format bench screens messages report-samples clean

setup: $(STAMP)

$(STAMP): pyproject.toml packaging/compile_messages.py
	$(PY) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: $(STAMP)
	BIN=$(BIN) bash packaging/demo.sh

test: $(STAMP)
	$(BIN)/python -m pytest

# The long form of the fault tests: hundreds of kills and power cuts, years day by day; hours.
SOAK ?= tests/integration/test_faults_*.py tests/integration/test_store_killed.py tests/integration/test_approval_property.py tests/schedule/test_year_simulated.py
soak: $(STAMP)
	BROADCASTER_SOAK=1 $(BIN)/python -m pytest -m integration --durations=10 $(SOAK)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -m 'not integration' -q

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP)
	$(BIN)/python -m tests.bench

report-samples: $(STAMP)
	$(BIN)/python packaging/report_samples.py audio_out/report-samples

screens: $(STAMP)
	$(BIN)/python -m tests.screens

messages: $(STAMP)
	$(BIN)/python packaging/compile_messages.py

clean:
	rm -rf .venv .broadcaster dist .*_cache
	find audio_out -mindepth 1 ! -name README.md -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
