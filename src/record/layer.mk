libworld_a_SOURCES += \
	include/record/condition.h src/record/condition.c \
	include/record/database.h src/record/database.c \
	include/record/interval_table.h src/record/interval_table.c \
	include/record/interval_tables.h src/record/interval_tables.c \
	include/record/json_tree.h src/record/json_tree.c \
	include/record/recorder.h src/record/recorder.c \
	include/record/recorder_gifts.h src/record/recorder_gifts.c \
	include/record/recording.h src/record/recording.c \
	include/record/recording_cut.h src/record/recording_cut.c \
	include/record/recording_event.h src/record/recording_event.c \
	include/record/recording_file.h src/record/recording_file.c \
	include/record/recording_limit.h src/record/recording_limit.c \
	include/record/recording_marks.h src/record/recording_marks.c \
	include/record/recording_memory.h src/record/recording_memory.c \
	include/record/recording_origin.h src/record/recording_origin.c \
	include/record/recording_process.h src/record/recording_process.c \
	include/record/recording_rows.h src/record/recording_rows.c \
	include/record/recording_schema.h src/record/recording_schema.c \
	include/record/recording_setup.h src/record/recording_setup.c \
	include/record/recording_steps.h src/record/recording_steps.c \
	include/record/recording_table.h src/record/recording_table.c \
	include/record/recording_timeline.h src/record/recording_timeline.c \
	include/record/recording_usage.h src/record/recording_usage.c \
	include/record/recording_value.h src/record/recording_value.c \
	include/record/recording_writer.h src/record/recording_writer.c \
	include/record/snapshot_json.h src/record/snapshot_json.c \
	include/record/sqlite.h src/record/sqlite.c

unit_tests += \
	tests/unit/test_condition \
	tests/unit/test_database \
	tests/unit/test_database_errors \
	tests/unit/test_interval_table \
	tests/unit/test_interval_tables \
	tests/unit/test_json_tree \
	tests/unit/test_json_tree_missing \
	tests/unit/test_recorder \
	tests/unit/test_recorder_begin \
	tests/unit/test_recorder_script \
	tests/unit/test_recorder_turns \
	tests/unit/test_recorder_gifts \
	tests/unit/test_recording \
	tests/unit/test_recording_cut \
	tests/unit/test_recording_event \
	tests/unit/test_recording_failing \
	tests/unit/test_recording_hostile \
	tests/unit/test_recording_file \
	tests/unit/test_recording_file_errors \
	tests/unit/test_recording_limit \
	tests/unit/test_recording_marks \
	tests/unit/test_recording_memory \
	tests/unit/test_recording_origin \
	tests/unit/test_recording_process \
	tests/unit/test_recording_rows \
	tests/unit/test_recording_schema \
	tests/unit/test_recording_setup \
	tests/unit/test_recording_steps \
	tests/unit/test_recording_table \
	tests/unit/test_recording_torn \
	tests/unit/test_recording_timeline \
	tests/unit/test_recording_usage \
	tests/unit/test_recording_value \
	tests/unit/test_recording_writer_keyframes \
	tests/unit/test_recording_writer \
	tests/unit/test_snapshot_json \
	tests/unit/test_sqlite

tests_unit_test_recording_SOURCES = tests/unit/test_recording.c $(edited_process) \
	tests/unit/random_memory.h tests/unit/random_memory.c
tests_unit_test_recording_writer_SOURCES = tests/unit/test_recording_writer.c $(edited_process)

EXTRA_DIST += tests/unit/failing_sqlite.h tests/unit/plausible_process.h tests/unit/recorder_turns.h tests/unit/writer_script.h \
	tests/unit/recording_place.h tests/unit/recording_row.h tests/unit/recording_tables.h

EXTRA_PROGRAMS += tests/bench/bench_record
