# SPDX-License-Identifier: GPL-2.0-or-later
#
# How the suite runs: every test speaks TAP, so that each case counts by itself. Signals that whoever
# runs it ignores, as nohup does, are not ignored in the tests. A test that does not end within
# test_seconds fails; the slowest takes a tenth of that, on a slow machine and with the sanitizers.

TEST_EXTENSIONS = .sh
LOG_DRIVER = env --default-signal CMOCKA_MESSAGE_OUTPUT=TAP $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_DRIVER = env --default-signal $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
AM_TESTS_ENVIRONMENT = top_srcdir='$(abs_top_srcdir)'; top_builddir='$(abs_top_builddir)'; \
	LC_ALL=C.UTF-8; TZ=UTC; NM='$(NM)'; READELF='$(READELF)'; HARDENING='$(HARDENING)'; \
	SANITIZER_FLAGS='$(SANITIZER_FLAGS)'; \
	export top_srcdir top_builddir LC_ALL TZ NM READELF HARDENING SANITIZER_FLAGS; \
	listed_unit_tests='$(unit_tests)'; listed_scripts='$(script_tests)'; \
	listed_fuzz_targets='$(fuzz_targets)'; listed_targets='$(target_programs)'; \
	listed_benchmarks='$(benchmarks)'; \
	export listed_unit_tests listed_scripts listed_fuzz_targets listed_targets listed_benchmarks; \
	TSAN_OPTIONS=halt_on_error=1; export TSAN_OPTIONS; \
	LSAN_OPTIONS=suppressions='$(abs_top_srcdir)'/tests/lsan.supp:print_suppressions=0; \
	export LSAN_OPTIONS;
test_seconds = 600
LIMIT = timeout --foreground -k 10 $(test_seconds)
LOG_COMPILER = $(SHELL) $(top_srcdir)/tests/unit_tap.sh $(LIMIT)
SH_LOG_COMPILER = $(LIMIT) $(SHELL)

# What tests and benchmarks share: expected texts, address spaces to draw, users at terminals.
check_LIBRARIES = libsupport.a
libsupport_a_SOURCES = \
	tests/support/stopwatch.c tests/support/stopwatch.h \
	tests/support/capture.h tests/support/capture.c \
	tests/support/child.h tests/support/child.c \
	tests/support/core_writer.h tests/support/core_writer.c \
	tests/support/descriptors.c \
	tests/support/emulator.h tests/support/emulator.c \
	tests/support/golden.h tests/support/golden.c \
	tests/support/key_press.h tests/support/key_press.c \
	tests/support/own_terminal.h tests/support/own_terminal.c \
	tests/support/process_cost.h tests/support/process_cost.c \
	tests/support/program_run.h tests/support/program_run.c \
	tests/support/sample.h tests/support/sample.c \
	tests/support/spread.h tests/support/spread.c \
	tests/support/stage.h tests/support/stage.c \
	tests/support/told.h \
	tests/support/trace.h tests/support/trace.c \
	tests/support/viewer.h tests/support/viewer.c \
	tests/bench/whole_program.h tests/bench/whole_program.c

# What it starts ends with the program, by a pipe that stays open until then.
tests_unit_test_whole_program_LDADD = $(test_libraries)

# What of it has logic of its own has a test.
unit_tests += \
	tests/unit/test_emulator \
	tests/unit/test_key_press \
	tests/unit/test_process_cost \
	tests/unit/test_program_run \
	tests/unit/test_spread \
	tests/unit/test_viewer \
	tests/unit/test_whole_program

# Programs to be watched. They are built without sanitizers, to look like any other program.
target_programs = \
	tests/targets/changes \
	tests/targets/dumps \
	tests/targets/ends \
	tests/targets/grow \
	tests/targets/heap \
	tests/targets/hostile \
	tests/targets/known \
	tests/targets/leader_gone \
	tests/targets/loads \
	tests/targets/many \
	tests/targets/names \
	tests/targets/plain \
	tests/targets/stacks \
	tests/targets/storm \
	tests/targets/usage \
	tests/targets/without_perf
target_cflags = -std=gnu11 -Wall -Wextra -pthread
check_PROGRAMS += $(target_programs)
tests_targets_changes_SOURCES = tests/targets/changes.c tests/targets/target.h
tests_targets_changes_CFLAGS = $(target_cflags)
tests_targets_changes_LDADD =
tests_targets_dumps_SOURCES = tests/targets/dumps.c tests/targets/target.h \
	tests/support/core_writer.h tests/support/core_writer.c
tests_targets_dumps_CFLAGS = $(target_cflags)
tests_targets_dumps_LDADD =
tests_targets_ends_SOURCES = tests/targets/ends.c tests/targets/target.h
tests_targets_ends_CFLAGS = $(target_cflags)
tests_targets_ends_LDADD =
tests_targets_grow_SOURCES = tests/targets/grow.c tests/targets/target.h
tests_targets_grow_CFLAGS = $(target_cflags)
tests_targets_grow_LDADD =
tests_targets_heap_SOURCES = tests/targets/heap.c tests/targets/target.h
tests_targets_heap_CFLAGS = $(target_cflags)
tests_targets_heap_LDADD =
tests_targets_hostile_SOURCES = tests/targets/hostile.c tests/targets/target.h
tests_targets_hostile_CFLAGS = $(target_cflags)
tests_targets_hostile_LDADD =
tests_targets_known_SOURCES = tests/targets/known.c tests/targets/target.h
tests_targets_known_CFLAGS = $(target_cflags)
tests_targets_known_LDADD =
tests_targets_leader_gone_SOURCES = tests/targets/leader_gone.c tests/targets/target.h
tests_targets_leader_gone_CFLAGS = $(target_cflags)
tests_targets_leader_gone_LDADD =
tests_targets_loads_SOURCES = tests/targets/loads.c tests/targets/target.h
tests_targets_loads_CFLAGS = $(target_cflags)
tests_targets_loads_LDADD =
tests_targets_many_SOURCES = tests/targets/many.c tests/targets/target.h
tests_targets_many_CFLAGS = $(target_cflags)
tests_targets_many_LDADD =
tests_targets_names_SOURCES = tests/targets/names.c tests/targets/target.h
tests_targets_names_CFLAGS = $(target_cflags)
tests_targets_names_LDADD =
tests_targets_plain_SOURCES = tests/targets/plain.c tests/targets/target.h
tests_targets_plain_CFLAGS = $(target_cflags)
tests_targets_plain_LDADD =
tests_targets_stacks_SOURCES = tests/targets/stacks.c tests/targets/target.h
tests_targets_stacks_CFLAGS = $(target_cflags)
tests_targets_stacks_LDADD =
tests_targets_storm_SOURCES = tests/targets/storm.c tests/targets/target.h
tests_targets_storm_CFLAGS = $(target_cflags)
tests_targets_storm_LDADD =
tests_targets_usage_SOURCES = tests/targets/usage.c tests/targets/target.h
tests_targets_usage_CFLAGS = $(target_cflags)
tests_targets_usage_LDADD =
tests_targets_without_perf_SOURCES = tests/targets/without_perf.c
tests_targets_without_perf_CFLAGS = $(target_cflags)
tests_targets_without_perf_LDADD =

# vastop itself, with memory that runs out. (Sanitizers bring their own malloc().)
if !SANITIZERS
check_PROGRAMS += tests/support/vastop_without_memory
endif
tests_support_vastop_without_memory_SOURCES = src/app/main.c tests/support/failing_memory.c
tests_support_vastop_without_memory_LDADD = $(vastop_LDADD)
EXTRA_DIST += tests/support/failing_memory.c

# Its hardening is that of the test which builds it.
EXTRA_DIST += tests/targets/hardening/waits.c

# A file system that can be told to hang.
if HAVE_FUSE3
check_PROGRAMS += tests/fuse/hangfs
endif
EXTRA_PROGRAMS += tests/fuse/hangfs
tests_fuse_hangfs_SOURCES = tests/fuse/hangfs.c
tests_fuse_hangfs_CFLAGS = $(target_cflags) $(FUSE3_CFLAGS)
tests_fuse_hangfs_LDADD = $(FUSE3_LIBS)

script_tests += \
	tests/e2e/hung.sh \
	tests/e2e/growth.sh \
	tests/e2e/torture.sh \
	tests/e2e/recorded.sh \
	tests/e2e/heap.sh \
	tests/e2e/record.sh \
	tests/e2e/check.sh \
	tests/e2e/sandbox.sh \
	tests/lint/format.sh \
	tests/e2e/storms.sh \
	tests/lint/distribution.sh \
	tests/lint/layers.sh \
	tests/lint/pure.sh \
	tests/lint/globals.sh \
	tests/lint/search.sh \
	tests/lint/words.sh \
	tests/lint/strings.sh \
	tests/lint/hardening.sh \
	tests/lint/lists.sh \
	tests/e2e/mistakes.sh \
	tests/e2e/once.sh \
	tests/e2e/locale.sh \
	tests/e2e/bytes.sh \
	tests/e2e/go_to.sh \
	tests/e2e/heap_musl.sh \
	tests/e2e/inside.sh \
	tests/e2e/hostile.sh \
	tests/e2e/main_thread_gone.sh \
	tests/e2e/which_file.sh \
	tests/e2e/who_grows.sh \
	tests/e2e/stacks.sh \
	tests/e2e/start.sh \
	tests/e2e/states.sh \
	tests/e2e/mapped_files.sh \
	tests/e2e/signals.sh \
	tests/e2e/mouse.sh \
	tests/e2e/resize.sh \
	tests/e2e/look.sh \
	tests/e2e/many.sh \
	tests/e2e/past.sh \
	tests/e2e/settings.sh \
	tests/e2e/terminals.sh \
	tests/e2e/figures.sh \
	tests/e2e/symbols.sh \
	tests/e2e/table.sh \
	tests/e2e/target_ends.sh \
	tests/e2e/events.sh \
	tests/e2e/schema.sh \
	tests/e2e/protections.sh \
	tests/e2e/find.sh \
	tests/e2e/launch.sh \
	tests/e2e/memory.sh \
	tests/e2e/namespaces.sh \
	tests/e2e/pick.sh \
	tests/e2e/report.sh \
	tests/e2e/metrics.sh \
	tests/e2e/completion.sh \
	tests/e2e/core.sh \
	tests/e2e/diff.sh \
	tests/e2e/side_by_side.sh

# With ThreadSanitizer the suite is that of whole programs in which threads meet.
threaded_tests = \
	tests/e2e/events.sh \
	tests/e2e/find.sh \
	tests/e2e/go_to.sh \
	tests/e2e/heap.sh \
	tests/e2e/inside.sh \
	tests/e2e/many.sh \
	tests/e2e/past.sh \
	tests/e2e/pick.sh \
	tests/e2e/record.sh \
	tests/e2e/target_ends.sh \
	tests/e2e/which_file.sh \
	tests/e2e/who_grows.sh

if THREAD_SANITIZER
EXTRA_PROGRAMS += $(unit_tests)
TESTS += $(threaded_tests)
else
# The scripts first, and among them those that take longest: much of what they do is waiting.
TESTS += $(script_tests)
if UNIT_TESTS
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
else
TESTS += tests/unit/not_built.sh
endif
endif

# Most of the time of building is that of the unit tests, which run once: they are not optimised, and
# what hardens a program would want that they were. How the objects are to be placed stays.
tests/unit/%.$(OBJEXT): override CFLAGS := $(CFLAGS) -O0
tests/unit/%.$(OBJEXT): HARDENING_CFLAGS := $(filter -fPI%,$(HARDENING_CFLAGS))
EXTRA_DIST += $(script_tests) tests/schema.jq tests/bench/peers.jq tests/tap.sh tests/unit_tap.sh tests/summary.sh tests/e2e/lib.sh tests/unit/not_built.sh tests/lint/strings.awk

# Benchmarks: the whole program; those of single layers are listed with their layer. All that lie
# in tests/bench are built and, but for bench_peers, run one after the other.
whole_program_benchmarks = \
	tests/bench/bench_heap \
	tests/bench/bench_growth \
	tests/bench/bench_idle \
	tests/bench/bench_looking \
	tests/bench/bench_peers \
	tests/bench/bench_residency \
	tests/bench/bench_response \
	tests/bench/bench_start \
	tests/bench/bench_victim
EXTRA_PROGRAMS += $(whole_program_benchmarks)
tests_bench_bench_growth_SOURCES = tests/bench/bench_growth.c \
	tests/bench/growth_loads.h tests/bench/growth_loads.c
tests_bench_bench_heap_SOURCES = tests/bench/bench_heap.c tests/bench/victim.h tests/bench/victim.c
tests_bench_bench_response_SOURCES = tests/bench/bench_response.c \
	tests/bench/key_courses.h tests/bench/key_courses.c
tests_bench_bench_victim_SOURCES = tests/bench/bench_victim.c tests/bench/victim.h tests/bench/victim.c
tests_bench_bench_looking_SOURCES = tests/bench/bench_looking.c tests/bench/victim.h tests/bench/victim.c
tests_bench_bench_peers_SOURCES = tests/bench/bench_peers.c \
	tests/bench/peers.h tests/bench/peers.c tests/bench/peers_once.c tests/bench/peers_live.c

# All strings that users read, each with its place; single words are also names of files and fields.
strings:
	@cd $(top_srcdir) && find src/app src/model src/report src/screen src/term src/ui -name '*.c' | \
		LC_ALL=C sort | xargs $(AWK) -v every=1 -f tests/lint/strings.awk
.PHONY: strings

benchmarks = $(filter tests/bench/%,$(EXTRA_PROGRAMS))
single_benchmarks = $(filter-out tests/bench/bench_peers,$(benchmarks))
bench: vastop $(target_programs) $(single_benchmarks)
	@for benchmark in $(single_benchmarks); do \
		echo "== $$benchmark"; \
		./$$benchmark || exit 1; \
		echo; \
	done
.PHONY: bench

# vastop beside the programs that show the same; with UPDATE_GOLDEN, README.md gets the tables.
bench-peers: vastop $(target_programs) tests/bench/bench_peers
	@./tests/bench/bench_peers bench-peers.json
	@jq -r -f $(srcdir)/tests/bench/peers.jq bench-peers.json
	@test -z "$$UPDATE_GOLDEN" || { \
		cp bench-peers.json $(srcdir)/doc/peers.json && \
		top_srcdir=$(abs_top_srcdir) top_builddir=$(abs_top_builddir) \
			$(SHELL) $(srcdir)/tests/lint/words.sh >/dev/null; \
	}
.PHONY: bench-peers
CLEANFILES += bench-peers.json

# They are not run with the tests, but go on building.
check-local: $(benchmarks)

# Whether the unit tests notice wrong lines: MUTATIONS of them, for at most MUTATE_SECONDS, of the
# files and folders MUTATE.
MUTATIONS = 90
MUTATE_SEED = 1
MUTATE_SECONDS = 3600
MUTATE_FLAGS =
MUTATE =
mutate:
	@$(MKDIR_P) mutate
	@python3 $(srcdir)/tests/mutate/mutate.py --count=$(MUTATIONS) --seed=$(MUTATE_SEED) \
		--seconds=$(MUTATE_SECONDS) --log=mutate/seed-$(MUTATE_SEED).json $(MUTATE_FLAGS) \
		'$(abs_top_srcdir)' mutate/tree $(MUTATE)
clean-local:
	-rm -rf mutate
print-mutate:
	@echo $(COMPILE)
	@echo $(NCURSESW_LIBS) $(PCRE2_LIBS) $(LIBIBERTY_LIBS)
	@echo $(unit_tests)
	@echo $(target_programs)
EXTRA_DIST += tests/mutate/mutate.py tests/mutate/build.py tests/mutate/mutations.py

# A recorder that is killed at many random moments: of each all but the last second reads back.
KILLS = 200
kills: all
	VASTOP_KILLS=$(KILLS) $(MAKE) check TESTS=tests/e2e/record.sh
# Whether vastop stands it that an allocation or a system call fails: each in turn, in each mode.
TORTURE = --seconds=900
torture: vastop tests/targets/dumps
	@CC='$(CC)' python3 $(srcdir)/tests/torture/torture.py $(TORTURE) vastop
.PHONY: torture
EXTRA_DIST += tests/torture/torture.py tests/torture/terminal.py tests/torture/fail_allocation.c

# Whether it stays as it was for WEEK_SECONDS of a process by a script, with clocks that are made up;
# the suite does it for a day.
WEEK_SECONDS = 604800
WEEK_SEED = 1
week: tests/torture/week
	@./tests/torture/week $(WEEK_SECONDS) $(WEEK_SEED)
.PHONY: week
check_PROGRAMS += tests/torture/week
tests_torture_week_SOURCES = tests/torture/week.c \
	tests/torture/week_clock.h tests/torture/week_clock.c \
	tests/torture/week_process.h tests/torture/week_process.c
tests_torture_week_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=clock_ns -Wl,--wrap=worker_wait_until
if !THREAD_SANITIZER
TESTS += tests/torture/week
endif

# Whether it stays as it was: 100 samples a second of a process that changes all the time.
ENDURE = --seconds=600
endure: vastop tests/targets/many
	@python3 $(srcdir)/tests/torture/endure.py $(ENDURE) vastop tests/targets/many
.PHONY: endure
EXTRA_DIST += tests/torture/endure.py

# Static analysis of ANALYSE, folders of src; all of them where it is empty.
ANALYSE =
analyse: config.h
	@top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	$(SHELL) $(srcdir)/tests/analyse/style.sh; \
	$(SHELL) $(srcdir)/tests/analyse/analyse.sh $(ANALYSE)
.PHONY: analyse
EXTRA_DIST += tests/analyse/style.sh tests/files.sh tests/analyse/analyse.sh tests/analyse/cppcheck.suppressions \
	tests/analyse/clang-tidy.suppressions .clang-tidy

# What of the sources the unit tests reach, in a build of its own in the folder coverage.
pure_sources = $(filter src/%.c,$(libpure_a_SOURCES))
coverage:
	@test -e coverage/Makefile || { mkdir -p coverage && cd coverage && \
		$(abs_top_srcdir)/configure -q --disable-hardening CFLAGS='-O0 -g --coverage' \
			LDFLAGS=--coverage; }
	@find coverage -name '*.gcda' -exec rm -f {} +
	@$(MAKE) -s -k -C coverage check TESTS='$(unit_tests)' >coverage/tests.log 2>&1 || \
		echo 'tests failed: see coverage/tests.log'
	@python3 $(srcdir)/tests/analyse/coverage.py coverage $(srcdir) '$(pure_sources)'
.PHONY: coverage
EXTRA_DIST += tests/analyse/coverage.py

.PHONY: kills mutate print-mutate
