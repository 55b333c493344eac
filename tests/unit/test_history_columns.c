/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/text.h"
#include "model/history_code.h"
#include "model/history_columns.h"
#include "model/usage_list.h"
#include "random_space.h"

#define UNKNOWN UINT64_MAX

static void assert_same_list(const struct usage_list *a, const struct usage_list *b)
{
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i += USAGE_DIFFERENCES)
		assert_true(usage_list_differences(a, b, i) == 0);
}

/* Turns the list into the other one by what is written; returns how many bytes that took. */
static size_t turn(struct usage_list *list, const struct usage_list *to)
{
	struct text out = {0};
	bool any = history_columns_put(&out, list, to);
	struct history_cursor reader = {text_string(&out), text_string(&out) + out.length};
	const size_t bytes = out.length;

	assert_int_equal(any, bytes != 0);
	history_columns_apply(list, &reader);
	assert_ptr_equal(reader.at, reader.end);
	assert_same_list(list, to);
	text_finish(&out);
	return bytes;
}

static struct usage known(uint64_t rss)
{
	struct usage usage = usage_unknown();

	usage.rss = rss;
	usage.swap = 0;
	return usage;
}

static void what_is_equal_takes_nothing(void **state)
{
	struct usage_list one, other, none = {0};
	const struct usage usage = known(8192);

	(void)state;
	usage_list_init(&one, 200);
	usage_list_init(&other, 200);
	assert_int_equal(turn(&one, &other), 0);
	usage_list_set(&one, 150, &usage);
	usage_list_set(&other, 150, &usage);
	assert_int_equal(turn(&one, &other), 0);
	assert_int_equal(turn(&none, &none), 0);
	usage_list_finish(&one);
	usage_list_finish(&other);
}

/* A block of length 3 or 4: the field, how many are as before, the distance, and of how many. */
static void what_changes_alike_is_written_once(void **state)
{
	struct usage_list one, other;
	struct usage usage = known(0);

	(void)state;
	usage_list_init(&one, 100);
	usage_list_init(&other, 100);
	usage_list_fill(&other, USAGE_FIELD(swap), 0, 100, 0);
	assert_int_equal(turn(&one, &other), 5);
	/* One of them, the last. */
	usage_list_set(&other, 99, &usage);
	assert_int_equal(turn(&one, &other), 1 + 1 + 2 + 1);
	/* Two neighbours, and one that changes otherwise. */
	usage_list_fill(&other, USAGE_FIELD(rss), 10, 2, 4096);
	usage_list_fill(&other, USAGE_FIELD(rss), 12, 1, 8192);
	assert_int_equal(turn(&one, &other), 1 + 1 + 3 + 2);
	/* From different values to one. */
	usage_list_fill(&other, USAGE_FIELD(rss), 10, 3, 12288);
	assert_int_equal(turn(&one, &other), 1 + 1 + 3 + 2);
	/* Back to unknown. */
	usage_list_fill(&other, USAGE_FIELD(rss), 10, 3, UNKNOWN);
	turn(&one, &other);
	usage_list_finish(&one);
	usage_list_finish(&other);
}

static uint64_t random_value(struct random *random, size_t field)
{
	switch (random_below(random, 6)) {
	case 0: return UNKNOWN;
	case 1: return 0;
	case 2: return random_next(random) & ~(UINT64_C(1) << 63); /* not of 32 bits */
	default: return field < USAGE_AMOUNTS ? random_below(random, 4) * 4096 : 7;
	}
}

static void any_list_turns_into_any_other(void **state)
{
	struct random random = {5};

	(void)state;
	for (int round = 0; round < 200; round++) {
		const size_t count = 1 + random_below(&random, 300);
		struct usage_list list, next;

		usage_list_init(&list, count);
		usage_list_init(&next, count);
		for (int step = 0; step < 6; step++) {
			for (unsigned n = random_below(&random, 8); n > 0; n--) {
				const size_t at = random_below(&random, count);
				const size_t field = random_below(&random, USAGE_FIELDS);
				const size_t most = count - at;

				usage_list_fill(&next, field, at, 1 + random_below(&random, most),
						random_value(&random, field));
			}
			turn(&list, &next);
			usage_list_trim(&list);
			assert_same_list(&list, &next);
		}
		usage_list_finish(&list);
		usage_list_finish(&next);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_equal_takes_nothing),
		cmocka_unit_test(what_changes_alike_is_written_once),
		cmocka_unit_test(any_list_turns_into_any_other),
	};

	return cmocka_run_group_tests_name("history_columns", tests, NULL, NULL);
}
