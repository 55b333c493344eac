/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/core_options.h"

#include "app/core_file.h"
#include "app/message.h"
#include "app/options.h"
#include "model/address_space.h"

static bool is_shown(enum options_action action)
{
	switch (action) {
	case ACTION_WATCH:
	case ACTION_ONCE:
	case ACTION_LOCATE:
	case ACTION_BYTES:
	case ACTION_INSIDE:
	case ACTION_SEARCH: return true;
	default: return false;
	}
}

bool core_options_check(const struct options *options)
{
	if (options->process_count || options->command || options->procfs || options->replay) {
		message_say("a core file or something else, not both: vastop PID, or vastop "
			    "CORE.");
		return false;
	}
	if (!is_shown(options->action)) {
		message_say("a core file is one moment of a process that does not run any more: it "
			    "is shown on the screen, or with --once, --locate, --inside, --bytes "
			    "or --search.");
		return false;
	}
	if (options->format == FORMAT_OPENMETRICS) {
		message_say("metrics are those of processes that run, not of a core file.");
		return false;
	}
	if (options->samples || options->interval_ns) {
		message_say("a core file has one sample: neither --samples nor --delay applies.");
		return false;
	}
	if (options->record || options->conditional || options->force) {
		message_say("a core file does not change, so that nothing is recorded; copy the "
			    "file.");
		return false;
	}
	return true;
}

void core_options_choose(struct options *options, struct core_file *file)
{
	options->core_file = file;
	/* Where it does not say whose it is, there is one process all the same. */
	options->pid = file->space->target.pid ? file->space->target.pid : 1;
	options->processes[0] = (struct options_process){options->pid, NULL};
	options->process_count = 1;
}
