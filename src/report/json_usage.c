/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/json_usage.h"

#include <stddef.h>

#include "base/json_writer.h"
#include "model/field.h"
#include "model/target.h"
#include "model/usage.h"
#include "report/json_values.h"

static void write_flags(struct json_writer *writer, uint64_t flags)
{
	const char *name;

	if (flags == TARGET_UNKNOWN) {
		json_writer_null(writer, "flags");
		return;
	}
	json_writer_array(writer, "flags");
	for (; flags; flags &= flags - 1)
		if ((name = usage_flag_name((size_t)__builtin_ctzll(flags))) != NULL)
			json_writer_string(writer, NULL, name);
	json_writer_end(writer);
}

void json_usage_write(struct json_writer *writer, const struct usage *usage)
{
	const struct usage unknown = usage_unknown();

	if (!usage)
		usage = &unknown;
	for (enum field field = FIELD_RSS; field <= FIELD_LOCKED; field++)
		json_values_number(writer, field_name(field), field_of_usage(field, usage));
	write_flags(writer, usage->flags);
}

void json_usage_write_sum(struct json_writer *writer, const struct usage *usage)
{
	const struct usage unknown = usage_unknown();

	if (!usage)
		usage = &unknown;
	json_values_number(writer, "rss", usage->rss);
	json_values_number(writer, "pss", usage->pss);
	json_values_number(writer, "swap", usage->swap);
	json_values_number(writer, "hugetlb", usage->hugetlb);
}
