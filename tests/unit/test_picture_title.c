/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/picture/picture_title.h"

#define HEAP     0x55b5f7c8d000
#define HEAP_END 0x55b5f7e87000

static void check(const struct stage *stage, const char *expected)
{
	struct scene scene = stage_scene(stage);
	struct text text = {0};

	picture_title_append(&text, &scene);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void says_what_is_shown(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	check(&stage, "address space");
	stage_press(&stage, (const uint32_t[]){'c', 0});
	check(&stage, "address space, by protection");
	stage_press(&stage, (const uint32_t[]){'f', 'h', 'e', 'a', 'p', KEY_RETURN, 0});
	check(&stage, "address space, by protection, 1 of 34: heap");
	stage_press(&stage, (const uint32_t[]){'C', 0});
	view_enter(&stage.ui.view, stage.ui.shown.picture.diagram);
	ui_layout(&stage.ui);
	check(&stage, "address space, 1 of 34: heap › [heap]");
	stage_press(&stage, (const uint32_t[]){'f', 0});
	check(&stage, "address space, only 1 of 34: heap › [heap]");
	stage_press(&stage, (const uint32_t[]){KEY_ESC, 0});
	check(&stage, "address space › [heap]");
	stage_close(&stage);
}

/* A window is named where one region holds all of it, else by its addresses. */
static void a_window_has_the_name_of_what_holds_it(void **state)
{
	static const struct {
		uint64_t start, end;
		const char *title;
	} windows[] = {
		{HEAP, HEAP_END, "address space › [heap]"},
		{HEAP + 1, HEAP_END - 1, "address space › [heap]"},
		{HEAP, HEAP_END + 1, "address space › 55b5f7c8d000 to 55b5f7e87001"},
		{HEAP + 0x1000, HEAP_END + 0x1000, "address space › 55b5f7c8e000 to 55b5f7e88000"},
		{UINT64_MAX, UINT64_MAX, "address space › ffffffffffffffff to ffffffffffffffff"},
	};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.ui.view.depth = 1;
	for (size_t i = 0; i < sizeof(windows) / sizeof(windows[0]); i++) {
		stage.ui.view.windows[1] =
			(struct view_window){.start = windows[i].start, .end = windows[i].end};
		check(&stage, windows[i].title);
	}
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_is_shown),
		cmocka_unit_test(a_window_has_the_name_of_what_holds_it),
	};

	return cmocka_run_group_tests_name("picture_title", tests, NULL, NULL);
}
