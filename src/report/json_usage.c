/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/json_usage.h"

#include <stddef.h>

#include "base/json_writer.h"
#include "model/target.h"
#include "model/usage.h"
#include "report/json_values.h"

static const struct member {
	const char *name;
	size_t offset; /* of the uint64_t in struct usage */
} members[] = {
	{"rss", offsetof(struct usage, rss)},
	{"swap", offsetof(struct usage, swap)},
	{"hugetlb", offsetof(struct usage, hugetlb)},
	{"pss", offsetof(struct usage, pss)},
	{"uss", offsetof(struct usage, uss)},
	{"private_dirty", offsetof(struct usage, private_dirty)},
	{"shared_dirty", offsetof(struct usage, shared_dirty)},
	{"referenced", offsetof(struct usage, referenced)},
	{"anonymous", offsetof(struct usage, anonymous)},
	{"huge", offsetof(struct usage, huge)},
	{"locked", offsetof(struct usage, locked)},
};

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
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		const char *field = (const char *)usage + members[i].offset;

		json_values_number(writer, members[i].name, *(const uint64_t *)field);
	}
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
