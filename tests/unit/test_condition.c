/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "model/address_space.h"
#include "record/condition.h"
#include "support/sample.h"

static bool holds(const char *words, const struct address_space *first,
		  const struct address_space *space)
{
	struct condition condition;

	assert_int_equal(condition_parse(words, &condition), 0);
	return condition_holds(&condition, first, space);
}

static void what_is_no_condition_is_refused(void **state)
{
	static const char *const wrong[] = {"",
					    "rss",
					    "rss>",
					    "rss<1G",
					    "rss>1Gx",
					    ">1G",
					    "rs>1G",
					    "maps>1G",
					    "maps>101%",
					    "maps>%",
					    "rss>80%",
					    " rss>1G",
					    "maps>4294967296",
					    "maps",
					    "mapsx>1",
					    "map>1",
					    "maps>1%%",
					    "rss> 1G",
					    "growth>-1",
					    "size>1.5"};
	struct condition condition = {.above = 5};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (condition_parse(wrong[i], &condition) != -EINVAL)
			fail_msg("taken: %s", wrong[i]);
	assert_int_equal(condition.above, 5);
}

static void it_holds_above(void **state)
{
	struct address_space *first = sample_python(), *space = sample_python_grown(1 << 20);

	(void)state;
	space->target.rss = UINT64_C(1) << 30;
	assert_false(holds("rss>1G", first, space));
	space->target.rss++;
	assert_true(holds("rss>1G", first, space));
	space->target.rss = TARGET_UNKNOWN;
	assert_false(holds("rss>1", first, space));
	assert_true(holds("growth>1023K", first, space));
	assert_false(holds("growth>1M", first, space));
	assert_false(holds("growth>0", space, first));
	assert_true(holds("size>1M", first, space));
	assert_false(holds("size>1T", first, space));
	assert_true(holds("maps>1", first, space));
	assert_false(holds("maps>1000000", first, space));
	space->target.limits.max_map_count = space->mappings;
	assert_true(holds("maps>99%", first, space));
	assert_false(holds("maps>100%", first, space));
	space->target.limits.max_map_count = TARGET_UNKNOWN;
	assert_false(holds("maps>0%", first, space));
	space->target.limits.max_map_count = TARGET_UNLIMITED;
	assert_false(holds("maps>0%", first, space));
	space->target.limits.max_map_count = TARGET_UNLIMITED - 1;
	assert_true(holds("maps>0%", first, space));
	/* Exactly as many, and as much, is not above. */
	space->mappings = 80;
	space->target.limits.max_map_count = 100;
	assert_false(holds("maps>80", first, space));
	assert_true(holds("maps>79", first, space));
	assert_false(holds("maps>80%", first, space));
	assert_true(holds("maps>79%", first, space));
	assert_true(holds("maps>0%", first, space));
	assert_false(holds("maps>4294967295", first, space));
	space->size = 8192;
	assert_false(holds("size>8K", first, space));
	assert_true(holds("size>4K", first, space));
	address_space_destroy(first);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_condition_is_refused),
		cmocka_unit_test(it_holds_above),
	};

	return cmocka_run_group_tests_name("condition", tests, NULL, NULL);
}
