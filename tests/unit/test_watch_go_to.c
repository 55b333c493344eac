/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/options.h"
#include "app/watch_go_to.h"
#include "own_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/command/command.h"
#include "ui/pane/go_to_pane.h"

#define PATIENCE_MS 20000

static const uint32_t to_program[] = {'g', 'p', 'r', 'o', 'g', 'r', 'a', 'm', KEY_RETURN, 0};

static void go_to(struct stage *stage, const void *address)
{
	uint32_t keys[24] = {'g'};
	char digits[20];
	int length = snprintf(digits, sizeof(digits), "%" PRIxPTR, (uintptr_t)address);

	for (int i = 0; i < length; i++)
		keys[i + 1] = (unsigned char)digits[i];
	keys[length + 1] = KEY_RETURN;
	stage_press(stage, keys);
}

static void nothing_is_started_before_it_is_needed(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct watch_go_to watched = {.options = &options};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	watch_go_to_look(&watched, &stage.ui);
	assert_null(watched.file.prober);
	assert_null(watched.page.prober);
	assert_int_equal(watch_go_to_file_descriptor(&watched), -1);
	assert_int_equal(watch_go_to_page_descriptor(&watched), -1);
	watch_go_to_take(&watched, &stage.ui);
	assert_false(stage.ui.request.bits);
	watch_go_to_finish(&watched);
	stage_close(&stage);
}

/* Asks, waits, and returns what the pane knows then. */
static const struct page_facts *look(struct watch_go_to *watched, struct stage *stage)
{
	const struct go_to_pane *pane = (const struct go_to_pane *)stage_pane(stage, &go_to_pane);
	struct pollfd wait = {.events = POLLIN};

	watch_go_to_look(watched, &stage->ui);
	wait.fd = watch_go_to_page_descriptor(watched);
	assert_true(wait.fd >= 0);
	assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
	watch_go_to_take(watched, &stage->ui);
	assert_true(stage->ui.request.bits & UI_DRAW);
	return &pane->located.page;
}

static void the_screen_gets_what_was_found_of_the_file(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct watch_go_to watched = {.options = &options};
	const struct file_facts *facts = NULL;
	struct pollfd wait = {.events = POLLIN};
	const struct go_to_pane *pane;
	struct stage stage;

	(void)state;
	stage_open(&stage, own_space_read(), 80, 24, true);
	stage_press(&stage, to_program);
	pane = (const struct go_to_pane *)stage_pane(&stage, &go_to_pane);
	watch_go_to_look(&watched, &stage.ui);
	wait.fd = watch_go_to_file_descriptor(&watched);
	assert_true(wait.fd >= 0);
	while (!facts && poll(&wait, 1, PATIENCE_MS) > 0) {
		watch_go_to_take(&watched, &stage.ui);
		assert_true(stage.ui.request.bits & UI_DRAW);
		facts = located_file(&pane->located, go_to_pane_wanted(&stage.ui));
	}
	assert_non_null(facts);
	assert_true(facts->size > 1000);
	/* The same snapshot and mapping are not asked about again. */
	watch_go_to_look(&watched, &stage.ui);
	assert_int_equal(poll(&wait, 1, 0), 0);
	watch_go_to_finish(&watched);
	stage_close(&stage);
}

static void the_screen_gets_what_was_found_of_the_page(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct watch_go_to watched = {.options = &options};
	size_t size = (size_t)sysconf(_SC_PAGESIZE);
	unsigned char *memory =
		mmap(NULL, 2 * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct pollfd wait = {.events = POLLIN};
	const struct page_facts *facts;
	struct stage stage;

	(void)state;
	assert_true(memory != MAP_FAILED);
	if (access("/proc/self/smaps", R_OK) != 0)
		skip();
	memory[0] = 1;
	stage_open(&stage, own_space_read(), 80, 24, true);
	go_to(&stage, memory);
	facts = look(&watched, &stage);
	if (facts->state == PAGE_UNKNOWN)
		skip();
	assert_int_equal(facts->state, PAGE_PRESENT);
	assert_true(page_facts_has(facts->flags, "wr"));
	/* The same snapshot and address are not asked about again. */
	watch_go_to_look(&watched, &stage.ui);
	wait.fd = watch_go_to_page_descriptor(&watched);
	assert_int_equal(poll(&wait, 1, 0), 0);
	go_to(&stage, memory + size);
	facts = look(&watched, &stage);
	assert_int_equal(facts->state, PAGE_ABSENT);
	assert_true(page_facts_has(facts->flags, "wr"));
	/* With the next snapshot only the page is looked at. */
	memory[size] = 1;
	stage_add(&stage, own_space_read(), 1);
	facts = look(&watched, &stage);
	assert_int_equal(facts->state, PAGE_PRESENT);
	assert_true(page_facts_has(facts->flags, "wr"));
	watch_go_to_finish(&watched);
	stage_close(&stage);
	munmap(memory, 2 * size);
}

int watch_go_to_here = 4711; /* a symbol whatever else is taken out */

static void names_of_symbols_are_looked_up(void **state)
{
	static const char name[] = "watch_go_to_here";
	const struct options options = {.procfs = "/proc"};
	struct watch_go_to watched = {.options = &options};
	struct stage stage;
	unsigned number;

	(void)state;
	stage_open(&stage, own_space_read(), 80, 24, true);
	stage_press(&stage, (uint32_t[]){'g', 0});
	for (const char *at = name; *at; at++)
		stage_press(&stage, (uint32_t[]){(uint32_t)*at, 0});
	stage_press(&stage, (uint32_t[]){KEY_RETURN, 0});
	watch_go_to_look(&watched, &stage.ui);
	while (go_to_pane_seeks(&stage.ui, &number)) {
		struct pollfd wait = {.fd = watch_go_to_place_descriptor(&watched),
				      .events = POLLIN};

		assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
		watch_go_to_take(&watched, &stage.ui);
	}
	/* A program without symbols has no such name, and that is asked again. */
	if (!stage.ui.line.asking)
		assert_int_equal(stage.ui.view.cursor, (uintptr_t)&watch_go_to_here);
	watch_go_to_finish(&watched);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_started_before_it_is_needed),
		cmocka_unit_test(names_of_symbols_are_looked_up),
		cmocka_unit_test(the_screen_gets_what_was_found_of_the_file),
		cmocka_unit_test(the_screen_gets_what_was_found_of_the_page),
	};

	if (access("/proc/self/maps", R_OK) != 0) {
		puts("1..0 # SKIP /proc is not mounted");
		return 0;
	}
	return cmocka_run_group_tests_name("watch_go_to", tests, NULL, NULL);
}
