/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/replay_link.h"
#include "app/watch.h"
#include "app/watch_replay.h"
#include "ui/ui.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_reach_the_recording),
		cmocka_unit_test(of_a_process_nothing_is_done),
	};

	return cmocka_run_group_tests_name("watch_replay", tests, NULL, NULL);
}
