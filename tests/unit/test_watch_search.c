/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "app/options.h"
#include "app/watch_search.h"
#include "own_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/pane/found_pane.h"

#define PATIENCE_MS 60000

/* In this program's memory, put together so that it is nowhere else. */
static volatile char here[16];

static void type(struct stage *stage, const char *line)
{
	stage_press(stage, (uint32_t[]){'F', 0});
	for (; *line; line++)
		stage_press(stage, (uint32_t[]){(unsigned char)*line, 0});
	stage_press(stage, (uint32_t[]){KEY_RETURN, 0});
}

static struct found_pane *pane_of(const struct stage *stage)
{
	return (struct found_pane *)stage_pane(stage, &found_pane);
}

static void wait_for_end(struct watch_search *watched, struct stage *stage)
{
	struct pollfd wait = {.events = POLLIN};

	watch_search_look(watched, &stage->ui);
	wait.fd = watch_search_descriptor(watched);
	assert_true(wait.fd >= 0);
	while (pane_of(stage)->searching) {
		assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
		watch_search_take(watched, &stage->ui);
	}
}

static void nothing_is_started_before_it_is_needed(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct watch_search watched = {.options = &options};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	watch_search_look(&watched, &stage.ui);
	assert_null(watched.thread);
	assert_int_equal(watch_search_descriptor(&watched), -1);
	watch_search_take(&watched, &stage.ui);
	watch_search_finish(&watched);
	stage_close(&stage);
}

static void the_screen_gets_what_is_found(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct watch_search watched = {.options = &options};
	struct stage stage;
	bool found = false;

	(void)state;
	if (access("/proc/self/pagemap", R_OK) || access("/proc/self/mem", R_OK))
		skip();
	for (int i = 0; i < 8; i++)
		here[i] = (char)('p' + (i * 3) % 8);
	stage_open(&stage, own_space_read(), 80, 24, true);
	type(&stage, "psvqtwru");
	wait_for_end(&watched, &stage);
	assert_false(pane_of(&stage)->state.full);
	for (size_t i = 0; i < pane_of(&stage)->count; i++)
		found |= pane_of(&stage)->found[i] == (uintptr_t)here;
	assert_true(found);
	/* What ends the search on the screen stops the thread. */
	type(&stage, "psvqtwru");
	watch_search_look(&watched, &stage.ui);
	stage_press(&stage, (uint32_t[]){KEY_ESC, 0});
	watch_search_look(&watched, &stage.ui);
	assert_false(watched.searching);
	watch_search_finish(&watched);
	stage_close(&stage);
}

static void the_screen_gets_why_nothing_is_found(void **state)
{
	const struct options options = {.procfs = "/nowhere"};
	struct watch_search watched = {.options = &options};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	type(&stage, "text");
	wait_for_end(&watched, &stage);
	assert_string_equal(text_string(&pane_of(&stage)->refusal),
			    "Cannot read the memory of process 20712: it is recorded, and a "
			    "recording has no memory.");
	watch_search_finish(&watched);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_started_before_it_is_needed),
		cmocka_unit_test(the_screen_gets_what_is_found),
		cmocka_unit_test(the_screen_gets_why_nothing_is_found),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("watch_search", tests, NULL, NULL);
}
