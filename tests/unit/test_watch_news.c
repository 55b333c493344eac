/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "watched_process.h"

#include <locale.h>

#include "app/waits.h"
#include "model/change.h"
#include "screen/key.h"
#include "ui/command/time_commands.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define MANY      (WATCH_NEWS_VMAS + 10)

static struct address_space *many(size_t more, int seconds)
{
	struct address_space *space = sample_large(MANY + more);

	space->time_ns = START + seconds * SECOND;
	space->target.uid = NO_USER;
	return space;
}

static const struct options roomy = {.procfs = "/proc", .history = 1 << 26};

/* Very many mappings are on the screen. */
static void start_many(void)
{
	struct attachment attachment = {.pid = 20712, .source = &source, .first = many(0, 0)};

	source.operations = &whole;
	assert_int_equal(watch_start(&watch, &roomy, &attachment, NULL), 0);
	watch_begin_record(&watch, &(struct watch_record){.recorder = &recorder});
	ui_watch(&stage.ui, &watch.session);
	ui_layout(&stage.ui);
	text_clear(&asked);
}

static int descriptor(enum wait wait)
{
	int descriptors[WAIT_COUNT];

	watch_descriptors(&watch, descriptors);
	return descriptors[wait];
}

static void take(void)
{
	/* The user may have gone elsewhere meanwhile: then some of it is made a second time. */
	for (int i = 0; i < 2 && watch.news.busy; i++) {
		watch_news_wait(&watch.news);
		watch_take_news(&watch, &stage.ui);
	}
	assert_false(watch.news.busy);
	ui_layout(&stage.ui);
}

static void a_few_mappings_need_no_thread(void **state)
{
	(void)state;
	start(&live);
	assert_int_equal(descriptor(WAIT_SAMPLE), 79);
	come(sample(1), 0);
	watch_take_scan(&watch, &stage.ui);
	watch_news_wait(&watch.news);
	watch_take_news(&watch, &stage.ui);
	assert_null(watch.news.answerer);
	assert_int_equal(descriptor(WAIT_NEWS), -1);
	assert_int_equal(watch.session.latest.count, 1);
	/* Not even when they become very many. */
	come(many(0, 2), 0);
	assert_null(watch.news.answerer);
	come(many(1, 3), 0);
	assert_true(watch.news.busy);
	take();
	assert_int_equal(watch.session.now->vma_count, MANY + 1);
	come(sample(4), 0);
	assert_false(watch.news.busy);
}

static void a_thread_makes_what_takes_long(void **state)
{
	const struct shown *shown = &stage.ui.shown;
	const struct address_space *first, *next;
	struct address_space *space = many(3, 1);

	(void)state;
	start_many();
	first = watch.session.now;
	next = space;
	come(NULL, -EIO);
	assert_non_null(tell().banner);
	come(space, 0);
	assert_true(watch.news.busy);
	assert_true(descriptor(WAIT_NEWS) >= 0);
	assert_int_equal(descriptor(WAIT_SAMPLE), -1);
	assert_int_equal(descriptor(WAIT_SURVEY), -1);
	/* Until it is made all is as before, but that the history is elsewhere. */
	assert_ptr_equal(watch.session.now, first);
	assert_ptr_equal(shown->space, first);
	assert_null(watch.session.history);
	assert_int_equal(session_first_moment(&watch.session), 0);
	assert_int_equal(session_end_moment(&watch.session), 1);
	check_asked("");
	/* What comes meanwhile waits. */
	sampler.next = (struct sample){.space = many(4, 2)};
	sampler.has_next = true;
	watch_take_sample(&watch, &stage.ui);
	watch_take_scan(&watch, &stage.ui);
	assert_true(sampler.has_next);
	take();
	assert_ptr_equal(watch.session.now, next);
	assert_ptr_equal(shown->space, next);
	assert_null(tell().banner);
	assert_false(watch.session.same);
	assert_true(watch.session.latest.count > 0);
	assert_int_equal(session_end_moment(&watch.session), 2);
	assert_int_equal(history_end(watch.session.history), 2);
	assert_int_equal(shown->regions.count, shown->all.count);
	assert_ptr_equal(shown->growth.spaces[IDENTITY_NOW], next);
	check_asked("add 1 at 1792412468123000000\nusage 1 of 32781 without pages\n");
	assert_int_equal(descriptor(WAIT_SAMPLE), 79);
	watch_take_sample(&watch, &stage.ui);
	assert_false(sampler.has_next);
	take();
	assert_int_equal(watch.session.now->vma_count, MANY + 4);
}

static void the_same_list_takes_no_table(void **state)
{
	const struct address_space *first;
	const struct diagram *diagram;

	(void)state;
	start_many();
	first = watch.session.now;
	diagram = stage.ui.shown.picture.diagram;
	come(address_space_again(first, &first->target, START + SECOND, 5), 0);
	assert_true(watch.news.busy);
	take();
	assert_true(watch.session.same);
	assert_ptr_equal(watch.session.now, first);
	assert_true(first->time_ns == START + SECOND);
	assert_int_equal(history_end(watch.session.history), 2);
	assert_int_equal(watch.session.latest.count, 0);
	assert_ptr_equal(stage.ui.shown.picture.diagram, diagram);
	check_asked("add 1 at 1792412468123000000\n");
}

static void another_program_is_its_own_baseline(void **state)
{
	struct address_space *space = many(0, 1);

	(void)state;
	start_many();
	space->target.start_stack += 4096;
	come(space, 0);
	take();
	assert_true(change_list_has_exec(&watch.session.latest));
	assert_int_equal(watch.session.latest.count, 1);
	assert_true(address_space_same_list(watch.session.baseline, watch.session.now));
	assert_ptr_equal(stage.ui.shown.growth.spaces[IDENTITY_BEFORE], watch.session.baseline);
	assert_false(stage.ui.shown.growth.other_program);
	assert_string_equal(stage.ui.message.text, "Another program runs in the process now.");
}

/* Keys that are about the history, while that is elsewhere. */
static void a_step_back_waits_for_the_history(void **state)
{
	uint64_t wanted;

	(void)state;
	start_many();
	come(many(1, 1), 0);
	take();
	come(many(2, 2), 0);
	watch_history_look(&watch.probes.history, &stage.ui);
	stage_press(&stage, KEYS(','));
	assert_true(stage.ui.shown.paused);
	assert_int_equal(stage.ui.shown.moment, 1);
	assert_true(time_commands_want(&stage.ui, &wanted));
	assert_int_equal(wanted, 0);
	watch_history_look(&watch.probes.history, &stage.ui);
	assert_false(watch.probes.history.asking);
	take();
	assert_int_equal(stage.ui.shown.space->vma_count, MANY + 1);
	watch_history_look(&watch.probes.history, &stage.ui);
	assert_true(watch.probes.history.asking);
}

static void a_baseline_set_meanwhile_counts(void **state)
{
	(void)state;
	start_many();
	come(many(1, 1), 0);
	take();
	come(many(2, 2), 0);
	stage_press(&stage, KEYS('m'));
	watch_news_wait(&watch.news);
	watch_take_news(&watch, &stage.ui);
	assert_true(watch.news.busy);
	assert_int_equal(watch.session.now->vma_count, MANY + 1);
	/* Once is enough: what was set since then is found here. */
	stage_press(&stage, KEYS('+'));
	take();
	assert_int_equal(watch.session.now->vma_count, MANY + 2);
	assert_int_equal(watch.session.baseline->vma_count, MANY + 1);
	assert_ptr_equal(stage.ui.shown.growth.spaces[IDENTITY_BEFORE], watch.session.baseline);
	assert_int_equal(stage.ui.shown.picture.diagram->rows, 2 * stage.ui.view.lines);
}

static void what_the_user_wants_meanwhile_is_laid_out(void **state)
{
	(void)state;
	start_many();
	come(many(1, 1), 0);
	stage_press(&stage, KEYS('s'));
	watch_news_wait(&watch.news);
	watch_take_news(&watch, &stage.ui);
	assert_true(watch.news.busy);
	take();
	assert_int_equal(stage.ui.shown.picture.diagram->scale, SCALE_LINEAR);
	/* A filter hides; while the picture is paused, what it is live with is kept. */
	stage_press(&stage, KEYS('f', 'l', 'i', 'b', KEY_RETURN, 'f'));
	assert_true(stage.ui.shown.regions.filtered);
	come(many(2, 2), 0);
	take();
	assert_true(stage.ui.shown.regions.filtered);
	assert_int_equal(stage.ui.find.filtered.matches.vma_count, MANY + 2);
	stage_press(&stage, KEYS(KEY_SPACE));
	come(many(3, 3), 0);
	take();
	assert_int_equal(stage.ui.shown.space->vma_count, MANY + 2);
	assert_true(shown_basis_is_made(&stage.ui.shown.live));
	assert_int_equal(stage.ui.shown.live.find.filtered.matches.vma_count, MANY + 3);
	stage_press(&stage, KEYS('L'));
	assert_int_equal(stage.ui.shown.space->vma_count, MANY + 3);
	assert_int_equal(stage.ui.find.filtered.matches.vma_count, MANY + 3);
	assert_false(shown_basis_is_made(&stage.ui.shown.live));
}

static void the_end_comes_after_what_was_seen_before(void **state)
{
	(void)state;
	start_many();
	assert_int_equal(descriptor(WAIT_EXIT), 81);
	come(many(2, 1), 0);
	assert_int_equal(descriptor(WAIT_EXIT), -1);
	watch_take_exit(&watch, &stage.ui);
	assert_false(stage.ui.shown.ended);
	take();
	assert_int_equal(descriptor(WAIT_EXIT), 81);
	watch_take_exit(&watch, &stage.ui);
	assert_int_equal(descriptor(WAIT_EXIT), -1);
	assert_true(stage.ui.shown.ended);
	assert_int_equal(watch.session.now->vma_count, MANY + 2);
	assert_int_equal(journal_get(&watch.session.journal, watch.session.journal.count - 1)->type,
			 CHANGE_EXIT);
	check_asked("add 1 at 1792412468123000000\nusage 1 of 32780 without pages\nend 1\n");
}

/* All of it is freed. */
static void it_ends_while_news_are_made(void **state)
{
	(void)state;
	start_many();
	come(many(2, 1), 0);
	assert_true(watch.news.busy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WATCHED(a_few_mappings_need_no_thread),
		WATCHED(a_thread_makes_what_takes_long),
		WATCHED(the_same_list_takes_no_table),
		WATCHED(another_program_is_its_own_baseline),
		WATCHED(a_step_back_waits_for_the_history),
		WATCHED(a_baseline_set_meanwhile_counts),
		WATCHED(what_the_user_wants_meanwhile_is_laid_out),
		WATCHED(the_end_comes_after_what_was_seen_before),
		WATCHED(it_ends_while_news_are_made),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("watch_news", tests, NULL, NULL);
}
