# `make` lists the targets. `make demo` and `make test` set everything up themselves.
.DEFAULT_GOAL := help
BIN := .venv/bin

.PHONY: help demo cards test blind learn lint format types imports records mutations profiles profiles-check validate round-trip serve page restart-load replay-demo replay-bench bench bench-others attack soak fuzz cluster-test sbom notice lock clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.venv/.ready: requirements-build.txt requirements-dev.txt pyproject.toml .ci/setup
	@bash .ci/setup

demo: .venv/.ready ## Start the real service and show the cards of the demo patients
	@$(BIN)/python -m tests.demo

cards: .venv/.ready ## Write build/cards.html: every card of the test patients as an EHR shows it
	@$(BIN)/python -m tests.output.cards_page

test: .venv/.ready ## Run the tests
	@$(BIN)/python -m pytest -n auto

lint: .venv/.ready ## Check format and lint
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .

format: .venv/.ready ## Format and fix
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

types: .venv/.ready ## Check types
	@$(BIN)/mypy

imports: .venv/.ready ## Check that imports run one way
	@$(BIN)/lint-imports

records: .venv/.ready ## Hold every rule record to the laws
	@$(BIN)/backstory rules check

mutations: .venv/.ready ## Break each entry of each rule; fails when a vignette would not notice (two minutes)
	@$(BIN)/python -m tests.records.mutations

fhir_profiles/node_modules/.ready: fhir_profiles/package-lock.json
	@cd fhir_profiles && npm ci --ignore-scripts --silent && touch node_modules/.ready

profiles: .venv/.ready fhir_profiles/node_modules/.ready ## Regenerate the FHIR profiles with SUSHI (needs Node and npm)
	@$(BIN)/python fhir_profiles/build

profiles-check: .venv/.ready fhir_profiles/node_modules/.ready ## Check that the FHIR profiles are what SUSHI makes of them
	@$(BIN)/python fhir_profiles/build --check

blind: .venv/.ready ## Measure reading and reasoning on texts and patients written by people who saw neither
	@$(BIN)/python -m tests.blind

build/learn/.ready: requirements.txt requirements-learn.txt
	@python3 -m venv build/learn
	@build/learn/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-learn.txt
	@touch build/learn/.ready

learn: build/learn/.ready ## Learn the weights of the classifier of whole charts anew from the labelled texts in tests/blind
	@build/learn/bin/python -m tests.blind.weigh_causes

validate: .venv/.ready ## Hold all we emit for the test patients to R4 and our profiles with HAPI FHIR (needs a JDK and Maven)
	@bash tests/profiles/validate

round-trip: .venv/.ready ## Store and read back every answer in a real FHIR server (needs a JDK and Maven; 390 MB)
	@bash tests/profiles/round-trip

serve: .venv/.ready ## Serve on http://127.0.0.1:8080 without authentication
	@$(BIN)/backstory serve --open

page: .venv/.ready ## Open the page on http://127.0.0.1:8080/app with the seven demo patients, until Ctrl-C
	@$(BIN)/python -m tests.demo.page

restart-load: .venv/.ready ## Restart two workers under 50 calls a second; nothing may be lost
	@$(BIN)/python -m tests.operations.rolling_restart

replay-demo: .venv/.ready ## Invent a hospital, replay its three years and name the report (two minutes)
	@$(BIN)/python -m tests.replay.demo

bench: .venv/.ready ## Measure against the floor, in one run of two minutes
	@$(BIN)/python -m tests.benchmarks

replay-bench: .venv/.ready ## Measure the replay: grouping beside a bare pass over the ids, and 100,000 openings
	@$(BIN)/python -m tests.replay.bench

build/others/node/.ready: tests/benchmarks/others/cql_on_node/package-lock.json
	@mkdir -p build/others/node && cp tests/benchmarks/others/cql_on_node/package*.json build/others/node/
	@cd build/others/node && npm ci --ignore-scripts --silent && touch .ready

build/others/healthchain/.ready: .venv/.ready tests/benchmarks/others/healthchain/requirements.txt
	@$(BIN)/python -m venv build/others/healthchain
	@build/others/healthchain/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r tests/benchmarks/others/healthchain/requirements.txt
	@touch build/others/healthchain/.ready

bench-others: build/others/healthchain/.ready build/others/node/.ready ## The same beside HealthChain and CQL on Node (needs Node and npm)
	@$(BIN)/python -m tests.benchmarks --others build/others

attack: .venv/.ready ## Attack a real server with heads, crowds, endless pages, links and wrong doors; a table of what held
	@$(BIN)/python -m tests.attack

soak: .venv/.ready ## Send 100,000 mixed calls; memory, latency, threads and files must stay flat
	@$(BIN)/python -m tests.robustness.soak $(if $(CALLS),--calls $(CALLS))

fuzz: .venv/.ready ## Send 10,000 bent charts and generated calls; nothing may fail, hang or quote
	@$(BIN)/python -m tests.robustness.fuzz $(if $(CASES),--cases $(CASES))

cluster-test: .venv/.ready ## Live through the runbook on a real Kubernetes (needs Go; the first time half an hour)
	@$(BIN)/python -m tests.cluster

sbom: .venv/.ready ## Write build/sbom.json (CycloneDX) and check that it lists every locked package
	@$(BIN)/python -m tests.supply.sbom build/sbom.json

notice: .venv/.ready ## Write the licences of all dependencies into NOTICE
	@$(BIN)/python -m tests.supply.notice

lock: ## Lock the requirements with hashes (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --group build -o requirements-build.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --group sbom -o requirements-sbom.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --group learn -o requirements-learn.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --extra otel --extra replay --extra shared --group dev pyproject.toml -o requirements-dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --extra spark --extra replay pyproject.toml -o requirements-spark.txt

clean: ## Remove the environment and caches
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis .import_linter_cache dist build
