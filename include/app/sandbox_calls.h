/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_SANDBOX_CALLS_H
#define APP_SANDBOX_CALLS_H

/*
 * Which system calls vastop makes, and for what: all others are refused once it is confined
 * (app/sandbox.h). A call may be there for some arguments only.
 */

#include <stddef.h>
#include <stdint.h>

/* What a run needs of the kernel; any of them. */
enum sandbox_need {
	SANDBOX_ALWAYS = 1,
	SANDBOX_NO_FILES = 2, /* files are read only */
	SANDBOX_FILES = 4,    /* they are made, written, renamed and removed, too */
	SANDBOX_PROCESS = 8,  /* processes that run are looked at */
	SANDBOX_FAULTS = 16,  /* page faults are counted */
	SANDBOX_COMMAND = 32, /* a command that was started is let go */
};

struct sandbox_call {
	const char *name; /* one that is not there on this machine is skipped */
	unsigned needs;   /* it may be made where any of these is needed */
	/* The argument, from 1 on, that must have this value under the mask; 0: any will do. */
	unsigned argument;
	uint64_t mask, value;
};

/*
 * The table; a call is in it once for each value that it may have. openat2() is missing where files
 * are read only: that is for open_below() alone (kernel/open_below.h).
 */
const struct sandbox_call *sandbox_calls(size_t *ret_count);

/*
 * Calls that are refused as if the kernel had none of them, NULL at the end: libraries make the
 * older one in their place, whose arguments are not in memory and so can be checked.
 */
const char *const *sandbox_calls_unknown(void);

#endif
