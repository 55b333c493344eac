/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "model/address_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/trace.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

/* A stage on which a recording is played, at its sample 5 of 9. */
static void open_recording(struct stage *stage)
{
	struct address_space *space = sample_python();

	stage_open(stage, space, 120, 40, true);
	stage->ui.host.replay = true;
	stage->ui.host.play = (struct replay_state){.speed = 1,
						    .sample = 5,
						    .first = 1,
						    .last = 9,
						    .start_ns = stage->ui.shown.space->time_ns - 4,
						    .end_ns = stage->ui.shown.space->time_ns + 4};
}

static void check_wish(struct stage *stage, uint32_t key, enum replay_wish_type type)
{
	assert_true(stage_press(stage, KEYS(key)) & UI_WISH);
	assert_int_equal(stage->request.wish.type, type);
	assert_true(stage->request.wish.from_ns == stage->ui.shown.space->time_ns);
}

static void keys_go_through_a_recording(void **state)
{
	struct stage stage;

	(void)state;
	open_recording(&stage);
	check_wish(&stage, '.', REPLAY_NEXT);
	check_wish(&stage, ',', REPLAY_PREVIOUS);
	check_wish(&stage, '}', REPLAY_NEXT_EVENT);
	check_wish(&stage, '{', REPLAY_PREVIOUS_EVENT);
	check_wish(&stage, ')', REPLAY_NEXT_CHANGE);
	assert_true(stage.request.wish.start < stage.request.wish.end);
	check_wish(&stage, '(', REPLAY_PREVIOUS_CHANGE);
	check_wish(&stage, 'O', REPLAY_LIFE);
	stage_close(&stage);
}

static void what_is_of_processes_is_refused(void **state)
{
	struct stage stage;

	(void)state;
	open_recording(&stage);
	stage_press(&stage, KEYS('A'));
	assert_non_null(strstr(stage.ui.message.text, "no page faults"));
	assert_false(stage_press(&stage, KEYS('r')) & UI_RECORD);
	assert_non_null(strstr(stage.ui.message.text, "--export"));
	stage_close(&stage);
}

static void its_ends_are_told(void **state)
{
	struct stage stage;

	(void)state;
	open_recording(&stage);
	stage.ui.host.play.sample = 9;
	assert_false(stage_press(&stage, KEYS('.')) & UI_WISH);
	assert_non_null(strstr(stage.ui.message.text, "last sample of the recording"));
	stage.ui.host.play.start_ns = stage.ui.shown.space->time_ns;
	assert_false(stage_press(&stage, KEYS(',')) & UI_WISH);
	assert_non_null(strstr(stage.ui.message.text, "first sample of the recording"));
	stage.ui.host.play.first = stage.ui.host.play.last;
	stage_press(&stage, KEYS('.'));
	assert_non_null(strstr(stage.ui.message.text, "only this sample"));
	stage_press(&stage, KEYS(','));
	assert_non_null(strstr(stage.ui.message.text, "only this sample"));
	stage_close(&stage);
}

static void pause_holds_it(void **state)
{
	struct stage stage;

	(void)state;
	open_recording(&stage);
	assert_true(stage_press(&stage, KEYS(KEY_SPACE)) & UI_HOLD);
	assert_true(stage.request.held);
	assert_false(stage.ui.shown.paused);
	stage.ui.host.play.held = true;
	assert_true(stage_press(&stage, KEYS(KEY_SPACE)) & UI_HOLD);
	assert_false(stage.request.held);
	assert_true(stage_press(&stage, KEYS('L')) & UI_HOLD);
	assert_false(stage.request.held);
	stage_close(&stage);
}

static void speed_is_from_1_to_1000(void **state)
{
	struct stage stage;

	(void)state;
	open_recording(&stage);
	for (int i = 0; i < 9; i++) {
		assert_true(stage_press(&stage, KEYS('<')) & UI_SPEED);
		assert_true(stage.request.speed > stage.ui.host.play.speed);
		stage.ui.host.play.speed = stage.request.speed;
	}
	assert_int_equal(stage.ui.host.play.speed, REPLAY_SPEED_MAX);
	assert_false(stage_press(&stage, KEYS('<')) & UI_SPEED);
	for (int i = 0; i < 9; i++) {
		assert_true(stage_press(&stage, KEYS('>')) & UI_SPEED);
		stage.ui.host.play.speed = stage.request.speed;
	}
	assert_int_equal(stage.ui.host.play.speed, 1);
	assert_false(stage_press(&stage, KEYS('>')) & UI_SPEED);
	stage_close(&stage);
}

static void of_a_process_they_are_as_ever(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_false(stage_press(&stage, KEYS('}')) & UI_WISH);
	assert_non_null(strstr(stage.ui.message.text, "for recordings"));
	assert_false(stage_press(&stage, KEYS('O')) & UI_WISH);
	assert_false(stage_press(&stage, KEYS(KEY_SPACE)) & UI_HOLD);
	assert_true(stage.ui.shown.paused);
	stage.ui.host.interval_ns = 1000000000;
	assert_true(stage_press(&stage, KEYS('<')) & UI_INTERVAL);
	stage_close(&stage);
}

/* What each key asks for, or says, at the ends of a recording and at the ends of its speeds. */
static void each_state_has_its_answers(void **state)
{
	static const struct replay_state states[] = {
		{.speed = 1, .sample = 1, .first = 1, .last = 9},
		{.speed = 2, .sample = 9, .first = 1, .last = 9, .held = true},
		{.speed = REPLAY_SPEED_MAX, .sample = 5, .first = 1, .last = 9},
		{.speed = REPLAY_SPEED_MAX / 2 + 1, .sample = 5, .first = 1, .last = 9},
		{.speed = 1, .sample = 1, .first = 1, .last = 1},
	};
	struct trace trace;
	struct stage stage;

	(void)state;
	open_recording(&stage);
	stage_resize(&stage, 60, 14);
	trace_begin(&trace, &stage);
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		static const char *const keys[] = {",", ".", "}", "{",     ")", "(", "O",
						   "<", ">", "L", "Space", "r", "a"};

		for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
			stage.ui.host.play = states[i];
			trace_steps(&trace, keys[k]);
		}
	}
	stage.ui.host.play = states[0];
	/* A past moment is left for what is played. */
	stage_add(&stage, sample_python_grown(4096), 1);
	stage.ui.shown.paused = true;
	trace_steps(&trace, ". Space");
	stage_press(&stage, KEYS('g', '0', KEY_RETURN));
	stage_draw(&stage);
	trace_steps(&trace, ") ( O");
	trace_end(&trace, "play_commands_states");
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_go_through_a_recording),
		cmocka_unit_test(what_is_of_processes_is_refused),
		cmocka_unit_test(its_ends_are_told),
		cmocka_unit_test(pause_holds_it),
		cmocka_unit_test(speed_is_from_1_to_1000),
		cmocka_unit_test(of_a_process_they_are_as_ever),
		cmocka_unit_test(each_state_has_its_answers),
	};

	return cmocka_run_group_tests_name("play_commands", tests, NULL, NULL);
}
