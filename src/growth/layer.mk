libworld_a_SOURCES += \
	include/growth/fault_record.h src/growth/fault_record.c

unit_tests += \
	tests/unit/test_fault_record

EXTRA_DIST += tests/unit/fault_bytes.h
