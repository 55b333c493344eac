libworld_a_SOURCES += \
	include/growth/fault_record.h src/growth/fault_record.c \
	include/growth/site.h src/growth/site.c

unit_tests += \
	tests/unit/test_fault_record \
	tests/unit/test_site

EXTRA_DIST += tests/unit/fault_bytes.h
