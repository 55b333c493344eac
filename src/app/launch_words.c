/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/launch_words.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/launch_output.h"
#include "app/message.h"
#include "base/text.h"
#include "base/utf8.h"

/* As shells answer a command that is not found, and one that cannot be executed. */
#define EXIT_NOT_FOUND      127
#define EXIT_NOT_EXECUTABLE 126

static int say_not_executed(const char *command, const char *shown, int error)
{
	if (error != -ENOENT && error != -ENOTDIR) {
		message_say("cannot execute '%s': %s.", shown, strerror(-error));
		return EXIT_NOT_EXECUTABLE;
	}
	if (!strchr(command, '/')) {
		message_say(
			"there is no command '%s' in PATH; give its path, as in: vastop -- ./%s.",
			shown, shown);
		return EXIT_NOT_FOUND;
	}
	if (!access(command, F_OK)) {
		message_say("cannot execute '%s': the interpreter that it names does not exist.",
			    shown);
		return EXIT_NOT_EXECUTABLE;
	}
	message_say("there is no command '%s'; check its path.", shown);
	return EXIT_NOT_FOUND;
}

int launch_say_error(const char *command, const char *output, int error, enum launch_step step)
{
	const char *about = step == LAUNCH_OUTPUT ? output : command;
	struct text text = {0};
	const char *shown;
	int status = EXIT_TROUBLE;

	if (about)
		utf8_append_escaped(&text, about, strlen(about));
	shown = text_string(&text);
	if (step == LAUNCH_EXEC)
		status = say_not_executed(command, shown, error);
	else if (step == LAUNCH_FORK)
		message_say("cannot start '%s': %s.", shown, strerror(-error));
	else if (output)
		message_say("cannot write the output to '%s': %s.", shown,
			    launch_output_error(error));
	else
		message_say("cannot create a file for the output in $TMPDIR or /tmp: %s; give one "
			    "with --output=FILE.",
			    strerror(-error));
	text_finish(&text);
	return status;
}

/* Whether the command left nothing behind; then its fresh file is not left either. */
static bool wrote_nothing(const struct launch *launch)
{
	struct stat status;

	return launch->fresh && !stat(launch->output, &status) && status.st_size == 0 &&
	       !unlink(launch->output);
}

static void append_where(struct text *text, const struct launch *launch)
{
	if (wrote_nothing(launch)) {
		text_append(text, "it wrote nothing");
		return;
	}
	text_append(text, "its output is in ");
	utf8_append_escaped(text, launch->output, strlen(launch->output));
}

void launch_say_end(struct launch *launch, bool wait)
{
	struct text command = {0}, where = {0};

	if (!launch || launch->told || launch->state == LAUNCH_HELD)
		return;
	launch->told = true;
	utf8_append_escaped(&command, launch->command, strlen(launch->command));
	if (!launch_ended(launch, wait)) {
		utf8_append_escaped(&where, launch->output, strlen(launch->output));
		message_say("%s continues as process %" PRId32 "; its output goes to %s.",
			    text_string(&command), (int32_t)launch->pid, text_string(&where));
	} else {
		int status = launch->status;

		append_where(&where, launch);
		if (WIFSIGNALED(status))
			message_say("%s was killed by signal %d (%s); %s.", text_string(&command),
				    WTERMSIG(status), strsignal(WTERMSIG(status)),
				    text_string(&where));
		else
			message_say("%s ended with status %d; %s.", text_string(&command),
				    WEXITSTATUS(status), text_string(&where));
	}
	text_finish(&command);
	text_finish(&where);
}
