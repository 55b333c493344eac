libpure_a_SOURCES += \
	include/report/json.h src/report/json.c

unit_tests += \
	tests/unit/test_json
