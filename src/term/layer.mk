libworld_a_SOURCES += \
	include/term/curses.h src/term/curses.c \
	include/term/input.h src/term/input.c \
	include/term/mouse_report.h src/term/mouse_report.c \
	include/term/palette.h src/term/palette.c \
	include/term/plain.h src/term/plain.c \
	include/term/rescue.h src/term/rescue.c \
	include/term/svg.h src/term/svg.c \
	include/term/svg_shape.h src/term/svg_shape.c \
	include/term/shown_line.h src/term/shown_line.c \
	include/term/terminal.h src/term/terminal.c

unit_tests += \
	tests/unit/test_curses \
	tests/unit/test_curses_absent \
	tests/unit/test_input \
	tests/unit/test_input_mouse \
	tests/unit/test_input_read \
	tests/unit/test_mouse_report \
	tests/unit/test_palette \
	tests/unit/test_palette_types \
	tests/unit/test_plain \
	tests/unit/test_rescue \
	tests/unit/test_rescue_send \
	tests/unit/test_rescue_strings \
	tests/unit/test_shown_line \
	tests/unit/test_shown_line_cells \
	tests/unit/test_svg \
	tests/unit/test_svg_shape \
	tests/unit/test_terminal \
	tests/unit/test_terminal_cases \
	tests/unit/test_terminal_mouse \
	tests/unit/test_terminal_shown \
	tests/unit/test_terminal_start
EXTRA_DIST += tests/unit/pseudo_terminal.h tests/unit/shown_terminal.h tests/unit/terminfo_maker.h
