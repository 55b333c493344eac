/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/target_words.h"

#include <pwd.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"

#define NAME_SERVICE_BYTES ((size_t)256 * 1024)

char *target_user_name(uint64_t uid)
{
	struct passwd entry, *found = NULL;
	char buffer[4096];

	/*
	 * Without memory, glibc's name services (2.36) end the process: see that there is some.
	 * None of it is touched.
	 */
	free(memory_resize(NULL, NAME_SERVICE_BYTES));
	if (uid > UINT32_MAX || getpwuid_r((uid_t)uid, &entry, buffer, sizeof(buffer), &found) ||
	    !found)
		return NULL;
	return memory_copy_string(found->pw_name);
}

const char *target_clock(int64_t time_ns, char out[static CLOCK_LENGTH])
{
	time_t seconds = (time_t)(time_ns / 1000000000);
	struct tm tm;

	localtime_r(&seconds, &tm);
	strftime(out, CLOCK_LENGTH, "%H:%M:%S", &tm);
	return out;
}

void target_local_time(void *context, int64_t time_ns, char out[static LOCAL_TIME_LENGTH])
{
	char clock[CLOCK_LENGTH];

	(void)context;
	snprintf(out, LOCAL_TIME_LENGTH, "%s.%03d", target_clock(time_ns, clock),
		 (int)(time_ns / 1000000 % 1000));
}
