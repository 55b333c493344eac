/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "app/replay_link.h"
#include "app/watch.h"
#include "app/watch_replay.h"
#include "model/address_space.h"
#include "model/timeline.h"
#include "sampler_script.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/ui.h"

#define START  INT64_C(1792412467123000000) /* of the sample */
#define SECOND INT64_C(1000000000)

static void requests_reach_the_recording(void **state)
{
	const struct replay_state start = {.speed = 1, .sample = 2, .first = 1, .last = 3};
	struct replay_link *link = replay_link_create(&start);
	struct watch watch = {.scan = {.replay = link}};
	struct ui_host host = {.replay = false};

	(void)state;
	watch_replay_tell(&watch, &host);
	assert_true(host.replay);
	assert_int_equal(host.play.sample, 2);
	assert_false(host.play.held);
	watch_replay_act(&watch, NULL, 1, &(struct ui_request){.bits = UI_HOLD, .held = true});
	watch_replay_tell(&watch, &host);
	assert_true(host.play.held);
	watch_replay_act(&watch, NULL, 1, &(struct ui_request){.bits = UI_DRAW, .held = false});
	watch_replay_tell(&watch, &host);
	assert_true(host.play.held);
	replay_link_release(link);
	replay_link_release(link);
}

static void of_a_process_nothing_is_done(void **state)
{
	struct watch watch = {.options = NULL};
	struct ui_host host = {.replay = true};

	(void)state;
	watch_replay_act(&watch, NULL, 1,
			 &(struct ui_request){.bits = UI_HOLD | UI_WISH | UI_SPEED});
	watch_replay_tell(&watch, &host);
	assert_false(host.replay);
}

/* A recording of a minute, at its begin, on a stage. */
static const struct replay_state minute = {
	.speed = 1, .start_ns = START, .end_ns = START + 60 * SECOND};

struct played {
	struct stage stage;
	struct watch watch;
	struct replay_link *link;
};

static void open_played(struct played *played)
{
	*played = (struct played){.link = replay_link_create(&minute)};
	sampler = (struct sampler){0};
	stage_open(&played->stage, sample_python(), 80, 24, true);
	played->watch.scan.replay = played->link;
	played->watch.sampler = &sampler;
	watch_replay_tell(&played->watch, &played->stage.ui.host);
	ui_take_request(&played->stage.ui);
}

static void close_played(struct played *played)
{
	stage_close(&played->stage);
	replay_link_release(played->link);
	replay_link_release(played->link);
}

static void act(struct played *played, struct ui_request request)
{
	watch_replay_act(&played->watch, &played->stage.ui, (uint64_t)SECOND, &request);
}

static void a_wish_is_for_the_next_sample(void **state)
{
	struct played played;
	struct replay_wish wish;

	(void)state;
	open_played(&played);
	act(&played,
	    (struct ui_request){.bits = UI_WISH, .wish = {.type = REPLAY_TIME, .time_ns = 77}});
	assert_int_equal(sampler.asked, 1);
	(void)replay_link_take_wish(played.link, &wish);
	assert_int_equal(wish.type, REPLAY_TIME);
	assert_true(wish.time_ns == 77);
	close_played(&played);
}

static void check_speed(struct played *played, unsigned speed, uint64_t interval_ns,
			uint64_t expected_ns)
{
	const struct ui_request request = {.bits = UI_SPEED, .speed = speed};

	watch_replay_act(&played->watch, &played->stage.ui, interval_ns, &request);
	assert_int_equal(replay_link_state(played->link).speed, speed);
	assert_int_equal(sampler.interval_ns, expected_ns);
}

/* A tenth of a second is between two samples, at most, when it is played faster. */
static void the_speed_is_that_of_the_sampler(void **state)
{
	struct played played;

	(void)state;
	open_played(&played);
	check_speed(&played, 2, (uint64_t)SECOND, 100000000);
	check_speed(&played, 1, (uint64_t)SECOND, (uint64_t)SECOND);
	check_speed(&played, 8, 100000001, 100000000);
	check_speed(&played, 8, 100000000, 100000000);
	check_speed(&played, 8, 99999999, 99999999);
	assert_int_equal(sampler.asked, 0);
	close_played(&played);
}

static void a_time_is_gone_to_or_it_is_said_what_one_is(void **state)
{
	struct played played;
	struct replay_wish wish;

	(void)state;
	open_played(&played);
	strcpy(played.stage.ui.line.prompt.text, "noon");
	act(&played, (struct ui_request){.bits = UI_TIME});
	assert_string_equal(
		played.stage.ui.message.text,
		"This is not a time; type one as in 10:41:07, +90s (after the begin) or "
		"-5m (before the end).");
	assert_int_equal(ui_take_request(&played.stage.ui).bits, UI_DRAW);
	assert_int_equal(sampler.asked, 0);
	strcpy(played.stage.ui.line.prompt.text, "-5s");
	/* As it is where an earlier moment is looked at. */
	played.stage.ui.host.replay = false;
	stage_press(&played.stage, (const uint32_t[]){' ', 0});
	assert_true(played.stage.ui.shown.paused);
	act(&played, (struct ui_request){.bits = UI_TIME});
	assert_false(played.stage.ui.shown.paused);
	assert_int_equal(sampler.asked, 1);
	(void)replay_link_take_wish(played.link, &wish);
	assert_int_equal(wish.type, REPLAY_TIME);
	assert_true(wish.time_ns == START + 55 * SECOND);
	assert_true(wish.from_ns == START);
	close_played(&played);
}

static void all_of_it_is_told(void **state)
{
	struct timeline timeline = {0};
	struct watch watch = {.timeline = &timeline};
	struct ui_host host = {.replay = true};

	(void)state;
	watch_replay_tell(&watch, &host);
	assert_ptr_equal(host.timeline, &timeline);
	assert_false(host.replay);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_reach_the_recording),
		cmocka_unit_test(of_a_process_nothing_is_done),
		cmocka_unit_test(a_wish_is_for_the_next_sample),
		cmocka_unit_test(the_speed_is_that_of_the_sampler),
		cmocka_unit_test(a_time_is_gone_to_or_it_is_said_what_one_is),
		cmocka_unit_test(all_of_it_is_told),
	};

	return cmocka_run_group_tests_name("watch_replay", tests, NULL, NULL);
}
