/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/source.h"

#include <errno.h>
#include <stddef.h>

int source_read(struct source *source, struct address_space **ret_space)
{
	return source->operations->read(source, ret_space);
}

int source_pulse(struct source *source, struct pulse *ret_pulse)
{
	if (!source->operations->pulse)
		return -ENOTSUP;
	return source->operations->pulse(source, ret_pulse);
}

int source_look(struct source *source, enum coverage_level level, uint64_t *ret_print)
{
	if (!source->operations->look)
		return -ENOTSUP;
	return source->operations->look(source, level, ret_print);
}

int source_totals(struct source *source, struct target *ret_target,
		  struct target_totals *ret_totals)
{
	if (!source->operations->totals)
		return -ENOTSUP;
	return source->operations->totals(source, ret_target, ret_totals);
}

const struct source_damage *source_damage(const struct source *source)
{
	return source->operations->damage ? source->operations->damage(source) : NULL;
}

int source_exit_descriptor(const struct source *source)
{
	return source->operations->exit_descriptor(source);
}

void source_rest(struct source *source)
{
	if (source->operations->rest)
		source->operations->rest(source);
}

void source_destroy(struct source *source)
{
	if (source)
		source->operations->destroy(source);
}
