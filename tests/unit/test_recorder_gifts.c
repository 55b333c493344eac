/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/address_space.h"
#include "record/recorder_gifts.h"
#include "support/sample.h"

static struct recorder_gift *sample_at(int64_t time_ns)
{
	struct recorder_gift *gift = recorder_gift_make(GIFT_SAMPLE);

	gift->space = sample_python();
	gift->space->time_ns = time_ns;
	return gift;
}

static void they_come_in_their_order(void **state)
{
	struct recorder_gifts gifts = {0};
	struct recorder_gift *gift;

	(void)state;
	assert_null(recorder_gifts_take(&gifts));
	recorder_gifts_append(&gifts, sample_at(1));
	recorder_gifts_append(&gifts, recorder_gift_make(GIFT_END));
	assert_int_equal(gifts.bytes, 2 * sizeof(*gift));
	gift = recorder_gifts_take(&gifts);
	assert_int_equal(gift->type, GIFT_SAMPLE);
	recorder_gift_free(gift);
	recorder_gifts_append(&gifts, sample_at(2));
	gift = recorder_gifts_take(&gifts);
	assert_int_equal(gift->type, GIFT_END);
	recorder_gift_free(gift);
	recorder_gifts_drop(&gifts);
	assert_null(recorder_gifts_take(&gifts));
	assert_int_equal(gifts.bytes, 0);
}

static void the_last_minutes_are_kept(void **state)
{
	struct recorder_gifts gifts = {0};

	(void)state;
	for (int i = 0; i < 10; i++) {
		recorder_gifts_keep(&gifts, sample_at(i), 3, UINT64_MAX);
		recorder_gifts_keep(&gifts, recorder_gift_make(GIFT_USAGE), 3, UINT64_MAX);
	}
	assert_int_equal(gifts.first->space->time_ns, 6);
	assert_int_equal(gifts.bytes, 8 * sizeof(*gifts.first));
	/* What belongs to a sample goes with it. */
	recorder_gifts_keep(&gifts, sample_at(10), 100, 3 * sizeof(*gifts.first));
	assert_int_equal(gifts.first->type, GIFT_SAMPLE);
	assert_int_equal(gifts.first->space->time_ns, 9);
	recorder_gifts_drop(&gifts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_come_in_their_order),
		cmocka_unit_test(the_last_minutes_are_kept),
	};

	return cmocka_run_group_tests_name("recorder_gifts", tests, NULL, NULL);
}
