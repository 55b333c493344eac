libpure_a_SOURCES += \
	include/ui/command.h src/ui/command.c \
	include/ui/explain.h src/ui/explain.c \
	include/ui/footer.h src/ui/footer.c \
	include/ui/frame.h src/ui/frame.c \
	include/ui/glyphs.h src/ui/glyphs.c \
	include/ui/header.h src/ui/header.c \
	include/ui/help.h src/ui/help.c \
	include/ui/inspector.h src/ui/inspector.c \
	include/ui/pane.h src/ui/pane.c \
	include/ui/picture.h src/ui/picture.c \
	include/ui/scene.h \
	include/ui/ui.h src/ui/ui.c \
	include/ui/view.h src/ui/view.c \
	include/ui/words.h src/ui/words.c

unit_tests += \
	tests/unit/test_command \
	tests/unit/test_explain \
	tests/unit/test_footer \
	tests/unit/test_frame \
	tests/unit/test_glyphs \
	tests/unit/test_header \
	tests/unit/test_help \
	tests/unit/test_inspector \
	tests/unit/test_pane \
	tests/unit/test_picture \
	tests/unit/test_ui \
	tests/unit/test_view \
	tests/unit/test_words
