/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "model/process.h"
#include "model/target.h"
#include "sampler/lister.h"

#define MILLISECOND UINT64_C(1000000)

static struct process_list *wait_for_list(struct lister *lister)
{
	struct pollfd descriptor = {.fd = lister_descriptor(lister), .events = POLLIN};
	struct process_list *list = NULL;
	int error = -EINVAL;

	assert_int_equal(poll(&descriptor, 1, 30000), 1);
	assert_true(lister_take(lister, &list, &error));
	assert_int_equal(error, 0);
	assert_non_null(process_list_find(list, getppid()));
	return list;
}

static void lists_come_again_and_again(void **state)
{
	struct process_list *list, *untouched = NULL;
	struct lister *lister;
	int error = -EINVAL;

	(void)state;
	assert_int_equal(lister_create(MILLISECOND, &lister), 0);
	for (int i = 0; i < 3; i++) {
		list = wait_for_list(lister);
		process_list_destroy(list);
	}
	lister_destroy(lister);
	/* Far away is the next one: what was taken is not there any more. */
	assert_int_equal(lister_create(3600000 * MILLISECOND, &lister), 0);
	list = wait_for_list(lister);
	assert_false(lister_take(lister, &untouched, &error));
	assert_null(untouched);
	assert_int_equal(error, -EINVAL);
	process_list_destroy(list);
	lister_destroy(lister);
	lister_destroy(NULL);
}

/* Far away is the next list, but the first that is wanted brings one. */
static void what_is_wanted_is_counted(void **state)
{
	const int32_t wanted = (int32_t)getppid();
	struct process_list *list;
	struct lister *lister;

	(void)state;
	assert_int_equal(lister_create(3600000 * MILLISECOND, &lister), 0);
	list = wait_for_list(lister);
	assert_true(process_list_find(list, wanted)->mappings == TARGET_UNKNOWN);
	process_list_destroy(list);
	lister_want(lister, NULL, 0);
	lister_want(lister, &wanted, 1);
	list = wait_for_list(lister);
	assert_in_range(process_list_find(list, wanted)->mappings, 5, 100000);
	process_list_destroy(list);
	lister_destroy(lister);
}

static void it_can_pause(void **state)
{
	struct process_list *list = NULL;
	struct lister *lister;
	int error;

	(void)state;
	assert_int_equal(lister_create(3600000 * MILLISECOND, &lister), 0);
	process_list_destroy(wait_for_list(lister));
	for (int i = 0; i < 3; i++) {
		lister_pause(lister, true);
		assert_false(lister_take(lister, &list, &error));
		/* Not an hour later, but at once. */
		lister_pause(lister, false);
		process_list_destroy(wait_for_list(lister));
	}
	lister_destroy(lister);
}

static void it_can_end_at_any_time(void **state)
{
	struct lister *lister;

	(void)state;
	for (int i = 0; i < 10; i++) {
		assert_int_equal(lister_create(MILLISECOND, &lister), 0);
		lister_destroy(lister);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_come_again_and_again),
		cmocka_unit_test(what_is_wanted_is_counted),
		cmocka_unit_test(it_can_pause),
		cmocka_unit_test(it_can_end_at_any_time),
	};

	return cmocka_run_group_tests_name("lister", tests, NULL, NULL);
}
