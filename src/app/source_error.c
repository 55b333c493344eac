/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/source_error.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "app/core_file.h"
#include "app/message.h"
#include "app/options.h"
#include "app/recorded_words.h"
#include "base/text.h"
#include "base/utf8.h"
#include "sampler/source.h"

/* What is not there, or is a zombie; /proc lists no others. */
static int append_no_process(struct text *text, const struct options *options, int32_t pid)
{
	struct text path = {0};
	bool zombie;

	text_append_format(&path, "%s/%" PRId32, options->procfs, pid);
	zombie = !access(text_string(&path), F_OK);
	text_finish(&path);
	if (zombie) {
		text_append_format(
			text, "process %" PRId32 " has ended: a zombie has no address space.", pid);
	} else if (strcmp(options->procfs, "/proc")) {
		text_append_format(text, "there is no process %" PRId32 " in ", pid);
		utf8_append_escaped(text, options->procfs, strlen(options->procfs));
		text_append(text, "; check --procfs.");
	} else {
		text_append_format(text,
				   "there is no process %" PRId32
				   ", or it has ended; ps -e lists those that run.",
				   pid);
	}
	return EXIT_NO_PROCESS;
}

/* Of a process that can be opened app/denied.h says more. */
static int append_not_permitted(struct text *text, int32_t pid)
{
	text_append_format(text, "cannot read the address space of process %" PRId32 ": ", pid);
	text_append(text,
		    geteuid()
			    ? "permission denied; run vastop as its user or as root."
			    : "permission denied even to root; run vastop outside the container.");
	return EXIT_NO_PERMISSION;
}

int source_error_append(struct text *text, const struct options *options, int32_t pid, int error)
{
	if (recorded_words_apply(options))
		return recorded_words_append_error(text, options, pid, error);
	switch (-error) {
	case ESRCH:
	case ENOENT: return append_no_process(text, options, pid);
	case EACCES:
	case EPERM: return append_not_permitted(text, pid);
	case ENXIO:
		text_append_format(text,
				   "process %" PRId32
				   " is a kernel thread, which has no address space of "
				   "its own; choose a process with a command line.",
				   pid);
		return EXIT_TROUBLE;
	case EAGAIN:
		text_append_format(text,
				   "process %" PRId32
				   " keeps replacing its program (execve); try again.",
				   pid);
		return EXIT_TROUBLE;
	}
	text_append_format(text, "cannot read process %" PRId32 " from ", pid);
	utf8_append_escaped(text, options->procfs, strlen(options->procfs));
	text_append_format(text, ": %s.",
			   error == -EBADMSG ? "its files are not in the format of procfs"
					     : strerror(-error));
	return EXIT_TROUBLE;
}

int source_error_say(const struct options *options, int error)
{
	struct text text = {0};
	int status = source_error_append(&text, options, options->pid, error);

	message_say("%s", text_string(&text));
	text_finish(&text);
	return status;
}

void source_error_append_damage(struct text *text, const struct options *options, int32_t pid,
				const struct source *source)
{
	const struct source_damage *damage = source_damage(source);

	if (options->core_file)
		core_file_append_damage(text, options->core_file);
	if (damage)
		recorded_words_append_damage(text, options, pid, damage);
}

void source_error_say_damage(const struct options *options, const struct source *source)
{
	struct text text = {0};

	source_error_append_damage(&text, options, options->pid, source);
	if (text.length)
		message_say("%s", text_string(&text));
	text_finish(&text);
}
