/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_MESSAGE_H
#define APP_MESSAGE_H

/*
 * What vastop says to people when something cannot be done: one sentence on stderr that says what
 * to do, and the exit status that goes with it.
 */

enum exit_status {
	EXIT_DONE = 0,
	EXIT_TROUBLE = 1,       /* anything else that went wrong, but for --check */
	EXIT_FOUND = 1,         /* of --check: something was found */
	EXIT_USAGE = 2,         /* the command line is wrong */
	EXIT_NO_PROCESS = 3,    /* there is no such process, or it has ended */
	EXIT_NO_PERMISSION = 4, /* its address space may not be read */
	EXIT_UNDECIDED = 5,     /* of --check: nothing was found, but not all could be decided */
};

/*
 * Says a sentence on stderr, "vastop: " before and a newline after it. It is escaped for a terminal
 * (utf8_append_escaped()), whatever is in it; what was escaped before stays as it is.
 */
__attribute__((format(printf, 1, 2))) void message_say(const char *format, ...);

#endif
