libpure_a_SOURCES += \
	include/inside/chunk_parts.h src/inside/chunk_parts.c \
	include/inside/call_sites.h src/inside/call_sites.c \
	include/inside/debug_link.h src/inside/debug_link.c \
	include/inside/demangle.h src/inside/demangle.c \
	include/inside/elf_hardening_reader.h src/inside/elf_hardening_reader.c \
	include/inside/elf_headers.h src/inside/elf_headers.c \
	include/inside/elf_notes.h src/inside/elf_notes.c \
	include/inside/elf_segments.h src/inside/elf_segments.c \
	include/inside/elf_symbols.h src/inside/elf_symbols.c \
	include/inside/file_reader.h src/inside/file_reader.c \
	include/inside/frame_store.h src/inside/frame_store.c \
	include/inside/inside_object.h src/inside/inside_object.c \
	include/inside/memory_reader.h src/inside/memory_reader.c \
	include/inside/memory_search.h src/inside/memory_search.c \
	include/inside/object_reader.h src/inside/object_reader.c \
	include/inside/object_record.h src/inside/object_record.c \
	include/inside/part_list.h src/inside/part_list.c \
	include/inside/pclntab.h src/inside/pclntab.c \
	include/inside/perf_map.h src/inside/perf_map.c \
	include/inside/section_list.h src/inside/section_list.c \
	include/inside/symbol_list.h src/inside/symbol_list.c

unit_tests += \
	tests/unit/test_chunk_parts \
	tests/unit/test_call_sites \
	tests/unit/test_frame_store \
	tests/unit/test_debug_link \
	tests/unit/test_demangle \
	tests/unit/test_elf_hardening_reader \
	tests/unit/test_elf_headers \
	tests/unit/test_elf_notes \
	tests/unit/test_elf_segments \
	tests/unit/test_elf_symbols \
	tests/unit/test_file_reader \
	tests/unit/test_inside_object \
	tests/unit/test_memory_reader \
	tests/unit/test_memory_search \
	tests/unit/test_object_reader \
	tests/unit/test_object_record \
	tests/unit/test_part_list \
	tests/unit/test_pclntab \
	tests/unit/test_pclntab_places \
	tests/unit/test_perf_map \
	tests/unit/test_section_list \
	tests/unit/test_symbol_list

EXTRA_DIST += tests/unit/sample_sites.h tests/unit/elf_bytes.h tests/unit/elf_maker.h tests/unit/pclntab_maker.h
tests_unit_test_part_list_SOURCES = tests/unit/test_part_list.c $(random_space)

# Code.
libpure_a_SOURCES += \
	include/inside/code_class.h src/inside/code_class.c \
	include/inside/code_frame.h \
	include/inside/code_line.h src/inside/code_line.c \
	include/inside/generated_name.h src/inside/generated_name.c \
	include/inside/unwind_batch.h src/inside/unwind_batch.c \
	include/inside/unwind_sample.h src/inside/unwind_sample.c

unit_tests += \
	tests/unit/test_code_class \
	tests/unit/test_code_line \
	tests/unit/test_generated_name \
	tests/unit/test_unwind_batch \
	tests/unit/test_unwind_sample

# Heaps.
libpure_a_SOURCES += \
	include/inside/glibc_arena.h src/inside/glibc_arena.c \
	include/inside/glibc_chunks.h src/inside/glibc_chunks.c \
	include/inside/glibc_heap.h src/inside/glibc_heap.c \
	include/inside/glibc_lists.h src/inside/glibc_lists.c \
	include/inside/heap_memory.h src/inside/heap_memory.c \
	include/inside/heap_pages.h src/inside/heap_pages.c \
	include/inside/glibc_places.h src/inside/glibc_places.c \
	include/inside/heap_space.h src/inside/heap_space.c \
	include/inside/glibc_walker.h src/inside/glibc_walker.c \
	include/inside/heap_usage.h src/inside/heap_usage.c \
	include/inside/musl_context.h src/inside/musl_context.c \
	include/inside/musl_groups.h src/inside/musl_groups.c \
	include/inside/musl_heap.h src/inside/musl_heap.c \
	include/inside/memory_window.h src/inside/memory_window.c

unit_tests += \
	tests/unit/test_glibc_arena \
	tests/unit/test_glibc_chunks \
	tests/unit/test_glibc_heap \
	tests/unit/test_glibc_heap_lists \
	tests/unit/test_glibc_lists \
	tests/unit/test_heap_memory \
	tests/unit/test_heap_pages \
	tests/unit/test_glibc_places \
	tests/unit/test_heap_space \
	tests/unit/test_glibc_walker \
	tests/unit/test_glibc_walker_heaps \
	tests/unit/test_glibc_walker_pieces \
	tests/unit/test_heap_usage \
	tests/unit/test_memory_window \
	tests/unit/test_musl_context \
	tests/unit/test_musl_groups \
	tests/unit/test_musl_heap

EXTRA_DIST += tests/unit/fake_glibc.h tests/unit/glibc_walk.h tests/unit/fake_memory.h tests/unit/fake_musl.h
