/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "term/rescue.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "term/curses.h"
#include "term/mouse_report.h"

#define ROOM_MS 1000 /* how long one waits for a terminal to take more */

/* Written before arming only, read by whoever disarms. */
static struct {
	struct termios modes;
	char leave[512];
	size_t length;
} saved;

static atomic_int armed;

/* Appends a terminfo string, if there is one, without its padding ("$<5>"): nothing waits in a
 * signal handler. */
static void save_string(const char *string)
{
	if (!string)
		return;
	while (*string && saved.length < sizeof(saved.leave)) {
		const char *end = string[0] == '$' && string[1] == '<' ? strchr(string, '>') : NULL;

		if (end)
			string = end + 1;
		else
			saved.leave[saved.length++] = *string++;
	}
}

static void save_strings(void)
{
	static const char *const names[] = {"sgr0", "op", "rmkx", "cnorm"};
	const char *leave = curses()->tigetstr("rmcup"), *place = curses()->tigetstr("cup");

	if (curses()->tigetstr("kmous"))
		save_string(MOUSE_REPORT_END);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		save_string(curses()->tigetstr(names[i]));
	if (leave) {
		save_string(leave);
		return;
	}
	/* No second screen: to the last line, where terminals stop a line that is too far down. */
	save_string(curses()->tparm(place, 998, 0));
	save_string("\r\n");
}

int rescue_save_modes(void)
{
	if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &saved.modes) < 0 ||
	    !isatty(STDOUT_FILENO))
		return -ENOTTY;
	saved.length = 0;
	return 0;
}

int rescue_save_strings(void)
{
	if (!curses()->tigetstr("cup"))
		return -ENODEV;
	save_strings();
	return 0;
}

void rescue_arm(void)
{
	atomic_store(&armed, 1);
}

void rescue_disarm(void)
{
	atomic_store(&armed, 0);
}

/* Another program may have made the terminal one that does not block. A signal is no reason to give
 * up. */
static bool wait_for_room(void)
{
	struct pollfd room = {.fd = STDOUT_FILENO, .events = POLLOUT};

	return poll(&room, 1, ROOM_MS) > 0 || errno == EINTR;
}

void rescue_send(const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t n = write(STDOUT_FILENO, bytes, length);

		if (n < 0 && (errno == EINTR || (errno == EAGAIN && wait_for_room())))
			continue;
		if (n <= 0)
			return;
		bytes += n;
		length -= (size_t)n;
	}
}

void rescue_set_modes(void)
{
	tcsetattr(STDIN_FILENO, TCSADRAIN, &saved.modes);
}

void rescue_now(void)
{
	int error = errno;

	if (!atomic_exchange(&armed, 0))
		return;
	rescue_send(saved.leave, saved.length);
	tcsetattr(STDIN_FILENO, TCSANOW, &saved.modes);
	errno = error;
}
