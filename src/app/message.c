/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/message.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/named.h"
#include "app/options.h"
#include "base/text.h"
#include "base/utf8.h"

void message_say(const char *format, ...)
{
	struct text sentence = {0}, safe = {0};
	va_list list;

	va_start(list, format);
	text_append_list(&sentence, format, list);
	va_end(list);
	utf8_append_escaped(&safe, text_string(&sentence), sentence.length);
	fprintf(stderr, "vastop: %s\n", text_string(&safe));
	text_finish(&sentence);
	text_finish(&safe);
}

int message_append_source_error(struct text *text, const struct options *options, int32_t pid,
				int error)
{
	switch (-error) {
	case ESRCH:
	case ENOENT:
		if (strcmp(options->procfs, "/proc")) {
			text_append_format(text,
					   "there is no process %" PRId32 " in %s; check --procfs.",
					   pid, options->procfs);
			return EXIT_NO_PROCESS;
		}
		text_append_format(text,
				   "there is no process %" PRId32
				   ", or it has ended; ps -e lists those "
				   "that run.",
				   pid);
		return EXIT_NO_PROCESS;
	case EACCES:
	case EPERM:
		text_append_format(text,
				   "the address space of process %" PRId32
				   " may not be read by you; run "
				   "vastop as its user or as root.",
				   pid);
		return EXIT_NO_PERMISSION;
	case ENXIO:
		text_append_format(text,
				   "process %" PRId32
				   " is a kernel thread, which has no address space of "
				   "its own; choose a process with a command line.",
				   pid);
		return EXIT_TROUBLE;
	case EAGAIN:
		text_append_format(
			text, "process %" PRId32 " starts one program after the other; try again.",
			pid);
		return EXIT_TROUBLE;
	case EBADMSG:
		text_append_format(
			text, "%s/%" PRId32 " does not hold what procfs writes; check --procfs.",
			options->procfs, pid);
		return EXIT_TROUBLE;
	default:
		text_append_format(text, "process %" PRId32 " cannot be read from %s: %s.", pid,
				   options->procfs, strerror(-error));
		return EXIT_TROUBLE;
	}
}

int message_say_source_error(const struct options *options, int error)
{
	struct text text = {0};
	int status = message_append_source_error(&text, options, options->pid, error);

	message_say("%s", text_string(&text));
	text_finish(&text);
	return status;
}

#define NAMED_MAX 5

/* Appends "812, 4410 and 5002" or, for more than NAMED_MAX, the first ones and how many more. */
static void append_pids(struct text *text, const int32_t *pids, int count)
{
	int shown = count > NAMED_MAX ? NAMED_MAX : count;

	for (int i = 0; i < shown; i++)
		text_append_format(text, "%s%" PRId32,
				   i == 0                             ? ""
				   : i + 1 == shown && shown == count ? " and "
								      : ", ",
				   pids[i]);
	if (shown < count)
		text_append_format(text, " and %d more", count - shown);
}

int message_say_not_a_pid(const char *argument)
{
	int32_t found[NAMED_MAX];
	struct text name = {0}, pids = {0};
	int count = named_find(argument, found, NAMED_MAX);

	utf8_append_escaped(&name, argument, strlen(argument));
	if (count > 0) {
		append_pids(&pids, found, count);
		message_say("'%s' is not a process ID; that name runs as %s: try vastop %" PRId32
			    ".",
			    text_string(&name), text_string(&pids), found[0]);
	} else {
		message_say("'%s' is not a process ID, and no process has that name; ps -e lists "
			    "them.",
			    text_string(&name));
	}
	text_finish(&name);
	text_finish(&pids);
	return EXIT_USAGE;
}
