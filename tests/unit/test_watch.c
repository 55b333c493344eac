/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "watched_process.h"

static void what_was_attached_to_is_taken_over(void **state)
{
	struct comparison_side *against = memory_alloc(sizeof(*against));
	struct timeline *timeline = memory_alloc(sizeof(*timeline));
	struct launch launch = {.output = (char *)"/tmp/out\033put"};
	struct attachment attachment = {.pid = 20712,
					.source = &source,
					.first = sample(0),
					.user = memory_copy_string("ann"),
					.timeline = timeline,
					.against = against};
	struct address_space *first = attachment.first, *other = sample(1);

	(void)state;
	timeline_init(timeline, 0, 1);
	*against = (struct comparison_side){.space = other};
	source.operations = &whole;
	assert_int_equal(watch_start(&watch, &live, &attachment, &launch), 0);
	assert_null(attachment.source);
	assert_null(attachment.first);
	assert_null(attachment.against);
	assert_null(attachment.user);
	assert_int_equal(attachment.pid, 0);
	assert_ptr_equal(sampler_plan.first, first);
	assert_int_equal(sampler_plan.interval_ns, 20);
	assert_true(sampler_plan.budget == 0.5);
	assert_int_equal(sampler_plan.intervals, 0);
	assert_ptr_equal(watch.session.now, first);
	assert_ptr_equal(watch.launch, &launch);
	assert_ptr_equal(watch.timeline, timeline);
	assert_ptr_equal(watch.probes.comparison.given.space, other);
	assert_ptr_equal(watch.probes.bytes.options, &live);
	assert_string_equal(watch.user, "ann");
	assert_false(watch.user_asked);
	assert_int_equal(watch.exit_descriptor, 81);
	assert_int_equal(watch.damage.length, 0);
	assert_false(watch.recorded);
	ui_watch(&stage.ui, &watch.session);
	assert_string_equal(tell().output, "/tmp/out\\x1bput");
	assert_string_equal(tell().user, "ann");
}

static void what_is_not_whole_is_known(void **state)
{
	struct attachment attachment = {.pid = 20712, .source = &source, .first = sample(0)};

	(void)state;
	source.operations = &damaged;
	assert_int_equal(watch_start(&watch, &copied, &attachment, NULL), 0);
	assert_string_equal(text_string(&watch.damage),
			    "/nonexistent/20712/maps seems to be truncated: its last line is "
			    "incomplete; mappings may be missing.");
	assert_true(watch.recorded);
	ui_watch(&stage.ui, &watch.session);
	/* When it was is not known. */
	assert_null(tell().clock);
	assert_true(tell().recorded);
	assert_false(tell().replayed);
	assert_null(tell().output);
	assert_null(tell().user);
}

static void without_a_thread_all_is_freed(void **state)
{
	struct attachment attachment = {.pid = 20712,
					.source = &source,
					.first = sample(0),
					.user = memory_copy_string("ann")};
	struct watch next;

	(void)state;
	source.operations = &damaged;
	sampler_error = -EAGAIN;
	assert_int_equal(watch_start(&next, &copied, &attachment, NULL), -EAGAIN);
	assert_int_equal(freed, 1);
	assert_null(attachment.source);
	assert_null(attachment.first);
	sampler_error = freed = 0;
	start(&live);
}

static void the_end_is_noted_once(void **state)
{
	struct watch_record opened = {.recorder = &recorder};

	(void)state;
	start(&live);
	watch_begin_record(&watch, &opened);
	check_asked("add 1 at 1792412467123000000\n");
	assert_int_equal(watch.exit_descriptor, 81);
	watch_take_exit(&watch, &stage.ui);
	assert_int_equal(watch.exit_descriptor, -1);
	assert_true(stage.ui.shown.ended);
	assert_true(watch.ended_ns > START);
	assert_int_equal(ui_take_request(&stage.ui).bits, UI_DRAW);
	check_asked("end 1\n");
	assert_string_equal(tell().banner, "The process has ended");
	assert_true(tell().ended);
	assert_true(tell().back_ns == watch.ended_ns - START);
	watch_take_exit(&watch, &stage.ui);
	come(NULL, -ESRCH);
	assert_int_equal(ui_take_request(&stage.ui).bits, 0);
	check_asked("");
}

static void a_sample_without_a_process_is_the_end(void **state)
{
	(void)state;
	start(&live);
	assert_null(tell().banner);
	come(NULL, -ESRCH);
	assert_string_equal(tell().banner, "The process has ended");
	check_asked("");
}

/* What the sampler was at when the process ended comes after that: the process lives no more. */
static void what_comes_after_the_end_is_not_shown(void **state)
{
	struct watch_record opened = {.recorder = &recorder};
	const struct address_space *last;

	(void)state;
	start(&live);
	watch_begin_record(&watch, &opened);
	last = watch.session.now;
	watch_take_exit(&watch, &stage.ui);
	text_clear(&asked);
	come(sample(1), 0);
	assert_ptr_equal(watch.session.now, last);
	come(NULL, -EACCES);
	assert_string_equal(tell().banner, "The process has ended");
	assert_true(tell().ended);
	check_asked("");
}

static void why_there_is_no_sample_is_told_until_there_is_one(void **state)
{
	struct watch_record opened = {.recorder = &recorder};

	(void)state;
	start(&live);
	watch_begin_record(&watch, &opened);
	text_clear(&asked);
	come(NULL, -EACCES);
	assert_string_equal(tell().banner, "It can no longer be read");
	assert_int_equal(ui_take_request(&stage.ui).bits, UI_DRAW);
	come(NULL, -EIO);
	assert_string_equal(tell().banner, "Input/output error");
	assert_false(tell().ended);
	check_asked("");
	come(sample(1), 0);
	assert_null(tell().banner);
	assert_true(watch.session.now->time_ns == START + SECOND);
	assert_int_equal(watch.session.latest.count, 1);
	assert_ptr_equal(stage.ui.shown.space, watch.session.now);
	check_asked("add 1 at 1792412468123000000\nusage 1 of 35 without pages\n");
}

static void pulses_are_news_while_they_are_shown(void **state)
{
	const struct series *size = &watch.session.size;

	(void)state;
	start(&live);
	sampler.pulse_ns = START;
	watch_take_sample(&watch, &stage.ui);
	assert_int_equal(ui_take_request(&stage.ui).news, 0);
	/* As many as are taken at once, and one more. */
	sampler.pulses = 257;
	watch_take_sample(&watch, &stage.ui);
	assert_int_equal(sampler.pulses, 0);
	assert_int_equal(ui_take_request(&stage.ui).news, PANE_NEWS_PULSE);
	assert_true(size->points[size->count - 1].time_ns == START + 257);
	sampler.pulses = 256;
	stage.ui.shown.paused = true;
	watch_take_sample(&watch, &stage.ui);
	assert_int_equal(sampler.pulses, 0);
	assert_int_equal(ui_take_request(&stage.ui).news, 0);
	stage.ui.shown.paused = false;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WATCHED(what_was_attached_to_is_taken_over),
		WATCHED(what_is_not_whole_is_known),
		WATCHED(without_a_thread_all_is_freed),
		WATCHED(the_end_is_noted_once),
		WATCHED(a_sample_without_a_process_is_the_end),
		WATCHED(what_comes_after_the_end_is_not_shown),
		WATCHED(why_there_is_no_sample_is_told_until_there_is_one),
		WATCHED(pulses_are_news_while_they_are_shown),
	};
	int failed;

	failed = cmocka_run_group_tests_name("watch", tests, NULL, NULL);
	text_finish(&asked);
	return failed;
}
