/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/denied_bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/core_words.h"
#include "app/denied.h"
#include "app/message.h"
#include "app/options.h"
#include "app/recorded_words.h"
#include "app/source_error.h"
#include "app/target_words.h"
#include "base/number.h"
#include "base/text.h"
#include "kernel/proc_file.h"
#include "model/target.h"

#define NUMBER_MAX ((size_t)32)

static const char *const scopes[] = {
	[1] = "the setting kernel.yama.ptrace_scope is 1, which allows that only to a process's "
	      "ancestors; start the process with vastop (vastop -- COMMAND), or run vastop as "
	      "root.",
	[2] = "the setting kernel.yama.ptrace_scope is 2, which allows that only to root; run "
	      "vastop as root.",
	[3] = "the setting kernel.yama.ptrace_scope is 3, which forbids that to everyone until "
	      "the machine is restarted with another value.",
};

void denied_bytes_append_help(struct text *text, const struct target *target, const char *user,
			      uint64_t reader, int ptrace_scope)
{
	/* Root is above 1 and 2, and another user's process is closed whatever the setting is. */
	bool set = ptrace_scope == 3 || (ptrace_scope > 0 && reader != 0 && target->uid == reader);

	if (!set || ptrace_scope > 3) {
		denied_append_help(text, "memory", target, user, reader);
		return;
	}
	text_append_format(text, "cannot read the memory of process %" PRId32 ": %s", target->pid,
			   scopes[ptrace_scope]);
}

static int read_ptrace_scope(const char *root)
{
	struct text path = {0}, number = {0};
	uint64_t scope = 0;
	int error;

	text_append_format(&path, "%s/sys/kernel/yama/ptrace_scope", root);
	error = proc_file_read(AT_FDCWD, text_string(&path), NUMBER_MAX, &number);
	if (!error)
		error = number_parse(text_string(&number),
				     strspn(text_string(&number), "0123456789"), INT32_MAX, &scope);
	text_finish(&path);
	text_finish(&number);
	return error ? DENIED_NO_YAMA : (int)scope;
}

int denied_bytes_append(struct text *text, const struct options *options,
			const struct target *target, int error)
{
	char *user;

	if (options->core_file)
		return core_words_append_error(text, options->core, error);
	if (recorded_words_apply(options)) {
		text_append_format(text,
				   "cannot read the memory of process %" PRId32
				   ": it is recorded, and a recording has no memory.",
				   target->pid);
		return EXIT_TROUBLE;
	}
	if (error != -EACCES && error != -EPERM)
		return source_error_append(text, options, target->pid, error);
	user = target_user_name(target->uid);
	denied_bytes_append_help(text, target, user, geteuid(), read_ptrace_scope(options->procfs));
	free(user);
	return EXIT_NO_PERMISSION;
}

int denied_bytes_say(const struct options *options, const struct target *target, int error)
{
	struct text text = {0};
	int status = denied_bytes_append(&text, options, target, error);

	message_say("%s", text_string(&text));
	text_finish(&text);
	return status;
}
