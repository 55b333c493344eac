/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "term/terminal.h"

#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/memory.h"
#include "screen/canvas.h"
#include "term/curses.h"
#include "term/input.h"
#include "term/palette.h"
#include "term/rescue.h"
#include "term/shown_line.h"

enum {
	ESCAPE_DELAY = 25, /* milliseconds that a lone Esc waits for the rest of a sequence */
	FALLBACK_COLUMNS = 80,
	FALLBACK_LINES = 24,
};

struct terminal {
	SCREEN *screen;
	struct palette *palette;
	int columns, lines;
	bool unicode, colours;
	bool has_mouse;
	bool mouse; /* whether it is reported, where there is one */
	bool begun; /* something was sent; before, curses holds all back */
	struct input input;
	/* What curses was last told, and the size of that; NULL when it must be told all. */
	struct cell *shown;
	int shown_columns, shown_lines;
	cchar_t *run; /* scratch: cells of a line, for curses */
};

/* The signals that curses catches when it starts, if nobody else does. */
static const int caught_signals[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};

enum { CAUGHT_SIGNALS = sizeof(caught_signals) / sizeof(caught_signals[0]) };

/* Starts curses and leaves signals as they were: they are the program's, not curses'. */
static SCREEN *start_curses(void)
{
	struct sigaction actions[CAUGHT_SIGNALS];
	SCREEN *screen;

	for (size_t i = 0; i < CAUGHT_SIGNALS; i++)
		sigaction(caught_signals[i], NULL, &actions[i]);
	screen = curses()->newterm(NULL, stdout, stdin);
	for (size_t i = 0; i < CAUGHT_SIGNALS; i++)
		sigaction(caught_signals[i], &actions[i], NULL);
	return screen;
}

/* Those that nothing is sent for. */
static void set_modes(void)
{
	curses()->cbreak();
	curses()->noecho();
	curses()->nonl();
	curses()->intrflush(curses_window(), FALSE);
	curses()->timeout(0);
	curses()->set_escdelay(ESCAPE_DELAY);
	/* Else curses looks for input several times a frame, and puts the rest of it off. */
	curses()->typeahead(-1);
}

static void forget_shown(struct terminal *terminal)
{
	free(terminal->shown);
	terminal->shown = NULL;
}

static void take_size(struct terminal *terminal)
{
	struct winsize size;

	terminal->columns = FALLBACK_COLUMNS;
	terminal->lines = FALLBACK_LINES;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
		terminal->columns = size.ws_col;
		terminal->lines = size.ws_row;
	}
	/* Not resizeterm(), which would put a key of its own into the input. */
	curses()->resize_term(terminal->lines, terminal->columns);
	terminal_refresh(terminal);
}

/* The Linux console takes UTF-8, but its fonts lack most of the blocks that bars are made of. */
static bool shows_unicode(void)
{
	const char *type = getenv("TERM");

	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0 &&
	       !(type && strncmp(type, "linux", strlen("linux")) == 0);
}

/* Starts curses where the terminal can be used. Returns 0, or -errno as terminal_create() does. */
static int open_screen(SCREEN **ret_screen)
{
	SCREEN *screen;

	if (curses_load())
		return -ELIBACC;
	errno = 0;
	screen = start_curses();
	if (!screen && errno == ENOMEM)
		memory_exhausted();
	if (!screen)
		return -ENODEV;
	/* To end the screen of another one would send what curses holds back: it is left. */
	if (rescue_save_strings()) {
		rescue_set_modes();
		return -ENODEV;
	}
	*ret_screen = screen;
	return 0;
}

int terminal_create(const struct theme *theme, enum colour_use mode, struct terminal **ret_terminal)
{
	struct terminal *terminal;
	SCREEN *screen;
	int result = rescue_save_modes();

	if (result < 0)
		return result;
	rescue_arm();
	result = open_screen(&screen);
	if (result < 0) {
		rescue_disarm();
		return result;
	}
	terminal = memory_alloc(sizeof(*terminal));
	terminal->screen = screen;
	terminal->unicode = shows_unicode();
	set_modes();
	terminal->has_mouse = input_has_mouse();
	terminal->colours = mode == COLOUR_USE_AUTO;
	terminal->palette = palette_create(theme, terminal->colours);
	take_size(terminal);
	*ret_terminal = terminal;
	return 0;
}

/* Asks for reports of the mouse or ends them. Between refreshes curses holds nothing back. */
static void report_mouse(const struct terminal *terminal, bool on)
{
	const char *sequence = on ? MOUSE_REPORT_START : MOUSE_REPORT_END;

	if (terminal->has_mouse)
		rescue_send(sequence, strlen(sequence));
}

/*
 * Begins to send. Until it has come back from endwin() once, curses takes each of its own cursor
 * moves for that of a program which does without it, and flushes (_nc_mvcur() in ncurses 6.3 and
 * later): a frame would be hundreds of writes. So it ends here, and the first frame begins with its
 * coming back.
 */
static void begin(struct terminal *terminal)
{
	if (terminal->begun)
		return;
	terminal->begun = true;
	curses()->keypad(curses_window(), TRUE);
	input_prepare();
	/* A cursor that cannot be hidden is put aside (terminal_show()). */
	curses()->leaveok(curses_window(), curses()->curs_set(0) != ERR);
	if (terminal->mouse)
		report_mouse(terminal, true);
	curses()->endwin();
}

/*
 * Ends curses for now or for good. Where there is no second screen to leave, the picture stays and
 * the next prompt comes upon its last line.
 */
static void leave_screen(const struct terminal *terminal)
{
	if (!curses()->tigetstr("rmcup")) {
		curses()->move(terminal->lines - 1, 0);
		curses()->clrtoeol();
		curses()->refresh();
	}
	curses()->endwin();
}

bool terminal_set_mouse(struct terminal *terminal, bool on)
{
	if (on != terminal->mouse && terminal->begun)
		report_mouse(terminal, on);
	terminal->mouse = on;
	return terminal->has_mouse;
}

void terminal_prefer_ascii(struct terminal *terminal)
{
	terminal->unicode = false;
}

bool terminal_has_colours(const struct terminal *terminal)
{
	return palette_has_colours(terminal->palette);
}

bool terminal_shows_colours(const struct terminal *terminal)
{
	return palette_shows_colours(terminal->palette);
}

void terminal_set_theme(struct terminal *terminal, const struct theme *theme)
{
	palette_destroy(terminal->palette);
	terminal->palette = palette_create(theme, terminal->colours);
	terminal_refresh(terminal);
}

void terminal_destroy(struct terminal *terminal)
{
	if (!terminal)
		return;
	if (terminal->begun && terminal->mouse)
		report_mouse(terminal, false);
	if (terminal->begun && !curses()->isendwin())
		leave_screen(terminal);
	rescue_disarm();
	/* It would send what was held back, so that the screen is left to the end of the program.
	 */
	if (terminal->begun)
		curses()->delscreen(terminal->screen);
	else
		rescue_set_modes();
	palette_destroy(terminal->palette);
	forget_shown(terminal);
	free(terminal->run);
	free(terminal);
}

int terminal_columns(const struct terminal *terminal)
{
	return terminal->columns;
}

int terminal_lines(const struct terminal *terminal)
{
	return terminal->lines;
}

bool terminal_is_unicode(const struct terminal *terminal)
{
	return terminal->unicode;
}

/* Makes sure there is an account of what curses knows, of the canvas's size. */
static void prepare_shown(struct terminal *terminal, const struct canvas *canvas)
{
	size_t size = (size_t)canvas->columns * (size_t)canvas->lines * sizeof(struct cell);

	if (terminal->shown && terminal->shown_columns == canvas->columns &&
	    terminal->shown_lines == canvas->lines)
		return;
	forget_shown(terminal);
	/* Of no glyphs: all of them are to be told. */
	terminal->shown = memory_alloc(size);
	terminal->shown_columns = canvas->columns;
	terminal->shown_lines = canvas->lines;
	terminal->run =
		memory_resize(terminal->run, (size_t)canvas->columns * sizeof(*terminal->run));
	curses()->erase();
}

void terminal_show(struct terminal *terminal, const struct canvas *canvas)
{
	int columns = canvas->columns < terminal->columns ? canvas->columns : terminal->columns;
	int lines = canvas->lines < terminal->lines ? canvas->lines : terminal->lines;
	bool news = false;

	begin(terminal);
	prepare_shown(terminal, canvas);
	for (int y = 0; y < lines; y++) {
		size_t start = (size_t)y * (size_t)canvas->columns;

		news |= shown_line_renew(terminal->palette, canvas->cells + start,
					 terminal->shown + start, columns, y, terminal->run);
	}
	/* Even with nothing to send, curses would make some system calls. */
	if (!news)
		return;
	curses()->move(0, terminal->columns - 1);
	curses()->refresh();
}

void terminal_refresh(struct terminal *terminal)
{
	forget_shown(terminal);
	curses()->clearok(curses_window(), TRUE);
}

/* Whether nothing can be read any more, asked when a read gave nothing. */
static bool is_at_end(int error)
{
	struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
	int waiting = 0;

	if (error == EIO)
		return true;
	if (poll(&input, 1, 0) <= 0)
		return false;
	if (input.revents & (POLLHUP | POLLERR | POLLNVAL))
		return true;
	return ioctl(STDIN_FILENO, FIONREAD, &waiting) == 0 && waiting == 0;
}

void terminal_read(struct terminal *terminal, struct event *ret_event)
{
	struct event event = {.type = EVENT_NONE};

	begin(terminal);
	errno = 0;
	if (!input_read(&terminal->input, &event) && is_at_end(errno))
		event.type = EVENT_CLOSED;
	*ret_event = event;
}

void terminal_resize(struct terminal *terminal)
{
	take_size(terminal);
}

void terminal_suspend(struct terminal *terminal)
{
	if (terminal->begun && terminal->mouse)
		report_mouse(terminal, false);
	if (terminal->begun)
		leave_screen(terminal);
	else
		rescue_set_modes();
	rescue_disarm();
}

void terminal_resume(struct terminal *terminal)
{
	rescue_arm();
	take_size(terminal);
	if (!terminal->begun) {
		curses()->reset_prog_mode();
		return;
	}
	if (terminal->mouse)
		report_mouse(terminal, true);
	curses()->refresh();
}

void terminal_restore(void)
{
	rescue_now();
}
