/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_PSEUDO_TERMINAL_H
#define TESTS_PSEUDO_TERMINAL_H

/*
 * For tests of what needs a terminal: a child process shows and reads on a pseudo-terminal of 40
 * columns and 10 lines, the parent plays the terminal emulator. The child says with its exit
 * status whether its checks held.
 */

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/text.h"
#include "screen/key.h"
#include "screen/theme.h"
#include "term/terminal.h"

enum {
	SKIP = 77,       /* exit status of a child that lacks something */
	LIMIT = 20,      /* seconds until a child that hangs is ended */
	WAIT_MS = 10000, /* milliseconds for input to arrive */
};

/* In the child: says which check failed and ends it. */
#define CHECK(condition)                                                          \
	do {                                                                      \
		if (!(condition)) {                                               \
			fprintf(stderr, "# line %d: %s\n", __LINE__, #condition); \
			_exit(1);                                                 \
		}                                                                 \
	} while (0)

struct play {
	const char *type;   /* TERM */
	const char *locale; /* of the child; NULL for C.UTF-8 */
	void (*child)(int ready);
	const char *input; /* sent once the child is ready */
	bool hang_up;      /* close the terminal then */
};

static inline void run_child(const struct play *play, int ready)
{
	alarm(LIMIT);
	setenv("TERM", play->type, 1);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	if (!setlocale(LC_ALL, play->locale ? play->locale : "C.UTF-8"))
		_exit(SKIP);
	play->child(ready);
	_exit(0);
}

/* Plays it and returns the child's exit status; what it wrote is appended to the output. */
static inline int run(const struct play *play, struct text *output)
{
	struct winsize size = {.ws_row = 10, .ws_col = 40};
	int ready[2], master, status, error = dup(STDERR_FILENO);
	char bytes[4096];
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	fflush(stdout);
	pid = forkpty(&master, NULL, NULL, &size);
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(error, STDERR_FILENO);
		run_child(play, ready[1]);
	}
	close(error);
	close(ready[1]);
	if (read(ready[0], bytes, 1) == 1 && play->input)
		assert_int_equal(write(master, play->input, strlen(play->input)),
				 strlen(play->input));
	close(ready[0]);
	while (!play->hang_up && (n = read(master, bytes, sizeof(bytes))) > 0)
		text_append_bytes(output, bytes, (size_t)n);
	close(master);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Plays it; skips the test when the child could not. */
static inline void assert_runs(const struct play *play, struct text *output)
{
	int status = run(play, output);

	if (status == SKIP) {
		text_finish(output);
		skip();
	}
	assert_int_equal(status, 0);
}

/* The same of what shows nothing that is to be looked at. */
static inline void assert_plays(const char *type, void (*child)(int ready))
{
	const struct play play = {.type = type, .child = child};
	struct text output = {0};

	assert_runs(&play, &output);
	text_finish(&output);
}

static inline struct terminal *open_terminal(enum colour_use mode)
{
	struct terminal *terminal = NULL;
	struct theme theme;
	int result;

	theme_parse(theme_default_text, theme_default_length, &theme, NULL, 0);
	result = terminal_create(&theme, mode, &terminal);

	if (result == -ENODEV)
		_exit(SKIP); /* this machine does not know the type */
	CHECK(result == 0 && terminal);
	return terminal;
}

/* In the child: waits for the next event that is one. */
static inline struct event next_event(struct terminal *terminal)
{
	struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
	struct event event;

	terminal_read(terminal, &event);
	while (event.type == EVENT_NONE) {
		CHECK(poll(&input, 1, WAIT_MS) > 0);
		terminal_read(terminal, &event);
	}
	return event;
}

static inline void mark(const char *string)
{
	CHECK(write(STDOUT_FILENO, string, strlen(string)) == (ssize_t)strlen(string));
}

static inline bool same_modes(const struct termios *a, const struct termios *b)
{
	return a->c_iflag == b->c_iflag && a->c_oflag == b->c_oflag && a->c_cflag == b->c_cflag &&
	       a->c_lflag == b->c_lflag && memcmp(a->c_cc, b->c_cc, sizeof(a->c_cc)) == 0;
}

#endif
