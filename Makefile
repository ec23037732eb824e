# site · serve · check · new · review · compare · release · pull-request · test · schema · bench · budget · every-state · fuzz · licences · search-report · screenshots · lock. Each sets up what it needs.
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

.PHONY: site serve check new review compare release pull-request picture test schema bench budget every-state fuzz licences search-report screenshots lock clean chromium java pdf-readers

# Built beside the old site and swapped in, so that the last good one is never lost.
site: .venv/site
	@$(RUN) commands.site "$$SITE"

serve: .venv/site
	$(BIN)/mkdocs serve --livereload

check: .venv/site
	@$(RUN) commands.check "$$GUIDE"

# A commented file to fill: make new KIND=trigger ID=chewing-gum
new: .venv/site
	@$(RUN) commands.new "$$GUIDE" "$$KIND" "$$ID" $(EXAMPLE)

# What must be checked again, and what no clinician has seen; ARGS="--on 2027-12-01" for another day.
review: .venv/site
	@$(RUN) commands.review "$$GUIDE" $(ARGS)

# What changed from another version of the guide, such as: make compare BEFORE=../main/content
compare: .venv/site
	@$(RUN) commands.compare $${BEFORE:+"$$BEFORE"} "$$GUIDE"
	@$(RUN) commands.grades $${BEFORE:+"$$BEFORE"} "$$GUIDE"

# What changed in the printed guide: make release SAYS="…" CLINICAL=yes
release: .venv/site
	@$(RUN) commands.release "$$GUIDE" "$$SAYS" "$$CLINICAL"

# What a pull request would change: pages, pictures and a preview, in .cache/pull-request/.
pull-request: .venv/test chromium pdf-readers
	@$(BIN)/python tests/pull_request.py $(BASE) .cache/pull-request

# The picture in the README.
picture: .venv/test chromium site
	$(BIN)/python tests/screenshots.py "$$SITE" .github/home.png

test: .venv/test tests/node_modules/.package-lock.json chromium java pdf-readers
	$(BIN)/ruff check hooks tests
	$(BIN)/mypy
	$(BIN)/python -m pytest $(ARGS)

# What follows from the model: the editors' schemas, and the samples and messages in CONTRIBUTING.md.
schema: .venv/site
	$(RUN) commands.schema content/schema
	$(BIN)/python tests/contributing.py

# axe on every page in every state: about ten minutes.
every-state: .venv/test tests/node_modules/.package-lock.json chromium
	EVERY_STATE=1 $(BIN)/python -m pytest tests/browser/test_axe.py

bench: .venv/test
	$(BIN)/python tests/bench.py

# Which queries of tests/search.yml do not find their page first, and what does.
search-report: .venv/test chromium site
	$(BIN)/python tests/search_report.py "$$SITE"

# 100,000 generated files; others with `make fuzz ARGS="100000 2"`, the second number being the seed.
fuzz: .venv/test
	$(BIN)/python tests/fuzz.py $(ARGS)

licences: .venv/test site
	@$(BIN)/python tests/licences.py "$$SITE"

# First views on a slow phone, beside plain Material, and what Lighthouse says of them: about half an hour.
budget: .venv/test tests/lighthouse/node_modules/.package-lock.json chromium
	$(BIN)/python tests/budget.py

screenshots: .venv/test chromium site
	$(BIN)/python tests/screenshots.py "$$SITE" .cache/screenshots $(ARGS)

# Hash-locked requirements, made anew from pyproject.toml.
lock: .venv/test
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate pyproject.toml --group test -o requirements-test.txt

clean:
	rm -rf .venv .cache site .site.*

.venv/site: requirements.txt | .venv/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/test: requirements-test.txt | .venv/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
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
