libworld_a_SOURCES += \
	include/residency/memory_watch.h src/residency/memory_watch.c \
	include/residency/heap_prober.h src/residency/heap_prober.c \
	include/residency/heap_walk.h src/residency/heap_walk.c \
	include/residency/page_probe.h src/residency/page_probe.c \
	include/residency/page_prober.h src/residency/page_prober.c \
	include/residency/range_prober.h src/residency/range_prober.c \
	include/residency/range_walk.h src/residency/range_walk.c \
	include/residency/resident_memory.h src/residency/resident_memory.c \
	include/residency/search_thread.h src/residency/search_thread.c \
	include/residency/search_walk.h src/residency/search_walk.c \
	include/residency/scan_course.h src/residency/scan_course.c \
	include/residency/scan_scope.h src/residency/scan_scope.c \
	include/residency/scan_once.h src/residency/scan_once.c \
	include/residency/scan_plan.h src/residency/scan_plan.c \
	include/residency/scan_runs.h src/residency/scan_runs.c \
	include/residency/scan_result.h src/residency/scan_result.c \
	include/residency/scan_smaps.h src/residency/scan_smaps.c \
	include/residency/scan_target.h src/residency/scan_target.c \
	include/residency/scan_thread.h src/residency/scan_thread.c \
	include/residency/scan_walk.h src/residency/scan_walk.c

unit_tests += \
	tests/unit/test_memory_watch \
	tests/unit/test_memory_watch_script \
	tests/unit/test_memory_watch_turns \
	tests/unit/test_heap_prober \
	tests/unit/test_heap_walk \
	tests/unit/test_heap_walk_script \
	tests/unit/test_page_probe \
	tests/unit/test_page_probe_script \
	tests/unit/test_page_prober \
	tests/unit/test_page_prober_script \
	tests/unit/test_range_prober \
	tests/unit/test_range_prober_script \
	tests/unit/test_range_walk \
	tests/unit/test_range_walk_script \
	tests/unit/test_resident_memory \
	tests/unit/test_resident_memory_open \
	tests/unit/test_resident_memory_script \
	tests/unit/test_search_thread \
	tests/unit/test_search_thread_script \
	tests/unit/test_search_thread_turns \
	tests/unit/test_search_walk \
	tests/unit/test_search_walk_script \
	tests/unit/test_scan_course \
	tests/unit/test_scan_course_script \
	tests/unit/test_scan_course_told \
	tests/unit/test_scan_scope \
	tests/unit/test_scan_once \
	tests/unit/test_scan_once_script \
	tests/unit/test_scan_plan \
	tests/unit/test_scan_plan_pace \
	tests/unit/test_scan_runs \
	tests/unit/test_scan_runs_exact \
	tests/unit/test_scan_result \
	tests/unit/test_scan_result_part \
	tests/unit/test_scan_result_settle \
	tests/unit/test_scan_result_unread \
	tests/unit/test_scan_smaps \
	tests/unit/test_scan_smaps_script \
	tests/unit/test_scan_target \
	tests/unit/test_scan_target_script \
	tests/unit/test_scan_thread \
	tests/unit/test_scan_thread_script \
	tests/unit/test_scan_walk \
	tests/unit/test_scan_walk_steps

EXTRA_DIST += tests/unit/answerer_script.h tests/unit/pagemap_entries.h tests/unit/course_script.h tests/unit/resident_script.h tests/unit/scan_child.h \
	tests/unit/scan_script.h tests/unit/settle_script.h
