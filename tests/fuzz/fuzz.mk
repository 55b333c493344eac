# SPDX-License-Identifier: GPL-2.0-or-later
#
# Fuzz targets. By default each is a test that replays its corpus; configured with
# `CC=clang --enable-fuzzing --enable-sanitizers` they are libFuzzer programs instead:
#   make fuzz FUZZ_SECONDS=60 FUZZ='tests/fuzz/fuzz_maps tests/fuzz/fuzz_smaps'
# What they find out about the sources stays in fuzz-corpus/ below the build folder.
# The sources of the targets, without replay.c, come from tests/fuzz/<target>.c.

fuzz_targets = \
	tests/fuzz/fuzz_auxv \
	tests/fuzz/fuzz_code_line \
	tests/fuzz/fuzz_command_line \
	tests/fuzz/fuzz_core \
	tests/fuzz/fuzz_debug_link \
	tests/fuzz/fuzz_elf \
	tests/fuzz/fuzz_fault_record \
	tests/fuzz/fuzz_generated_name \
	tests/fuzz/fuzz_fault_ring \
	tests/fuzz/fuzz_glibc_heap \
	tests/fuzz/fuzz_heap_info \
	tests/fuzz/fuzz_input \
	tests/fuzz/fuzz_inside \
	tests/fuzz/fuzz_kernel_replies \
	tests/fuzz/fuzz_limits \
	tests/fuzz/fuzz_maps \
	tests/fuzz/fuzz_maps_plain \
	tests/fuzz/fuzz_memory_search \
	tests/fuzz/fuzz_mountinfo \
	tests/fuzz/fuzz_mouse \
	tests/fuzz/fuzz_musl_heap \
	tests/fuzz/fuzz_numa \
	tests/fuzz/fuzz_object_record \
	tests/fuzz/fuzz_perf_map \
	tests/fuzz/fuzz_place \
	tests/fuzz/fuzz_procfs_tree \
	tests/fuzz/fuzz_query \
	tests/fuzz/fuzz_recorded \
	tests/fuzz/fuzz_settings \
	tests/fuzz/fuzz_recording \
	tests/fuzz/fuzz_small \
	tests/fuzz/fuzz_smaps \
	tests/fuzz/fuzz_snapshot_json \
	tests/fuzz/fuzz_stat \
	tests/fuzz/fuzz_status \
	tests/fuzz/fuzz_theme \
	tests/fuzz/fuzz_unwind_batch

fuzz_common = tests/fuzz/fuzz.h
fuzz_link = $(AM_LDFLAGS)
if FUZZING
EXTRA_PROGRAMS += $(fuzz_targets)
fuzz_link += -fsanitize=fuzzer
EXTRA_DIST += tests/fuzz/replay.c
else
check_PROGRAMS += $(fuzz_targets)
TESTS += $(fuzz_targets)
fuzz_common += tests/fuzz/replay.c
endif

tests_fuzz_fuzz_auxv_SOURCES = tests/fuzz/fuzz_auxv.c $(fuzz_common)
tests_fuzz_fuzz_auxv_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_code_line_SOURCES = tests/fuzz/fuzz_code_line.c $(fuzz_common)
tests_fuzz_fuzz_code_line_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_command_line_SOURCES = tests/fuzz/fuzz_command_line.c $(fuzz_common)
tests_fuzz_fuzz_command_line_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_core_SOURCES = tests/fuzz/fuzz_core.c $(fuzz_common)
tests_fuzz_fuzz_core_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_debug_link_SOURCES = tests/fuzz/fuzz_debug_link.c $(fuzz_common)
tests_fuzz_fuzz_debug_link_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_elf_SOURCES = tests/fuzz/fuzz_elf.c $(fuzz_common)
tests_fuzz_fuzz_elf_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_fault_record_SOURCES = tests/fuzz/fuzz_fault_record.c $(fuzz_common)
tests_fuzz_fuzz_fault_record_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_generated_name_SOURCES = tests/fuzz/fuzz_generated_name.c $(fuzz_common)
tests_fuzz_fuzz_generated_name_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_fault_ring_SOURCES = tests/fuzz/fuzz_fault_ring.c $(fuzz_common)
tests_fuzz_fuzz_fault_ring_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_glibc_heap_SOURCES = tests/fuzz/fuzz_glibc_heap.c tests/fuzz/heap_check.h $(fuzz_common)
tests_fuzz_fuzz_glibc_heap_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_heap_info_SOURCES = tests/fuzz/fuzz_heap_info.c $(fuzz_common)
tests_fuzz_fuzz_heap_info_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_input_SOURCES = tests/fuzz/fuzz_input.c $(fuzz_common)
tests_fuzz_fuzz_input_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_inside_SOURCES = tests/fuzz/fuzz_inside.c tests/fuzz/object_check.h $(fuzz_common)
tests_fuzz_fuzz_inside_LDFLAGS = $(fuzz_link)
# The kernel replies what the target says.
tests_fuzz_fuzz_kernel_replies_SOURCES = tests/fuzz/fuzz_kernel_replies.c $(fuzz_common)
tests_fuzz_fuzz_kernel_replies_LDFLAGS = $(fuzz_link) -Wl,--wrap=ioctl
tests_fuzz_fuzz_limits_SOURCES = tests/fuzz/fuzz_limits.c $(fuzz_common)
tests_fuzz_fuzz_limits_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_maps_SOURCES = tests/fuzz/fuzz_maps.c $(fuzz_common)
tests_fuzz_fuzz_maps_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_maps_plain_SOURCES = tests/fuzz/fuzz_maps_plain.c $(fuzz_common)
tests_fuzz_fuzz_maps_plain_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_memory_search_SOURCES = tests/fuzz/fuzz_memory_search.c $(fuzz_common)
tests_fuzz_fuzz_memory_search_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_mountinfo_SOURCES = tests/fuzz/fuzz_mountinfo.c $(fuzz_common)
tests_fuzz_fuzz_mountinfo_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_mouse_SOURCES = tests/fuzz/fuzz_mouse.c $(fuzz_common)
tests_fuzz_fuzz_mouse_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_musl_heap_SOURCES = tests/fuzz/fuzz_musl_heap.c tests/fuzz/heap_check.h $(fuzz_common)
tests_fuzz_fuzz_musl_heap_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_numa_SOURCES = tests/fuzz/fuzz_numa.c $(fuzz_common)
tests_fuzz_fuzz_numa_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_object_record_SOURCES = tests/fuzz/fuzz_object_record.c tests/fuzz/object_check.h $(fuzz_common)
tests_fuzz_fuzz_object_record_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_settings_SOURCES = tests/fuzz/fuzz_settings.c $(fuzz_common)
tests_fuzz_fuzz_settings_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_perf_map_SOURCES = tests/fuzz/fuzz_perf_map.c $(fuzz_common)
tests_fuzz_fuzz_perf_map_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_place_SOURCES = tests/fuzz/fuzz_place.c $(fuzz_common)
tests_fuzz_fuzz_place_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_procfs_tree_SOURCES = tests/fuzz/fuzz_procfs_tree.c \
	tests/fuzz/tree_mutator.h tests/fuzz/tree_mutator.c $(fuzz_common)
tests_fuzz_fuzz_procfs_tree_LDFLAGS = $(fuzz_link) -Wl,--wrap=helper_start
tests_fuzz_fuzz_query_SOURCES = tests/fuzz/fuzz_query.c $(fuzz_common)
tests_fuzz_fuzz_query_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_recorded_SOURCES = tests/fuzz/fuzz_recorded.c $(fuzz_common)
tests_fuzz_fuzz_recorded_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_recording_SOURCES = tests/fuzz/fuzz_recording.c $(fuzz_common)
tests_fuzz_fuzz_recording_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_small_SOURCES = tests/fuzz/fuzz_small.c $(fuzz_common)
tests_fuzz_fuzz_small_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_snapshot_json_SOURCES = tests/fuzz/fuzz_snapshot_json.c $(fuzz_common)
tests_fuzz_fuzz_snapshot_json_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_smaps_SOURCES = tests/fuzz/fuzz_smaps.c $(fuzz_common)
tests_fuzz_fuzz_smaps_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_stat_SOURCES = tests/fuzz/fuzz_stat.c $(fuzz_common)
tests_fuzz_fuzz_stat_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_status_SOURCES = tests/fuzz/fuzz_status.c $(fuzz_common)
tests_fuzz_fuzz_status_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_theme_SOURCES = tests/fuzz/fuzz_theme.c $(fuzz_common)
tests_fuzz_fuzz_theme_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_unwind_batch_SOURCES = tests/fuzz/fuzz_unwind_batch.c $(fuzz_common)
tests_fuzz_fuzz_unwind_batch_LDFLAGS = $(fuzz_link)

EXTRA_DIST += tests/fuzz/corpus

# Each target, or those of FUZZ, for that long, one after the other.
FUZZ_SECONDS = 60
FUZZ = $(fuzz_targets)
.PHONY: fuzz
if FUZZING
fuzz: $(FUZZ)
	@for target in $(FUZZ); do \
		name=$${target##*/}; \
		$(MKDIR_P) fuzz-corpus/$$name && \
		echo "$$name: $(FUZZ_SECONDS) seconds" && \
		./$$target -max_total_time=$(FUZZ_SECONDS) -timeout=20 -rss_limit_mb=4096 \
			-verbosity=0 -print_final_stats=1 -artifact_prefix=fuzz-$$name- \
			fuzz-corpus/$$name '$(srcdir)'/tests/fuzz/corpus/$$name || exit 1; \
	done
else
fuzz:
	@echo 'This build replays the corpus. To fuzz: configure CC=clang --enable-fuzzing' \
		'--enable-sanitizers.' >&2; exit 1
endif
