/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "watched_process.h"

/* At times that the test says: the sampler is at work since 1000 s. */
static void a_sample_is_overdue_after_three_intervals(void **state)
{
	const int64_t since = 1000 * SECOND;

	(void)state;
	start(&live);
	stage.ui.host.interval_ns = (uint64_t)SECOND;
	assert_int_equal(watch_check(&watch, &stage.ui, since), since + 3 * SECOND);
	assert_false(watch.stale);
	sampler.busy_since = since;
	assert_int_equal(watch_check(&watch, &stage.ui, since + 1), since + 3 * SECOND);
	assert_int_equal(watch_check(&watch, &stage.ui, since + 3 * SECOND - 1),
			 since + 3 * SECOND);
	assert_false(watch.stale);
	assert_int_equal(ui_take_request(&stage.ui).bits, 0);
	assert_null(tell().stale);
	assert_int_equal(watch_check(&watch, &stage.ui, since + 3 * SECOND), since + 6 * SECOND);
	assert_true(watch.stale);
	assert_int_equal(ui_take_request(&stage.ui).bits, UI_DRAW);
	assert_string_equal(tell().stale, "12:21:07");
	assert_string_equal(tell().banner, "Waiting for the kernel");
	watch_check(&watch, &stage.ui, since + 4 * SECOND);
	assert_int_equal(ui_take_request(&stage.ui).bits, 0);
	stage.ui.shown.paused = true;
	assert_null(tell().stale);
	stage.ui.shown.paused = false;
	sampler.busy_since = 0;
	watch_check(&watch, &stage.ui, since + 5 * SECOND);
	assert_false(watch.stale);
	assert_int_equal(ui_take_request(&stage.ui).bits, UI_DRAW);
}

static void a_sample_is_overdue_after_a_second_at_least(void **state)
{
	(void)state;
	start(&copied);
	stage.ui.host.interval_ns = (uint64_t)SECOND / 3;
	sampler.busy_since = 5;
	assert_int_equal(watch_check(&watch, &stage.ui, SECOND + 4), SECOND + 5);
	assert_false(watch.stale);
	assert_int_equal(watch_check(&watch, &stage.ui, SECOND + 5), 2 * SECOND + 5);
	assert_true(watch.stale);
	assert_string_equal(tell().banner, "Waiting for the files of the procfs");
	watch_take_exit(&watch, &stage.ui);
	assert_null(tell().stale);
	assert_string_equal(tell().banner, "The process has ended");
}

static void what_is_played_may_go_back(void **state)
{
	const struct replay_state begin = {.speed = 3};

	(void)state;
	link = replay_link_create(&begin);
	start(&copied);
	assert_true(watch.user_asked);
	stage.ui.host.play.speed = 3;
	come(sample(5), 0);
	assert_true(watch.session.now->time_ns == START + 5 * SECOND);
	assert_true(watch.session.start_ns == START);
	assert_true(tell().replayed);
	assert_int_equal(tell().speed, 3);
	assert_string_equal(tell().clock, "12:21:12");
	assert_false(tell().paused);
	stage.ui.host.play.held = true;
	assert_true(tell().paused);
	/* The same once more, for what is to be said. */
	replay_link_say(link, "Words.");
	ui_take_request(&stage.ui);
	come(sample(5), 0);
	assert_string_equal(stage.ui.message.text, "Words.");
	assert_int_equal(watch.session.latest.count, 1);
	assert_true(watch.session.start_ns == START);
	/* Before that: the history begins again, at that time. */
	replay_link_say(link, "Before.");
	watch.probes.history.asking = true;
	come(sample(2), 0);
	/* It may begin as the one before: what was asked of that is not waited for. */
	assert_false(watch.probes.history.asking);
	assert_string_equal(stage.ui.message.text, "Before.");
	assert_true(watch.session.now->time_ns == START + 2 * SECOND);
	assert_true(watch.session.start_ns == START + 2 * SECOND);
	assert_ptr_equal(stage.ui.shown.space, watch.session.now);
	come(NULL, -EBADMSG);
	assert_string_equal(tell().banner, "The recording is damaged");
	replay_link_release(link);
}

static void the_header_has_what_is_known(void **state)
{
	struct options own = live;
	struct watch_record opened = {.recorder = &recorder};

	(void)state;
	own.no_sandbox = true;
	start(&own);
	stage.ui.host.interval_ns = 4;
	assert_true(tell().unconfined);
	assert_int_equal(tell().interval_ns, 4);
	assert_int_equal(tell().coverage.level, COVERAGE_CODE);
	assert_int_equal(tell().coverage.seen_ns, 5);
	assert_int_equal(tell().coverage.rest_ns, 7);
	assert_string_equal(tell().clock, "12:21:07");
	assert_string_equal(tell().baseline, "12:21:07");
	assert_ptr_equal(tell().local_time, target_local_time);
	assert_false(tell().earlier || tell().paused || tell().recording || tell().replayed);
	assert_int_equal(tell().back_ns, 0);
	watch_begin_record(&watch, &opened);
	assert_true(tell().recording);
	watch.record.waiting = true;
	assert_false(tell().recording);
	come(sample(1), 0);
	assert_string_equal(tell().clock, "12:21:08");
	assert_string_equal(tell().baseline, "12:21:07");
	stage.ui.shown.paused = true;
	assert_true(tell().paused);
	stage.ui.shown.paused = false;
}

static void the_user_is_asked_for_once(void **state)
{
	(void)state;
	start(&live);
	assert_false(watch.user_asked);
	/* No user has that number. */
	watch_name_user(&watch, &stage.ui);
	assert_true(watch.user_asked);
	assert_null(watch.user);
	assert_int_equal(ui_take_request(&stage.ui).bits, 0);
	watch.session.now->target.uid = 0;
	watch_name_user(&watch, &stage.ui);
	assert_null(watch.user);
	watch.user_asked = false;
	watch_name_user(&watch, &stage.ui);
	assert_string_equal(watch.user, "root");
	assert_int_equal(ui_take_request(&stage.ui).bits, UI_DRAW);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WATCHED(a_sample_is_overdue_after_three_intervals),
		WATCHED(a_sample_is_overdue_after_a_second_at_least),
		WATCHED(what_is_played_may_go_back),
		WATCHED(the_header_has_what_is_known),
		WATCHED(the_user_is_asked_for_once),
	};
	int failed;

	setenv("TZ", "UTC", 1);
	failed = cmocka_run_group_tests_name("watch_status", tests, NULL, NULL);
	text_finish(&asked);
	return failed;
}
