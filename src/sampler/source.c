/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/source.h"

#include <stddef.h>

int source_read(struct source *source, struct address_space **ret_space)
{
	return source->operations->read(source, ret_space);
}

int source_exit_descriptor(const struct source *source)
{
	return source->operations->exit_descriptor(source);
}

void source_destroy(struct source *source)
{
	if (source)
		source->operations->destroy(source);
}
