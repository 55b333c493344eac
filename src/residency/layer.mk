libworld_a_SOURCES += \
	include/residency/page_look.h src/residency/page_look.c \
	include/residency/page_looker.h src/residency/page_looker.c \
	include/residency/scan_course.h src/residency/scan_course.c \
	include/residency/scan_look.h src/residency/scan_look.c \
	include/residency/scan_once.h src/residency/scan_once.c \
	include/residency/scan_plan.h src/residency/scan_plan.c \
	include/residency/scan_runs.h src/residency/scan_runs.c \
	include/residency/scan_result.h src/residency/scan_result.c \
	include/residency/scan_smaps.h src/residency/scan_smaps.c \
	include/residency/scan_target.h src/residency/scan_target.c \
	include/residency/scan_thread.h src/residency/scan_thread.c \
	include/residency/scan_walk.h src/residency/scan_walk.c

unit_tests += \
	tests/unit/test_page_look \
	tests/unit/test_page_looker \
	tests/unit/test_scan_course \
	tests/unit/test_scan_look \
	tests/unit/test_scan_once \
	tests/unit/test_scan_plan \
	tests/unit/test_scan_runs \
	tests/unit/test_scan_result \
	tests/unit/test_scan_smaps \
	tests/unit/test_scan_target \
	tests/unit/test_scan_thread \
	tests/unit/test_scan_walk

EXTRA_PROGRAMS += tests/bench/bench_residency
EXTRA_DIST += tests/unit/scan_child.h
