/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/pane/inspector_pane.h"

#define HEAP       0x55b5f7c8d000
#define PAGES_MOST 40

/* An inspector of its own size, of the band under the cursor of a stage. */
struct inspected {
	struct stage stage;
	struct pane *pane;
	int columns, lines;
};

/* So many rows that every region stands alone. */
static void open_inspected(struct inspected *inspected, int columns, int lines)
{
	stage_open(&inspected->stage, sample_python(), 80, 300, true);
	inspected->stage.ui.view.cursor = HEAP;
	inspected->pane = memory_alloc(inspector_pane.size);
	inspected->pane->ops = &inspector_pane;
	inspected->pane->rect = (struct rect){1, 1, columns, lines};
	inspected->columns = columns;
	inspected->lines = lines;
}

static void close_inspected(struct inspected *inspected)
{
	free(inspected->pane);
	stage_close(&inspected->stage);
}

static void turn(struct inspected *inspected, int direction)
{
	inspector_pane.wheel(inspected->pane, &inspected->stage.ui, NULL, direction);
}

/* Appends what is shown, on a canvas that is larger on each side, where nothing may stand. */
static void append(struct text *text, struct inspected *inspected, bool ascii)
{
	const int columns = inspected->columns + 2, lines = inspected->lines + 2;
	struct canvas *canvas = canvas_create(columns, lines, ascii);
	const struct scene scene = stage_scene(&inspected->stage);

	canvas_fill(canvas, 0, 0, columns, lines, '~', ROLE_DEFAULT);
	inspector_pane.draw(inspected->pane, canvas, &inspected->stage.ui.frame, &scene);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
}

/* Appends all pages, forwards; backwards they are the same. */
static void append_pages(struct text *text, int columns, int lines)
{
	struct text pages[PAGES_MOST] = {0};
	struct inspected inspected;
	int count = 0;

	open_inspected(&inspected, columns, lines);
	for (int i = 0; i < PAGES_MOST; i++) {
		struct text page = {0};

		append(&page, &inspected, false);
		turn(&inspected, 1);
		if (i && !strcmp(text_string(&page), text_string(&pages[0]))) {
			text_finish(&page);
			break;
		}
		pages[count++] = page;
	}
	text_append_format(text, "%d x %d: %d pages\n", columns, lines, count);
	/* The first one was turned to again, and left. */
	turn(&inspected, -1);
	for (int i = count - 1; i >= 0; i--) {
		struct text page = {0};

		turn(&inspected, -1);
		append(&page, &inspected, false);
		assert_string_equal(text_string(&page), text_string(&pages[i]));
		text_finish(&page);
	}
	for (int i = 0; i < count; i++) {
		text_append(text, text_string(&pages[i]));
		text_finish(&pages[i]);
	}
	close_inspected(&inspected);
}

/* A sentence that is longer than the pane is cut at its border. */
static void each_page_has_what_fits(void **state)
{
	struct text text = {0};

	(void)state;
	append_pages(&text, 40, 12);
	append_pages(&text, 40, 13);
	append_pages(&text, 30, 5);
	append_pages(&text, 60, 47);
	golden_check("inspector_all_pages", text_string(&text));
	text_finish(&text);
}

/* Bars are as wide as there is room, from four columns up to sixteen. */
static void bars_have_the_room_beside_amounts(void **state)
{
	static const int columns[] = {22, 23, 24, 34, 35, 36};
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		struct inspected inspected;

		open_inspected(&inspected, columns[i], 9);
		stage_scan(&inspected.stage, true);
		append(&text, &inspected, false);
		append(&text, &inspected, true);
		close_inspected(&inspected);
	}
	golden_check("inspector_bars", text_string(&text));
	text_finish(&text);
}

/* The page that was turned to is of one band: another one begins with its first page. */
static void a_page_is_of_one_band(void **state)
{
	struct inspected inspected;
	struct text first = {0}, found = {0};

	(void)state;
	open_inspected(&inspected, 40, 12);
	inspected.stage.ui.view.cursor = 0x7f83aa564000;
	append(&first, &inspected, false);
	inspected.stage.ui.view.cursor = HEAP;
	turn(&inspected, 1);
	turn(&inspected, 1);
	append(&found, &inspected, false);
	assert_non_null(strstr(text_string(&found), "] 3/"));
	inspected.stage.ui.view.cursor = 0x7f83aa564000;
	text_clear(&found);
	append(&found, &inspected, false);
	assert_string_equal(text_string(&found), text_string(&first));
	turn(&inspected, 1);
	text_clear(&found);
	append(&found, &inspected, false);
	assert_non_null(strstr(text_string(&found), "] 2/"));
	/* There are less pages now than the number of the one that was shown. */
	turn(&inspected, 1);
	inspected.lines = inspected.pane->rect.lines = 60;
	text_clear(&found);
	append(&found, &inspected, false);
	assert_null(strstr(text_string(&found), "] "));
	assert_non_null(strstr(text_string(&found), "from   7f83aa564000"));
	text_finish(&first);
	text_finish(&found);
	close_inspected(&inspected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_page_has_what_fits),
		cmocka_unit_test(bars_have_the_room_beside_amounts),
		cmocka_unit_test(a_page_is_of_one_band),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("inspector pages", tests, NULL, NULL);
}
