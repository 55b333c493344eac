/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/cgroup_file.h"

#include <fcntl.h>
#include <inttypes.h>

#include "base/text.h"
#include "kernel/proc_file.h"
#include "procfs/cgroup_parser.h"

#define BYTES_MAX ((size_t)64 * 1024)

const char *cgroup_file_read(const char *root, int32_t pid, struct text *text, size_t *ret_length)
{
	struct text path = {0};

	text_append_format(&path, "%s/%" PRId32 "/cgroup", root, pid);
	proc_file_read(AT_FDCWD, text_string(&path), BYTES_MAX, text);
	text_finish(&path);
	return cgroup_parse(text_string(text), text->length, ret_length);
}
