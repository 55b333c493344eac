/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/record_options.h"

#include "app/message.h"
#include "app/options.h"

/* A recording takes the place of the process. */
static bool check_replay(const struct options *options)
{
	if (options->process_count || options->command || options->procfs) {
		message_say("a process or a recording, not both: vastop PID, or vastop "
			    "--replay=FILE.");
		return false;
	}
	if (options->action != ACTION_ONCE && options->action != ACTION_WATCH &&
	    options->action != ACTION_EXPORT) {
		message_say("a recording has no memory to be read: it is shown on the screen, or "
			    "with --once.");
		return false;
	}
	if (options->samples) {
		message_say("--samples takes samples of a process; a recording has its own, as in "
			    "--replay=FILE@10:41:07.");
		return false;
	}
	if (options->record) {
		message_say("what is replayed is recorded already; copy the file.");
		return false;
	}
	return true;
}

/* Those that say how to record. */
static bool check_record(const struct options *options)
{
	if (options->format == FORMAT_OPENMETRICS && (options->record || options->replay)) {
		message_say("metrics are those of processes that run: neither --record nor "
			    "--replay applies.");
		return false;
	}
	if (options->record && options->action == ACTION_ONCE && options->process_count > 1) {
		message_say("a recording is of one process; name one.");
		return false;
	}
	if (options->action == ACTION_EXPORT && !options->replay) {
		message_say("--export needs a recording, as in: vastop --export=FILE --from=+5m "
			    "RECORDING.");
		return false;
	}
	if (options->record || options->action == ACTION_EXPORT ||
	    (!options->conditional && !options->force))
		return true;
	message_say("--%s applies only to --record, as in: vastop --record=FILE --%s PID.",
		    options->force ? "force" : "record-when",
		    options->force ? "force" : "record-when='rss>1G'");
	return false;
}

bool record_options_check(const struct options *options)
{
	return check_record(options) && (!options->replay || check_replay(options));
}
