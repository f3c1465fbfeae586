# Plumbline: every target does the set-up it needs, once. `make` alone lists them.
# Settings: DATA=DIR (recordings), BOARD=c3|esp32, PORT and IMAGE (flashing), ARGS="..." (passed to pytest and screenshots), PYTHON=PATH.

PY := .venv/bin/python
SETUP := @sh scripts/setup
DATA ?=
BOARD ?= c3
PORT ?=
IMAGE ?=
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check bench bench-ui accuracy readability train firmware flash screenshots messages lock clean

help:  ## list the targets
	@echo "usage: make TARGET"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1#\2/p' $(MAKEFILE_LIST) | awk -F'#' '{ printf "%-14s %s\n", $$1, $$2 }'

run:  ## the whole product without hardware: a virtual belt with a history, and the window
	$(SETUP) run
	@.venv/bin/plumbline demo

test: check  ## the checks and all tests; ARGS="-k words" picks some
	@$(PY) -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check:  ## format, lint and types
	$(SETUP) test
	@$(PY) scripts/check.py

bench:  ## time and memory of the core, sync and database
	$(SETUP) train
	@$(PY) -m bench

bench-ui:  ## the window on five years of minutes: start, changes, sync, live view
	$(SETUP) test
	@$(PY) -m bench.ui

accuracy:  ## how well the core recognises what people do: DATA=DIR with the recordings
	@test -n "$(DATA)" || { echo "usage: make accuracy DATA=DIR"; exit 2; }
	$(SETUP) train
	@$(PY) -m training.accuracy "$(DATA)"

readability:  ## how easy the lessons are to read, in every language
	$(SETUP) test
	@$(PY) scripts/readability.py

train:  ## train the activity model anew: DATA=DIR with the recordings
	@test -n "$(DATA)" || { echo "usage: make train DATA=DIR"; exit 2; }
	$(SETUP) train
	@$(PY) -m training "$(DATA)"

firmware:  ## compile the belt's firmware and report sizes: BOARD=c3|esp32|s3|virtual
	$(SETUP) test
	@$(PY) firmware/build.py "$(BOARD)"

flash:  ## put it onto a board and check the belt: BOARD=c3 PORT=... [IMAGE=micropython.bin]
	@test -n "$(PORT)" || { echo "usage: make flash BOARD=... PORT=... [IMAGE=micropython.bin]"; exit 2; }
	$(SETUP) test
	@$(PY) scripts/flash.py --board "$(BOARD)" --port "$(PORT)" $(if $(IMAGE),--image "$(IMAGE)")

screenshots:  ## every page and dialogue in every language, light and dark, at three scales; ARGS=--gallery: the README's
	$(SETUP) test
	@rm -rf build/screenshots && mkdir -p docs
	@$(PY) scripts/screenshots.py $(ARGS)

messages:  ## bring the catalogues for translators up to date with the sources
	$(SETUP) run
	@$(PY) scripts/messages.py

lock:  ## resolve requirements/*.in anew into the hash-locked requirements/*.txt (needs uv)
	@sh scripts/lock

clean:  ## remove what was built, the environment and node_modules; recorded data stays
	@rm -rf build dist artefacts .venv node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis plumbline.png
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
