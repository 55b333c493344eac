libworld_a_SOURCES += \
	include/sampler/arena_heads.h src/sampler/arena_heads.c \
	include/sampler/attacher.h src/sampler/attacher.c \
	include/sampler/device_nodes.h src/sampler/device_nodes.c \
	include/sampler/file_systems.h src/sampler/file_systems.c \
	include/sampler/guards.h src/sampler/guards.c \
	include/sampler/libproc.h src/sampler/libproc.c \
	include/sampler/lister.h src/sampler/lister.c \
	include/sampler/mapping_counts.h src/sampler/mapping_counts.c \
	include/sampler/proc_look.h src/sampler/proc_look.c \
	include/sampler/proc_pulse.h src/sampler/proc_pulse.c \
	include/sampler/processes.h src/sampler/processes.c \
	include/sampler/procfs_source.h src/sampler/procfs_source.c \
	include/sampler/pulse_queue.h src/sampler/pulse_queue.c \
	include/sampler/recorded_maps.h src/sampler/recorded_maps.c \
	include/sampler/sampler.h src/sampler/sampler.c \
	include/sampler/schedule.h src/sampler/schedule.c \
	include/sampler/source.h src/sampler/source.c \
	include/sampler/stack_finder.h src/sampler/stack_finder.c \
	include/sampler/thread_group.h src/sampler/thread_group.c \
	include/sampler/torn_read.h src/sampler/torn_read.c

unit_tests += \
	tests/unit/test_arena_heads \
	tests/unit/test_arena_heads_script \
	tests/unit/test_attacher \
	tests/unit/test_attacher_script \
	tests/unit/test_device_nodes \
	tests/unit/test_device_nodes_script \
	tests/unit/test_file_systems \
	tests/unit/test_guards \
	tests/unit/test_guards_asked \
	tests/unit/test_guards_script \
	tests/unit/test_libproc \
	tests/unit/test_lister \
	tests/unit/test_lister_script \
	tests/unit/test_mapping_counts \
	tests/unit/test_mapping_counts_script \
	tests/unit/test_proc_look \
	tests/unit/test_proc_pulse \
	tests/unit/test_proc_pulse_script \
	tests/unit/test_processes \
	tests/unit/test_processes_script \
	tests/unit/test_procfs_source \
	tests/unit/test_procfs_source_live \
	tests/unit/test_procfs_source_recorded \
	tests/unit/test_procfs_source_script \
	tests/unit/test_procfs_source_totals \
	tests/unit/test_pulse_queue \
	tests/unit/test_recorded_maps \
	tests/unit/test_sampler \
	tests/unit/test_sampler_looks \
	tests/unit/test_sampler_script \
	tests/unit/test_sampler_waits \
	tests/unit/test_sampler_tiers \
	tests/unit/test_schedule \
	tests/unit/test_schedule_numbers \
	tests/unit/test_schedule_looks \
	tests/unit/test_source \
	tests/unit/test_stack_finder \
	tests/unit/test_stack_finder_script \
	tests/unit/test_thread_group \
	tests/unit/test_torn_read

EXTRA_PROGRAMS += \
	tests/bench/bench_listing \
	tests/bench/bench_pulse

EXTRA_DIST += tests/unit/guards_script.h tests/unit/procfs_script.h tests/unit/sampler_turns.h tests/unit/schedule_run.h \
	tests/unit/scripted_source.h tests/unit/worker_script.h
