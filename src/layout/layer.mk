libpure_a_SOURCES += \
	include/layout/calm.h src/layout/calm.c \
	include/layout/candidates.h src/layout/candidates.c \
	include/layout/diagram.h src/layout/diagram.c \
	include/layout/fold.h src/layout/fold.c \
	include/layout/importance.h src/layout/importance.c \
	include/layout/like.h src/layout/like.c \
	include/layout/names.h src/layout/names.c \
	include/layout/order.h src/layout/order.c \
	include/layout/quota.h src/layout/quota.c \
	include/layout/region.h src/layout/region.c \
	include/layout/scale.h \
	include/layout/selection.h src/layout/selection.c \
	include/layout/share_item.h \
	include/layout/share.h src/layout/share.c \
	include/layout/weight.h src/layout/weight.c

unit_tests += \
	tests/unit/test_calm \
	tests/unit/test_candidates \
	tests/unit/test_diagram \
	tests/unit/test_diagram_bands \
	tests/unit/test_diagram_shared \
	tests/unit/test_fold \
	tests/unit/test_importance \
	tests/unit/test_like \
	tests/unit/test_names \
	tests/unit/test_order \
	tests/unit/test_quota \
	tests/unit/test_region \
	tests/unit/test_region_shared \
	tests/unit/test_selection \
	tests/unit/test_selection_landmarks \
	tests/unit/test_share \
	tests/unit/test_weight

# Tests of the layout share a generator of address spaces.
random_space = tests/unit/random_space.h tests/unit/random_space.c
tests_unit_test_region_SOURCES = tests/unit/test_region.c $(random_space)
tests_unit_test_diagram_SOURCES = tests/unit/test_diagram.c tests/unit/scenario.h \
	tests/unit/scenario.c $(random_space)
tests_unit_test_diagram_shared_SOURCES = tests/unit/test_diagram_shared.c tests/unit/scenario.h \
	tests/unit/scenario.c $(random_space)
tests_unit_test_calm_SOURCES = tests/unit/test_calm.c $(random_space)
tests_unit_test_fold_SOURCES = tests/unit/test_fold.c $(random_space)
tests_unit_test_order_SOURCES = tests/unit/test_order.c $(random_space)
tests_unit_test_selection_SOURCES = tests/unit/test_selection.c $(random_space)
tests_unit_test_share_SOURCES = tests/unit/test_share.c $(random_space)

EXTRA_PROGRAMS += tests/bench/bench_layout
