/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/json_usage.h"

#include <stddef.h>

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

json_t *json_usage_flag_names(void)
{
	json_t *names = json_array();
	const char *name;

	for (size_t i = 0; (name = usage_flag_name(i)) != NULL; i++)
		json_array_append_new(names, json_string(name));
	return names;
}

static json_t *make_flags(uint64_t flags, const json_t *flag_names)
{
	json_t *array;

	if (flags == TARGET_UNKNOWN)
		return json_null();
	array = json_array();
	for (size_t i = 0; i < json_array_size(flag_names); i++)
		if (flags & UINT64_C(1) << i)
			json_array_append(array, json_array_get(flag_names, i));
	return array;
}

void json_usage_set(json_t *object, const struct usage *usage, const json_t *flag_names)
{
	const struct usage unknown = usage_unknown();

	if (!usage)
		usage = &unknown;
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		const char *field = (const char *)usage + members[i].offset;

		json_object_set_new(object, members[i].name,
				    json_values_number_or_null(*(const uint64_t *)field));
	}
	json_object_set_new(object, "flags", make_flags(usage->flags, flag_names));
}

void json_usage_set_sum(json_t *object, const struct usage *usage)
{
	const struct usage unknown = usage_unknown();

	if (!usage)
		usage = &unknown;
	json_object_set_new(object, "rss", json_values_number_or_null(usage->rss));
	json_object_set_new(object, "pss", json_values_number_or_null(usage->pss));
	json_object_set_new(object, "swap", json_values_number_or_null(usage->swap));
	json_object_set_new(object, "hugetlb", json_values_number_or_null(usage->hugetlb));
}
