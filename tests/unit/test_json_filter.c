/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/address_space.h"
#include "model/query.h"
#include "model/usage.h"
#include "report/json.h"
#include "support/sample.h"
#include "support/told.h"

/* A report of what a filter keeps, beside the one of all. */

static json_t *report(const struct address_space *space, const struct usage_table *usage,
		      const struct json_filter *filter)
{
	char *bytes = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&bytes, &length);
	json_t *object;

	assert_non_null(stream);
	assert_int_equal(json_write_snapshot(stream, space, usage, filter), 0);
	fclose(stream);
	object = json_loads(bytes, 0, NULL);
	assert_non_null(object);
	free(bytes);
	return object;
}

/* The reports are the same but for the filter, which is that, and the mappings that it keeps. */
static void check(const struct address_space *space, const struct usage_table *usage,
		  const char *text, json_t *expected)
{
	struct query_matches matches;
	struct query_mistake mistake;
	struct query *query;
	json_t *all, *kept, *mappings;
	size_t index = 0;

	assert_int_equal(query_create(text, &query, &mistake), 0);
	assert_int_equal(query_find(query, space, usage, &matches), 0);
	all = report(space, usage, NULL);
	kept = report(space, usage, &(const struct json_filter){text, &matches});
	assert_null(json_object_get(all, "filter"));
	assert_true(json_equal(json_object_get(kept, "filter"), expected));
	mappings = json_object_get(kept, "mappings");
	for (size_t i = 0; i < space->vma_count; i++)
		if (query_matches_has(&matches, i))
			assert_true(
				json_equal(json_array_get(mappings, index++),
					   json_array_get(json_object_get(all, "mappings"), i)));
	assert_int_equal(json_array_size(mappings), index);
	json_object_del(kept, "filter");
	json_object_del(kept, "mappings");
	json_object_del(all, "mappings");
	assert_true(json_equal(kept, all));
	json_decref(all);
	json_decref(kept);
	json_decref(expected);
	query_matches_finish(&matches);
	query_destroy(query);
}

static void sums_are_of_what_is_kept(void **state)
{
	struct address_space *space = sample_python();
	const struct vma *vmas = space->vmas;
	const struct told told[] = {
		{vmas[0].start, vmas[0].end, {.rss = 4096, .pss = 2048, .swap = 1, .hugetlb = 0}},
		{vmas[1].start, vmas[1].end, {.rss = 8192, .pss = 100, .swap = 0, .hugetlb = 7}},
	};
	struct usage_table usage;
	char text[100];

	(void)state;
	told_table(&usage, space, NULL, told, 2, 1);
	/* Of the first two all is known. */
	snprintf(text, sizeof(text), "^(%" PRIx64 "|%" PRIx64 ")-", vmas[0].start, vmas[1].start);
	check(space, &usage, text,
	      json_pack("{s:s, s:i, s:I, s:i, s:i, s:i, s:i}", "query", text, "mappings", 2, "size",
			(json_int_t)(vma_size(&vmas[0]) + vma_size(&vmas[1])), "rss", 12288, "pss",
			2148, "swap", 1, "hugetlb", 7));
	usage_table_finish(&usage);
	address_space_destroy(space);
}

static void what_is_not_known_of_one_is_not_of_all(void **state)
{
	struct address_space *space = sample_python();

	(void)state;
	check(space, NULL, "kind:heap",
	      json_pack("{s:s, s:i, s:I, s:n, s:n, s:n, s:n}", "query", "kind:heap", "mappings", 1,
			"size", (json_int_t)space->by_kind[KIND_HEAP].size, "rss", "pss", "swap",
			"hugetlb"));
	check(space, NULL, "no-such-name",
	      json_pack("{s:s, s:i, s:i, s:i, s:i, s:i, s:i}", "query", "no-such-name", "mappings",
			0, "size", 0, "rss", 0, "pss", 0, "swap", 0, "hugetlb", 0));
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_are_of_what_is_kept),
		cmocka_unit_test(what_is_not_known_of_one_is_not_of_all),
	};

	return cmocka_run_group_tests_name("json_filter", tests, NULL, NULL);
}
