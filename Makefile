# finsent: financial news read inside PostgreSQL.
#
# The first half is an ordinary PGXS extension: make, make install, make
# installcheck.  The second half is the project's own commands, which
# `make help` lists; they need no installed extension and install nothing into
# the system's PostgreSQL.

EXTENSION = finsent
# The control file is the one place of the version.
EXTVERSION := $(shell sed -n "s/^default_version *= *'\([^']*\)'.*/\1/p" finsent.control)

PROJECT_GOALS = help setup demo psql test unit core-check check-includes check-format check-files \
	check-warnings tables tables-check check eval eval-train bench bench-research bench-core load fuzz lint deb programs format spotless

UNICODE_CFLAGS := $(shell pkg-config --cflags icu-uc 2>/dev/null)
UNICODE_LIBS := $(shell pkg-config --libs icu-uc 2>/dev/null || echo -licuuc)

PROJECT_GOALS += steps

.DEFAULT_GOAL := all

# PGXS is included only if something of it is wanted: the project's commands
# must run before the server's headers are there (make setup installs them).
ifneq ($(filter-out $(PROJECT_GOALS),$(or $(MAKECMDGOALS),all)),)

CORE_OBJS = $(patsubst %.c,%.o,$(wildcard src/core/*.c))
STAT_OBJS = $(patsubst %.c,%.o,$(wildcard src/stat/*.c))
GLUE_OBJS = $(patsubst %.c,%.o,$(wildcard src/pg/*.c))
OWN_HEADERS = $(wildcard src/core/*.h src/core/*.def src/stat/*.h src/pg/*.h)
TABLES = $(wildcard src/core/tables/*.inc)

MODULE_big = finsent
OBJS = $(CORE_OBJS) $(STAT_OBJS) $(GLUE_OBJS)
# The SQL surface: what version 0.1.0 had, and the groups that 0.2.0 added.
SQL_ADDED = sql/live.sql sql/alerts.sql sql/research.sql sql/training.sql
SQL_BUILT = sql/finsent--$(EXTVERSION).sql sql/finsent--0.1.0--$(EXTVERSION).sql
DATA_built = $(SQL_BUILT)
DATA = sql/finsent--0.1.0.sql
DOCS = README.md

REGRESS = $(patsubst test/sql/%.sql,%,$(sort $(wildcard test/sql/*.sql)))
REGRESS_OPTS = --inputdir=test --encoding=UTF8 --no-locale
ifneq ($(wildcard test/specs/*.spec),)
ISOLATION = $(patsubst test/specs/%.spec,%,$(sort $(wildcard test/specs/*.spec)))
ISOLATION_OPTS = --inputdir=test
endif

PG_CPPFLAGS = -Isrc/core $(UNICODE_CFLAGS)
PG_CFLAGS = -Wno-declaration-after-statement
SHLIB_LINK = $(UNICODE_LIBS) -lm

EXTRA_CLEAN = $(SQL_BUILT)

# No bitcode: these functions are far too large to be inlined into a query, so
# it would only cost build time and bind the core's hidden symbols to JIT.
override with_llvm = no

PG_CONFIG ?= pg_config
# Debian keeps the programs of a server in a directory of its own.
override PG_CONFIG := $(shell PG_CONFIG='$(if $(filter pg_config,$(PG_CONFIG)),,$(PG_CONFIG))' src/tools/find-postgres.sh)
PGXS := $(if $(PG_CONFIG),$(shell $(PG_CONFIG) --pgxs))
ifeq ($(PGXS),)
$(error PostgreSQL's server headers are not installed: run "make setup" or name a pg_config by PG_CONFIG=)
endif
include $(PGXS)

# PGXS tracks no headers.  Tables are large and change often: only the files
# that include one depend on it.
$(OBJS): $(OWN_HEADERS) $(addprefix src/core/,$(shell sed -n 's/^\#include "\(tables\/.*\)".*/\1/p' src/core/*.h)) Makefile
$(patsubst %.c,%.o,$(shell grep -l '"tables/' src/core/*.c)): $(TABLES)

# The core calls itself without passing through the dynamic linker's tables.
# Some servers are built with frame pointers: that register is worth two percent.
$(CORE_OBJS): override CFLAGS += -fvisibility=hidden -fomit-frame-pointer

# Sums of 32 digits rely on every operation being rounded by itself.
$(STAT_OBJS): override CFLAGS += -fvisibility=hidden -O3 -ffp-contract=off

# The guard line of the first file serves all of them.
sql/finsent--$(EXTVERSION).sql: sql/finsent.sql $(SQL_ADDED) finsent.control
	cat sql/finsent.sql $(SQL_ADDED) >$@

# An installed 0.1.0 gains the added groups.
sql/finsent--0.1.0--$(EXTVERSION).sql: sql/upgrade.sql $(SQL_ADDED) finsent.control
	cat sql/upgrade.sql $(SQL_ADDED) >$@

endif

# ---------------------------------------------------------------------------
# The project's own commands.

TOOLS = src/tools
SHARED ?= ../shared
BUILD ?= build
SECONDS ?= 60
PG_ENV = $(if $(PG_CONFIG),PG_CONFIG='$(PG_CONFIG)')

help:
	@echo "An extension like any other:"
	@echo "  make && make install && make installcheck     [PG_CONFIG=...]"
	@echo
	@echo "Nothing installed into the system, a private temporary server:"
	@echo "  make demo              sample news scored, a card, a join with prices"
	@echo "  make demo FILE=x.txt   the card of that file"
	@echo "  make psql              a shell with the extension in a private server"
	@echo "  make test              every test; the last line counts them"
	@echo "  make bench             speed against to_tsvector and length, one table"
	@echo "  make load [ROWS=50000] alerts with eight writers, a thousand rules and a crash; their cost"
	@echo "  make bench-research    speed and memory of statistics over 10 million rows, 3 minutes"
	@echo "  make eval [TASK=...]   quality on labelled data, where there is any"
	@echo "  make eval-train        quality and time of models trained on it"
	@echo
	@echo "  make deb               a Debian package of the extension, in build/"
	@echo
	@echo "No server:"
	@echo "  make setup             install what is missing (apt-get), say what is run"
	@echo "  make unit              unit tests of the core, seconds"
	@echo "  make check             include rule, core without server headers, tables, files, format"
	@echo "  make tables            make the generated tables again from src/data"
	@echo "  make model             train the linear models again, where the data is"
	@echo "  make fuzz SECONDS=60   libFuzzer with address and undefined-behaviour sanitizers"
	@echo "  make lint              gcc, clang, clang-tidy and cppcheck over all sources, minutes"
	@echo "  make bench-core        speed of the core alone, for profiling"
	@echo "  make steps             work for hostile texts, counted: it grows with their length"
	@echo "  make spotless          remove everything that was built"

setup:
	@$(PG_ENV) $(TOOLS)/setup.sh test

demo:
	@$(PG_ENV) $(TOOLS)/setup.sh build
	@$(PG_ENV) $(TOOLS)/demo.sh "$(FILE)"

psql:
	@$(PG_ENV) $(TOOLS)/setup.sh build
	@$(PG_ENV) $(TOOLS)/cluster.sh -x psql

test:
	@$(PG_ENV) $(TOOLS)/setup.sh test
	@$(TOOLS)/browser.sh install
	@$(PG_ENV) $(TOOLS)/test.sh

eval:
	@$(PG_ENV) $(TOOLS)/setup.sh build
	@$(PG_ENV) $(TOOLS)/eval.sh '$(SHARED)' $(TASK)

eval-train:
	@$(PG_ENV) $(TOOLS)/setup.sh build
	@$(PG_ENV) $(TOOLS)/eval-train.sh '$(SHARED)'

model:
	@$(TOOLS)/model.sh '$(SHARED)'

bench:
	@$(PG_ENV) $(TOOLS)/setup.sh build
	@$(PG_ENV) $(TOOLS)/bench.sh

load:
	@$(PG_ENV) $(TOOLS)/setup.sh test
	@$(PG_ENV) $(TOOLS)/load.sh $(ROWS)

bench-research:
	@$(PG_ENV) $(TOOLS)/setup.sh build
	@$(PG_ENV) $(TOOLS)/bench-research.sh $(TICKERS) $(DAYS)

fuzz:
	@$(PG_ENV) $(TOOLS)/setup.sh fuzz
	@$(TOOLS)/fuzz.sh $(SECONDS)

lint:
	@$(PG_ENV) $(TOOLS)/lint.sh

# A Debian package of the extension for the server of PG_CONFIG, in build/.
deb:
	@$(PG_ENV) $(TOOLS)/setup.sh build
	@$(PG_ENV) $(TOOLS)/deb.sh

# The core outside the server, for unit tests and tools.  WERROR=-Werror is for
# the project's own tests; SANITIZE=1 finds reads beyond the text.
CORE_CFLAGS = -std=c11 -O3 -g -Wall -Wextra $(WERROR) -Isrc/core $(UNICODE_CFLAGS)
ifdef SANITIZE
CORE_CFLAGS += -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
# STEPS=1: the core counts the basic blocks that run, test/steps/linear.c.
ifdef STEPS
CORE_CFLAGS += -O1
STEPS_CFLAGS = -fsanitize-coverage=trace-pc
endif
CORE_LIBS = $(UNICODE_LIBS) -lm
CORE_LIBRARY = $(BUILD)/libfinsent.a
CORE_UNITS = $(patsubst src/%.c,$(BUILD)/%.o,$(wildcard src/core/*.c src/stat/*.c))
UNIT_PROGRAMS = $(patsubst test/unit/%.c,$(BUILD)/unit/%,$(wildcard test/unit/*.c))
UNIT_HEADERS = $(wildcard test/unit/*.h src/core/*.h src/core/*.def src/stat/*.h)

$(BUILD)/core/%.o: src/core/%.c
	@mkdir -p $(@D)
	$(CC) $(CORE_CFLAGS) $(STEPS_CFLAGS) -MMD -MP -c $< -o $@

$(BUILD)/stat/%.o: src/stat/%.c
	@mkdir -p $(@D)
	$(CC) $(CORE_CFLAGS) -ffp-contract=off -MMD -MP -c $< -o $@

$(CORE_LIBRARY): $(CORE_UNITS)
	@rm -f $@
	$(AR) rcs $@ $(CORE_UNITS)

$(BUILD)/unit/%: test/unit/%.c $(UNIT_HEADERS) $(CORE_LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CORE_CFLAGS) -Itest/unit $< $(CORE_LIBRARY) $(CORE_LIBS) -o $@

$(BUILD)/steps/%: test/steps/%.c $(UNIT_HEADERS) $(CORE_LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CORE_CFLAGS) -Itest/unit $< $(CORE_LIBRARY) $(CORE_LIBS) -o $@

$(BUILD)/bench/%: test/bench/%.c $(UNIT_HEADERS) $(CORE_LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CORE_CFLAGS) -Itest/unit $< $(CORE_LIBRARY) $(CORE_LIBS) -o $@

-include $(wildcard $(BUILD)/core/*.d $(BUILD)/stat/*.d)

# Programs that build tables.  The companies' names are cut by the core's own
# scanner, so that table comes after the lexicon's.
TOOL_CFLAGS = $(subst -std=c11,-std=gnu11 -D_GNU_SOURCE,$(CORE_CFLAGS)) -I$(TOOLS)
TOOL_HEADERS = $(wildcard $(TOOLS)/*.h src/core/*.h)

$(BUILD)/tools/gentables: $(TOOLS)/gentables.c $(TOOLS)/gentables_write.c $(TOOLS)/displace.c $(TOOLS)/inflect.c $(TOOL_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(TOOL_CFLAGS) $(filter %.c,$^) -o $@

$(BUILD)/tools/gencompany: $(TOOLS)/gencompany.c $(TOOLS)/gencompany_write.c $(TOOL_HEADERS) $(CORE_LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(TOOL_CFLAGS) $(filter %.c,$^) $(CORE_LIBRARY) $(CORE_LIBS) -o $@

programs: $(UNIT_PROGRAMS)

unit: $(UNIT_PROGRAMS)
	@$(TOOLS)/unit.sh $(UNIT_PROGRAMS)

bench-core: $(BUILD)/bench/core
	@$(TOOLS)/bench-core.sh $(BUILD)/bench/core $(FILE)

# Steps a byte and their growth, for adversarial texts of BYTES and 16 times as many.
BYTES ?= 65536
steps:
	@$(MAKE) -s --no-print-directory BUILD=build/counted STEPS=1 build/counted/steps/linear
	@build/counted/steps/linear $(BYTES)

$(BUILD)/tools/genexp: $(TOOLS)/genexp.c
	@mkdir -p $(@D)
	$(CC) $(TOOL_CFLAGS) $< -lm -o $@

$(BUILD)/tools/train: $(TOOLS)/train.c $(TOOLS)/training.c $(TOOLS)/parts.c $(TOOL_HEADERS) $(CORE_LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(TOOL_CFLAGS) $(filter %.c,$^) $(CORE_LIBRARY) $(CORE_LIBS) -o $@

tables:
	@$(TOOLS)/tables.sh src/core/tables

check: check-includes core-check tables-check check-files check-format

check-includes core-check tables-check check-files check-format check-warnings:
	@$(PG_ENV) $(TOOLS)/check.sh $(patsubst check-%,%,$(patsubst %-check,%,$@))

# All C sources as .clang-format says.
format:
	clang-format -i $(wildcard src/core/*.[ch] src/stat/*.[ch] src/pg/*.[ch] src/tools/*.[ch] test/unit/*.[ch] test/fuzz/*.[ch] test/bench/*.[ch])

spotless:
	rm -rf build results regression.diffs regression.out output_iso tmp_check
	rm -f finsent.so src/core/*.o src/core/*.bc src/stat/*.o src/pg/*.o src/pg/*.bc sql/finsent--$(EXTVERSION).sql sql/finsent--*--$(EXTVERSION).sql

.PHONY: $(PROJECT_GOALS)
