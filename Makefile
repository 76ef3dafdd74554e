# Two commands do everything, set-up included: `make book` and `make test`.

PYTHON     ?= python3
PORT       ?= 8000
RESOLUTION ?= highest
SEED       ?= 2
VENV       := .venv
BIN        := $(VENV)/bin
READY      := $(VENV)/.ready
OTHERS     := .venv-versions
STRICT     := -W -n --keep-going

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help book pdf epub links wheels test thorough attack mutants killed chapter check lint pages twice versions serve messages photos bench lock clean

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

book: $(READY) ## build the course: _build/html/index.html (sets everything up the first time)
	@test -w "$$(ls -d _build 2> /dev/null || echo .)" || { echo "$(CURDIR): nothing can be written here; build in a folder that is yours to write"; exit 1; }
	$(BIN)/jupyter-book build . $(STRICT)

test: $(READY) ## run the tests (sets everything up the first time)
	$(BIN)/python -m coursebook.html.npm
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not long"

thorough: $(READY) ## claims in other words, over 5,000 verdicts; random claims, to one prover and to both; damaged files; tests that take long
	$(BIN)/python tests/metamorphic.py
	$(BIN)/python tests/random_claims.py
	$(BIN)/python tests/random_depths.py
	$(BIN)/python tests/mutual.py --count 500
	$(BIN)/python tests/fuzz_files.py
	$(BIN)/python -m pytest -n auto --dist loadgroup -m long

attack: $(READY) ## all claims in all other words; random claims that nobody has tried yet, to one prover and to both (SEED=2)
	$(BIN)/python tests/metamorphic.py --every 1
	$(BIN)/python tests/random_claims.py --seeds 3500 --start $(SEED)0000
	$(BIN)/python tests/random_depths.py --seeds 200 --start $(SEED)0000
	$(BIN)/python tests/mutual.py --count 10000 --seed $(SEED)

mutants: $(READY) ## change the code, one place at a time: a test must see it (MODULES="neurone.units neurone.losses": of these alone)
	$(BIN)/python tests/mutants.py $(OTHERS)/mutants $(MODULES)

killed: $(READY) ## kill builds at twenty random moments: the next one must be right, byte for byte
	$(BIN)/jupyter-book build . $(STRICT)
	$(BIN)/python tests/killed.py

check: $(READY) ## everything that CI runs, the cheapest first and all findings at once (CHANGED=1: what your change touches)
	$(BIN)/python -m coursebook.contribute.gate $(if $(CHANGED),changed)

lint: $(READY) ## check the book as it is written, spelling, style, formatting and types
	$(BIN)/python -m coursebook.contribute.gate sources

pages: $(READY) ## build from nothing, warnings as errors, and check the built pages in a browser
	rm -rf _build
	$(BIN)/jupyter-book build . $(STRICT) --all
	$(BIN)/npm ci --silent
	$(BIN)/node node_modules/.bin/html-validate --config tests/browser/valid.json "_build/html/*.html"
	$(BIN)/node tests/browser/check.mjs _build/html
	$(BIN)/node tests/browser/live.mjs _build/html
	$(BIN)/node tests/browser/reader.mjs _build/html $(BIN)/python
	$(BIN)/node tests/browser/lighthouse.mjs _build/html
	$(BIN)/python -m coursebook.site.epub
	$(BIN)/python tests/default_book.py _build/default
	$(BIN)/node tests/browser/weigh.mjs _build/html _build/default/_build/html

twice: $(READY) ## build from nothing in another folder, and compare each byte
	$(BIN)/python tests/twice.py

pdf: $(READY) ## print the book as one PDF, with Chromium or Chrome, and let the site offer it
	$(BIN)/jupyter-book build . $(STRICT)
	$(BIN)/npm ci --silent
	$(BIN)/python -m coursebook.site.pdf
	$(BIN)/jupyter-book build . $(STRICT)

epub: $(READY) ## write the book as an EPUB, with Chromium or Chrome, and let the site offer it
	$(BIN)/jupyter-book build . $(STRICT)
	$(BIN)/npm ci --silent
	$(BIN)/python -m coursebook.site.epub
	$(BIN)/jupyter-book build . $(STRICT)

links: $(READY) ## ask every address outside of the course whether it still answers
	$(BIN)/jupyter-book build . --builder linkcheck

wheels: $(READY) ## build the two wheels, the course's and the prover's, into _build/wheels
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir _build/wheels . ./src
	rm -rf build src/build

versions: $(READY) ## run the tests on every other Python from 3.11 to 3.13 that this machine has
	$(BIN)/python tests/versions.py $(OTHERS)

chapter: $(READY) ## begin a chapter that builds as it is (NAME=early-stopping TITLE="When to stop" AFTER=softmax)
	$(BIN)/python -m coursebook.contribute.chapter

serve: $(READY) ## preview while writing: rebuilds what changed and reloads the page (PORT=8000)
	$(BIN)/python -m coursebook.site.serve --port $(PORT)

messages: $(READY) ## write the words of the boxes and the ledger into the template for translators
	$(BIN)/pybabel -q extract --omit-header --no-location -k ngettext:1,2 \
		-o src/coursebook/locale/coursebook.pot src/coursebook/statements src/coursebook/site

photos: $(READY) ## fetch the photographs of the course that we follow into your cache folder
	$(BIN)/python -m neurone.photographs

bench: $(READY) ## time training against JAX and PyTorch (where installed) and scikit-learn
	$(BIN)/python -m benchmarks

lock: $(READY) ## pin the newest versions that pyproject.toml and package.json allow (RESOLUTION=lowest-direct: the oldest)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --resolution $(RESOLUTION) --universal --generate-hashes --no-emit-index-url --no-emit-package deep-learning-proved-claims --annotation-style line --python-version 3.11 --extra dev pyproject.toml -o requirements.lock
	$(BIN)/npm update --package-lock-only

clean: ## remove what the other commands made
	rm -rf _build node_modules $(VENV) $(OTHERS)

$(READY): requirements.lock pyproject.toml src/pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version.split()[0]; sys.exit(sys.version_info < (3, 11) and f"Python 3.11 or newer is needed, {sys.executable} is {v}: try make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e src -e .
	@touch $@
