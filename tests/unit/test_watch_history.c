/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <poll.h>
#include <sys/resource.h>

#include "app/watch_history.h"
#include "model/address_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"

#define KEYS(...)   ((const uint32_t[]){__VA_ARGS__, 0})
#define VMAS        4097 /* so many that moments are found by the thread */
#define PATIENCE_MS 20000

static void take_next(struct watch_history *watched, struct stage *stage)
{
	struct pollfd wait = {.fd = watch_history_descriptor(watched), .events = POLLIN};

	assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
	watch_history_take(watched, &stage->ui);
	watch_history_look(watched, &stage->ui);
}

static void open_stage(struct stage *stage, size_t vmas)
{
	stage_open(stage, sample_large(vmas), 80, 24, true);
	for (int i = 1; i < 5; i++)
		stage_add(stage, sample_large(vmas + (size_t)i), i);
}

/* Whether what the picture rests on came with the moment, which is at hand. */
static bool near_is_made(const struct stage *stage, uint64_t number)
{
	const struct found_moment *near = stage->ui.shown.step.near;

	if (near[0].past.number != number)
		near++;
	return shown_basis_is_made(&near->basis) && near->basis.picture.diagram &&
	       near->basis.all.count > near->past.space->vma_count / 2;
}

static void moments_are_found_ahead(void **state)
{
	struct watch_history watched = {.asking = false};
	struct stage stage;

	(void)state;
	open_stage(&stage, VMAS);
	watch_history_look(&watched, &stage.ui);
	watch_history_take(&watched, &stage.ui);
	assert_null(watched.answerer);
	assert_int_equal(watch_history_descriptor(&watched), -1);
	stage_press(&stage, KEYS(','));
	assert_int_equal(stage.ui.shown.moment, 4);
	watch_history_look(&watched, &stage.ui);
	assert_true(watched.asking && watched.number == 3);
	/* Once is enough. */
	watch_history_look(&watched, &stage.ui);
	while (stage.ui.shown.moment != 3)
		take_next(&watched, &stage);
	assert_int_equal(stage.ui.shown.space->vma_count, VMAS + 3);
	while (!time_step_has(&stage.ui.shown.step, 2))
		take_next(&watched, &stage);
	assert_false(watched.asking);
	/* With what it is shown by. */
	assert_true(near_is_made(&stage, 2));
	stage_press(&stage, KEYS(','));
	assert_int_equal(stage.ui.shown.moment, 2);
	watch_history_look(&watched, &stage.ui);
	/* It ends with the pause, but not before it has found what it looks for. */
	stage_press(&stage, KEYS('L'));
	watch_history_look(&watched, &stage.ui);
	assert_non_null(watched.answerer);
	take_next(&watched, &stage);
	assert_null(watched.answerer);
	assert_int_equal(watch_history_descriptor(&watched), -1);
	/* The end while it is being found. */
	stage_press(&stage, KEYS(','));
	watch_history_look(&watched, &stage.ui);
	assert_true(watched.asking);
	watch_history_finish(&watched);
	stage_close(&stage);
}

static void a_few_mappings_need_no_thread(void **state)
{
	struct watch_history watched = {.asking = false};
	struct stage stage;

	(void)state;
	open_stage(&stage, 100);
	watch_history_look(&watched, &stage.ui);
	stage_press(&stage, KEYS(',', ','));
	assert_int_equal(stage.ui.shown.moment, 2);
	watch_history_look(&watched, &stage.ui);
	assert_null(watched.answerer);
	watch_history_finish(&watched);
	stage_close(&stage);
}

/* What was asked of a session that is over is not of the next one. */
static void each_session_has_its_own(void **state)
{
	struct watch_history watched = {.asking = false};
	struct stage stage;

	(void)state;
	open_stage(&stage, VMAS);
	watch_history_look(&watched, &stage.ui);
	stage_press(&stage, KEYS(','));
	watch_history_look(&watched, &stage.ui);
	stage.session.start_ns++;
	while (watched.asking && watched.start_ns != stage.session.start_ns)
		take_next(&watched, &stage);
	assert_int_equal(stage.ui.shown.moment, 4);
	while (stage.ui.shown.moment != 3)
		take_next(&watched, &stage);
	watch_history_finish(&watched);
	stage_close(&stage);
}

/* As without descriptors; what it changes is laid out, since it is drawn next. */
static void without_a_thread_moments_are_found_here(void **state)
{
	struct watch_history watched = {.asking = false};
	struct rlimit limit, none;
	struct stage stage;

	(void)state;
	open_stage(&stage, VMAS);
	watch_history_look(&watched, &stage.ui);
	stage_press(&stage, KEYS(','));
	assert_int_equal(stage.ui.shown.moment, 4);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	none = limit;
	none.rlim_cur = 0;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	watch_history_look(&watched, &stage.ui);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	assert_null(watched.answerer);
	assert_int_equal(stage.ui.shown.moment, 3);
	assert_int_equal(stage.ui.shown.regions.count,
			 stage.ui.shown.picture.diagram->inside.count);
	assert_true(stage.ui.request.bits & UI_DRAW);
	stage_close(&stage);
}

static void without_a_process_there_is_nothing(void **state)
{
	struct watch_history watched = {.asking = false};
	struct stage stage;

	(void)state;
	stage_open_empty(&stage, 80, 24, true);
	watch_history_look(&watched, &stage.ui);
	assert_false(watched.asking || stage.ui.host.finds_moments);
	watch_history_finish(&watched);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moments_are_found_ahead),
		cmocka_unit_test(a_few_mappings_need_no_thread),
		cmocka_unit_test(each_session_has_its_own),
		cmocka_unit_test(without_a_thread_moments_are_found_here),
		cmocka_unit_test(without_a_process_there_is_nothing),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("watch_history", tests, NULL, NULL);
}
