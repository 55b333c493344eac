libpure_a_SOURCES += \
	include/procfs/auxv_parser.h src/procfs/auxv_parser.c \
	include/procfs/cgroup_parser.h src/procfs/cgroup_parser.c \
	include/procfs/cmdline_parser.h src/procfs/cmdline_parser.c \
	include/procfs/cpu_flags_parser.h src/procfs/cpu_flags_parser.c \
	include/procfs/heap_info_parser.h src/procfs/heap_info_parser.c \
	include/procfs/limits_parser.h src/procfs/limits_parser.c \
	include/procfs/lines.h src/procfs/lines.c \
	include/procfs/maps_parser.h src/procfs/maps_parser.c \
	include/procfs/mountinfo_parser.h src/procfs/mountinfo_parser.c \
	include/procfs/name_pool.h src/procfs/name_pool.c \
	include/procfs/numa_parser.h src/procfs/numa_parser.c \
	include/procfs/region_reply.h src/procfs/region_reply.c \
	include/procfs/smaps_parser.h src/procfs/smaps_parser.c \
	include/procfs/stat_parser.h src/procfs/stat_parser.c \
	include/procfs/statm_parser.h src/procfs/statm_parser.c \
	include/procfs/status_parser.h src/procfs/status_parser.c \
	include/procfs/syscall_parser.h src/procfs/syscall_parser.c

unit_tests += \
	tests/unit/test_auxv_parser \
	tests/unit/test_cgroup_parser \
	tests/unit/test_cmdline_parser \
	tests/unit/test_cpu_flags_parser \
	tests/unit/test_heap_info_parser \
	tests/unit/test_limits_parser \
	tests/unit/test_lines \
	tests/unit/test_maps_parser \
	tests/unit/test_maps_parser_borders \
	tests/unit/test_mountinfo_parser \
	tests/unit/test_name_pool \
	tests/unit/test_numa_parser \
	tests/unit/test_region_reply \
	tests/unit/test_smaps_parser \
	tests/unit/test_stat_parser \
	tests/unit/test_statm_parser \
	tests/unit/test_status_parser \
	tests/unit/test_syscall_parser
