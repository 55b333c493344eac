/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include "app/replay_link.h"
#include "app/still_source.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "sampler/source.h"
#include "support/sample.h"

static void the_moment_comes_once(void **state)
{
	struct address_space *made = sample_python(), *read = NULL;
	int64_t time_ns = made->time_ns;
	struct kept_usage usage = {0}, taken;
	struct replay_link *link;
	struct source *source;

	(void)state;
	usage_table_init(&usage.table, made, NULL, NULL, 0);
	usage.known = true;
	source = still_source_create_linked(made, &usage, &link);
	assert_false(usage.known);
	assert_true(replay_link_state(link).held);
	assert_int_equal(replay_link_state(link).start_ns, time_ns);
	assert_int_equal(replay_link_state(link).end_ns, time_ns);
	assert_int_equal(replay_link_state(link).speed, 1);
	assert_int_equal(source_exit_descriptor(source), -1);
	assert_int_equal(source_read(source, &read), 0);
	assert_true(address_space_same_list(read, made));
	address_space_destroy(read);
	assert_true(replay_link_take_usage(link, time_ns, &taken));
	assert_true(taken.known);
	/* It is the first and the last, and what is kept is given away once. */
	assert_int_equal(replay_link_state(link).first, 0);
	assert_int_equal(replay_link_state(link).sample, 0);
	assert_int_equal(replay_link_state(link).last, 0);
	assert_null(replay_link_take_words(link));
	kept_usage_finish(&taken);
	assert_int_equal(source_read(source, &read), -EAGAIN);
	source_destroy(source);
	replay_link_release(link);
}

static void a_wish_is_answered_in_words(void **state)
{
	const struct replay_wish wish = {.type = REPLAY_NEXT};
	struct address_space *read;
	struct kept_usage usage = {0};
	struct replay_link *link;
	struct source *source;
	char *words;

	(void)state;
	source = still_source_create_linked(sample_python(), &usage, &link);
	/* Before the first sample there is nothing to say. */
	replay_link_wish(link, &wish);
	assert_int_equal(source_read(source, &read), 0);
	address_space_destroy(read);
	assert_null(replay_link_take_words(link));
	assert_int_equal(source_read(source, &read), -EAGAIN);
	replay_link_wish(link, &wish);
	assert_int_equal(source_read(source, &read), 0);
	address_space_destroy(read);
	words = replay_link_take_words(link);
	assert_string_equal(words, "There is only this sample.");
	free(words);
	assert_int_equal(source_read(source, &read), -EAGAIN);
	source_destroy(source);
	replay_link_release(link);
}

static void without_a_link_there_is_only_the_moment(void **state)
{
	struct address_space *made = sample_python(), *read;
	struct source *source = still_source_create(made);

	(void)state;
	assert_int_equal(source_read(source, &read), 0);
	assert_true(address_space_same_list(read, made));
	address_space_destroy(read);
	assert_int_equal(source_read(source, &read), -EAGAIN);
	source_destroy(source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_moment_comes_once),
		cmocka_unit_test(a_wish_is_answered_in_words),
		cmocka_unit_test(without_a_link_there_is_only_the_moment),
	};

	return cmocka_run_group_tests_name("still source", tests, NULL, NULL);
}
