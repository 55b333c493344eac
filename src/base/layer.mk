libpure_a_SOURCES += \
	include/base/arena.h src/base/arena.c \
	include/base/digits.h src/base/digits.c \
	include/base/format.h src/base/format.c \
	include/base/json_writer.h src/base/json_writer.c \
	include/base/keyed_hash.h src/base/keyed_hash.c \
	include/base/memory.h src/base/memory.c \
	include/base/number.h src/base/number.c \
	include/base/pattern.h src/base/pattern.c \
	include/base/search.h \
	include/base/text.h src/base/text.c \
	include/base/utf8.h src/base/utf8.c

unit_tests += \
	tests/unit/test_arena \
	tests/unit/test_digits \
	tests/unit/test_format \
	tests/unit/test_json_writer \
	tests/unit/test_json_writer_strings \
	tests/unit/test_keyed_hash \
	tests/unit/test_memory \
	tests/unit/test_number \
	tests/unit/test_pattern \
	tests/unit/test_search \
	tests/unit/test_text \
	tests/unit/test_utf8

json_written = tests/unit/json_written.h $(random_space)
tests_unit_test_json_writer_SOURCES = tests/unit/test_json_writer.c $(json_written)
tests_unit_test_json_writer_strings_SOURCES = tests/unit/test_json_writer_strings.c $(json_written)
