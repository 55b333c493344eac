/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/origin.h"

#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#include "app/core_file.h"
#include "app/options.h"
#include "app/recorded_words.h"
#include "base/text.h"
#include "base/utf8.h"
#include "kernel/cgroup_file.h"

#define TIME_LENGTH 40

static void append_cgroup(struct text *text, const struct options *options, int32_t pid)
{
	struct text file = {0};
	size_t length;
	const char *group = cgroup_file_read(options->procfs, pid, &file, &length);

	/* The root group has no name. */
	if (group && length > 1) {
		text_append(text, "  ");
		utf8_append_escaped(text, group, length);
	}
	text_finish(&file);
}

void origin_append_place(struct text *text, const struct origin_place *place, int64_t time_ns)
{
	time_t seconds = (time_t)(time_ns / 1000000000);
	char time[TIME_LENGTH];
	struct tm tm;

	localtime_r(&seconds, &tm);
	strftime(time, sizeof(time), "%Y-%m-%d %H:%M:%S %z", &tm);
	utf8_append_escaped(text, place->host, strlen(place->host));
	text_append_format(text, "  %s  ", time);
	utf8_append_escaped(text, place->system, strlen(place->system));
	text_append_char(text, ' ');
	utf8_append_escaped(text, place->release, strlen(place->release));
}

void origin_append(struct text *text, const struct options *options, int32_t pid, int64_t time_ns)
{
	struct utsname system;

	if (options->core_file)
		core_file_append_origin(text, options->core_file);
	if (recorded_words_apply(options) || uname(&system))
		return;
	origin_append_place(text,
			    &(struct origin_place){system.nodename, system.sysname, system.release},
			    time_ns);
	append_cgroup(text, options, pid);
}
