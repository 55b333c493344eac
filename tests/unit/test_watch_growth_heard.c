/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>
#include <time.h>

#include "app/growth_words.h"
#include "app/options.h"
#include "app/watch_growth.h"
#include "base/text.h"
#include "growth/listener.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/growth_balance.h"
#include "sample_sites.h"
#include "support/sample.h"
#include "support/stage.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define SECOND_NS INT64_C(1000000000)
#define ASK_NS    (SECOND_NS / 4) /* between two samples that are asked for */

/* The listener of the test, in the place of growth/listener.c. */

struct listener {
	struct listener_news news;
	bool has_news;
};

static struct listener listener;
static int create_error;
static struct text asked; /* for what it was, a line each */

int listener_create(const struct procfs_options *options, struct listener **ret_listener)
{
	text_append_format(&asked, "create %s\n", options->root);
	if (create_error)
		return create_error;
	*ret_listener = &listener;
	return 0;
}

void listener_destroy(struct listener *destroyed)
{
	if (destroyed)
		text_append(&asked, "destroy\n");
}

void listener_start(struct listener *started, const struct address_space *space, bool from_start)
{
	(void)started;
	text_append_format(&asked, "start at %d%s\n", (int)space->target.pid,
			   from_start ? " from its start" : "");
}

void listener_renew(struct listener *renewed, const struct address_space *space)
{
	(void)renewed;
	text_append_format(&asked, "renew %d\n",
			   (int)(space->time_ns / SECOND_NS - INT64_C(1792412467)));
}

void listener_stop(struct listener *stopped)
{
	(void)stopped;
	text_append(&asked, "stop\n");
}

void listener_clear(struct listener *cleared)
{
	(void)cleared;
	text_append(&asked, "clear\n");
}

int listener_descriptor(const struct listener *described)
{
	return described == &listener ? 85 : -1;
}

bool listener_take(struct listener *taken, struct listener_news *ret_news)
{
	if (!taken->has_news)
		return false;
	*ret_news = taken->news;
	taken->has_news = false;
	return true;
}

static const struct options options = {.procfs = "/nonexistent"};
static struct watch_growth growth;
static struct stage stage;

static int open_stage(void **state)
{
	(void)state;
	create_error = 0;
	text_clear(&asked);
	listener = (struct listener){.has_news = false};
	growth = (struct watch_growth){.options = &options};
	stage_open(&stage, sample_python(), 80, 24, true);
	return 0;
}

static int close_stage(void **state)
{
	(void)state;
	stage_close(&stage);
	watch_growth_finish(&growth);
	assert_null(growth.sites);
	assert_null(growth.before);
	return 0;
}

static void check_asked(const char *expected)
{
	assert_string_equal(text_string(&asked), expected);
	text_clear(&asked);
}

/* The pane of call sites is open, so that it listens. */
static void listen(void)
{
	stage_press(&stage, KEYS('A'));
	watch_growth_look(&growth, &stage.ui);
	text_clear(&asked);
	ui_take_request(&stage.ui);
}

static void hear(struct listener_news news)
{
	listener.news = news;
	listener.has_news = true;
	watch_growth_take(&growth, &stage.ui);
	assert_false(listener.has_news);
}

/* What is said beside the sites. */
static void check_words(const char *words)
{
	assert_string_equal(stage.ui.shown.sites_words, words);
}

static void it_listens_while_the_screen_wants_it(void **state)
{
	(void)state;
	watch_growth_look(&growth, &stage.ui);
	check_asked("");
	assert_int_equal(watch_growth_descriptor(&growth), -1);
	stage_press(&stage, KEYS('A'));
	watch_growth_look(&growth, &stage.ui);
	check_asked("create /nonexistent\nstart at 20712\n");
	assert_int_equal(watch_growth_descriptor(&growth), 85);
	check_words("Listening begins …");
	assert_null(stage.ui.shown.sites);
	watch_growth_look(&growth, &stage.ui);
	check_asked("");
	stage_press(&stage, KEYS('A'));
	watch_growth_look(&growth, &stage.ui);
	check_asked("stop\n");
	watch_growth_look(&growth, &stage.ui);
	check_asked("");
	/* The thread is there already. */
	stage_press(&stage, KEYS('A'));
	watch_growth_look(&growth, &stage.ui);
	check_asked("start at 20712\n");
}

static void without_a_thread_it_does_not(void **state)
{
	(void)state;
	create_error = -EAGAIN;
	stage_press(&stage, KEYS('A'));
	watch_growth_look(&growth, &stage.ui);
	check_asked("create /nonexistent\n");
	assert_false(growth.listening);
	watch_growth_look(&growth, &stage.ui);
	check_asked("create /nonexistent\n");
}

static void samples_and_baselines_are_handed_on(void **state)
{
	(void)state;
	listen();
	stage_add(&stage, sample_python_grown(4096), 1);
	watch_growth_look(&growth, &stage.ui);
	check_asked("renew 1\n");
	watch_growth_look(&growth, &stage.ui);
	check_asked("");
	stage_press(&stage, KEYS('m'));
	watch_growth_look(&growth, &stage.ui);
	check_asked("clear\n");
	assert_true(growth.before->time_ns == stage.session.now->time_ns);
	watch_growth_look(&growth, &stage.ui);
	check_asked("");
}

static void another_process_is_listened_to_from_then_on(void **state)
{
	struct address_space *other = sample_python_grown(4096);

	(void)state;
	listen();
	hear((struct listener_news){.sites = sample_sites_create()});
	assert_non_null(stage.ui.shown.sites);
	/* One with the same number. */
	other->target.start_ticks++;
	stage_add(&stage, other, 1);
	watch_growth_look(&growth, &stage.ui);
	check_asked("stop\nstart at 20712\n");
	assert_null(stage.ui.shown.sites);
	check_words("Listening begins …");
	other = sample_python_grown(8192);
	other->target.start_ticks++;
	other->target.pid++;
	stage_add(&stage, other, 2);
	watch_growth_look(&growth, &stage.ui);
	check_asked("stop\nstart at 20713\n");
}

/* What beside the sites is said of those of the sample. */
static void expect_balance(struct text *text, const struct call_sites *sites)
{
	struct growth_balance balance;

	growth_balance_make(&balance, growth.before, stage.session.now, sites->bytes);
	growth_words_append_lacks(text, &sites->listening);
	growth_words_append_balance(text, &balance, stage.ui.glyphs->unknown);
	for (size_t i = 0; i < text->length; i++)
		if (text->bytes[i] == '\n')
			text->bytes[i] = ' ';
}

static void what_was_heard_is_shown_with_what_it_lacks(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct text words = {0};

	(void)state;
	listen();
	stage_add(&stage, sample_python_grown(4096), 1);
	hear((struct listener_news){.sites = sites});
	assert_ptr_equal(stage.ui.shown.sites, sites);
	assert_ptr_equal(growth.sites, sites);
	expect_balance(&words, sites);
	assert_non_null(strstr(text_string(&words), "Mapped 4.0K, unmapped 0; "));
	check_words(text_string(&words));
	assert_int_equal(stage.ui.request.bits & UI_SAMPLE, 0);
	/* What comes when nothing is wanted any more is dropped. */
	stage_press(&stage, KEYS('A'));
	watch_growth_look(&growth, &stage.ui);
	hear((struct listener_news){.sites = sample_sites_create()});
	assert_null(stage.ui.shown.sites);
	text_finish(&words);
}

static void another_program_counts_from_its_begin(void **state)
{
	struct address_space *other = sample_python_grown(4096);

	(void)state;
	listen();
	other->target.start_stack += 4096;
	stage_add(&stage, other, 1);
	assert_true(growth.before->time_ns != stage.session.now->time_ns);
	hear((struct listener_news){.sites = sample_sites_create()});
	assert_true(growth.before->time_ns == stage.session.now->time_ns);
}

static void why_nothing_is_heard_is_said(void **state)
{
	(void)state;
	listen();
	hear((struct listener_news){.error = -EMFILE});
	check_words(
		"cannot listen to the page faults of process 20712: too many files are open for "
		"an event of each thread and processor; raise ulimit -n. d shows what grew, "
		"without whose code.");
	assert_null(stage.ui.shown.sites);
}

/* Whether a sample is asked for, when the last time was so long ago. */
static bool asks(int64_t ago_ns, struct call_sites *sites)
{
	growth.asked_ns = clock_ns(CLOCK_MONOTONIC) - ago_ns;
	ui_take_request(&stage.ui);
	hear((struct listener_news){.wants_space = true, .sites = sites});
	return ui_take_request(&stage.ui).bits & UI_SAMPLE;
}

static void a_fresher_sample_is_asked_for_now_and_then(void **state)
{
	(void)state;
	listen();
	assert_true(asks(ASK_NS, NULL));
	/* It was, just now. */
	assert_true(clock_ns(CLOCK_MONOTONIC) - growth.asked_ns < 60 * SECOND_NS);
	assert_false(asks(-60 * SECOND_NS, NULL));
	assert_true(asks(ASK_NS, sample_sites_create()));
	assert_false(asks(-60 * SECOND_NS, sample_sites_create()));
	stage.ui.shown.paused = true;
	assert_false(asks(ASK_NS, NULL));
	stage.ui.shown.paused = false;
	stage_press(&stage, KEYS('A'));
	watch_growth_look(&growth, &stage.ui);
	assert_false(asks(ASK_NS, NULL));
	assert_false(asks(ASK_NS, sample_sites_create()));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_listens_while_the_screen_wants_it, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(without_a_thread_it_does_not, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(samples_and_baselines_are_handed_on, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(another_process_is_listened_to_from_then_on,
						open_stage, close_stage),
		cmocka_unit_test_setup_teardown(what_was_heard_is_shown_with_what_it_lacks,
						open_stage, close_stage),
		cmocka_unit_test_setup_teardown(another_program_counts_from_its_begin, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(why_nothing_is_heard_is_said, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(a_fresher_sample_is_asked_for_now_and_then,
						open_stage, close_stage),
	};
	int failed = cmocka_run_group_tests_name("watch_growth_heard", tests, NULL, NULL);

	text_finish(&asked);
	return failed;
}
