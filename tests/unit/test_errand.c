/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "files/errand.h"

static void queues_keep_the_order(void **state)
{
	struct errand_queue queue = {0};
	struct errand *first, *second;
	struct text request = {0};

	(void)state;
	text_append(&request, "which");
	first = errand_make(NULL, &request, false);
	second = errand_make(NULL, &request, true);
	text_finish(&request);
	assert_string_equal(text_string(&first->request), "which");
	assert_int_equal(first->state, ERRAND_WAITING);
	assert_null(errand_pop(&queue));
	errand_push(&queue, first);
	errand_push(&queue, second);
	assert_ptr_equal(errand_pop(&queue), first);
	errand_push(&queue, first);
	assert_ptr_equal(errand_pop(&queue), second);
	assert_ptr_equal(errand_pop(&queue), first);
	assert_null(errand_pop(&queue));
	errand_settle(first, ERRAND_DONE);
	errand_settle(second, ERRAND_FAILED);
	errand_drop(first);
	errand_drop(second);
	errand_drop(NULL);
}

/* That nothing is lost and nothing freed twice, a sanitizer sees. */
static void one_that_was_dropped_goes_when_it_is_settled(void **state)
{
	const struct text request = {0};
	struct errand_queue queue = {0};
	struct errand *kept = errand_make(NULL, &request, false);
	struct errand *dropped = errand_make(NULL, &request, false);

	(void)state;
	errand_push(&queue, kept);
	errand_push(&queue, dropped);
	errand_drop(dropped);
	text_append(&dropped->reply, "too late");
	errand_settle_all(&queue, ERRAND_STALLED);
	assert_null(errand_pop(&queue));
	assert_int_equal(kept->state, ERRAND_STALLED);
	text_append(&kept->reply, "nothing");
	errand_drop(kept);
}

static void a_reply_is_taken_if_it_is_of_the_size(void **state)
{
	static const enum errand_state others[] = {ERRAND_WAITING, ERRAND_ASKED, ERRAND_STALLED,
						   ERRAND_FAILED};
	struct errand errand = {.state = ERRAND_DONE};
	char reply[5] = "....";

	(void)state;
	text_append(&errand.reply, "abc");
	assert_false(errand_take_reply(&errand, reply, 2));
	assert_false(errand_take_reply(&errand, reply, 4));
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		errand.state = others[i];
		assert_false(errand_take_reply(&errand, reply, 3));
	}
	assert_string_equal(reply, "....");
	errand.state = ERRAND_DONE;
	assert_true(errand_take_reply(&errand, reply, 3));
	assert_string_equal(reply, "abc.");
	text_finish(&errand.reply);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reply_is_taken_if_it_is_of_the_size),
		cmocka_unit_test(queues_keep_the_order),
		cmocka_unit_test(one_that_was_dropped_goes_when_it_is_settled),
	};

	return cmocka_run_group_tests_name("errand", tests, NULL, NULL);
}
