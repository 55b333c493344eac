/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "model/history_code.h"
#include "model/history_ranges.h"
#include "random_space.h"

#define MOST 200

/* Each next list keeps most of the ranges, changes some, and some come and go. */
static size_t next_list(struct random *random, const struct residency_run *before, size_t count,
			struct residency_run *after)
{
	size_t kept = 0;
	uint64_t at = 0;

	for (size_t i = 0; i <= count; i++) {
		uint64_t end = i < count ? before[i].start : at + 100 * PAGE;

		if (random_below(random, 20) == 0 && end > at + 2 && kept < MOST) {
			after[kept].start = at + random_below(random, (end - at) / 2);
			after[kept].end =
				after[kept].start + 1 + random_below(random, (end - at) / 2);
			after[kept++].flags = (uint8_t)random_below(random, 8);
		}
		if (i == count || random_below(random, 20) == 0 || kept == MOST)
			continue;
		after[kept] = before[i];
		if (random_below(random, 20) == 0)
			after[kept].flags ^= 1;
		at = after[kept++].end;
	}
	return kept;
}

static void lists_come_back(void **state)
{
	struct residency_run lists[2][MOST];
	struct history_ranges ranges = {0};
	struct random random = {1};
	struct text out = {0};
	size_t count = 0;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct residency_run *now = lists[round % 2];
		struct history_cursor reader;

		count = round % 500 == 499 ? 0
					   : next_list(&random, lists[(round + 1) % 2], count, now);
		text_clear(&out);
		history_ranges_put(&out, &ranges, now, count);
		reader = (struct history_cursor){text_string(&out), text_string(&out) + out.length};
		history_ranges_apply(&ranges, &reader);
		assert_int_equal(ranges.count, count);
		assert_true(ranges.capacity >= count);
		for (size_t i = 0; i < count; i++) {
			assert_true(ranges.ranges[i].start == now[i].start);
			assert_true(ranges.ranges[i].end == now[i].end);
			assert_int_equal(ranges.ranges[i].flags, now[i].flags);
		}
		text_clear(&out);
		assert_int_equal(history_ranges_put(&out, &ranges, now, count), 0);
		assert_int_equal(out.length, 0);
	}
	history_ranges_finish(&ranges);
	text_finish(&out);
}

/* What a page more costs, among any number of ranges. */
static void a_change_takes_few_bytes(void **state)
{
	struct residency_run runs[MOST];
	struct history_ranges ranges = {0};
	struct text out = {0};
	struct history_cursor reader;

	(void)state;
	for (size_t i = 0; i < MOST; i++)
		runs[i] = (struct residency_run){(3 * i + 1) * PAGE, (3 * i + 2) * PAGE, 1};
	history_ranges_put(&out, &ranges, runs, MOST);
	assert_in_range(out.length, MOST, 3 * MOST + 10);
	reader = (struct history_cursor){text_string(&out), text_string(&out) + out.length};
	history_ranges_apply(&ranges, &reader);
	runs[100].end += PAGE;
	text_clear(&out);
	assert_int_equal(history_ranges_put(&out, &ranges, runs, MOST), 0);
	assert_in_range(out.length, 1, 8);
	text_finish(&out);
	history_ranges_finish(&ranges);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_come_back),
		cmocka_unit_test(a_change_takes_few_bytes),
	};

	return cmocka_run_group_tests_name("history_ranges", tests, NULL, NULL);
}
