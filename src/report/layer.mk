libpure_a_SOURCES += \
	include/report/json.h src/report/json.c

unit_tests += \
	tests/unit/test_json

libpure_a_SOURCES += \
	include/report/check_report.h src/report/check_report.c \
	include/report/csv.h src/report/csv.c \
	include/report/openmetrics.h src/report/openmetrics.c \
	include/report/part.h src/report/part.c \
	include/report/diff_sheet.h src/report/diff_sheet.c \
	include/report/grid.h src/report/grid.c \
	include/report/json_diff.h src/report/json_diff.c \
	include/report/sheet.h src/report/sheet.c \
	include/report/event.h src/report/event.c \
	include/report/hex_dump.h src/report/hex_dump.c \
	include/report/folded.h src/report/folded.c \
	include/report/json_growth.h src/report/json_growth.c \
	include/report/json_heap.h src/report/json_heap.c \
	include/report/json_inside.h src/report/json_inside.c \
	include/report/json_usage.h src/report/json_usage.c \
	include/report/json_values.h src/report/json_values.c

unit_tests += \
	tests/unit/test_check_report \
	tests/unit/test_csv \
	tests/unit/test_event \
	tests/unit/test_diff_sheet \
	tests/unit/test_grid \
	tests/unit/test_json_diff \
	tests/unit/test_json_filter \
	tests/unit/test_hex_dump \
	tests/unit/test_folded \
	tests/unit/test_json_growth \
	tests/unit/test_json_heap \
	tests/unit/test_json_inside \
	tests/unit/test_json_usage \
	tests/unit/test_json_values \
	tests/unit/test_openmetrics \
	tests/unit/test_part \
	tests/unit/test_sheet

EXTRA_DIST += tests/unit/odd_space.h tests/unit/report_text.h tests/unit/diff_made.h tests/unit/diff_sides.h
