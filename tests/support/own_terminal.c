/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/own_terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "support/emulator.h"

/* Terminals ignore it, and no test sends it. */
#define MARK '\x16'

#define PATIENCE_SECONDS 20

bool own_terminal_open(struct own_terminal *own, const char *type, int lines, int columns)
{
	struct winsize size = {.ws_row = (unsigned short)lines, .ws_col = (unsigned short)columns};
	int program, user;

	*own = (struct own_terminal){.emulator = emulator_create(lines, columns)};
	if (!own->emulator)
		return false;
	alarm(PATIENCE_SECONDS);
	fflush(stdout);
	/* The suite gives its tests no stdin: no number below 3 is to be taken for that. */
	own->input = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	own->output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	assert_int_equal(openpty(&user, &program, NULL, NULL, &size), 0);
	own->user = fcntl(user, F_DUPFD_CLOEXEC, 3);
	close(user);
	assert_int_equal(tcgetattr(program, &own->modes), 0);
	assert_int_equal(dup2(program, STDIN_FILENO), STDIN_FILENO);
	assert_int_equal(dup2(program, STDOUT_FILENO), STDOUT_FILENO);
	if (program > STDERR_FILENO)
		close(program);
	setenv("TERM", type, 1);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	return true;
}

static void put_back(int descriptor, int before)
{
	if (before < 0) {
		close(descriptor);
		return;
	}
	dup2(before, descriptor);
	close(before);
}

void own_terminal_close(struct own_terminal *own)
{
	put_back(STDIN_FILENO, own->input);
	put_back(STDOUT_FILENO, own->output);
	if (own->user >= 0)
		close(own->user);
	emulator_destroy(own->emulator);
	text_finish(&own->news);
	alarm(0);
}

/* What was written comes to the other end when the kernel finds the time: up to the mark. */
const char *own_terminal_take(struct own_terminal *own)
{
	const char mark = MARK;
	char byte;

	text_clear(&own->news);
	assert_int_equal(write(STDOUT_FILENO, &mark, 1), 1);
	while (read(own->user, &byte, 1) == 1 && byte != MARK)
		text_append_char(&own->news, byte);
	emulator_write(own->emulator, text_string(&own->news), own->news.length);
	return text_string(&own->news);
}

void own_terminal_type(const struct own_terminal *own, const char *bytes, size_t length)
{
	int before = 0, waiting = 0;

	assert_int_equal(ioctl(STDIN_FILENO, FIONREAD, &before), 0);
	assert_int_equal(write(own->user, bytes, length), length);
	while (ioctl(STDIN_FILENO, FIONREAD, &waiting) == 0 && waiting < before + (int)length)
		poll(NULL, 0, 1);
}

void own_terminal_resize(struct own_terminal *own, int lines, int columns)
{
	struct winsize size = {.ws_row = (unsigned short)lines, .ws_col = (unsigned short)columns};

	assert_int_equal(ioctl(own->user, TIOCSWINSZ, &size), 0);
	if (lines > 0 && columns > 0)
		emulator_resize(own->emulator, lines, columns);
}

bool own_terminal_has_its_modes(const struct own_terminal *own)
{
	struct termios now;

	return tcgetattr(STDIN_FILENO, &now) == 0 && now.c_iflag == own->modes.c_iflag &&
	       now.c_oflag == own->modes.c_oflag && now.c_cflag == own->modes.c_cflag &&
	       now.c_lflag == own->modes.c_lflag &&
	       memcmp(now.c_cc, own->modes.c_cc, sizeof(now.c_cc)) == 0;
}

void own_terminal_hang_up(struct own_terminal *own)
{
	close(own->user);
	own->user = -1;
}
