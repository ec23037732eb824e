# `make help` lists the commands. Each sets up what it needs.
# Another guide: make site GUIDE=path/to/its/folder

GUIDE ?= content
SITE ?= site
PYTHON ?= python3
BIN := .venv/bin
RUN := PYTHONPATH=hooks .venv/bin/python -m
EXAMPLE := tests/guides/small
BASE ?= main
ADMIN := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
APT := $(ADMIN) apt-get update -qq && $(ADMIN) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends
SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)
NO_MKDOCS_2_WARNING := 1
CHECKLIST_PROOF ?= .cache/checklist-proof.json
export CHECKLIST_PROOF SOURCE_DATE_EPOCH NO_MKDOCS_2_WARNING
# What a person types is taken as it stands: a space, a quote or a $ in it is itself. Commands read it from the environment.
TYPED := GUIDE SITE BEFORE KIND ID SAYS CLINICAL
$(foreach name,$(TYPED),$(eval override $(name) := $$(value $(name))))
export $(TYPED)

.PHONY: site help serve check new review compare release pull-request picture test snapshot schema bench budget every-state fuzz licences search-report length screenshots lock clean chromium java pdf-readers

## make help | lists these commands
help:
	@sed -n 's/^## //p' Makefile | awk -F ' \\| ' '{ print $$1; print "    " $$2 }'

## make site | builds the site into `site/`, or into `SITE=path`; a mistake leaves the last good one untouched
# Built beside the old site and swapped in, so that the last good one is never lost.
site: .venv/site
	@$(RUN) commands.site "$$SITE"

## make serve | live preview on http://127.0.0.1:8000; `/look-book/` shows every component in every state
serve: .venv/site
	$(BIN)/mkdocs serve --livereload

## make check | checks the content and its language; shows the reading grade of every page
check: .venv/site
	@$(RUN) commands.check "$$GUIDE"

## make new KIND=… ID=… | writes a commented file to fill
new: .venv/site
	@$(RUN) commands.new "$$GUIDE" "$$KIND" "$$ID" $(EXAMPLE)

## make review | lists what is due to be checked again, and what no clinician has seen; `ARGS="--on 2027-12-01"` for another day
review: .venv/site
	@$(RUN) commands.review "$$GUIDE" $(ARGS)

## make compare BEFORE=../main/content | tells advice from wording, and shows the reading grades before and after; `git worktree add ../main main` puts the other version there
compare: .venv/site
	@$(RUN) commands.compare $${BEFORE:+"$$BEFORE"} "$$GUIDE"
	@$(RUN) commands.grades $${BEFORE:+"$$BEFORE"} "$$GUIDE"

## make release SAYS="…" CLINICAL=yes | notes in `changes.yml` what a new version of the printed guide changes
release: .venv/site
	@$(RUN) commands.release "$$GUIDE" "$$SAYS" "$$CLINICAL"

## make pull-request BASE=main | what your branch changes: problems, pages, grades, pictures and a preview, in `.cache/pull-request/`
pull-request: .venv/test chromium pdf-readers
	@$(BIN)/python tests/pull_request.py $(BASE) .cache/pull-request

## make picture | takes the picture in the README
picture: .venv/test chromium site
	$(BIN)/python tests/screenshots.py "$$SITE" .github/home.png

## make test | runs every test and checks the types; installs Chromium, Java, npm, poppler and qpdf if they are missing
## make test ARGS="-n 0 -x" | runs them one after the other, up to the first that fails
## make test ARGS="tests/pages/test_render.py -k trigger" | runs a few
test: .venv/test tests/node_modules/.package-lock.json chromium java pdf-readers
	$(BIN)/ruff check hooks tests
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

## make snapshot | accepts what readers now get of the small guide, as `tests/guides/small-expected/` shows it to reviewers
snapshot: .venv/test pdf-readers
	@$(BIN)/python tests/snapshot.py

## make schema | writes the editors' JSON Schemas anew from the model
schema: .venv/site
	$(RUN) commands.schema content/schema
	$(BIN)/python tests/contributing.py

## make every-state | runs axe on every page in every state
every-state: .venv/test tests/node_modules/.package-lock.json chromium
	EVERY_STATE=1 $(BIN)/python -m pytest tests/browser/test_axe.py

## make bench | measures what the pipeline costs against plain MkDocs Material
bench: .venv/test
	$(BIN)/python tests/bench.py

## make search-report | asks the search what people type (`tests/search.yml`), and prints what came first instead; one word under `search_words` in a content file mends it
search-report: .venv/test chromium site
	$(BIN)/python tests/search_report.py "$$SITE"

## make fuzz | sends 100,000 generated files through the loader
fuzz: .venv/test
	$(BIN)/python tests/fuzz.py $(ARGS)

## make licences | lists the licence of everything that is shipped
licences: .venv/test site
	@$(BIN)/python tests/licences.py "$$SITE"

## make budget | measures every kind of first view on a slow phone beside plain MkDocs Material, and asks Lighthouse
budget: .venv/test tests/lighthouse/node_modules/.package-lock.json chromium
	$(BIN)/python tests/budget.py

## make length | measures how many screens and words of each kind of page a reader meets before she taps anything
length: .venv/test chromium site
	@$(BIN)/python tests/length.py "$$SITE"

## make screenshots | takes pictures of the site into `.cache/screenshots/`
screenshots: .venv/test chromium site
	$(BIN)/python tests/screenshots.py "$$SITE" .cache/screenshots $(ARGS)

## make lock | locks the dependencies of `pyproject.toml` anew, with hashes
lock: .venv/test
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate pyproject.toml --group test -o requirements-test.txt

## make clean | deletes everything that a command made; the next command makes it again
clean:
	rm -rf .venv .cache site .site.*

.venv/site: requirements.txt | .venv/bin/pip
	@echo "Setting up .venv with what the build needs. The first time takes about a minute."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/test: requirements-test.txt | .venv/bin/pip
	@echo "Setting up .venv with what the tests need. The first time takes some minutes."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@ .venv/site

.venv/bin/pip:
	@$(PYTHON) -m venv .venv || { rm -rf .venv; $(APT) python3-venv && $(PYTHON) -m venv .venv; }

# axe, the Nu checker and the search's library, which only npm has; their install scripts are not run.
tests/node_modules/.package-lock.json: tests/package-lock.json
	@command -v npm >/dev/null || { $(APT) npm; }
	npm ci --prefix tests --ignore-scripts --no-audit --no-fund --silent

tests/lighthouse/node_modules/.package-lock.json: tests/lighthouse/package-lock.json
	@command -v npm >/dev/null || { $(APT) npm; }
	npm ci --prefix tests/lighthouse --ignore-scripts --no-audit --no-fund --silent

java:
	@command -v java >/dev/null || { $(APT) default-jre-headless; }

pdf-readers:
	@command -v pdfinfo >/dev/null || { $(APT) poppler-utils; }
	@command -v qpdf >/dev/null || { $(APT) qpdf; }

# The browser, and what the program that drives it needs and a small Debian lacks.
chromium:
	@/sbin/ldconfig -p | grep -q libatomic.so.1 || { $(APT) libatomic1; }
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit; done; $(APT) chromium
