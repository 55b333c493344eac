libworld_a_SOURCES += \
	include/kernel/answerer.h src/kernel/answerer.c \
	include/kernel/avoid.h src/kernel/avoid.c \
	include/kernel/capabilities.h src/kernel/capabilities.c \
	include/kernel/cgroup_file.h src/kernel/cgroup_file.c \
	include/kernel/clock.h src/kernel/clock.c \
	include/kernel/clock_course.h src/kernel/clock_course.c \
	include/kernel/kept_memory.h src/kernel/kept_memory.c \
	include/kernel/landlock.h src/kernel/landlock.c \
	include/kernel/mapping_print.h src/kernel/mapping_print.c \
	include/kernel/maps_file.h src/kernel/maps_file.c \
	include/kernel/pagemap.h src/kernel/pagemap.c \
	include/kernel/pagemap_scan.h src/kernel/pagemap_scan.c \
	include/kernel/open_below.h src/kernel/open_below.c \
	include/kernel/proc_file.h src/kernel/proc_file.c \
	include/kernel/procfs_options.h src/kernel/procfs_options.c \
	include/kernel/procfs_relation.h src/kernel/procfs_relation.c \
	include/kernel/procmap_query.h src/kernel/procmap_query.c \
	include/kernel/random_key.h src/kernel/random_key.c \
	include/kernel/task_list.h src/kernel/task_list.c \
	include/kernel/threads.h src/kernel/threads.c \
	include/kernel/worker.h src/kernel/worker.c

unit_tests += \
	tests/unit/test_answerer \
	tests/unit/test_avoid \
	tests/unit/test_capabilities \
	tests/unit/test_cgroup_file \
	tests/unit/test_clock \
	tests/unit/test_clock_course \
	tests/unit/test_kept_memory \
	tests/unit/test_landlock \
	tests/unit/test_landlock_calls \
	tests/unit/test_mapping_print \
	tests/unit/test_mapping_print_calls \
	tests/unit/test_maps_file \
	tests/unit/test_open_below \
	tests/unit/test_pagemap \
	tests/unit/test_pagemap_scan \
	tests/unit/test_pagemap_scan_replies \
	tests/unit/test_proc_file \
	tests/unit/test_procfs_options \
	tests/unit/test_procfs_relation \
	tests/unit/test_procfs_relation_script \
	tests/unit/test_procmap_query \
	tests/unit/test_procmap_query_replies \
	tests/unit/test_random_key \
	tests/unit/test_task_list \
	tests/unit/test_threads \
	tests/unit/test_threads_asked \
	tests/unit/test_threads_live \
	tests/unit/test_worker \
	tests/unit/test_worker_calls \
	tests/unit/test_worker_refused
