# make conformance   walk the journey on the reference and write reports/
# make test          the suite's own tests; .ci/run calls it
# make benchmark     the measured figures, as tables
# make load          1,000 enrolments by 50 phones and 1,000 races for a QR code: some three minutes
# make fuzz          random octets against the reader and judge of certificates, for SECONDS_OF_FUZZING=600
# make rules         write docs/rules.md from what the judge knows
# make coverage-table  write docs/coverage.md: by document and clause, how each requirement is judged
# make numbers       give numbers to new scenarios, for `dpc spec`
# make interpretations  write docs/interpretations.md from the catalogue
# make seen-in       write which scenarios see a defect first: the tests of the matrix begin with these
# make selfcheck-table  write docs/selfcheck.md from what `dpc selfcheck` finds
# make locks         resolve and pin the Python packages again
# ARGS=...           passed on, for example: make conformance ARGS="--require-all"

.PHONY: conformance test lint tests-of-verdicts other-tests tests-of-products tests-of-runs benchmark load fuzz rules coverage-table numbers interpretations seen-in selfcheck-table locks prepare
SHELL := /bin/bash
PATH := $(CURDIR)/.venv/bin:$(PATH)
SECONDS_OF_FUZZING ?= 600
# Hundreds of processes import the same thousand files: whoever forbids byte code would have each compile them anew.
export PYTHONDONTWRITEBYTECODE :=

conformance: prepare
	@dpc run $(ARGS)

test: prepare
	@$(MAKE) --no-print-directory --keep-going -j2 $(PARTS_OF_TESTS) lint

lint:
	ruff check .
	ruff format --check .
	mypy
	lint-imports

# The tests in parts, two at a time and the longest first: what a part says is shown when it has ended.
PARTS_OF_TESTS := tests-of-verdicts other-tests tests-of-products tests-of-runs
ON_VERDICTS := audit certificates faults
ON_PRODUCTS := adapters issuer_files person second_issuer target
ON_RUNS := browser commands controller docs journey wheel
tests-of-verdicts: FOLDERS = $(ON_VERDICTS:%=tests/%)
tests-of-products: FOLDERS = $(ON_PRODUCTS:%=tests/%)
tests-of-runs: FOLDERS = $(ON_RUNS:%=tests/%)
other-tests: FOLDERS = tests $(patsubst %,--ignore=tests/%,$(ON_VERDICTS) $(ON_PRODUCTS) $(ON_RUNS))
$(PARTS_OF_TESTS):
	@python -m pytest -q -c tests/pytest.ini $(FOLDERS) $(ARGS) > .venv/$@.log 2>&1 || { cat .venv/$@.log; exit 1; }
	@echo "$@: $$(tail -1 .venv/$@.log)"

benchmark: prepare
	python benchmarks/journey.py
	python benchmarks/card_edge.py
	python benchmarks/qr_codes.py
	python benchmarks/audit.py

load: prepare
	python benchmarks/load.py $(ARGS)

fuzz: prepare
	@python -m pip install --quiet --require-hashes -r requirements/fuzz.txt
	@mkdir -p .fuzz
	python tests/fuzz/fuzz_certificate.py .fuzz tests/fuzz/seeds -max_total_time=$(SECONDS_OF_FUZZING) -artifact_prefix=.fuzz/

rules: prepare
	@dpc rules --format markdown > docs/rules.md.new && mv docs/rules.md.new docs/rules.md

coverage-table: prepare
	@dpc requirements --coverage > docs/coverage.md.new && mv docs/coverage.md.new docs/coverage.md

numbers: prepare
	@dpc spec --give-numbers

interpretations: prepare
	@dpc interpretations --format markdown > docs/interpretations.md.new
	@mv docs/interpretations.md.new docs/interpretations.md

seen-in: prepare
	python tools/seen_in.py

# Exit code 1 is a matrix with a defect that was not caught: it has to be seen, too.
selfcheck-table: prepare
	@dpc selfcheck --format markdown $(ARGS) > docs/selfcheck.md.new || [ $$? -eq 1 ]
	@mv docs/selfcheck.md.new docs/selfcheck.md

prepare:
	@tools/prepare

LOCK := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet
locks:
	@command -v uv >/dev/null || { echo "make locks needs uv: .venv/bin/pip install uv" >&2; exit 1; }
	uv pip compile pyproject.toml --group dev --extra zbar --extra audit $(LOCK) -o requirements/checkout.txt
	uv pip compile requirements/card.in $(LOCK) -o requirements/card.txt
	uv pip compile requirements/browser.in $(LOCK) -o requirements/browser.txt
	uv pip compile requirements/report.in $(LOCK) -o requirements/report.txt
	uv pip compile requirements/fuzz.in $(LOCK) -o requirements/fuzz.txt
