/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/procfs_options.h"

#include <stdlib.h>

#include "base/memory.h"

struct procfs_options procfs_options_copy(const struct procfs_options *options)
{
	return (struct procfs_options){memory_copy_string(options->root), options->avoid};
}

void procfs_options_finish(struct procfs_options *options)
{
	free((char *)options->root);
}
