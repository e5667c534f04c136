.DEFAULT_GOAL := help
.PHONY: help setup run test suite test-long mutants cover check lint types imports links docs bench bench-graph bench-graphql sdl lock neo4j-lock clean

BIN := .venv/bin
NEO4J := 2026.09.0
WORKERS := 2
WORLDS := 20000
CHANGES := 10000
ANSWERS := 10000
SIZE := M
BENCH = HUB_INSTANCE=bench-$(SIZE) HUB_NEO4J_HEAP_MB=2048 HUB_NEO4J_PAGECACHE_MB=2048
# Pyright runs from its PyPI package; its look for a newer version is all it would ask outside.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

help: ## List what can be made.
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

setup: ## Make .venv from the lock files, install the hub in it, fetch the GraphiQL files.
	@scripts/setup.sh

run: setup ## Start Neo4j, fill the graph, answer one check, then serve until Ctrl-C.
	@$(BIN)/hub up
	@$(BIN)/hub check 11159900990000236Y --scenario FUNDING_SUPPORT
	@$(BIN)/hub serve

test: setup ## Run every check and every test, from nothing (WORKERS=0: one at a time).
	@scripts/setup_browser.sh
	@$(MAKE) --no-print-directory -j2 --output-sync lint imports links
	@$(MAKE) --no-print-directory -j2 types suite

# Begun beside the types: what they leave of two cores for half a minute it takes.
suite:
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

test-long: setup ## Ask about ten times as many WORLDS, ANSWERS, replay all after many CHANGES.
	$(BIN)/python -m pytest tests/test_oracle.py --worlds $(WORLDS)
	$(BIN)/python -m pytest tests/graph/test_knowledge_clock.py --answers $(ANSWERS)
	$(BIN)/python -m pytest -s tests/long/replay_soak.py --changes $(CHANGES)

mutants: setup ## Break the check in some 200 ways, one by one: tests catch each (WORD: choose some).
	$(BIN)/python -m scripts.mutants $(WORD)

cover: setup ## Run every test and tell which lines and branches none of them reaches.
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

check: lint types imports links ## Run all static checks.

lint: ## Check format and style (ruff).
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: ## Check types (pyright, strict).
	$(BIN)/pyright

imports: ## Check that imports point one way (import-linter).
	$(BIN)/lint-imports

links: ## Check that every link of the documentation leads somewhere.
	$(BIN)/python scripts/check_links.py

docs: links ## Build the documentation's site in site/ and check it.
	$(BIN)/python -m scripts.docs

bench-graph: setup ## Fill a local Neo4j of its own with an invented graph (SIZE=XS, S, M or L).
	$(BENCH) $(BIN)/python -m benchmarks.generator --size $(SIZE)

bench: setup ## Measure the check's kernel on that graph; for two graphs see docs/benchmarks.md.
	$(BENCH) $(BIN)/hub neo4j start
	$(BENCH) $(BIN)/hub migrate
	$(BENCH) $(BIN)/python -m benchmarks.kernel --size $(SIZE)

bench-graphql: setup ## Measure GraphQL and paths on that graph, beside a peer; needs wrk and Node.
	$(BENCH) $(BIN)/hub neo4j start
	$(BENCH) $(BIN)/hub migrate
	$(BENCH) $(BIN)/python -m benchmarks.graphql --size $(SIZE)
	$(BENCH) $(BIN)/python -m benchmarks.paths --size $(SIZE)

sdl: ## Write the GraphQL schema to graph_schema/schema.graphql.
	$(BIN)/python scripts/print_sdl.py

lock: ## Pin the dependencies of pyproject.toml anew (UPGRADE=1: take the newest versions).
	@scripts/lock.sh $(if $(UPGRADE),--upgrade)

neo4j-lock: ## Pin the jars of Neo4j anew; needs Maven (NEO4J=version).
	$(BIN)/python scripts/neo4j_lock.py $(NEO4J)

clean: ## Remove what was built or cached here; graph and downloads outside stay.
	rm -rf .venv build dist site .coverage .hypothesis .import_linter_cache .pytest_cache .ruff_cache hub/api/assets/graphiql
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
