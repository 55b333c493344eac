/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <string.h>

#include "maps_space.h"
#include "sample_sites.h"
#include "screen/key.h"
#include "support/stage.h"
#include "support/trace.h"
#include "ui/arrange.h"
#include "ui/inside/inside_pane.h"
#include "ui/pane/sites_pane.h"
#include "ui/sites_wants.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static const char maps[] = "401000-402000 r-xp 00000000 08:01 77 /bin/x\n"
			   "402000-404000 r-xp 00001000 08:01 77 /bin/x\n"
			   "5000000-5100000 rw-p 00000000 00:00 0 [heap]\n"
			   "7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0 [stack]\n";

static struct sites_pane *pane_of(struct stage *stage)
{
	return (struct sites_pane *)arrange_pane(&stage->ui, &sites_pane);
}

static void open_pane(struct stage *stage, struct call_sites *sites)
{
	stage_open(stage, maps_space_create(NULL, maps), 120, 40, true);
	stage_press(stage, KEYS('A'));
	sites_wants_take(&stage->ui, sites, "");
	ui_layout(&stage->ui);
}

static void sites_are_listed(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct stage stage;

	(void)state;
	open_pane(&stage, sites);
	stage_check(&stage, "sites_pane_120x40");
	stage_resize(&stage, 80, 24);
	stage_check(&stage, "sites_pane_80x24");
	stage_close(&stage);
	call_sites_unref(sites);
}

/* The cursor stays with its function when others overtake it. */
static void the_cursor_stays_with_its_site(void **state)
{
	struct call_sites *sites = sample_sites_create(), *later = sample_sites_create();
	struct call_site first = later->sites[0];
	struct stage stage;

	(void)state;
	open_pane(&stage, sites);
	stage_press(&stage, KEYS(KEY_ARROW_DOWN));
	assert_int_equal(pane_of(&stage)->cursor, 1);
	later->sites[0] = later->sites[1];
	later->sites[1] = first;
	sites_wants_take(&stage.ui, later, "");
	assert_int_equal(pane_of(&stage)->cursor, 0);
	sites_wants_take(&stage.ui, NULL, "gone");
	assert_int_equal(pane_of(&stage)->lines.count, 0);
	stage_press(&stage, KEYS(KEY_RETURN, KEY_ARROW_DOWN, 'J'));
	stage_close(&stage);
	call_sites_unref(sites);
	call_sites_unref(later);
}

static void keys_lead_to_the_band_and_to_the_code(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct stage stage;

	(void)state;
	open_pane(&stage, sites);
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_true(stage.ui.view.cursor >= 0x5000000 && stage.ui.view.cursor < 0x5100000);
	assert_false(arrange_is_open(&stage.ui, &inside_pane));
	stage_press(&stage, KEYS('J'));
	assert_true(arrange_is_open(&stage.ui, &inside_pane));
	stage_close(&stage);
	call_sites_unref(sites);
}

/* The pane is made while it is not known yet whether it can be listened to. */
static void why_nothing_is_known_has_room(void **state)
{
	struct stage stage;

	(void)state;
	open_pane(&stage, NULL);
	sites_wants_take(&stage.ui, NULL,
			 "cannot listen to the page faults of process 4711: a seccomp filter or a "
			 "security module forbids perf_event_open(2), as in most containers; allow "
			 "it there with the capability CAP_PERFMON, or run vastop outside.");
	stage_check_panes(&stage, "sites_pane_refused");
	stage_close(&stage);
}

static void the_order_changes_in_turn(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct stage stage;

	(void)state;
	open_pane(&stage, sites);
	stage_press(&stage, KEYS('Y'));
	assert_int_equal(pane_of(&stage)->order, SITES_CALLERS);
	stage_press(&stage, KEYS('Y'));
	assert_int_equal(pane_of(&stage)->order, SITES_CALLEES);
	stage_press(&stage, KEYS('Y'));
	assert_true(pane_of(&stage)->all_frames);
	assert_int_equal(pane_of(&stage)->order, SITES_CALLERS);
	stage_press(&stage, KEYS('Y'));
	assert_int_equal(pane_of(&stage)->order, SITES_CALLEES);
	stage_press(&stage, KEYS('Y'));
	assert_int_equal(pane_of(&stage)->order, SITES_LIST);
	assert_false(pane_of(&stage)->all_frames);
	stage_close(&stage);
	call_sites_unref(sites);
}

static void what_keys_do_is_seen(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct stage stage;

	(void)state;
	open_pane(&stage, sites);
	stage_resize(&stage, 90, 26);
	trace_run(
		&stage,
		"Ctrl-D Ctrl-D Ctrl-U Down Down Down Up End Home PgDn PgUp Y Down Enter Down Right "
		"Down Left End Y Down "
		"Enter Down Down Enter Home Y J Backspace Enter A A Tab c c c c c Down Up ] ] i A "
		"#44x14 #130x18",
		"sites_pane_keys");
	stage_close(&stage);
	call_sites_unref(sites);
}

/* Enter leads to where a site touched most; of as much, to the first. */
static void enter_leads_to_where_most_was_touched(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct stage stage;

	(void)state;
	sites->places[0] = (struct site_place){0x5000000, 0x5100000, 10, 0};
	sites->places[1] = (struct site_place){0x401000, 0x402000, 10, 0};
	open_pane(&stage, sites);
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_int_equal(stage.ui.view.cursor, 0x5000000);
	assert_int_equal(stage.ui.view.pin, 0x5000000);
	sites->places[1].bytes = 11;
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_int_equal(stage.ui.view.cursor, 0x401000);
	sites->places[1].bytes = 9;
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_int_equal(stage.ui.view.cursor, 0x5000000);
	sites->places[0].site = sites->places[1].site = 1;
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_non_null(strstr(stage.ui.message.text, "not mapped any more"));
	stage_close(&stage);
	call_sites_unref(sites);
}

/* A press chooses a line below the heading; on the heading and below the last one it does not. */
static void presses_choose_lines(void **state)
{
	struct mouse mouse = {.button = MOUSE_LEFT, .clicks = 1, .column = 20};
	struct call_sites *sites = sample_sites_create();
	struct stage stage;
	struct rect rect;

	(void)state;
	open_pane(&stage, sites);
	rect = stage_pane(&stage, &sites_pane)->rect;
	for (int line = 0; line < rect.lines; line++) {
		const size_t before = pane_of(&stage)->cursor = line % 2;

		mouse.line = rect.line + line;
		stage_click(&stage, &mouse);
		if (line >= 2 && line < 5)
			assert_int_equal(pane_of(&stage)->cursor, line - 2);
		else
			assert_int_equal(pane_of(&stage)->cursor, before);
	}
	stage_close(&stage);
	call_sites_unref(sites);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sites_are_listed),
		cmocka_unit_test(the_cursor_stays_with_its_site),
		cmocka_unit_test(keys_lead_to_the_band_and_to_the_code),
		cmocka_unit_test(why_nothing_is_known_has_room),
		cmocka_unit_test(the_order_changes_in_turn),
		cmocka_unit_test(what_keys_do_is_seen),
		cmocka_unit_test(enter_leads_to_where_most_was_touched),
		cmocka_unit_test(presses_choose_lines),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
