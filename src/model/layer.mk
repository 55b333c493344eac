libpure_a_SOURCES += \
	include/model/access.h src/model/access.c \
	include/model/address_space.h src/model/address_space.c \
	include/model/alike.h src/model/alike.c \
	include/model/allocator.h src/model/allocator.c \
	include/model/call_stack.h src/model/call_stack.c \
	include/model/classify.h src/model/classify.c \
	include/model/classify_facts.h \
	include/model/classify_name.h src/model/classify_name.c \
	include/model/classify_shape.h src/model/classify_shape.c \
	include/model/comparison.h src/model/comparison.c \
	include/model/coverage.h \
	include/model/diff.h src/model/diff.c \
	include/model/diff_align.h src/model/diff_align.c \
	include/model/diff_objects.h src/model/diff_objects.c \
	include/model/diff_pairs.h src/model/diff_pairs.c \
	include/model/diff_rows.h src/model/diff_rows.c \
	include/model/diff_sum.h src/model/diff_sum.c \
	include/model/elf_image.h src/model/elf_image.c \
	include/model/field.h src/model/field.c \
	include/model/file_facts.h \
	include/model/page_facts.h src/model/page_facts.c \
	include/model/page_pieces.h src/model/page_pieces.c \
	include/model/growth_balance.h src/model/growth_balance.c \
	include/model/grow_down.h src/model/grow_down.c \
	include/model/file_identity.h src/model/file_identity.c \
	include/model/file_key.h src/model/file_key.c \
	include/model/file_system.h src/model/file_system.c \
	include/model/kind.h src/model/kind.c \
	include/model/load_bias.h src/model/load_bias.c \
	include/model/mapped_file.h src/model/mapped_file.c \
	include/model/name_rule.h src/model/name_rule.c \
	include/model/object.h src/model/object.c \
	include/model/permission.h src/model/permission.c \
	include/model/place.h src/model/place.c \
	include/model/place_name.h src/model/place_name.c \
	include/model/place_symbol.h src/model/place_symbol.c \
	include/model/replay.h \
	include/model/query.h src/model/query.c \
	include/model/query_matches.h src/model/query_matches.c \
	include/model/query_term.h src/model/query_term.c \
	include/model/process.h src/model/process.c \
	include/model/signal_name.h src/model/signal_name.c \
	include/model/stack_shape.h src/model/stack_shape.c \
	include/model/stack_span.h src/model/stack_span.c \
	include/model/timeline.h src/model/timeline.c \
	include/model/target.h src/model/target.c \
	include/model/classify_runtime.h src/model/classify_runtime.c \
	include/model/classify_sanitizer.h src/model/classify_sanitizer.c \
	include/model/runtime.h src/model/runtime.c \
	include/model/runtime_name.h src/model/runtime_name.c \
	include/model/thread_stack.h src/model/thread_stack.c \
	include/model/vma.h src/model/vma.c

unit_tests += \
	tests/unit/test_field \
	tests/unit/test_page_facts \
	tests/unit/test_page_pieces \
	tests/unit/test_growth_balance \
	tests/unit/test_grow_down \
	tests/unit/test_access \
	tests/unit/test_access_flags \
	tests/unit/test_access_kernel \
	tests/unit/test_access_depends \
	tests/unit/test_address_space \
	tests/unit/test_alike \
	tests/unit/test_allocator \
	tests/unit/test_call_stack \
	tests/unit/test_classify \
	tests/unit/test_classify_name \
	tests/unit/test_classify_random \
	tests/unit/test_classify_shape \
	tests/unit/test_comparison \
	tests/unit/test_diff \
	tests/unit/test_diff_align \
	tests/unit/test_diff_objects \
	tests/unit/test_diff_pairs \
	tests/unit/test_diff_rows \
	tests/unit/test_diff_sum \
	tests/unit/test_elf_image \
	tests/unit/test_file_identity \
	tests/unit/test_file_key \
	tests/unit/test_file_system \
	tests/unit/test_permission \
	tests/unit/test_kind \
	tests/unit/test_load_bias \
	tests/unit/test_mapped_file \
	tests/unit/test_name_rule \
	tests/unit/test_object \
	tests/unit/test_place \
	tests/unit/test_place_name \
	tests/unit/test_place_name_several \
	tests/unit/test_place_symbol \
	tests/unit/test_object_spans \
	tests/unit/test_query \
	tests/unit/test_query_matches \
	tests/unit/test_query_samples \
	tests/unit/test_query_term \
	tests/unit/test_process \
	tests/unit/test_signal_name \
	tests/unit/test_stack_shape \
	tests/unit/test_stack_span \
	tests/unit/test_target \
	tests/unit/test_timeline \
	tests/unit/test_classify_runtime \
	tests/unit/test_classify_runtime_borders \
	tests/unit/test_classify_sanitizer \
	tests/unit/test_runtime \
	tests/unit/test_runtime_name \
	tests/unit/test_thread_stack \
	tests/unit/test_thread_stack_told \
	tests/unit/test_vma

EXTRA_DIST += tests/unit/access_child.h tests/unit/maps_lines.h
tests_unit_test_page_pieces_SOURCES = tests/unit/test_page_pieces.c $(random_space)

libpure_a_SOURCES += \
	include/model/session.h src/model/session.c \
	include/model/journal.h src/model/journal.c \
	include/model/past_moment.h src/model/past_moment.c \
	include/model/pulse.h

unit_tests += \
	tests/unit/test_session \
	tests/unit/test_journal

# What is in memory.
libpure_a_SOURCES += \
	include/model/kept_usage.h src/model/kept_usage.c \
	include/model/residency.h src/model/residency.c \
	include/model/residency_coarse.h src/model/residency_coarse.c \
	include/model/target_totals.h \
	include/model/usage.h src/model/usage.c \
	include/model/usage_flag.h src/model/usage_flag.c \
	include/model/usage_list.h src/model/usage_list.c \
	include/model/usage_sum.h src/model/usage_sum.c \
	include/model/usage_ranges.h src/model/usage_ranges.c

unit_tests += \
	tests/unit/test_kept_usage \
	tests/unit/test_residency \
	tests/unit/test_residency_coarse \
	tests/unit/test_usage \
	tests/unit/test_usage_adopt \
	tests/unit/test_usage_covered \
	tests/unit/test_usage_hugetlb \
	tests/unit/test_usage_flag \
	tests/unit/test_usage_list \
	tests/unit/test_usage_sum \
	tests/unit/test_usage_ranges

random_memory = tests/unit/random_memory.h tests/unit/random_memory.c $(random_space)
tests_unit_test_residency_coarse_SOURCES = tests/unit/test_residency_coarse.c $(random_memory)
tests_unit_test_residency_SOURCES = tests/unit/test_residency.c $(random_space)
tests_unit_test_usage_SOURCES = tests/unit/test_usage.c $(random_space)

# What became different between two snapshots.
libpure_a_SOURCES += \
	include/model/change.h src/model/change.c \
	include/model/growers_heap.h src/model/growers_heap.c \
	include/model/heap_keeper.h src/model/heap_keeper.c \
	include/model/heap_walks.h src/model/heap_walks.c \
	include/model/identity.h src/model/identity.c \
	include/model/identity_cut.h src/model/identity_cut.c \
	include/model/identity_trace.h \
	include/model/growers.h src/model/growers.c \
	include/model/moved.h src/model/moved.c

unit_tests += \
	tests/unit/test_change \
	tests/unit/test_change_edits \
	tests/unit/test_change_random \
	tests/unit/test_change_samples \
	tests/unit/test_change_stacks \
	tests/unit/test_growers_heap \
	tests/unit/test_heap_keeper \
	tests/unit/test_heap_walks \
	tests/unit/test_identity \
	tests/unit/test_identity_cut \
	tests/unit/test_growers \
	tests/unit/test_moved

EXTRA_DIST += tests/unit/sample_pairs.h tests/unit/library_space.h tests/unit/maps_space.h tests/unit/identity_pair.h tests/unit/change_equal.h \
	tests/unit/residency_equal.h tests/unit/usage_made.h
tests_unit_test_change_edits_SOURCES = tests/unit/test_change_edits.c $(random_space)
tests_unit_test_change_random_SOURCES = tests/unit/test_change_random.c $(random_space)

# What makes a process easier to attack, or about to fail.
libpure_a_SOURCES += \
	include/model/checked_file.h src/model/checked_file.c \
	include/model/elf_hardening.h src/model/elf_hardening.c \
	include/model/file_writers.h src/model/file_writers.c \
	include/model/finding.h src/model/finding.c \
	include/model/finding_file.h src/model/finding_file.c \
	include/model/finding_limit.h src/model/finding_limit.c \
	include/model/finding_memory.h src/model/finding_memory.c \
	include/model/finding_protection.h src/model/finding_protection.c \
	include/model/finding_table.h src/model/finding_table.c \
	include/model/finding_words.h src/model/finding_words.c \
	include/model/protection.h src/model/protection.c \
	include/model/wx_history.h src/model/wx_history.c

unit_tests += \
	tests/unit/test_checked_file \
	tests/unit/test_elf_hardening \
	tests/unit/test_file_writers \
	tests/unit/test_finding \
	tests/unit/test_finding_file \
	tests/unit/test_finding_limit \
	tests/unit/test_finding_memory \
	tests/unit/test_finding_protection \
	tests/unit/test_finding_table \
	tests/unit/test_finding_words \
	tests/unit/test_protection \
	tests/unit/test_wx_history

EXTRA_DIST += tests/unit/finding_cases.h
EXTRA_DIST += tests/unit/runtime_cases.h

# How near the process is to its limits.
libpure_a_SOURCES += \
	include/model/limits.h src/model/limits.c

unit_tests += tests/unit/test_limits

libpure_a_SOURCES += \
	include/model/series.h src/model/series.c

unit_tests += tests/unit/test_series

tests_unit_test_series_SOURCES = tests/unit/test_series.c $(random_space)

libpure_a_SOURCES += \
	include/model/history.h src/model/history.c \
	include/model/history_code.h src/model/history_code.c \
	include/model/history_columns.h src/model/history_columns.c \
	include/model/history_diff.h src/model/history_diff.c \
	include/model/history_groups.h src/model/history_groups.c \
	include/model/history_moment.h src/model/history_moment.c \
	include/model/history_names.h src/model/history_names.c \
	include/model/history_ranges.h src/model/history_ranges.c \
	include/model/history_state.h src/model/history_state.c \
	include/model/history_target.h src/model/history_target.c \
	include/model/history_usage.h src/model/history_usage.c

unit_tests += \
	tests/unit/test_history \
	tests/unit/test_history_code \
	tests/unit/test_history_columns \
	tests/unit/test_history_diff \
	tests/unit/test_history_groups \
	tests/unit/test_history_moment \
	tests/unit/test_history_names \
	tests/unit/test_past_moment \
	tests/unit/test_history_ranges \
	tests/unit/test_history_state \
	tests/unit/test_history_target \
	tests/unit/test_history_usage

# Tests of the history share a process that is edited at random.
edited_process = tests/unit/edited_process.h tests/unit/edited_process.c $(random_space)
tests_unit_test_history_SOURCES = tests/unit/test_history.c $(edited_process)
tests_unit_test_history_ranges_SOURCES = tests/unit/test_history_ranges.c $(random_space)
tests_unit_test_history_usage_SOURCES = tests/unit/test_history_usage.c $(edited_process) \
	tests/unit/random_memory.h tests/unit/random_memory.c
tests_unit_test_history_diff_SOURCES = tests/unit/test_history_diff.c $(edited_process)
tests_unit_test_history_columns_SOURCES = tests/unit/test_history_columns.c $(random_space)
tests_unit_test_history_moment_SOURCES = tests/unit/test_history_moment.c $(edited_process)
tests_unit_test_past_moment_SOURCES = tests/unit/test_past_moment.c $(edited_process) \
	tests/unit/random_memory.h tests/unit/random_memory.c

EXTRA_PROGRAMS += tests/bench/bench_history

EXTRA_PROGRAMS += tests/bench/bench_change

EXTRA_PROGRAMS += tests/bench/bench_query
