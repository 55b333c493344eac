/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "app/replay_link.h"
#include "lock_count.h"

static void what_was_in_memory_is_taken_once(void **state)
{
	const struct replay_state start = {.speed = 1, .sample = 3, .first = 1, .last = 9};
	struct replay_link *link = replay_link_create(&start);
	struct kept_usage kept = {0};

	(void)state;
	assert_false(replay_link_take_usage(link, 0, &kept));
	replay_link_publish(link, 4, 40, &(struct kept_usage){0});
	assert_false(replay_link_take_usage(link, 39, &kept));
	assert_true(replay_link_take_usage(link, 40, &kept));
	assert_false(replay_link_take_usage(link, 40, &kept));
	assert_int_equal(replay_link_state(link).sample, 4);
	assert_int_equal(replay_link_state(link).last, 9);
	replay_link_release(link);
	/* The other side has it still. */
	assert_int_equal(replay_link_state(link).first, 1);
	replay_link_release(link);
	replay_link_release(NULL);
}

static void wishes_hold_it_and_questions_do_not(void **state)
{
	const struct replay_state start = {.speed = 1};
	struct replay_link *link = replay_link_create(&start);
	struct replay_wish wish = {.type = REPLAY_LIFE, .start = 7};

	(void)state;
	assert_false(replay_link_state(link).held);
	replay_link_wish(link, &wish);
	assert_false(replay_link_take_wish(link, &wish).held);
	assert_int_equal(wish.type, REPLAY_LIFE);
	assert_int_equal(wish.start, 7);
	wish.type = REPLAY_NEXT;
	replay_link_wish(link, &wish);
	assert_true(replay_link_take_wish(link, &wish).held);
	assert_int_equal(wish.type, REPLAY_NEXT);
	replay_link_take_wish(link, &wish);
	assert_int_equal(wish.type, REPLAY_NOTHING);
	replay_link_set_held(link, false);
	replay_link_set_speed(link, 50);
	assert_false(replay_link_state(link).held);
	assert_int_equal(replay_link_state(link).speed, 50);
	replay_link_release(link);
	replay_link_release(link);
}

static void words_are_told_once(void **state)
{
	struct replay_link *link = replay_link_create(&(const struct replay_state){.speed = 1});
	char *words;

	(void)state;
	assert_null(replay_link_take_words(link));
	replay_link_say(link, "One.");
	replay_link_say(link, "Two.");
	words = replay_link_take_words(link);
	assert_string_equal(words, "Two.");
	free(words);
	assert_null(replay_link_take_words(link));
	replay_link_say(link, "Left.");
	replay_link_release(link);
	replay_link_release(link);
}

/* Whatever one side asks, it holds the lock meanwhile and lets it go. */
static void each_call_takes_the_lock_once(void **state)
{
	struct replay_link *link = replay_link_create(&(const struct replay_state){.speed = 1});
	const struct kept_usage nothing = {0};
	struct replay_wish wish = {.type = REPLAY_NEXT};
	struct kept_usage kept;

	(void)state;
	LOCKS_ONCE(replay_link_wish(link, &wish));
	LOCKS_ONCE(replay_link_set_held(link, true));
	LOCKS_ONCE(replay_link_set_speed(link, 2));
	LOCKS_ONCE(replay_link_state(link));
	LOCKS_ONCE(replay_link_take_usage(link, 40, &kept));
	LOCKS_ONCE(replay_link_take_words(link));
	LOCKS_ONCE(replay_link_take_wish(link, &wish));
	LOCKS_ONCE(replay_link_publish(link, 4, 40, &nothing));
	LOCKS_ONCE(replay_link_take_usage(link, 40, &kept));
	LOCKS_ONCE(replay_link_say(link, "One."));
	LOCKS_ONCE(replay_link_release(link));
	assert_int_equal(locks_made, 1);
	LOCKS_ONCE(replay_link_release(link));
	assert_int_equal(locks_made, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_in_memory_is_taken_once),
		cmocka_unit_test(wishes_hold_it_and_questions_do_not),
		cmocka_unit_test(words_are_told_once),
		cmocka_unit_test(each_call_takes_the_lock_once),
	};

	return cmocka_run_group_tests_name("replay_link", tests, NULL, NULL);
}
