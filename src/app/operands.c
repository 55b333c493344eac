/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/operands.h"

#include <string.h>

#include "app/core_file.h"
#include "app/message.h"
#include "app/named.h"
#include "app/options.h"
#include "app/replay_file.h"
#include "base/number.h"

bool operands_add(struct options *options, const char *operand)
{
	if (options->operand_count == OPTIONS_PROCESSES_MAX) {
		message_say("more than %d processes; name fewer, or a pattern that finds them.",
			    OPTIONS_PROCESSES_MAX);
		return false;
	}
	options->operands[options->operand_count++] = operand;
	return true;
}

/* A number is always a pid; anything else is a name. */
static bool take_process(struct options *options, const char *operand)
{
	bool digits = operand[strspn(operand, "0123456789")] == '\0';
	uint64_t pid = 0;

	/* Any path but that of a core file is one of a recording. */
	if (!digits && !options->core && core_file_is_meant(operand)) {
		options->core = operand;
		return true;
	}
	if (!digits && !options->replay && replay_file_is_meant(operand)) {
		options->replay = operand;
		return true;
	}
	if (digits && (number_parse(operand, strlen(operand), INT32_MAX, &pid) || pid == 0)) {
		named_say_not_a_pid(operand);
		return false;
	}
	options->processes[options->process_count++] =
		(struct options_process){(int32_t)pid, digits ? NULL : operand};
	return true;
}

static bool check_sides(const struct options *options)
{
	if (options->operand_count == 2 && !options->command)
		return true;
	message_say("--diff compares two, as in: vastop --diff BEFORE AFTER; each is a recording, "
		    "FILE@TIME, a core file, a snapshot in JSON or a process.");
	return false;
}

bool operands_take(struct options *options)
{
	if (options->action == ACTION_DIFF)
		return check_sides(options);
	for (size_t i = 0; i < options->operand_count; i++)
		if (!take_process(options, options->operands[i]))
			return false;
	/* Several processes are for reports only. */
	if (options->process_count > 1 && options->action != ACTION_ONCE &&
	    options->action != ACTION_CHECK) {
		message_say("only one process can be watched at a time; --once and --check take "
			    "several.");
		return false;
	}
	options->pid = options->process_count == 1 ? options->processes[0].pid : 0;
	options->name = options->process_count == 1 ? options->processes[0].name : NULL;
	return true;
}
