libworld_a_SOURCES += \
	include/sampler/auxv_parser.h src/sampler/auxv_parser.c \
	include/sampler/cmdline_parser.h src/sampler/cmdline_parser.c \
	include/sampler/limits_parser.h src/sampler/limits_parser.c \
	include/sampler/maps_parser.h src/sampler/maps_parser.c \
	include/sampler/name_pool.h src/sampler/name_pool.c \
	include/sampler/stat_parser.h src/sampler/stat_parser.c \
	include/sampler/statm_parser.h src/sampler/statm_parser.c \
	include/sampler/status_parser.h src/sampler/status_parser.c \
	include/sampler/syscall_parser.h src/sampler/syscall_parser.c

EXTRA_PROGRAMS += tests/bench/bench_listing

unit_tests += \
	tests/unit/test_auxv_parser \
	tests/unit/test_cmdline_parser \
	tests/unit/test_limits_parser \
	tests/unit/test_maps_parser \
	tests/unit/test_name_pool \
	tests/unit/test_stat_parser \
	tests/unit/test_statm_parser \
	tests/unit/test_status_parser \
	tests/unit/test_syscall_parser

libworld_a_SOURCES += \
	include/sampler/elf_cache.h src/sampler/elf_cache.c \
	include/sampler/elf_file.h src/sampler/elf_file.c \
	include/sampler/mapped_open.h src/sampler/mapped_open.c
