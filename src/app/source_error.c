/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/source_error.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "app/message.h"
#include "app/options.h"
#include "base/text.h"

int source_error_append(struct text *text, const struct options *options, int32_t pid, int error)
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

int source_error_say(const struct options *options, int error)
{
	struct text text = {0};
	int status = source_error_append(&text, options, options->pid, error);

	message_say("%s", text_string(&text));
	text_finish(&text);
	return status;
}
