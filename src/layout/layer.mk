libpure_a_SOURCES += \
	include/layout/calm.h src/layout/calm.c \
	include/layout/diagram.h src/layout/diagram.c \
	include/layout/importance.h src/layout/importance.c \
	include/layout/order.h src/layout/order.c \
	include/layout/quota.h src/layout/quota.c \
	include/layout/region.h src/layout/region.c \
	include/layout/selection.h src/layout/selection.c \
	include/layout/share.h src/layout/share.c \
	include/layout/weight.h src/layout/weight.c

unit_tests += \
	tests/unit/test_diagram \
	tests/unit/test_region

# Tests of the layout share a generator of address spaces.
random_space = tests/unit/random_space.h tests/unit/random_space.c
tests_unit_test_region_SOURCES = tests/unit/test_region.c $(random_space)
tests_unit_test_diagram_SOURCES = tests/unit/test_diagram.c $(random_space)
