libworld_a_SOURCES += \
	include/app/message.h src/app/message.c \
	include/app/once.h src/app/once.c \
	include/app/options.h src/app/options.c \
	include/app/signals.h src/app/signals.c \
	include/app/target_words.h src/app/target_words.c \
	include/app/theme_file.h src/app/theme_file.c \
	include/app/watch.h src/app/watch.c
