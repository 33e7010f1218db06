# The commands of this project; README.md says what each does.
PORT ?= 8000
SANDBOX_PORT ?= 8443
SIZE ?= 300
PYTHON := .venv/bin/python

# Debian's python3 comes without ensurepip, so the environment is filled by the pip outside of it.
.venv/bin/python:
	@python3 -m venv --without-pip .venv

# One stamp for each locked file, so that a changed lock is installed and an unchanged one costs nothing.
.venv/%.stamp: %.txt | .venv/bin/python
	@echo "Installing $< into .venv"
	@python3 -m pip --python $(PYTHON) install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# Tools that look at the locks from outside, in an environment of their own.
.venv-audit/stamp: requirements-audit.txt
	@python3 -m venv --clear --without-pip .venv-audit
	@echo "Installing $< into .venv-audit"
	@python3 -m pip --python .venv-audit/bin/python install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.PHONY: demo manage run test drills bench check clean lock format audit sbom licences

# exec, so that the signal make passes on reaches the supervisor itself.
demo: .venv/requirements-sandbox.stamp
	@exec $(PYTHON) -m portal.supervisor --port $(PORT) --sandbox-port $(SANDBOX_PORT) --size $(SIZE) --sandbox

# A command of manage.py with the settings of the demo, for example: make manage DO=verify_activity
manage: .venv/requirements-sandbox.stamp
	@exec $(PYTHON) -m portal.supervisor --port $(PORT) --manage $(DO)

run: .venv/requirements.stamp
	@exec $(PYTHON) -m portal.supervisor --port $(PORT)

test: .venv/requirements-dev.stamp
	@exec $(PYTHON) -m tests.run

drills: .venv/requirements-dev.stamp
	@exec $(PYTHON) -m tests.drills

bench: .venv/requirements-dev.stamp
	@exec $(PYTHON) -m tests.benchmarks

check: .venv/requirements-dev.stamp
	@exec .ci/check

format: .venv/requirements-dev.stamp
	.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .
	git ls-files -co --exclude-standard 'templates/*.html' | xargs .venv/bin/djade --target-version 5.2

lock: .venv/requirements-dev.stamp
	@exec .ci/lock .

audit: .venv-audit/stamp
	@exec .venv-audit/bin/python .ci/audit.py requirements*.txt

sbom: .venv-audit/stamp
	@.venv-audit/bin/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible \
	    --output-format JSON --output-file crossconnect.cdx.json && echo "Wrote crossconnect.cdx.json"

licences: .venv/requirements-dev.stamp
	@WRITE_LICENCES=1 .venv/bin/python -m pytest -n 0 -p no:randomly -q tests/unit/supply/test_licences.py

clean:
	rm -rf .venv .venv-audit crossconnect.cdx.json var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis static-collected
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
