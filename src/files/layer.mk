libworld_a_SOURCES += \
	include/files/built_file.h src/files/built_file.c \
	include/files/check_probe.h src/files/check_probe.c \
	include/files/check_prober.h src/files/check_prober.c \
	include/files/code_namer.h src/files/code_namer.c \
	include/files/code_table.h src/files/code_table.c \
	include/files/debug_files.h src/files/debug_files.c \
	include/files/deleted_names.h src/files/deleted_names.c \
	include/files/dwarf_file.h src/files/dwarf_file.c \
	include/files/dwarf_line.h src/files/dwarf_line.c \
	include/files/allocator_finder.h src/files/allocator_finder.c \
	include/files/elf_cache.h src/files/elf_cache.c \
	include/files/elf_file.h src/files/elf_file.c \
	include/files/errand.h src/files/errand.c \
	include/files/errand_system.h src/files/errand_system.c \
	include/files/errands.h src/files/errands.c \
	include/files/file_check.h src/files/file_check.c \
	include/files/file_errand.h src/files/file_errand.c \
	include/files/file_probe.h src/files/file_probe.c \
	include/files/file_prober.h src/files/file_prober.c \
	include/files/file_stamp.h src/files/file_stamp.c \
	include/files/frame_unwinder.h src/files/frame_unwinder.c \
	include/files/handed_over.h src/files/handed_over.c \
	include/files/helper.h src/files/helper.c \
	include/files/inside_cache.h src/files/inside_cache.c \
	include/files/inside_probe.h src/files/inside_probe.c \
	include/files/inside_prober.h src/files/inside_prober.c \
	include/files/inside_question.h \
	include/files/libdw.h src/files/libdw.c \
	include/files/line_finder.h src/files/line_finder.c \
	include/files/mapped_open.h src/files/mapped_open.c \
	include/files/mapped_ways.h src/files/mapped_ways.c \
	include/files/perf_map_probe.h src/files/perf_map_probe.c \
	include/files/place_prober.h src/files/place_prober.c \
	include/files/protection_files.h src/files/protection_files.c \
	include/files/scout.h src/files/scout.c \
	include/files/sightings.h src/files/sightings.c \
	include/files/source_line.h src/files/source_line.c \
	include/files/stack_unwinder.h src/files/stack_unwinder.c \
	include/files/symbol_finder.h src/files/symbol_finder.c \
	include/files/target_files.h src/files/target_files.c \
	include/files/trial_mapping.h src/files/trial_mapping.c \
	include/files/twins.h src/files/twins.c

unit_tests += \
	tests/unit/test_built_file \
	tests/unit/test_check_probe \
	tests/unit/test_check_probe_files \
	tests/unit/test_check_prober \
	tests/unit/test_classify_self \
	tests/unit/test_code_namer \
	tests/unit/test_code_namer_asks \
	tests/unit/test_code_table \
	tests/unit/test_debug_files \
	tests/unit/test_deleted_names \
	tests/unit/test_deleted_names_asks \
	tests/unit/test_dwarf_file \
	tests/unit/test_dwarf_file_made \
	tests/unit/test_dwarf_line \
	tests/unit/test_dwarf_line_made \
	tests/unit/test_dwarf_line_said \
	tests/unit/test_allocator_finder \
	tests/unit/test_elf_cache \
	tests/unit/test_elf_cache_asks \
	tests/unit/test_elf_file \
	tests/unit/test_elf_file_reads \
	tests/unit/test_errand \
	tests/unit/test_errand_system \
	tests/unit/test_errands \
	tests/unit/test_errands_time \
	tests/unit/test_file_check \
	tests/unit/test_file_check_places \
	tests/unit/test_file_check_reads \
	tests/unit/test_file_check_ways \
	tests/unit/test_file_errand \
	tests/unit/test_file_errand_spare \
	tests/unit/test_file_probe \
	tests/unit/test_file_probe_ways \
	tests/unit/test_file_prober \
	tests/unit/test_file_prober_asks \
	tests/unit/test_file_stamp \
	tests/unit/test_frame_unwinder \
	tests/unit/test_frame_unwinder_lost \
	tests/unit/test_frame_unwinder_script \
	tests/unit/test_handed_over \
	tests/unit/test_helper \
	tests/unit/test_helper_calls \
	tests/unit/test_helper_limit \
	tests/unit/test_helper_old \
	tests/unit/test_inside_cache \
	tests/unit/test_inside_cache_asks \
	tests/unit/test_inside_cache_keeps \
	tests/unit/test_inside_probe \
	tests/unit/test_inside_probe_ways \
	tests/unit/test_inside_prober \
	tests/unit/test_libdw \
	tests/unit/test_line_finder \
	tests/unit/test_line_finder_asks \
	tests/unit/test_mapped_open \
	tests/unit/test_mapped_open_at_hand \
	tests/unit/test_mapped_open_calls \
	tests/unit/test_mapped_open_evidence \
	tests/unit/test_mapped_ways \
	tests/unit/test_mapped_ways_live \
	tests/unit/test_mapped_ways_old \
	tests/unit/test_perf_map_probe \
	tests/unit/test_perf_map_probe_owner \
	tests/unit/test_place_prober \
	tests/unit/test_protection_files \
	tests/unit/test_scout \
	tests/unit/test_scout_asks \
	tests/unit/test_sightings \
	tests/unit/test_source_line \
	tests/unit/test_source_line_asks \
	tests/unit/test_stack_unwinder \
	tests/unit/test_stack_unwinder_asks \
	tests/unit/test_stack_unwinder_batch \
	tests/unit/test_symbol_finder \
	tests/unit/test_symbol_finder_order \
	tests/unit/test_target_files \
	tests/unit/test_target_files_exe \
	tests/unit/test_trial_mapping \
	tests/unit/test_twins \
	tests/unit/test_twins_numbers

EXTRA_DIST += tests/unit/high_descriptor.h tests/unit/confined_child.h tests/unit/dwarf_child.h tests/unit/dwarf_found.h tests/unit/dwarf_maker.h tests/unit/fake_dwarf.h tests/unit/fake_dwfl.h tests/unit/fake_errands.h tests/unit/fake_helpers.h tests/unit/fake_objects.h tests/unit/fake_file_errands.h tests/unit/frame_script.h tests/unit/helper_kernel.h tests/unit/inlined_code.h tests/unit/own_debug.h tests/unit/own_symbols.h tests/unit/own_mapping.h tests/unit/own_stack.h

EXTRA_PROGRAMS += tests/bench/bench_inside
