/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "model/replay.h"
#include "record/recording.h"
#include "record/recording_steps.h"
#include "recording_made.h"

#define HEAP UINT64_C(0x55b5f7c8d000) /* of sample_python() */

static struct recording *open_made(struct recording_place *place)
{
	struct recording *recording;

	*place = recording_made();
	assert_int_equal(recording_open(place->path, &recording), 0);
	return recording;
}

static int64_t step(struct recording *recording, int64_t from, enum replay_wish_type type,
		    uint64_t start)
{
	const struct replay_wish wish = {.type = type, .start = start, .end = start + 4096};
	int64_t sample;
	int error = recording_step(recording, from, &wish, &sample);

	if (error)
		assert_int_equal(error, -ENOENT);
	return error ? 0 : sample;
}

/* The heap grows in each sample but the first. */
static void one_goes_from_sample_to_sample(void **state)
{
	struct recording_place place;
	struct recording *recording;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	recording = open_made(&place);
	assert_int_equal(step(recording, 3, REPLAY_NEXT, 0), 4);
	assert_int_equal(step(recording, 3, REPLAY_PREVIOUS, 0), 2);
	assert_int_equal(step(recording, 2, REPLAY_PREVIOUS, 0), 1);
	assert_int_equal(step(recording, 1, REPLAY_PREVIOUS, 0), 0);
	assert_int_equal(step(recording, RECORDING_MADE_SAMPLES - 1, REPLAY_NEXT, 0),
			 RECORDING_MADE_SAMPLES);
	assert_int_equal(step(recording, RECORDING_MADE_SAMPLES, REPLAY_NEXT, 0), 0);
	assert_int_equal(step(recording, 5, REPLAY_NEXT_EVENT, 0), 6);
	assert_int_equal(step(recording, 5, REPLAY_PREVIOUS_EVENT, 0), 4);
	assert_int_equal(step(recording, 2, REPLAY_PREVIOUS_EVENT, 0), 0);
	assert_int_equal(step(recording, RECORDING_MADE_SAMPLES, REPLAY_NEXT_EVENT, 0), 0);
	assert_int_equal(step(recording, 5, REPLAY_NEXT_CHANGE, HEAP), 6);
	assert_int_equal(step(recording, 5, REPLAY_PREVIOUS_CHANGE, HEAP), 4);
	assert_int_equal(step(recording, 2, REPLAY_PREVIOUS_CHANGE, HEAP), 0);
	assert_int_equal(step(recording, RECORDING_MADE_SAMPLES, REPLAY_NEXT_CHANGE, HEAP), 0);
	/* Nothing happens there. */
	assert_int_equal(step(recording, 5, REPLAY_NEXT_CHANGE, 0x1000), 0);
	assert_int_equal(recording_step(recording, 1, &(struct replay_wish){.type = REPLAY_LIFE},
					&(int64_t){0}),
			 -EINVAL);
	recording_close(recording);
	recording_place_remove(&place);
}

static void a_time_is_a_sample(void **state)
{
	struct replay_wish wish = {.type = REPLAY_TIME};
	struct recording_place place;
	struct recording *recording;
	int64_t sample;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	recording = open_made(&place);
	assert_int_equal(recording_step(recording, 9, &wish, &sample), 0);
	assert_int_equal(sample, 1);
	wish.time_ns = RECORDING_MADE_START + 5 * RECORDING_MADE_SECOND + 1;
	assert_int_equal(recording_step(recording, 9, &wish, &sample), 0);
	assert_int_equal(sample, 6);
	wish.time_ns = INT64_MAX;
	assert_int_equal(recording_step(recording, 9, &wish, &sample), 0);
	assert_int_equal(sample, RECORDING_MADE_SAMPLES);
	recording_close(recording);
	recording_place_remove(&place);
}

static void the_life_of_a_mapping_is_known(void **state)
{
	struct vma vma = {.start = HEAP, .end = HEAP + 4096, .name = "[heap]"};
	struct recording_place place;
	struct recording *recording;
	struct recording_life life;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	recording = open_made(&place);
	assert_int_equal(recording_life(recording, 4, &vma, &life), 0);
	assert_true(life.appeared_ns == RECORDING_MADE_START);
	assert_true(life.largest_ns == life.last_ns);
	assert_true(life.last_ns ==
		    RECORDING_MADE_START + (RECORDING_MADE_SAMPLES - 1) * RECORDING_MADE_SECOND);
	vma.name = "[stack]";
	assert_int_equal(recording_life(recording, 4, &vma, &life), -ENOENT);
	recording_close(recording);
	recording_place_remove(&place);
}

/* A mapping that comes, goes, and comes again is two. */
static void what_came_again_is_another_one(void **state)
{
	struct recording_place place = recording_place_make();
	const struct recording_plan plan = {.path = place.path};
	struct vma vma = {.start = HEAP, .end = HEAP + 4096, .name = "[heap]"};
	struct recording_writer *writer;
	struct recording_life life;
	struct recording *recording;

	(void)state;
	if (!recording_place_is_possible()) {
		recording_place_remove(&place);
		skip();
	}
	assert_int_equal(recording_writer_create(&plan, &writer), 0);
	for (int i = 1; i <= 8; i++) {
		bool there = i != 3 && i != 4 && i != 7;
		struct address_space *space = there ? sample_python_grown(i == 2 ? 8192 : 0)
						    : sample_python_without(HEAP);

		space->time_ns = i * RECORDING_MADE_SECOND;
		assert_int_equal(recording_writer_add(writer, space), 0);
		address_space_destroy(space);
	}
	assert_int_equal(recording_writer_close(writer), 0);
	assert_int_equal(recording_open(place.path, &recording), 0);
	assert_int_equal(recording_life(recording, 1, &vma, &life), 0);
	assert_true(life.appeared_ns == 1 * RECORDING_MADE_SECOND);
	assert_true(life.largest_ns == 2 * RECORDING_MADE_SECOND);
	assert_true(life.last_ns == 2 * RECORDING_MADE_SECOND);
	assert_int_equal(recording_life(recording, 6, &vma, &life), 0);
	assert_true(life.appeared_ns == 5 * RECORDING_MADE_SECOND);
	assert_true(life.largest_ns == 5 * RECORDING_MADE_SECOND);
	assert_true(life.last_ns == 6 * RECORDING_MADE_SECOND);
	/* A sample without it is enough. */
	assert_int_equal(recording_life(recording, 8, &vma, &life), 0);
	assert_true(life.appeared_ns == 8 * RECORDING_MADE_SECOND);
	assert_true(life.last_ns == 8 * RECORDING_MADE_SECOND);
	life.largest = 7;
	for (int64_t gone = 3; gone <= 9; gone += gone == 4 ? 3 : gone == 7 ? 2 : 1)
		assert_int_equal(recording_life(recording, gone, &vma, &life), -ENOENT);
	assert_int_equal(life.largest, 7);
	recording_close(recording);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_goes_from_sample_to_sample),
		cmocka_unit_test(a_time_is_a_sample),
		cmocka_unit_test(the_life_of_a_mapping_is_known),
		cmocka_unit_test(what_came_again_is_another_one),
	};

	return cmocka_run_group_tests_name("recording_steps", tests, NULL, NULL);
}
