/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/address_space.h"
#include "model/query.h"
#include "report/part.h"
#include "support/sample.h"

static struct query_matches find(const struct address_space *space, const char *line)
{
	struct query_mistake mistake;
	struct query_matches matches;
	struct query *query;

	assert_int_equal(query_create(line, &query, &mistake), 0);
	assert_int_equal(query_find(query, space, NULL, &matches), 0);
	query_destroy(query);
	return matches;
}

static void all_mappings_of_all_parts(void **state)
{
	struct address_space *one = sample_python(), *none = sample_empty();
	const struct report_part parts[] = {{.space = one}, {.space = none}, {.space = one}};
	struct report_walk walk;
	size_t count = 0;

	(void)state;
	report_walk_init(&walk, parts, 3);
	for (; report_walk_next(&walk); count++) {
		assert_ptr_equal(walk.subject.space, one);
		assert_int_equal(walk.subject.vma, count % one->vma_count);
	}
	assert_int_equal(count, 2 * one->vma_count);
	assert_false(report_walk_next(&walk));
	address_space_destroy(one);
	address_space_destroy(none);
}

static void only_what_matches(void **state)
{
	struct address_space *space = sample_python();
	struct query_matches heap = find(space, "kind:heap"), none = find(space, "kind:device");
	const struct report_part parts[] = {{.space = space, .matches = &none},
					    {.space = space, .matches = &heap}};
	struct report_walk walk;

	(void)state;
	report_walk_init(&walk, parts, 2);
	assert_true(report_walk_next(&walk));
	assert_int_equal(space->vmas[walk.subject.vma].kind, KIND_HEAP);
	assert_false(report_walk_next(&walk));
	query_matches_finish(&heap);
	query_matches_finish(&none);
	address_space_destroy(space);
}

static void sums_are_of_amounts(void **state)
{
	static const struct field_list fields = {{FIELD_SIZE, FIELD_RSS, FIELD_INODE}, 3};
	struct address_space *space = sample_python();
	struct usage usage = usage_unknown();
	struct field_subject subject = {space, 0, &usage, NULL};
	struct report_sums sums = {0};

	(void)state;
	assert_true(report_is_summed(FIELD_SIZE));
	assert_true(report_is_summed(FIELD_GROWTH));
	assert_false(report_is_summed(FIELD_INODE));
	assert_false(report_is_summed(FIELD_NAME));
	usage.rss = 5;
	report_sums_add(&sums, &fields, &subject);
	subject.vma = 1;
	report_sums_add(&sums, &fields, &subject);
	assert_int_equal(sums.mappings, 2);
	assert_int_equal(sums.of[FIELD_RSS].number, 10);
	assert_false(sums.of[FIELD_RSS].unknown);
	assert_int_equal(sums.of[FIELD_SIZE].number,
			 vma_size(&space->vmas[0]) + vma_size(&space->vmas[1]));
	usage.rss = UINT64_MAX - 1;
	report_sums_add(&sums, &fields, &subject);
	assert_true(sums.of[FIELD_RSS].unknown);
	sums = (struct report_sums){0};
	usage.rss = TARGET_UNKNOWN;
	report_sums_add(&sums, &fields, &subject);
	assert_true(sums.of[FIELD_RSS].unknown);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_mappings_of_all_parts),
		cmocka_unit_test(only_what_matches),
		cmocka_unit_test(sums_are_of_amounts),
	};

	return cmocka_run_group_tests_name("part", tests, NULL, NULL);
}
