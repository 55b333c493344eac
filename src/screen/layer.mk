libpure_a_SOURCES += \
	include/screen/canvas.h src/screen/canvas.c \
	include/screen/colour.h src/screen/colour.c \
	include/screen/key.h src/screen/key.c \
	include/screen/role.h src/screen/role.c \
	include/screen/setting.h src/screen/setting.c \
	include/screen/style.h \
	include/screen/suggest.h src/screen/suggest.c \
	include/screen/theme.h src/screen/theme.c
nodist_libpure_a_SOURCES = src/screen/theme_default.c

unit_tests += \
	tests/unit/test_canvas \
	tests/unit/test_colour \
	tests/unit/test_key \
	tests/unit/test_role \
	tests/unit/test_setting \
	tests/unit/test_suggest \
	tests/unit/test_theme tests/unit/test_theme_shipped
