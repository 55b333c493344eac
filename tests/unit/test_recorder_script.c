/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "writer_script.h"

/* Which calls of a writer the recorder makes of what it is given, and what it says of each error.
 */

static void what_is_given_is_written_in_order(void **state)
{
	struct recorder *recorder;

	(void)state;
	reset();
	recorder = create(NULL, MEMORY);
	assert_int_equal(recorder_wait(recorder).state, RECORDER_WRITING);
	give_all(recorder);
	finish(recorder, RECORDER_CLOSED, 0, true,
	       "create /r\nsample of 1\nusage 0, residency 0\nbaseline 2\nnote 3: words\nend 4\n"
	       "close\n");
	assert_int_equal(recorder_destroy(NULL).state, RECORDER_CLOSED);
}

/* Of the first that fails the error is reported, what follows is not written, and it is closed. */
static void the_first_error_ends_it(void **state)
{
	static const struct {
		const char *failing;
		const char *calls;
	} cases[] = {
		{"sample", "create /r\nsample of 1\nclose\n"},
		{"usage", "create /r\nsample of 1\nusage 0, residency 0\nclose\n"},
		{"baseline", "create /r\nsample of 1\nusage 0, residency 0\nbaseline 2\nclose\n"},
		{"note", "create /r\nsample of 1\nusage 0, residency 0\nbaseline 2\n"
			 "note 3: words\nclose\n"},
		{"end", "create /r\nsample of 1\nusage 0, residency 0\nbaseline 2\n"
			"note 3: words\nend 4\nclose\n"},
		{"close", "create /r\nsample of 1\nusage 0, residency 0\nbaseline 2\n"
			  "note 3: words\nend 4\nclose\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct recorder *recorder;

		reset();
		script.failing = cases[i].failing;
		script.error = -ENOSPC;
		recorder = create(NULL, MEMORY);
		give_all(recorder);
		finish(recorder, RECORDER_FAILED, -ENOSPC, true, cases[i].calls);
	}
}

static void without_a_file_nothing_begins(void **state)
{
	struct recorder *recorder;
	struct recorder_news news;

	(void)state;
	reset();
	script.failing = "create";
	script.error = -EROFS;
	recorder = create(NULL, MEMORY);
	news = recorder_wait(recorder);
	while (news.state == RECORDER_OPENING)
		news = recorder_wait(recorder);
	assert_int_equal(news.state, RECORDER_FAILED);
	add(recorder, 1, 1); /* what is given then is not counted as dropped */
	assert_int_equal(recorder_take(recorder).dropped, 0);
	finish(recorder, RECORDER_FAILED, -EROFS, false, "create /r\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_given_is_written_in_order),
		cmocka_unit_test(the_first_error_ends_it),
		cmocka_unit_test(without_a_file_nothing_begins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
