libpure_a_SOURCES += \
	include/inside/memory_reader.h src/inside/memory_reader.c

unit_tests += \
	tests/unit/test_memory_reader
