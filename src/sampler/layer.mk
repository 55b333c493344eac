libworld_a_SOURCES += \
	include/sampler/page_look.h src/sampler/page_look.c \
	include/sampler/arena_heads.h src/sampler/arena_heads.c \
	include/sampler/attacher.h src/sampler/attacher.c \
	include/sampler/auxv_parser.h src/sampler/auxv_parser.c \
	include/sampler/avoid.h src/sampler/avoid.c \
	include/sampler/cadence.h src/sampler/cadence.c \
	include/sampler/clock.h src/sampler/clock.c \
	include/sampler/cmdline_parser.h src/sampler/cmdline_parser.c \
	include/sampler/deleted_names.h src/sampler/deleted_names.c \
	include/sampler/errand.h src/sampler/errand.c \
	include/sampler/errands.h src/sampler/errands.c \
	include/sampler/file_errand.h src/sampler/file_errand.c \
	include/sampler/file_look.h src/sampler/file_look.c \
	include/sampler/file_looker.h src/sampler/file_looker.c \
	include/sampler/page_looker.h src/sampler/page_looker.c \
	include/sampler/file_systems.h src/sampler/file_systems.c \
	include/sampler/guards.h src/sampler/guards.c \
	include/sampler/heap_info_parser.h src/sampler/heap_info_parser.c \
	include/sampler/helper.h src/sampler/helper.c \
	include/sampler/limits_parser.h src/sampler/limits_parser.c \
	include/sampler/lister.h src/sampler/lister.c \
	include/sampler/maps_parser.h src/sampler/maps_parser.c \
	include/sampler/mapping_print.h src/sampler/mapping_print.c \
	include/sampler/mountinfo_parser.h src/sampler/mountinfo_parser.c \
	include/sampler/name_pool.h src/sampler/name_pool.c \
	include/sampler/numa_parser.h src/sampler/numa_parser.c \
	include/sampler/pagemap.h src/sampler/pagemap.c \
	include/sampler/pagemap_scan.h src/sampler/pagemap_scan.c \
	include/sampler/proc_file.h src/sampler/proc_file.c \
	include/sampler/proc_look.h src/sampler/proc_look.c \
	include/sampler/proc_pulse.h src/sampler/proc_pulse.c \
	include/sampler/processes.h src/sampler/processes.c \
	include/sampler/procfs.h src/sampler/procfs.c \
	include/sampler/procfs_relation.h src/sampler/procfs_relation.c \
	include/sampler/procmap_query.h src/sampler/procmap_query.c \
	include/sampler/pulse_queue.h src/sampler/pulse_queue.c \
	include/sampler/random_key.h src/sampler/random_key.c \
	include/sampler/recorded_maps.h src/sampler/recorded_maps.c \
	include/sampler/sampler.h src/sampler/sampler.c \
	include/sampler/smaps_parser.h src/sampler/smaps_parser.c \
	include/sampler/source.h src/sampler/source.c \
	include/sampler/stack_look.h src/sampler/stack_look.c \
	include/sampler/stat_parser.h src/sampler/stat_parser.c \
	include/sampler/statm_parser.h src/sampler/statm_parser.c \
	include/sampler/status_parser.h src/sampler/status_parser.c \
	include/sampler/survey_course.h src/sampler/survey_course.c \
	include/sampler/survey_look.h src/sampler/survey_look.c \
	include/sampler/survey_once.h src/sampler/survey_once.c \
	include/sampler/survey_plan.h src/sampler/survey_plan.c \
	include/sampler/survey_runs.h src/sampler/survey_runs.c \
	include/sampler/survey_settle.h src/sampler/survey_settle.c \
	include/sampler/survey_smaps.h src/sampler/survey_smaps.c \
	include/sampler/survey_target.h src/sampler/survey_target.c \
	include/sampler/survey_walk.h src/sampler/survey_walk.c \
	include/sampler/surveyor.h src/sampler/surveyor.c \
	include/sampler/syscall_parser.h src/sampler/syscall_parser.c \
	include/sampler/target_files.h src/sampler/target_files.c \
	include/sampler/thread_group.h src/sampler/thread_group.c \
	include/sampler/threads.h src/sampler/threads.c \
	include/sampler/torn.h src/sampler/torn.c \
	include/sampler/worker.h src/sampler/worker.c

EXTRA_PROGRAMS += \
	tests/bench/bench_idle \
	tests/bench/bench_listing \
	tests/bench/bench_pulse \
	tests/bench/bench_residency \
	tests/bench/bench_victim

unit_tests += \
	tests/unit/test_page_look \
	tests/unit/test_arena_heads \
	tests/unit/test_attacher \
	tests/unit/test_auxv_parser \
	tests/unit/test_avoid \
	tests/unit/test_cadence \
	tests/unit/test_cadence_looks \
	tests/unit/test_clock \
	tests/unit/test_cmdline_parser \
	tests/unit/test_deleted_names \
	tests/unit/test_errand \
	tests/unit/test_errands \
	tests/unit/test_file_errand \
	tests/unit/test_file_look \
	tests/unit/test_file_looker \
	tests/unit/test_page_looker \
	tests/unit/test_file_systems \
	tests/unit/test_guards \
	tests/unit/test_heap_info_parser \
	tests/unit/test_helper \
	tests/unit/test_limits_parser \
	tests/unit/test_lister \
	tests/unit/test_maps_parser \
	tests/unit/test_mapped_open \
	tests/unit/test_mapped_ways \
	tests/unit/test_mapping_print \
	tests/unit/test_mountinfo_parser \
	tests/unit/test_name_pool \
	tests/unit/test_proc_file \
	tests/unit/test_proc_look \
	tests/unit/test_proc_pulse \
	tests/unit/test_processes \
	tests/unit/test_procfs \
	tests/unit/test_procfs_live \
	tests/unit/test_procfs_recorded \
	tests/unit/test_procfs_relation \
	tests/unit/test_procfs_totals \
	tests/unit/test_procmap_query \
	tests/unit/test_pulse_queue \
	tests/unit/test_random_key \
	tests/unit/test_recorded_maps \
	tests/unit/test_sampler \
	tests/unit/test_sampler_looks \
	tests/unit/test_sampler_tiers \
	tests/unit/test_smaps_parser \
	tests/unit/test_source \
	tests/unit/test_stack_look \
	tests/unit/test_stat_parser \
	tests/unit/test_statm_parser \
	tests/unit/test_status_parser \
	tests/unit/test_numa_parser \
	tests/unit/test_pagemap \
	tests/unit/test_pagemap_scan \
	tests/unit/test_survey_course \
	tests/unit/test_survey_look \
	tests/unit/test_survey_once \
	tests/unit/test_survey_plan \
	tests/unit/test_survey_runs \
	tests/unit/test_survey_settle \
	tests/unit/test_survey_smaps \
	tests/unit/test_survey_target \
	tests/unit/test_survey_walk \
	tests/unit/test_surveyor \
	tests/unit/test_syscall_parser \
	tests/unit/test_target_files \
	tests/unit/test_thread_group \
	tests/unit/test_threads \
	tests/unit/test_torn \
	tests/unit/test_trial_mapping \
	tests/unit/test_twins \
	tests/unit/test_worker

EXTRA_DIST += tests/unit/survey_child.h

libworld_a_SOURCES += \
	include/sampler/device_nodes.h src/sampler/device_nodes.c \
	include/sampler/elf_cache.h src/sampler/elf_cache.c \
	include/sampler/elf_file.h src/sampler/elf_file.c \
	include/sampler/mapped_open.h src/sampler/mapped_open.c \
	include/sampler/mapped_ways.h src/sampler/mapped_ways.c \
	include/sampler/scout.h src/sampler/scout.c \
	include/sampler/sightings.h src/sampler/sightings.c \
	include/sampler/trial_mapping.h src/sampler/trial_mapping.c \
	include/sampler/twins.h src/sampler/twins.c

unit_tests += \
	tests/unit/test_classify_self \
	tests/unit/test_device_nodes \
	tests/unit/test_elf_cache \
	tests/unit/test_elf_file \
	tests/unit/test_scout \
	tests/unit/test_sightings

EXTRA_DIST += tests/unit/cadence_run.h tests/unit/confined_child.h tests/unit/elf_bytes.h \
	tests/unit/scripted_source.h
