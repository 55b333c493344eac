/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/memory.h"
#include "core_target.h"
#include "model/address_space.h"
#include "model/kind.h"
#include "model/session.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/trace.h"
#include "ui/pane/findings_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void add(struct checked_files *files, const struct checked_file *file)
{
	files->files = memory_array_grow(files->files, files->count, &files->capacity,
					 sizeof(*files->files));
	files->files[files->count] = *file;
	files->files[files->count].name = memory_copy_string(file->name);
	if (file->place)
		files->files[files->count].place = memory_copy_string(file->place);
	files->count++;
}

/* What was found out about the sample: files of every sort. */
static void answer(struct stage *stage)
{
	const struct elf_hardening weak = {.is_fixed = true,
					   .dynamic_known = true,
					   .relro = ELF_RELRO_PARTIAL,
					   .stack = ELF_STACK_EXECUTABLE};
	const struct protection protection = {.randomize = 2,
					      .randomized = PROTECTION_YES,
					      .can_shadow = PROTECTION_NO,
					      .can_guard_jumps = PROTECTION_NO};
	struct checked_files files = {0};

	add(&files, &(struct checked_file){.name = (char *)"/usr/bin/python3.11",
					   .owner = OWNER_PROGRAM,
					   .hardening = weak,
					   .writer = CHECKED_WRITER_NONE});
	add(&files, &(struct checked_file){.name = (char *)"/usr/lib/x86_64-linux-gnu/libc.so.6",
					   .owner = OWNER_LIBRARY,
					   .state = CHECKED_DENIED,
					   .writer = CHECKED_WRITER_EVERYONE,
					   .place = (char *)"/usr/lib/x86_64-linux-gnu"});
	add(&files, &(struct checked_file){.name = (char *)"/\033[31m\xff",
					   .owner = OWNER_LIBRARY,
					   .state = CHECKED_NOT_ELF,
					   .deleted = true,
					   .writer = CHECKED_WRITER_NONE});
	findings_pane_take(&stage->ui, &files, &protection);
	assert_int_equal(files.count, 0);
	ui_layout(&stage->ui);
}

static void files_are_wanted_while_it_is_open(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_false(findings_pane_wants(&stage.ui));
	stage_press(&stage, KEYS('!'));
	assert_true(findings_pane_wants(&stage.ui));
	stage_check_panes(&stage, "findings_pane_waits");
	stage_press(&stage, KEYS('!'));
	assert_false(findings_pane_wants(&stage.ui));
	stage_close(&stage);
}

static void what_was_found_is_listed(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('!'));
	answer(&stage);
	stage_check_panes(&stage, "findings_pane_120x40");
	stage_resize(&stage, 80, 24);
	stage_check_panes(&stage, "findings_pane_80x24");
	stage_press(&stage, KEYS(KEY_TO_END));
	stage_check_panes(&stage, "findings_pane_end");
	stage_resize(&stage, 40, 12);
	stage_check_panes(&stage, "findings_pane_40x12");
	stage_close(&stage);
}

static void in_ascii_too(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, false);
	stage_press(&stage, KEYS('!'));
	answer(&stage);
	stage_check_panes(&stage, "findings_pane_ascii");
	stage_close(&stage);
}

static const struct finding *under_cursor(const struct stage *stage)
{
	const struct findings_pane *pane =
		(const struct findings_pane *)stage_pane(stage, &findings_pane);

	assert_true(pane->cursor < pane->count);
	return &pane->findings.findings[pane->lines[pane->cursor]];
}

static void the_cursor_stays_with_its_finding(void **state)
{
	enum finding_type type;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('!'));
	answer(&stage);
	stage_press(&stage, KEYS(KEY_ARROW_DOWN, KEY_ARROW_DOWN));
	type = under_cursor(&stage)->type;
	for (int i = 1; i < 4; i++) {
		stage_add(&stage, sample_python_grown(4096 * (uint64_t)i), i);
		assert_int_equal(under_cursor(&stage)->type, type);
	}
	stage_close(&stage);
}

static void enter_shows_the_mapping(void **state)
{
	struct stage stage;
	size_t index;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('!'));
	answer(&stage);
	while (!under_cursor(&stage)->file ||
	       strcmp(under_cursor(&stage)->file, "/usr/bin/python3.11") != 0)
		stage_press(&stage, KEYS(KEY_ARROW_DOWN));
	stage_press(&stage, KEYS(KEY_RETURN));
	index = address_space_find(stage.ui.shown.space, stage.ui.view.cursor);
	assert_string_equal(stage.ui.shown.space->vmas[index].name, "/usr/bin/python3.11");
	stage_press(&stage, KEYS(KEY_TO_END));
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_non_null(stage.ui.message.text);
	stage_close(&stage);
}

static void a_click_chooses(void **state)
{
	struct stage stage;
	struct mouse mouse = {.button = MOUSE_LEFT, .clicks = 1};

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('!'));
	answer(&stage);
	assert_true(stage_find(&stage, "stack-request", &mouse.column, &mouse.line));
	stage_click(&stage, &mouse);
	assert_int_equal(under_cursor(&stage)->type, FINDING_STACK_REQUEST);
	stage_close(&stage);
}

static void a_core_file_has_none(void **state)
{
	const struct target_death death = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, core_target_make(&death), 80, 24, true);
	stage_press(&stage, KEYS('!'));
	assert_false(stage_shows(&stage, &findings_pane));
	assert_non_null(strstr(stage.ui.message.text, "not a core file"));
	/* Nor is anything else of it that only a process has. */
	stage_press(&stage, KEYS('A'));
	assert_non_null(strstr(stage.ui.message.text, "no page faults"));
	stage_press(&stage, KEYS('r'));
	assert_non_null(strstr(stage.ui.message.text, "nothing to record"));
	stage_press(&stage, KEYS('<'));
	assert_non_null(strstr(stage.ui.message.text, "one sample"));
	stage_press(&stage, KEYS('U'));
	assert_non_null(strstr(stage.ui.message.text, "smaps"));
	stage_close(&stage);
}

static void what_keys_do_is_seen(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('!'));
	answer(&stage);
	trace_run(&stage,
		  "Ctrl-D Ctrl-D Ctrl-U Down Down Up PgDn PgDn PgUp End Down Up Home Up Enter Down "
		  "Enter Down Enter Down "
		  "Enter Tab ! ! @_/usr @^/usr Esc ! #44x14 #130x18",
		  "findings_pane_keys");
	trace_widths(&stage, &findings_pane, 0, 3, 120, "findings_widths");
	stage_resize(&stage, 80, 34);
	trace_presses(&stage, &findings_pane,
		      &((struct findings_pane *)stage_pane(&stage, &findings_pane))->cursor,
		      "findings_presses");
	stage_close(&stage);
}

static void what_was_found_is_of_the_process(void **state)
{
	const struct findings_pane *pane;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('!'));
	pane = (const struct findings_pane *)stage_pane(&stage, &findings_pane);
	ui_take_request(&stage.ui);
	answer(&stage);
	assert_true(ui_take_request(&stage.ui).bits & UI_DRAW);
	assert_true(pane->known);
	assert_int_equal(pane->pid, 20712);
	assert_int_equal(pane->start_ticks, 123456);
	assert_true(pane->known_ns == stage.session.now->time_ns);
	assert_true(pane->protection.randomize == 2);
	stage.ui.shown.ended = true;
	assert_false(findings_pane_wants(&stage.ui));
	stage.ui.shown.ended = false;
	assert_true(findings_pane_wants(&stage.ui));
	/* Closed, it keeps what comes, for later. */
	stage_press(&stage, KEYS('!'));
	ui_take_request(&stage.ui);
	answer(&stage);
	assert_false(ui_take_request(&stage.ui).bits & UI_DRAW);
	stage_close(&stage);
}

/* Below the last line there is nothing to choose. */
static void a_click_below_chooses_nothing(void **state)
{
	const struct findings_pane *pane;
	struct mouse mouse = {.button = MOUSE_LEFT, .clicks = 1, .column = 10};
	struct stage stage;
	int column;

	(void)state;
	stage_open(&stage, sample_python(), 120, 60, true);
	stage_press(&stage, KEYS('!'));
	answer(&stage);
	pane = (const struct findings_pane *)stage_pane(&stage, &findings_pane);
	assert_true(stage_find(&stage, "stack-request", &column, &mouse.line));
	stage_click(&stage, &mouse);
	for (int line = pane->pane.rect.line; line < 60; line++) {
		const size_t before = pane->cursor;

		mouse.line = line;
		stage_click(&stage, &mouse);
		if (line == pane->pane.rect.line ||
		    line >= pane->pane.rect.line + 1 + (int)(pane->count - pane->top))
			assert_int_equal(pane->cursor, before);
		else
			assert_int_equal(pane->cursor,
					 pane->top + (size_t)(line - pane->pane.rect.line - 1));
	}
	stage_close(&stage);
}

/* Where others come and go above it, too; the last line takes its place where it went. */
static void the_cursor_follows_its_finding(void **state)
{
	const struct findings_pane *pane;
	enum finding_type first, second;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('!'));
	answer(&stage);
	pane = (const struct findings_pane *)stage_pane(&stage, &findings_pane);
	first = under_cursor(&stage)->type;
	assert_int_equal(under_cursor(&stage)->start, 0x7f83a9100000);
	stage_press(&stage, KEYS(KEY_ARROW_DOWN));
	second = under_cursor(&stage)->type;
	assert_int_not_equal(first, second);
	stage_add(&stage, sample_python_without(0x7f83a9100000), 1);
	stage_press(&stage, KEYS(KEY_TO_HOME));
	assert_int_not_equal(under_cursor(&stage)->start, 0x7f83a9100000);
	first = under_cursor(&stage)->type;
	stage_add(&stage, sample_python(), 2);
	assert_int_equal(under_cursor(&stage)->type, first);
	assert_true(pane->cursor > 0);
	/* The screen line of it stays as far as can be. */
	stage_press(&stage, KEYS(KEY_TO_HOME));
	stage_add(&stage, sample_python_without(0x7f83a9100000), 3);
	assert_int_equal(pane->cursor, 0);
	assert_int_equal(pane->top, 0);
	stage_press(&stage, KEYS(KEY_TO_END));
	assert_int_equal(pane->cursor, pane->count - 1);
	stage_add(&stage, sample_empty(), 4);
	assert_true(pane->cursor < pane->count || pane->count == 0);
	stage_close(&stage);
}

/* Where the list is longer than its room, the line of the cursor stays where it is on the screen.
 */
static void the_line_stays_where_it_is_seen(void **state)
{
	const struct findings_pane *pane;
	struct stage stage;
	size_t above, cursor;

	(void)state;
	stage_open(&stage, sample_python_without(0x7f83a9100000), 80, 32, true);
	stage_press(&stage, KEYS('!'));
	answer(&stage);
	pane = (const struct findings_pane *)stage_pane(&stage, &findings_pane);
	stage_press(&stage, KEYS(KEY_TO_END, KEY_ARROW_UP, KEY_ARROW_UP));
	above = pane->cursor - pane->top;
	assert_true(pane->top > 1 && above > 0);
	cursor = pane->cursor;
	stage_add(&stage, sample_python(), 1);
	assert_int_equal(pane->cursor, cursor + 1);
	assert_int_equal(pane->cursor - pane->top, above);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_core_file_has_none),
		cmocka_unit_test(files_are_wanted_while_it_is_open),
		cmocka_unit_test(what_was_found_is_listed),
		cmocka_unit_test(in_ascii_too),
		cmocka_unit_test(the_cursor_stays_with_its_finding),
		cmocka_unit_test(enter_shows_the_mapping),
		cmocka_unit_test(a_click_chooses),
		cmocka_unit_test(what_keys_do_is_seen),
		cmocka_unit_test(what_was_found_is_of_the_process),
		cmocka_unit_test(a_click_below_chooses_nothing),
		cmocka_unit_test(the_cursor_follows_its_finding),
		cmocka_unit_test(the_line_stays_where_it_is_seen),
	};

	setlocale(LC_CTYPE, "");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
