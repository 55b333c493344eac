libworld_a_SOURCES += \
	include/app/message.h src/app/message.c \
	include/app/once.h src/app/once.c \
	include/app/options.h src/app/options.c \
	include/app/signals.h src/app/signals.c \
	include/app/target_words.h src/app/target_words.c \
	include/app/theme_file.h src/app/theme_file.c \
	include/app/watch.h src/app/watch.c

unit_tests += \
	tests/unit/test_message \
	tests/unit/test_once \
	tests/unit/test_options \
	tests/unit/test_signals \
	tests/unit/test_target_words \
	tests/unit/test_theme_file
