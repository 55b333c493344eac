/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/keyed_hash.h"
#include "base/memory.h"
#include "model/address_space.h"
#include "model/residency.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "ui/arrange.h"
#include "ui/command/commands.h"
#include "ui/dispatch.h"
#include "ui/display.h"

/* The time of day in UTC, whatever the machine's zone is. */
static void local_time(void *context, int64_t time_ns, char out[static SCENE_CLOCK_LENGTH])
{
	int64_t ms = time_ns / 1000000 % (24 * 60 * 60 * 1000);

	(void)context;
	snprintf(out, SCENE_CLOCK_LENGTH, "%02d:%02d:%02d.%03d", (int)(ms / 3600000),
		 (int)(ms / 60000 % 60), (int)(ms / 1000 % 60), (int)(ms % 1000));
}

/* What the loop does; returns the bits. */
static unsigned do_as_asked(struct stage *stage)
{
	struct ui *ui = &stage->ui;
	unsigned bits = ui->request.bits;
	struct ui_request more;

	stage->request = ui_take_request(ui);
	if (bits & UI_INTERVAL)
		ui->host.interval_ns = stage->request.interval_ns;
	if (bits & UI_MOUSE)
		ui->host.mouse = stage->request.mouse;
	arrange_layout(ui);
	more = ui_take_request(ui);
	bits |= more.bits;
	stage->undrawn.bits |= bits;
	stage->undrawn.news |= stage->request.news | more.news;
	return bits;
}

void stage_open_empty(struct stage *stage, int columns, int lines, bool unicode)
{
	*stage = (struct stage){0};
	stage->status = (struct scene_status){
		.user = "ann",
		.clock = "10:41:07",
		.baseline = "10:41:07",
		.interval_ns = 1000000000,
		.local_time = local_time,
	};
	stage->canvas = canvas_create(columns, lines, !unicode);
	commands_init_keymap(&stage->keymap);
	ui_init(&stage->ui, unicode);
	stage->ui.host.interval_ns = 1000000000;
	dispatch_start(&stage->ui, &stage->keymap);
	arrange_resize(&stage->ui, columns, lines);
}

void stage_open(struct stage *stage, struct address_space *space, int columns, int lines,
		bool unicode)
{
	stage_open_empty(stage, columns, lines, unicode);
	session_init(&stage->session, space, (size_t)1 << 20, &(struct hash_key){{0}});
	ui_watch(&stage->ui, &stage->session);
	arrange_resize(&stage->ui, columns, lines);
	do_as_asked(stage);
}

void stage_close(struct stage *stage)
{
	ui_finish(&stage->ui);
	keymap_finish(&stage->keymap);
	usage_table_finish(&stage->usage);
	residency_destroy(stage->residency);
	canvas_destroy(stage->canvas);
	if (stage->session.now)
		session_finish(&stage->session);
}

void stage_take(struct stage *stage, struct address_space *space, int64_t now_ns)
{
	session_add_usage(&stage->session, stage->ui.shown.usage, stage->ui.shown.residency);
	session_add(&stage->session, space);
	ui_take_snapshot(&stage->ui, now_ns, NULL);
	do_as_asked(stage);
}

void stage_add(struct stage *stage, struct address_space *space, int seconds)
{
	int64_t later = (int64_t)seconds * 1000000000;

	space->time_ns += later;
	/* As a sampler does. */
	address_space_share_list(space, stage->session.now);
	stage_take(stage, space, later);
}

static bool is_accessible(const struct vma *vma)
{
	return (vma->perms & PERM_ACCESS) && vma->start >> 63 == 0;
}

/* Resident, then swapped, in whole pages. */
static size_t add_runs(struct residency_run *runs, size_t count, const struct vma *vma)
{
	uint64_t resident = vma_size(vma) / 2 & ~UINT64_C(4095);
	uint64_t swapped = vma_size(vma) / 8 & ~UINT64_C(4095);

	if (!is_accessible(vma))
		return count;
	if (vma->kind == KIND_TEXT) {
		resident = vma_size(vma);
		swapped = 0;
	}
	if (resident)
		runs[count++] = (struct residency_run){
			vma->start, vma->start + resident,
			vma->kind == KIND_ANON ? RUN_RESIDENT | RUN_HUGE : RUN_RESIDENT};
	if (swapped)
		runs[count++] = (struct residency_run){
			vma->start + resident, vma->start + resident + swapped, RUN_SWAPPED};
	return count;
}

/* Of flags: the first, third and so on. */
static struct usage make_usage(const struct stage *stage, const struct vma *vma, bool smaps)
{
	struct residency_sum sum = residency_between(stage->residency, vma->start, vma->end);
	struct usage usage = usage_unknown();

	usage.rss = sum.resident;
	usage.swap = sum.swapped;
	usage.hugetlb = 0;
	if (!smaps)
		return usage;
	usage.pss = sum.resident / 2;
	usage.uss = sum.resident / 4;
	usage.private_dirty = sum.resident / 4;
	usage.shared_dirty = 0;
	usage.referenced = sum.resident / 8;
	usage.anonymous = usage.locked = 0;
	usage.huge = sum.huge;
	usage.page_size = 4096;
	usage.flags = 0;
	for (size_t i = 0; i < 64 && usage_flag_name(i); i += 2)
		usage.flags |= UINT64_C(1) << i;
	return usage;
}

static void add_usage(struct usage *sum, const struct usage *usage, bool smaps)
{
	sum->rss += usage->rss;
	sum->swap += usage->swap;
	sum->pss = smaps ? sum->pss + usage->pss : TARGET_UNKNOWN;
}

void stage_scan(struct stage *stage, bool smaps)
{
	const struct address_space *space = stage->session.now;
	struct residency_run *runs = memory_alloc((2 * space->vma_count + 1) * sizeof(*runs));
	struct usage_table *table = &stage->usage;
	size_t count = 0;

	for (size_t i = 0; i < space->vma_count; i++)
		count = add_runs(runs, count, &space->vmas[i]);
	residency_destroy(stage->residency);
	usage_table_finish(table);
	stage->residency = residency_create(runs, count, RESIDENCY_PAGEMAP_SCAN, space->time_ns, 0);
	*table = (struct usage_table){
		.source = RESIDENCY_PAGEMAP_SCAN,
		.smaps_ns = smaps,
	};
	usage_list_init(&table->vmas, space->vma_count);
	for (size_t i = 0; i < space->vma_count; i++) {
		const struct usage usage = make_usage(stage, &space->vmas[i], smaps);

		usage_list_set(&table->vmas, i, &usage);
		add_usage(&table->total, &usage, smaps);
		add_usage(&table->by_kind[space->vmas[i].kind], &usage, smaps);
	}
	ui_set_usage(&stage->ui, table, stage->residency);
	if (stage->ui.request.bits & UI_LAYOUT)
		do_as_asked(stage);
}

void stage_pulse(struct stage *stage, uint64_t heap, uint64_t resident, int milliseconds)
{
	session_add_pulse(&stage->session, &(struct pulse){
						   .time_ns = stage->session.start_ns +
							      milliseconds * INT64_C(1000000),
						   .heap = heap,
						   .resident = resident,
						   .size = TARGET_UNKNOWN,
					   });
	if (!stage->ui.shown.paused)
		ui_tell_news(&stage->ui, PANE_NEWS_PULSE);
}

void stage_resize(struct stage *stage, int columns, int lines)
{
	bool ascii = stage->canvas->ascii;

	canvas_destroy(stage->canvas);
	stage->canvas = canvas_create(columns, lines, ascii);
	arrange_resize(&stage->ui, columns, lines);
	do_as_asked(stage);
}

unsigned stage_press(struct stage *stage, const uint32_t *keys)
{
	unsigned bits = 0;

	for (; *keys; keys++) {
		dispatch_key(&stage->ui, *keys);
		bits |= do_as_asked(stage);
	}
	return bits;
}

unsigned stage_click(struct stage *stage, const struct mouse *mouse)
{
	dispatch_mouse(&stage->ui, mouse);
	return do_as_asked(stage);
}

struct scene stage_scene(const struct stage *stage)
{
	struct scene scene = ui_scene(&stage->ui, &stage->status);

	scene.cursor = true;
	return scene;
}

/* What the loop knows. */
static void take_status(struct stage *stage)
{
	stage->status.message = stage->ui.message.text;
	stage->status.paused = stage->ui.shown.paused;
	stage->status.interval_ns = stage->ui.host.interval_ns;
	if (stage->ui.shown.paused) {
		stage->status.earlier = shown_is_earlier(&stage->ui.shown);
		stage->status.back_ns =
			stage->session.now->time_ns - stage->ui.shown.space->time_ns;
	}
}

void stage_draw(struct stage *stage)
{
	take_status(stage);
	display_draw(&stage->ui, stage->canvas, &stage->status);
	stage->undrawn = (struct ui_request){0};
}

static void renew(struct stage *stage)
{
	struct ui_request *undrawn = &stage->undrawn;

	undrawn->bits |= stage->ui.request.bits;
	undrawn->news |= stage->ui.request.news;
	ui_take_request(&stage->ui);
	take_status(stage);
	if (undrawn->bits & (UI_DRAW | UI_REPAINT))
		display_draw(&stage->ui, stage->canvas, &stage->status);
	else if (undrawn->news)
		display_renew(&stage->ui, stage->canvas, &stage->status, undrawn->news);
	*undrawn = (struct ui_request){0};
}

bool stage_renew(struct stage *stage)
{
	const struct canvas *canvas = stage->canvas;
	struct canvas *whole = canvas_create(canvas->columns, canvas->lines, canvas->ascii);
	size_t size = (size_t)canvas->columns * (size_t)canvas->lines * sizeof(*canvas->cells);
	bool same;

	renew(stage);
	display_draw(&stage->ui, whole, &stage->status);
	same = memcmp(canvas->cells, whole->cells, size) == 0;
	canvas_destroy(whole);
	return same;
}

static bool stands_at(const struct canvas *canvas, int column, int line, const char *string)
{
	for (; *string; string++, column++)
		if (column >= canvas->columns ||
		    canvas->cells[line * canvas->columns + column].glyph != (uint32_t)*string)
			return false;
	return true;
}

bool stage_find(struct stage *stage, const char *string, int *ret_column, int *ret_line)
{
	stage_draw(stage);
	for (int line = 0; line < stage->canvas->lines; line++)
		for (int column = 0; column < stage->canvas->columns; column++)
			if (stands_at(stage->canvas, column, line, string)) {
				*ret_column = column;
				*ret_line = line;
				return true;
			}
	return false;
}

size_t stage_count_role(const struct stage *stage, enum role role)
{
	size_t count = 0;

	for (int i = 0; i < stage->canvas->columns * stage->canvas->lines; i++)
		count += stage->canvas->cells[i].role == role;
	return count;
}

void stage_check(struct stage *stage, const char *name)
{
	stage_draw(stage);
	golden_check_canvas(name, stage->canvas);
}

void stage_check_panes(struct stage *stage, const char *name)
{
	const struct frame *frame = &stage->ui.frame;
	struct text text = {0};
	const char *first, *last;
	char *panes;

	stage_draw(stage);
	canvas_append_text(&text, stage->canvas);
	first = text_string(&text);
	for (int line = 0; line < frame->header.lines; line++)
		first = strchr(first, '\n') + 1;
	last = text_string(&text) + text.length;
	for (int line = 0; line <= frame->footer.lines; line++)
		last = memrchr(text_string(&text), '\n', (size_t)(last - text_string(&text)));
	panes = memory_alloc((size_t)(last - first) + 2);
	memcpy(panes, first, (size_t)(last - first) + 1);
	golden_check(name, panes);
	golden_check_roles(name, stage->canvas, frame->header.lines,
			   stage->canvas->lines - frame->header.lines - frame->footer.lines);
	free(panes);
	text_finish(&text);
}

struct pane *stage_pane(const struct stage *stage, const struct pane_ops *ops)
{
	return arrange_pane(&stage->ui, ops);
}

bool stage_shows(const struct stage *stage, const struct pane_ops *ops)
{
	const struct rect rect = stage_pane(stage, ops)->rect;

	return rect.lines > 0 && rect.columns > 0;
}
