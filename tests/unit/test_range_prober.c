/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernel/avoid.h"
#include "kernel/procfs_options.h"
#include "own_pages.h"
#include "residency/range_prober.h"

#define PATIENCE 20000 /* milliseconds */
#define HUGE     (UINT64_C(1) << 40)

struct asked {
	struct range_prober *prober;
	struct range_answer answer; /* large, so that it is here */
};

static int set_up_with(void **state, unsigned avoid)
{
	const struct procfs_options options = {.root = "/proc", .avoid = avoid};
	struct asked *asked = calloc(1, sizeof(*asked));

	*state = asked;
	return asked ? range_prober_create(&options, &asked->prober) : -1;
}

static int set_up(void **state)
{
	return set_up_with(state, 0);
}

static int set_up_without_pagemap(void **state)
{
	return set_up_with(state, AVOID_PAGEMAP);
}

static int tear_down(void **state)
{
	struct asked *asked = *state;

	range_prober_destroy(asked->prober);
	free(asked);
	return 0;
}

static struct range_question question_of(uint64_t start, uint64_t size, int64_t time_ns)
{
	return (struct range_question){.place = {.pid = getpid(),
						 .start = start,
						 .end = start + size,
						 .page_size = page_size(),
						 .anonymous = true},
				       .time_ns = time_ns};
}

/* Asks, also for what is left, until all of it was walked. */
static void ask(struct asked *asked, const struct range_question *question)
{
	struct pollfd wait = {.fd = range_prober_descriptor(asked->prober), .events = POLLIN};

	do {
		range_prober_ask(asked->prober, question);
		assert_int_equal(poll(&wait, 1, PATIENCE), 1);
		assert_true(range_prober_take(asked->prober, &asked->answer));
	} while (asked->answer.more);
}

static uint64_t resident(const struct asked *asked)
{
	const struct page_pieces *pieces = &asked->answer.pieces;
	struct page_sums sums = page_pieces_between(pieces, pieces->start, pieces->end);

	assert_true(page_pieces_complete(pieces));
	return page_sums_resident(&sums);
}

static void a_range_is_walked(void **state)
{
	struct asked *asked = *state;
	char *pages = map_pages(FIRST_WRITTEN);
	struct range_question question = question_of((uintptr_t)pages, PAGES * page_size(), 1);

	close(open_pagemap());
	ask(asked, &question);
	assert_int_equal(asked->answer.error, 0);
	assert_int_equal(asked->answer.time_ns, 1);
	assert_int_equal(resident(asked), 3 * page_size());
	/* What changed since comes with the next question. */
	pages[10 * page_size()] = 1;
	question.time_ns = 2;
	ask(asked, &question);
	assert_int_equal(asked->answer.time_ns, 2);
	assert_int_equal(resident(asked), 4 * page_size());
	munmap(pages, PAGES * page_size());
}

static void another_range_is_another_walk(void **state)
{
	struct asked *asked = *state;
	char *pages = map_pages(FIRST_WRITTEN);
	struct range_question all = question_of((uintptr_t)pages, PAGES * page_size(), 1);
	struct range_question second = question_of((uintptr_t)pages + page_size(), page_size(), 1);

	close(open_pagemap());
	ask(asked, &all);
	ask(asked, &second);
	assert_true(asked->answer.place.start == second.place.start);
	assert_int_equal(resident(asked), page_size());
	/* One that begins where the other does, and ends elsewhere. */
	second.place.end += page_size();
	ask(asked, &second);
	assert_true(asked->answer.place.end == second.place.end);
	assert_int_equal(resident(asked), 2 * page_size());
	assert_true(asked->answer.pieces.end == second.place.end);
	munmap(pages, PAGES * page_size());
}

static void why_nothing_is_known_is_the_answer(void **state)
{
	struct asked *asked = *state;
	struct range_question question = question_of(page_size(), page_size(), 1);

	ask(asked, &question);
	assert_int_equal(asked->answer.error, -ENOENT);
	assert_int_equal(asked->answer.pieces.count, 0);
}

static void a_question_that_waits_ends_with_the_thread(void **state)
{
	struct asked *asked = *state;
	struct range_question question = question_of(page_size(), HUGE, 1);

	for (int i = 0; i < 100; i++)
		range_prober_ask(asked->prober, &question);
}

static void a_range_is_walked_in_one_go(void **state)
{
	const struct procfs_options options = {.root = "/proc"},
				    none = {.root = "/proc", .avoid = AVOID_PAGEMAP};
	struct asked *asked = *state;
	char *pages = map_pages(FIRST_WRITTEN);
	struct range_question question = question_of((uintptr_t)pages, PAGES * page_size(), 1);

	close(open_pagemap());
	assert_int_equal(range_prober_walk(&options, &question.place, &asked->answer.pieces), 0);
	assert_int_equal(resident(asked), 3 * page_size());
	assert_int_equal(range_prober_walk(&none, &question.place, &asked->answer.pieces), -ENOENT);
	munmap(pages, PAGES * page_size());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_range_is_walked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(another_range_is_another_walk, set_up, tear_down),
		cmocka_unit_test_setup_teardown(why_nothing_is_known_is_the_answer,
						set_up_without_pagemap, tear_down),
		cmocka_unit_test_setup_teardown(a_question_that_waits_ends_with_the_thread, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_range_is_walked_in_one_go, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("range_prober", tests, NULL, NULL);
}
