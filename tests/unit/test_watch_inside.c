/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/options.h"
#include "app/watch_inside.h"
#include "inside/inside_object.h"
#include "own_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/inside/inside_open.h"
#include "ui/inside/inside_pane.h"

#define PATIENCE_MS 20000

static int here = 4711; /* in the data of this program */

static struct inside *inside_of(const struct stage *stage)
{
	return &((struct inside_pane *)stage_pane(stage, &inside_pane))->inside;
}

static void nothing_is_started_before_it_is_needed(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct watch_inside watched = {.options = &options};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	watch_inside_look(&watched, &stage.ui);
	assert_null(watched.object.prober);
	assert_null(watched.pages.prober);
	assert_int_equal(watch_inside_object_descriptor(&watched), -1);
	assert_int_equal(watch_inside_pages_descriptor(&watched), -1);
	watch_inside_take(&watched, &stage.ui);
	watch_inside_finish(&watched);
	stage_close(&stage);
}

/* Asks, and takes answers until both came. */
static void look(struct watch_inside *watched, struct stage *stage)
{
	const struct inside *inside = inside_of(stage);

	while (!inside->told || !page_pieces_complete(&inside->pieces) || !inside->pieces.count) {
		struct pollfd waits[2] = {{.events = POLLIN}, {.events = POLLIN}};

		watch_inside_look(watched, &stage->ui);
		waits[0].fd = watch_inside_object_descriptor(watched);
		waits[1].fd = watch_inside_pages_descriptor(watched);
		assert_true(poll(waits, 2, PATIENCE_MS) > 0);
		watch_inside_take(watched, &stage->ui);
		ui_layout(&stage->ui);
		if (inside->pieces_error)
			break;
	}
}

static void this_program_is_looked_into(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct watch_inside watched = {.options = &options};
	const struct inside_level *level;
	const struct inside_part *part;
	struct page_sums sums;
	struct stage stage;

	(void)state;
	here++;
	stage_open(&stage, own_space_read(), 100, 40, true);
	inside_open_at(&stage.ui, (uintptr_t)&here);
	ui_layout(&stage.ui);
	look(&watched, &stage);
	if (!inside_of(&stage)->stuff.source.object ||
	    inside_of(&stage)->stuff.source.object->source == INSIDE_SOURCE_NONE) {
		print_message("this program has no symbols\n");
		skip();
	}
	level = inside_level_const(inside_of(&stage));
	part = inside_level_part(level, inside_level_band(level));
	assert_non_null(part);
	assert_string_equal(part_name(part, &inside_of(&stage)->stuff.source), "here");
	/* AddressSanitizer makes variables larger. */
	assert_true(part->start == (uintptr_t)&here && part->end >= part->start + sizeof(here));
	sums = inside_pages(inside_of(&stage), part->start, part->end);
	assert_int_equal(page_sums_only(&sums, stage.ui.shown.regions.page_size), PAGES_ANON);
	watch_inside_finish(&watched);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_started_before_it_is_needed),
		cmocka_unit_test(this_program_is_looked_into),
	};

	if (access("/proc/self/pagemap", R_OK) != 0) {
		puts("1..0 # SKIP /proc has no pagemap");
		return 0;
	}
	return cmocka_run_group_tests_name("watch_inside", tests, NULL, NULL);
}
