/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "model/address_space.h"
#include "model/past_moment.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/arrange.h"
#include "ui/command/time_commands.h"

/* Steps in the history of so many mappings that moments are found beside. */

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define VMAS      4097
#define NONE      UINT64_MAX

/* Moments 0 to 5, of which 1 and 2 have one list. */
static void open_stage(struct stage *stage)
{
	stage_open(stage, sample_large(VMAS), 80, 24, true);
	for (int i = 1; i < 6; i++)
		stage_add(stage, sample_large(VMAS + (size_t)(i == 1 ? 2 : i)), i);
	stage->ui.host.finds_moments = true;
}

/* The number of what is to be found; NONE: nothing is. */
static uint64_t wanted(const struct stage *stage)
{
	uint64_t number = NONE;

	return time_commands_want(&stage->ui, &number) ? number : NONE;
}

static void find(struct stage *stage, uint64_t number)
{
	struct found_moment found = {.past = {.number = 0}};

	assert_int_equal(past_moment_get(stage->session.history, number, &found.past), 0);
	time_commands_take(&stage->ui, &found);
	assert_null(found.past.space);
	arrange_layout(&stage->ui);
}

static void assert_shown(const struct stage *stage, uint64_t number)
{
	static const size_t more[] = {0, 2, 2, 3, 4, 5};

	assert_true(stage->ui.shown.paused && stage->ui.shown.moment == number);
	assert_int_equal(stage->ui.shown.space->vma_count, VMAS + more[number]);
	assert_int_equal(stage->ui.shown.space->time_ns,
			 stage->session.now->time_ns - (int64_t)(5 - number) * 1000000000);
}

static void a_moment_is_awaited(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage);
	assert_int_equal(wanted(&stage), NONE);
	stage_press(&stage, KEYS(','));
	/* Until it is found the newest one is shown, and stays. */
	assert_shown(&stage, 5);
	stage_press(&stage, KEYS('.'));
	assert_non_null(strstr(stage.ui.message.text, "This is the newest"));
	assert_int_equal(wanted(&stage), NONE);
	stage_press(&stage, KEYS(','));
	assert_int_equal(wanted(&stage), 4);
	find(&stage, 4);
	assert_shown(&stage, 4);
	/* The next one is found ahead, and is there at the key. */
	assert_int_equal(wanted(&stage), 3);
	find(&stage, 3);
	assert_shown(&stage, 4);
	assert_int_equal(wanted(&stage), NONE);
	stage_press(&stage, KEYS(','));
	assert_shown(&stage, 3);
	assert_false(stage.ui.shown.step.awaited);
	/* And so is the one that was left. */
	stage_press(&stage, KEYS('.'));
	assert_shown(&stage, 4);
	stage_press(&stage, KEYS('.'));
	assert_shown(&stage, 5);
	stage_press(&stage, KEYS('.'));
	assert_shown(&stage, 5);
	stage_press(&stage, KEYS('L'));
	assert_false(stage.ui.shown.paused);
	assert_int_equal(wanted(&stage), NONE);
	stage_close(&stage);
}

static void steps_may_come_faster_than_moments(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage);
	stage_press(&stage, KEYS(',', ',', ','));
	assert_shown(&stage, 5);
	assert_int_equal(wanted(&stage), 2);
	/* One on the way is shown, one beyond is not. */
	find(&stage, 3);
	assert_shown(&stage, 3);
	assert_int_equal(wanted(&stage), 2);
	find(&stage, 1);
	assert_shown(&stage, 3);
	stage_press(&stage, KEYS('.'));
	/* Back to what is shown: nothing is awaited, and that is said. */
	assert_false(stage.ui.shown.step.awaited);
	assert_string_equal(stage.ui.message.text, "This is the sample that is shown.");
	stage_press(&stage, KEYS(',', ',', ',', ','));
	assert_int_equal(wanted(&stage), 0);
	find(&stage, 2);
	assert_shown(&stage, 2);
	find(&stage, 0);
	assert_shown(&stage, 0);
	assert_int_equal(wanted(&stage), NONE);
	stage_close(&stage);
}

static void what_is_found_too_late_is_not_shown(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage);
	stage_press(&stage, KEYS(',', 'L'));
	find(&stage, 4);
	assert_false(stage.ui.shown.paused);
	/* One that cannot be found is not awaited for ever. */
	stage_press(&stage, KEYS(','));
	time_commands_take(&stage.ui, &(struct found_moment){.past = {.number = 4}});
	assert_false(stage.ui.shown.step.awaited);
	assert_shown(&stage, 5);
	stage_close(&stage);
}

/* What was made of the list stays valid, and nothing is laid out. */
static void a_moment_of_the_same_list_is_cheap(void **state)
{
	const struct diagram *diagram;
	struct found_moment found = {.past = {.number = 0}};
	struct stage stage;

	(void)state;
	open_stage(&stage);
	stage_press(&stage, KEYS(',', ',', ','));
	find(&stage, 2);
	diagram = stage.ui.shown.picture.diagram;
	assert_int_equal(past_moment_get(stage.session.history, 1, &found.past), 0);
	assert_true(address_space_share_list(found.past.space, stage.ui.shown.space));
	time_commands_take(&stage.ui, &found);
	stage_press(&stage, KEYS(','));
	assert_shown(&stage, 1);
	assert_ptr_equal(stage.ui.shown.picture.diagram, diagram);
	/* Of another one it is. */
	stage_press(&stage, KEYS(','));
	find(&stage, 0);
	assert_shown(&stage, 0);
	assert_int_equal(stage.ui.shown.regions.count,
			 stage.ui.shown.picture.diagram->inside.count);
	stage_close(&stage);
}

/* What the history forgets while one waits is not found: the oldest that it has is. */
static void what_is_forgotten_is_not_awaited(void **state)
{
	struct stage stage;
	const struct history *history;
	int seconds = 6;

	(void)state;
	open_stage(&stage);
	history = stage.session.history;
	stage_press(&stage, KEYS(',', ',', ',', ','));
	assert_int_equal(wanted(&stage), 1);
	for (; history_first(history) < 3 && seconds < 1000; seconds++)
		stage_add(&stage, sample_large(VMAS + (size_t)(seconds % 2) * 3000), seconds);
	assert_int_equal(wanted(&stage), history_first(history));
	find(&stage, history_first(history));
	assert_int_equal(stage.ui.shown.moment, history_first(history));
	assert_false(stage.ui.shown.step.awaited);
	stage_close(&stage);
}

static void add_more(struct stage *stage)
{
	const uint64_t next = history_end(stage->session.history);

	stage_add(stage, sample_large(VMAS + (size_t)(next % 2) * 2000), (int)next);
}

/* The one that is the oldest when the first ones were forgotten. */
static uint64_t oldest_after_some_are_forgotten(void)
{
	struct stage stage;
	uint64_t first;

	open_stage(&stage);
	while ((first = history_first(stage.session.history)) == 0)
		add_more(&stage);
	stage_close(&stage);
	return first;
}

/* The oldest that is left may be the one that is shown: nothing is awaited then. */
static void what_is_shown_is_not_awaited_as_the_oldest(void **state)
{
	const uint64_t first = oldest_after_some_are_forgotten();
	struct stage stage;
	const struct history *history;

	(void)state;
	open_stage(&stage);
	history = stage.session.history;
	while (history_end(history) <= first)
		add_more(&stage);
	stage_press(&stage, KEYS(','));
	assert_int_equal(stage.ui.shown.moment, first);
	assert_int_equal(wanted(&stage), first - 1);
	while (history_first(history) < first)
		add_more(&stage);
	assert_int_equal(wanted(&stage), first);
	find(&stage, first);
	assert_false(stage.ui.shown.step.awaited);
	assert_int_equal(stage.ui.shown.moment, first);
	assert_int_equal(wanted(&stage), NONE);
	stage_close(&stage);
}

/* A moment that is awaited is, also when the process has few mappings by then. */
static void what_is_awaited_is_wanted_of_a_small_process_too(void **state)
{
	struct stage stage;

	(void)state;
	open_stage(&stage);
	stage_press(&stage, KEYS(','));
	assert_int_equal(wanted(&stage), 4);
	stage_add(&stage, sample_large(10), 6);
	assert_int_equal(wanted(&stage), 4);
	find(&stage, 4);
	assert_true(stage.ui.shown.paused && stage.ui.shown.moment == 4);
	assert_int_equal(wanted(&stage), NONE);
	stage_close(&stage);
}

/* What was made of a moment beside is shown; what was shown before has its own kept. */
static void a_moment_comes_with_what_was_made_of_it(void **state)
{
	struct found_moment found = {.past = {.number = 0}};
	const struct region *regions, *live;
	struct stage stage;
	const struct shown *shown = &stage.ui.shown;

	(void)state;
	open_stage(&stage);
	live = shown->all.regions;
	stage_press(&stage, KEYS(','));
	assert_int_equal(past_moment_get(stage.session.history, 4, &found.past), 0);
	/* Before the baseline it would count from itself. */
	shown_basis_make(&found.basis, stage.session.baseline, found.past.space, NULL, NULL);
	regions = found.basis.all.regions;
	time_commands_take(&stage.ui, &found);
	arrange_layout(&stage.ui);
	assert_shown(&stage, 4);
	assert_ptr_equal(shown->all.regions, regions);
	assert_false(shown_basis_is_made(&found.basis));
	/* The newest one is at hand. */
	assert_ptr_equal(shown->live.all.regions, live);
	stage_press(&stage, KEYS(','));
	find(&stage, 3);
	stage_press(&stage, KEYS('.'));
	assert_shown(&stage, 4);
	assert_ptr_equal(shown->all.regions, regions);
	/* A step to the newest one takes it and, back, leaves it at hand. */
	stage_press(&stage, KEYS('.'));
	assert_shown(&stage, 5);
	assert_ptr_equal(shown->all.regions, live);
	assert_false(shown_basis_is_made(&shown->live));
	stage_press(&stage, KEYS(','));
	assert_shown(&stage, 4);
	assert_ptr_equal(shown->all.regions, regions);
	assert_ptr_equal(shown->live.all.regions, live);
	stage_press(&stage, KEYS('L'));
	assert_ptr_equal(shown->all.regions, live);
	assert_false(shown_basis_is_made(&shown->live));
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_moment_is_awaited),
		cmocka_unit_test(steps_may_come_faster_than_moments),
		cmocka_unit_test(what_is_found_too_late_is_not_shown),
		cmocka_unit_test(a_moment_of_the_same_list_is_cheap),
		cmocka_unit_test(what_is_forgotten_is_not_awaited),
		cmocka_unit_test(what_is_shown_is_not_awaited_as_the_oldest),
		cmocka_unit_test(what_is_awaited_is_wanted_of_a_small_process_too),
		cmocka_unit_test(a_moment_comes_with_what_was_made_of_it),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("time_commands_found", tests, NULL, NULL);
}
