/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/growers.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "support/sample.h"
#include "ui/pane/growers_draw.h"
#include "ui/pane/growers_lines.h"

static const struct frame bordered = {.bordered = true}, bare = {.bordered = false};
static const struct growers_open none;

static struct growers_draw make_pane(const struct growers *growers,
				     const struct address_space *space)
{
	return (struct growers_draw){
		.growers = growers,
		.open = &none,
		.space = space,
		.baseline = "10:41:07",
		.seconds = 2,
		.walked = "10:42:00",
		.heap_seconds = 4,
	};
}

/* Appends so many lines of what is drawn, with their roles. */
static void append(struct text *text, const struct growers_draw *pane, const struct frame *frame,
		   struct rect size, bool ascii)
{
	struct canvas *canvas = canvas_create(size.columns, size.lines, ascii);

	growers_draw(canvas, frame, size, pane);
	canvas_append_text(text, canvas);
	for (int line = 0; line < size.lines; line++) {
		golden_append_roles(text, &canvas->cells[line * size.columns], size.columns);
		text_append(text, "\n");
	}
	canvas_destroy(canvas);
}

/* Heading and one mapping at each width: whole columns or none. */
static void columns_come_with_the_width(void **state)
{
	struct growers_entry mapping = {.start = 0x55b5f7c8d000, .delta = 4096};
	const struct growers growers = {.mappings = &mapping, .mapping_count = 1};
	struct address_space *space = sample_python();
	const struct growers_draw pane = make_pane(&growers, space);
	const size_t vma = address_space_find(space, mapping.start);
	struct text text = {0};

	(void)state;
	mapping.vma = (uint32_t)vma;
	mapping.end = space->vmas[vma].end;
	mapping.size = vma_size(&space->vmas[vma]);
	mapping.kind = KIND_HEAP;
	for (int columns = 18; columns < 130; columns++) {
		const struct frame *frame = columns % 2 ? &bare : &bordered;
		struct canvas *canvas = canvas_create(columns, 5, false);
		struct text all = {0};
		const char *at;

		growers_draw(canvas, frame, (struct rect){0, 0, columns, 5}, &pane);
		canvas_append_text(&all, canvas);
		at = strchr(text_string(&all), '\n') + 1;
		text_append_format(&text, "%d\n", columns);
		text_append_bytes(&text, at, (size_t)(strchr(strchr(at, '\n') + 1, '\n') + 1 - at));
		text_finish(&all);
		canvas_destroy(canvas);
	}
	golden_check("growers_draw_widths", text_string(&text));
	text_finish(&text);
	address_space_destroy(space);
}

/* What grew by a byte, shrank by one, did neither, or is not known. */
static void amounts_have_roles(void **state)
{
	struct growers_entry kinds[] = {
		{.size = 10, .delta = 1, .kind = KIND_ANON, .vma = UINT32_MAX},
		{.size = 11, .delta = 0, .kind = KIND_HEAP, .vma = UINT32_MAX},
		{.size = 12, .delta = -1, .kind = KIND_JIT, .vma = UINT32_MAX},
		{.size = 13, .delta = 9, .kind = KIND_FILE, .vma = UINT32_MAX, .unknown = true},
	};
	struct growers_entry heap[] = {
		{.size = 10, .delta = 6, .kind = KIND_HEAP, .part = GROWERS_USED},
		{.size = 20, .delta = 2, .kind = KIND_HEAP, .part = GROWERS_FREE},
		{.size = 30, .delta = 8, .kind = KIND_HEAP, .part = GROWERS_USED, .arena = 0x1000},
		{.size = 40, .delta = 8, .kind = KIND_ARENA, .part = GROWERS_FREE, .arena = 0x2000},
	};
	struct growers growers = {.kinds = kinds, .kind_count = 4};
	struct address_space *space = sample_python();
	struct growers_draw pane = make_pane(&growers, space);
	static const double seconds[] = {2, 0, -1};
	struct text text = {0};

	(void)state;
	for (int i = 0; i < 3; i++) {
		pane.seconds = seconds[i];
		append(&text, &pane, &bordered, (struct rect){0, 0, 90, 7}, false);
	}
	pane.seconds = NAN;
	pane.letters = pane.selecting = true;
	pane.cursor = 2;
	append(&text, &pane, &bare, (struct rect){0, 0, 60, 6}, true);
	growers.heap = heap;
	for (growers.heap_count = 1; growers.heap_count <= 4; growers.heap_count++) {
		pane.seconds = 3;
		pane.top = 5;
		append(&text, &pane, &bordered, (struct rect){0, 0, 90, 7}, false);
	}
	growers = (struct growers){0};
	pane.seconds = 0;
	append(&text, &pane, &bordered, (struct rect){0, 0, 40, 5}, false);
	pane.seconds = -1;
	append(&text, &pane, &bare, (struct rect){0, 0, 40, 5}, false);
	golden_check("growers_draw_roles", text_string(&text));
	text_finish(&text);
	address_space_destroy(space);
}

/* Bars have eighths of cells, rounded; the least growth has one. */
static void bars_are_rounded_to_eighths(void **state)
{
	enum { COUNT = 40 };

	struct growers_entry kinds[2];
	struct address_space *space = sample_python();
	struct text text = {0};

	(void)state;
	/* Two share all of it; behind their rates they have bars. */
	for (int i = 0; i < COUNT; i++) {
		const struct growers growers = {.kinds = kinds, .kind_count = 2};
		struct growers_draw pane = make_pane(&growers, space);

		pane.seconds = 0.01;
		for (int k = 0; k < 2; k++)
			kinds[k] = (struct growers_entry){
				.delta = k ? 5 * i + 1 : 200, .kind = KIND_ANON, .vma = UINT32_MAX};
		for (int ascii = 0; ascii < 2; ascii++) {
			struct canvas *canvas = canvas_create(86, 4, ascii);
			struct text all = {0};

			growers_draw(canvas, &bare, (struct rect){0, 0, 86, 4}, &pane);
			canvas_append_text(&all, canvas);
			for (char *at = all.bytes; (at = strstr(at, "/s")) != NULL; at += 2)
				text_append_format(&text, "%.*s|", (int)strcspn(at + 2, "\n"),
						   at + 2);
			text_finish(&all);
			canvas_destroy(canvas);
		}
		text_append(&text, "\n");
	}
	golden_check("growers_draw_bars", text_string(&text));
	text_finish(&text);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_come_with_the_width),
		cmocka_unit_test(amounts_have_roles),
		cmocka_unit_test(bars_are_rounded_to_eighths),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("growers draw widths", tests, NULL, NULL);
}
