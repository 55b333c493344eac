/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/origin.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#include "app/options.h"
#include "app/recorded_words.h"
#include "base/text.h"
#include "base/utf8.h"
#include "kernel/proc_file.h"
#include "procfs/cgroup_parser.h"

#define CGROUP_BYTES_MAX ((size_t)64 * 1024)
#define TIME_LENGTH      40

static void append_cgroup(struct text *text, const struct options *options, int32_t pid)
{
	struct text path = {0}, file = {0};
	const char *group;
	size_t length;

	text_append_format(&path, "%s/%" PRId32 "/cgroup", options->procfs, pid);
	proc_file_read(AT_FDCWD, text_string(&path), CGROUP_BYTES_MAX, &file);
	group = cgroup_parse(text_string(&file), file.length, &length);
	/* The root group has no name. */
	if (group && length > 1) {
		text_append(text, "  ");
		utf8_append_escaped(text, group, length);
	}
	text_finish(&path);
	text_finish(&file);
}

void origin_append(struct text *text, const struct options *options, int32_t pid, int64_t time_ns)
{
	time_t seconds = (time_t)(time_ns / 1000000000);
	char time[TIME_LENGTH];
	struct utsname system;
	struct tm tm;

	if (recorded_words_apply(options) || uname(&system))
		return;
	localtime_r(&seconds, &tm);
	strftime(time, sizeof(time), "%Y-%m-%d %H:%M:%S %z", &tm);
	utf8_append_escaped(text, system.nodename, strlen(system.nodename));
	text_append_format(text, "  %s  ", time);
	utf8_append_escaped(text, system.sysname, strlen(system.sysname));
	text_append_char(text, ' ');
	utf8_append_escaped(text, system.release, strlen(system.release));
	append_cgroup(text, options, pid);
}
