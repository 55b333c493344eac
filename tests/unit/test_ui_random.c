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
#include "model/address_space.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/arrange.h"
#include "ui/command/commands.h"
#include "ui/table/table_pane.h"

/*
 * Whatever is pressed, whatever becomes of the process meanwhile: what the screen holds is of one
 * space, and it can be drawn. Deterministic; memory is checked where sanitizers are on.
 */

#define ROUNDS 40
#define STEPS  250
#define PAGE   UINT64_C(4096)
#define VMAS   60 /* at most, of a random space */

static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static uint64_t below(uint64_t *seed, uint64_t limit)
{
	return next_random(seed) % limit;
}

static struct vma random_vma(uint64_t *seed, uint64_t *at)
{
	static const char *const names[] = {"",
					    "/usr/lib/libc.so.6",
					    "/tmp/\033[31m\xff",
					    "[heap]",
					    "[stack]",
					    "/memfd:x",
					    "[vdso]",
					    "/usr/bin/x"};
	struct vma vma = {.name = names[below(seed, sizeof(names) / sizeof(names[0]))]};

	*at += below(seed, 3) * PAGE << below(seed, 20);
	vma.start = *at;
	*at += (below(seed, 8) + 1) * PAGE << below(seed, 16);
	vma.end = *at;
	vma.perms = (uint8_t)below(seed, 16);
	vma.kind = (uint8_t)below(seed, KIND_GAP);
	vma.owner = (uint8_t)below(seed, OWNER_COUNT);
	vma.tid = below(seed, 4) ? 0 : 4711;
	if (vma.name[0] == '/')
		vma.inode = vma.name[5] + 1u;
	return vma;
}

/* Of another program from time to time: then nothing is where it was, not even the last address. */
static struct address_space *random_space(uint64_t *seed)
{
	const uint64_t program = below(seed, 8) ? 0 : below(seed, 3);
	const struct target target = {
		.pid = 4711,
		.start_ticks = 1,
		.comm = program ? "other" : "x",
		.page_size = PAGE,
		.start_stack = 0x1000 * (program + 1),
		.threads = 1,
		.rss = TARGET_UNKNOWN,
		.swap = 0,
		.limits = {65530, 8388608, TARGET_UNLIMITED, TARGET_UNKNOWN},
	};
	uint64_t at = program == 1 ? 0x10000 : UINT64_C(0x7f0000000000);
	size_t count = below(seed, VMAS);
	struct vma *vmas = memory_alloc((count + 1) * sizeof(*vmas));
	struct address_space *space = NULL;

	for (size_t i = 0; i < count; i++) {
		/* The same mappings as before, mostly: the history compares them. */
		uint64_t own = below(seed, 5) ? i + 1 : next_random(seed);

		vmas[i] = random_vma(&own, &at);
	}
	assert_int_equal(address_space_create(&target, vmas, count, 0, 0, &space), 0);
	free(vmas);
	return space;
}

static uint32_t random_key(uint64_t *seed)
{
	static const char typed[] = "libc rss:>50% heap+0x1000 .*(x) !kind:perm:w ";
	static const uint32_t named[] = {KEY_RETURN, KEY_ESC, KEY_RETURN, KEY_BACK, 0x20ac};
	size_t count;
	const struct command *commands = commands_table(&count);
	const struct command *command = &commands[below(seed, count)];

	switch (below(seed, 8)) {
	case 0: return KEY_NAMED + (uint32_t)below(seed, KEY_NAMED_END - KEY_NAMED);
	case 1: return (uint32_t)typed[below(seed, sizeof(typed) - 1)];
	case 2: return named[below(seed, sizeof(named) / sizeof(named[0]))];
	default: return command->keys[0];
	}
}

static void press_mouse(struct stage *stage, uint64_t *seed)
{
	const struct canvas *canvas = stage->canvas;
	const struct mouse mouse = {
		.button = (enum mouse_button)below(seed, MOUSE_WHEEL_DOWN + 1),
		.modifiers = (unsigned)below(seed, 8),
		.column = (int)below(seed, (uint64_t)canvas->columns),
		.line = (int)below(seed, (uint64_t)canvas->lines),
		.clicks = 1 + (int)below(seed, 2),
	};

	stage_click(stage, &mouse);
}

/* Types a line as a reader would, for a search, a filter or a place to go to. */
static void type_line(struct stage *stage, uint64_t *seed)
{
	static const char *const lines[] = {"/libc",         "fsize:>1M",    "frss:>0",
					    "g7f0000001000", "gheap+0x1000", "/.",
					    "f!kind:x",      "fnothing"};
	const char *line = lines[below(seed, sizeof(lines) / sizeof(lines[0]))];

	for (; *line; line++)
		stage_press(stage, (const uint32_t[]){(uint32_t)(unsigned char)*line, 0});
	stage_press(stage, (const uint32_t[]){KEY_RETURN, 0});
}

static void step(struct stage *stage, uint64_t *seed, int at)
{
	switch (below(seed, 16)) {
	case 0: stage_add(stage, random_space(seed), at); break;
	case 1: stage_scan(stage, below(seed, 2)); break;
	case 2: stage_resize(stage, (int)below(seed, 180) + 1, (int)below(seed, 60) + 1); break;
	case 3: type_line(stage, seed); break;
	case 4:
	case 5: press_mouse(stage, seed); break;
	default: stage_press(stage, (const uint32_t[]){random_key(seed), 0});
	}
}

static void check_matches(const struct find_lookup *lookup, const struct address_space *space)
{
	if (lookup->query)
		assert_int_equal(lookup->matches.vma_count, space->vma_count);
}

/* All of it belongs together. */
static void check(const struct stage *stage)
{
	const struct ui *ui = &stage->ui;
	const struct band *last =
		&ui->shown.picture.diagram->bands[ui->shown.picture.diagram->band_count - 1];
	const struct table_pane *table = (struct table_pane *)stage_pane(stage, &table_pane);
	const struct table_rows *rows = &table->table.rows;

	assert_ptr_equal(ui->shown.space,
			 ui->shown.past.space ? ui->shown.past.space : stage->session.now);
	assert_true(last->region + last->count <= ui->shown.regions.count);
	for (size_t i = 0; i < ui->shown.regions.count; i++)
		assert_true(ui->shown.regions.regions[i].vma == REGION_GAP ||
			    ui->shown.regions.regions[i].vma < ui->shown.space->vma_count);
	check_matches(&ui->find.search, ui->shown.space);
	check_matches(&ui->find.typed, ui->shown.space);
	check_matches(&ui->find.filtered, ui->shown.space);
	assert_true(!ui->message.text || strlen(ui->message.text) > 0);
	/* What lies below another main view is made when it is shown again. */
	if (!stage_shows(stage, &table_pane))
		return;
	assert_false(table->stale);
	assert_int_equal(rows->vma_count, ui->shown.space->vma_count);
	assert_true(!rows->count || table->table.cursor < rows->count);
	for (size_t i = 0; i < rows->count; i++)
		assert_true(rows->rows[i].vma + rows->rows[i].count <= ui->shown.space->vma_count);
}

static void whatever_is_pressed_the_screen_can_be_drawn(void **state)
{
	(void)state;
	for (uint64_t round = 1; round <= ROUNDS; round++) {
		uint64_t seed = round * UINT64_C(0x9e3779b97f4a7c15);
		struct stage stage;
		int column, line;

		stage_open(&stage, random_space(&seed), 80, 24, below(&seed, 2));
		for (int at = 1; at <= STEPS; at++) {
			step(&stage, &seed, at);
			check(&stage);
			stage_find(&stage, "\x7f", &column, &line);
		}
		stage_close(&stage);
	}
}

/* The process goes on: mostly a little, as it is seen between two frames. */
static void go_on(struct stage *stage, uint64_t *seed, int at)
{
	struct address_space *space;

	switch (below(seed, 8)) {
	case 0: stage_add(stage, random_space(seed), at); break;
	case 1:
		space = address_space_copy(stage->session.now);
		space->target.rss = below(seed, 1 << 30);
		space->target.threads = (uint32_t)below(seed, 3);
		space->target.limits.data = below(seed, 2) ? space->size : TARGET_UNLIMITED;
		stage_add(stage, space, 1);
		break;
	case 2:
	case 3: stage_scan(stage, below(seed, 2)); break;
	case 4: ui_settle_highlights(&stage->ui, at * INT64_C(1000000000), &(int64_t){0}); break;
	default: stage_pulse(stage, below(seed, 1 << 28), below(seed, 1 << 30), at * 1000 + 500);
	}
}

static void what_is_drawn_of_news_is_what_all_of_it_would_be(void **state)
{
	(void)state;
	for (uint64_t round = 1; round <= ROUNDS; round++) {
		uint64_t seed = round * UINT64_C(0xd1342543de82ef95);
		struct stage stage;

		stage_open(&stage, random_space(&seed), 100, 40, below(&seed, 2));
		for (int at = 1; at <= STEPS; at++) {
			if (below(&seed, 4))
				go_on(&stage, &seed, at);
			else
				step(&stage, &seed, at);
			assert_true(stage_renew(&stage));
		}
		stage_close(&stage);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_drawn_of_news_is_what_all_of_it_would_be),
		cmocka_unit_test(whatever_is_pressed_the_screen_can_be_drawn),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("ui_random", tests, NULL, NULL);
}
