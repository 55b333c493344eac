/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/signal_name.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>

#define NAMED(name)         \
	{                   \
		name, #name \
	}

/* Those that end a process where it does not handle them. */
static const struct {
	int32_t number;
	const char *name;
} names[] = {
	NAMED(SIGABRT),   NAMED(SIGALRM), NAMED(SIGBUS),  NAMED(SIGFPE),  NAMED(SIGHUP),
	NAMED(SIGILL),    NAMED(SIGINT),  NAMED(SIGIO),   NAMED(SIGKILL), NAMED(SIGPIPE),
	NAMED(SIGPROF),   NAMED(SIGPWR),  NAMED(SIGQUIT), NAMED(SIGSEGV), NAMED(SIGSTOP),
	NAMED(SIGSYS),    NAMED(SIGTERM), NAMED(SIGTRAP), NAMED(SIGUSR1), NAMED(SIGUSR2),
	NAMED(SIGVTALRM), NAMED(SIGXCPU), NAMED(SIGXFSZ),
};

const char *signal_name(int32_t number, char out[static SIGNAL_NAME_LENGTH])
{
	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].number == number)
			return names[i].name;
	snprintf(out, SIGNAL_NAME_LENGTH, "signal %" PRId32, number);
	return out;
}
