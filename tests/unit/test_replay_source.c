/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/replay_link.h"
#include "app/replay_source.h"
#include "model/pulse.h"
#include "record/recording.h"
#include "recording_made.h"
#include "sampler/source.h"

#define HEAP UINT64_C(0x55b5f7c8d000) /* of sample_python() */

struct player {
	struct recording_place place;
	struct source *source;
	struct replay_link *link;
};

static struct player open_at(int64_t sample)
{
	struct player player = {.place = recording_made()};
	struct recording *recording;

	assert_int_equal(recording_open(player.place.path, &recording), 0);
	assert_int_equal(replay_source_create(recording, sample, &player.source, &player.link), 0);
	return player;
}

static void close_player(struct player *player)
{
	source_destroy(player->source);
	replay_link_release(player->link);
	recording_place_remove(&player->place);
}

/* The number of the sample that comes, from 1; 0: none does. */
static int64_t read_one(const struct player *player)
{
	struct address_space *space;
	int error = source_read(player->source, &space);
	int64_t sample;

	if (error) {
		assert_int_equal(error, -EAGAIN);
		return 0;
	}
	sample = (space->time_ns - RECORDING_MADE_START) / RECORDING_MADE_SECOND + 1;
	assert_int_equal(replay_link_state(player->link).sample, sample);
	address_space_destroy(space);
	return sample;
}

static int64_t wish(const struct player *player, enum replay_wish_type type, int64_t from)
{
	const struct replay_wish wish = {.type = type,
					 .start = HEAP,
					 .end = HEAP + 4096,
					 .from_ns = RECORDING_MADE_START +
						    (from - 1) * RECORDING_MADE_SECOND};

	replay_link_wish(player->link, &wish);
	return read_one(player);
}

static void check_words(const struct player *player, const char *part)
{
	char *words = replay_link_take_words(player->link);

	assert_non_null(words);
	assert_non_null(strstr(words, part));
	free(words);
}

static void samples_come_one_after_the_other(void **state)
{
	struct player player;
	struct kept_usage kept;
	struct pulse pulse;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	player = open_at(3);
	assert_int_equal(source_pulse(player.source, &pulse), -ENOTSUP);
	assert_int_equal(source_exit_descriptor(player.source), -1);
	for (int i = 3; i <= RECORDING_MADE_SAMPLES; i++) {
		assert_null(replay_link_take_words(player.link));
		assert_int_equal(read_one(&player), i);
		assert_true(replay_link_take_usage(
			player.link, RECORDING_MADE_START + (i - 1) * RECORDING_MADE_SECOND,
			&kept));
		kept_usage_finish(&kept);
	}
	check_words(&player, "last sample");
	assert_int_equal(read_one(&player), 0);
	assert_null(replay_link_take_words(player.link));
	close_player(&player);
}

static void it_is_held_but_for_wishes(void **state)
{
	struct player player;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	player = open_at(1);
	/* The first sample comes in any case: there is nothing to show else. */
	replay_link_set_held(player.link, true);
	assert_int_equal(read_one(&player), 1);
	assert_int_equal(read_one(&player), 0);
	assert_int_equal(wish(&player, REPLAY_NEXT, 1), 2);
	assert_int_equal(read_one(&player), 0);
	assert_int_equal(wish(&player, REPLAY_NEXT_EVENT, 7), 8);
	assert_int_equal(wish(&player, REPLAY_PREVIOUS_CHANGE, 8), 7);
	assert_int_equal(wish(&player, REPLAY_PREVIOUS, 7), 6);
	replay_link_set_held(player.link, false);
	assert_int_equal(read_one(&player), 7);
	close_player(&player);
}

static void what_cannot_be_is_said(void **state)
{
	struct player player;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	player = open_at(1);
	assert_int_equal(read_one(&player), 1);
	/* The same sample comes again, with the words. */
	assert_int_equal(wish(&player, REPLAY_PREVIOUS, 1), 1);
	check_words(&player, "first sample");
	assert_int_equal(wish(&player, REPLAY_NEXT_EVENT, RECORDING_MADE_SAMPLES), 1);
	check_words(&player, "Nothing changes after");
	close_player(&player);
}

static void a_question_is_answered(void **state)
{
	struct player player;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	player = open_at(2);
	assert_int_equal(read_one(&player), 2);
	assert_int_equal(wish(&player, REPLAY_LIFE, 2), 2);
	check_words(&player, "[heap] appeared ");
	/* It plays on. */
	assert_int_equal(read_one(&player), 3);
	close_player(&player);
}

/* At a high speed time decides which sample is next. */
static void speed_passes_samples_over(void **state)
{
	struct player player;
	struct timespec pause = {0, 20000000};
	int64_t sample;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	player = open_at(1);
	replay_link_set_speed(player.link, REPLAY_SPEED_MAX);
	assert_int_equal(read_one(&player), 1);
	nanosleep(&pause, NULL);
	/* 20 ms are 20 s of it, which lasts 12. */
	sample = read_one(&player);
	assert_int_equal(sample, RECORDING_MADE_SAMPLES);
	close_player(&player);
}

/* Either side may be freed first. */
static void the_link_outlives_the_source(void **state)
{
	struct player player;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	player = open_at(1);
	source_destroy(player.source);
	assert_int_equal(replay_link_state(player.link).sample, 1);
	replay_link_release(player.link);
	recording_place_remove(&player.place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_come_one_after_the_other),
		cmocka_unit_test(it_is_held_but_for_wishes),
		cmocka_unit_test(what_cannot_be_is_said),
		cmocka_unit_test(a_question_is_answered),
		cmocka_unit_test(speed_passes_samples_over),
		cmocka_unit_test(the_link_outlives_the_source),
	};

	return cmocka_run_group_tests_name("replay_source", tests, NULL, NULL);
}
