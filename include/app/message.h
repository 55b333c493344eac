/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_MESSAGE_H
#define APP_MESSAGE_H

/*
 * What vastop says to people when something cannot be done: one sentence on stderr that says what
 * to do, and the exit status that goes with it.
 */

#include <stdint.h>

enum exit_status {
	EXIT_DONE = 0,
	EXIT_TROUBLE = 1,       /* anything else that went wrong */
	EXIT_USAGE = 2,         /* the command line is wrong */
	EXIT_NO_PROCESS = 3,    /* there is no such process, or it has ended */
	EXIT_NO_PERMISSION = 4, /* its address space may not be read */
};

/*
 * Says a sentence on stderr, "vastop: " before and a newline after it. It is escaped for a terminal
 * (utf8_append_escaped()), whatever is in it; what was escaped before stays as it is.
 */
__attribute__((format(printf, 1, 2))) void message_say(const char *format, ...);

struct options;
struct text;

/*
 * Appends a sentence: why process pid cannot be sampled (-errno); returns the exit status that
 * goes with it.
 */
int message_append_source_error(struct text *text, const struct options *options, int32_t pid,
				int error);

/* The same of the options' process, said. */
int message_say_source_error(const struct options *options, int error);

/* Says that there is no process of that name or what is meant by it; returns the exit status. */
int message_say_not_a_pid(const char *argument);

#endif
