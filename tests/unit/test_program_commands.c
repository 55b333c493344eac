/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "screen/key.h"
#include "support/sample.h"
#include "sample_sites.h"
#include "support/stage.h"
#include "support/trace.h"
#include "ui/sites_wants.h"
#include "ui/colour_mode.h"
#include "ui/command/command.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void the_loop_is_asked(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_true(stage_press(&stage, KEYS('T')) & UI_THEME);
	assert_true(stage_press(&stage, KEYS('q')) & UI_QUIT);
	assert_int_equal(stage_press(&stage, KEYS('L' & 31)) & (UI_SAMPLE | UI_REPAINT),
			 UI_SAMPLE | UI_REPAINT);
	stage.ui.host.has_mouse = true;
	assert_true(stage_press(&stage, KEYS('M')) & UI_MOUSE);
	assert_true(stage.request.mouse);
	stage_close(&stage);
}

static void what_cannot_be_done_says_why(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_false(stage_press(&stage, KEYS('M')) & UI_MOUSE);
	assert_non_null(strstr(stage.ui.message.text, "no mouse"));
	stage.ui.shown.ended = true;
	assert_false(stage_press(&stage, KEYS('L' & 31)) & UI_SAMPLE);
	assert_non_null(strstr(stage.ui.message.text, "ended"));
	stage.ui.host.why_no_processes = "There is but one.";
	stage_press(&stage, KEYS('p'));
	assert_string_equal(stage.ui.message.text, "There is but one.");
	stage_close(&stage);
}

static void c_goes_through_all_and_back(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_scan(&stage, true);
	for (unsigned i = 1; i <= COLOUR_MODE_COUNT; i++) {
		assert_int_equal(stage_press(&stage, KEYS('c')), UI_DRAW);
		assert_int_equal(stage.ui.colours, i % COLOUR_MODE_COUNT);
		assert_memory_equal(stage.ui.message.text, colour_mode_message(stage.ui.colours),
				    strlen("Colours: w"));
	}
	stage_press(&stage, KEYS('C'));
	assert_int_equal(stage.ui.colours, COLOUR_MODE_COUNT - 1);
	stage_press(&stage, KEYS('c'));
	assert_int_equal(stage.ui.colours, COLOUR_MODE_KIND);
	/* A recording has no page faults. */
	stage.ui.host.replay = true;
	stage_press(&stage, KEYS('C'));
	assert_int_equal(stage.ui.colours, COLOUR_MODE_SITES - 1);
	stage_press(&stage, KEYS('c'));
	assert_int_equal(stage.ui.colours, COLOUR_MODE_KIND);
	stage.ui.host.replay = false;
	stage_close(&stage);
}

static void what_is_unknown_is_said(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.ui.colours = COLOUR_MODE_RESIDENCY - 1;
	stage_press(&stage, KEYS('c'));
	assert_non_null(strstr(stage.ui.message.text, "unknown"));
	stage_close(&stage);
}

/* The same picture in each colour mode; what is of another one does not show. */
static void each_colour_mode_on_the_screen(void **state)
{
	static const enum role roles[COLOUR_MODE_COUNT] = {ROLE_KIND_HEAP, ROLE_WRITABLE_EXECUTABLE,
							   ROLE_PARTLY,    ROLE_GREW,
							   ROLE_SHARED,    ROLE_SITE_A};
	static const char *const names[COLOUR_MODE_COUNT] = {"lens_kind",      "lens_protection",
							     "lens_residency", "lens_growth",
							     "lens_sharing",   "lens_sites"};
	struct call_sites *sites = sample_sites_create();
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	stage_scan(&stage, true);
	/* In the heap. */
	for (size_t i = 0; i < sites->touch_count; i++)
		sites->touches[i].address += 0x55b5f7c8d000 - 0x5000000;
	for (unsigned colours = 0; colours < COLOUR_MODE_COUNT; colours++) {
		stage.ui.colours = colours;
		sites_wants_take(&stage.ui, colours == COLOUR_MODE_SITES ? sites : NULL, NULL);
		stage_check_panes(&stage, names[colours]);
		for (unsigned other = 1; other < COLOUR_MODE_COUNT; other++)
			/* Figures of growth and highlights have the roles of growth. */
			if (other != COLOUR_MODE_GROWTH)
				assert_int_equal(stage_count_role(&stage, roles[other]) > 0,
						 other == colours);
	}
	stage_close(&stage);
	call_sites_unref(sites);
}

/* What the program is asked for: the mouse, themes, colours, forms to save in, notes, the end. */
static void what_keys_ask_for_is_seen(void **state)
{
	struct trace trace;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 76, 16, true);
	stage.ui.host.has_mouse = true;
	trace_begin(&trace, &stage);
	trace_steps(&trace, "M M T T c C C C C C C c Ctrl-L F5 w Enter w Ctrl-U =svg Enter w "
			    "Ctrl-U =json Enter w =zzz Enter Esc i i r");
	stage.ui.host.recording = true;
	trace_steps(&trace, "r a =first_note Enter a Enter a =x Esc");
	stage_scan(&stage, true);
	trace_steps(&trace, "c c c c c c C s s s o o m m");
	stage_add(&stage, sample_python_grown(4096), 1);
	stage_draw(&stage);
	trace_steps(&trace, ", m . m L Space m Space , , Esc , q F10 Q");
	trace_end(&trace, "program_commands_keys");
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_loop_is_asked),
		cmocka_unit_test(what_cannot_be_done_says_why),
		cmocka_unit_test(c_goes_through_all_and_back),
		cmocka_unit_test(what_is_unknown_is_said),
		cmocka_unit_test(each_colour_mode_on_the_screen),
		cmocka_unit_test(what_keys_ask_for_is_seen),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("program_commands", tests, NULL, NULL);
}
