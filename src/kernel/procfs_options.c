/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/procfs_options.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "kernel/kept_memory.h"

struct procfs_options procfs_options_copy(const struct procfs_options *options)
{
	return (struct procfs_options){memory_copy_string(options->root), options->avoid,
				       kept_memory_hold(options->kept)};
}

void procfs_options_finish(struct procfs_options *options)
{
	free((char *)options->root);
	kept_memory_release(options->kept);
}

int procfs_options_open_process(const struct procfs_options *options, int32_t pid)
{
	struct text path = {0};
	int directory;

	text_append_format(&path, "%s/%d", options->root, pid);
	directory = open(text_string(&path), O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (directory < 0)
		directory = -errno;
	text_finish(&path);
	return directory;
}
