/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/diff_sheet.h"

#include <inttypes.h>
#include <string.h>

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/address_space.h"
#include "model/diff.h"
#include "report/grid.h"

struct sheet_writer {
	const struct diff *diff;
	FILE *stream;
	const char *unknown; /* the sign for it */
	const char *arrow;
};

static void add_size(struct grid *grid, const struct sheet_writer *writer, uint64_t bytes)
{
	char size[FORMAT_SIZE_LENGTH];

	grid_add(grid, bytes == TARGET_UNKNOWN ? writer->unknown : format_size(size, bytes));
}

static void add_number(struct grid *grid, uint64_t number)
{
	char cell[24];

	snprintf(cell, sizeof(cell), "%" PRIu64, number);
	grid_add(grid, cell);
}

/* With a sign; nothing of no difference. */
static void add_delta(struct grid *grid, const struct sheet_writer *writer,
		      const struct diff_sum *sum, enum diff_amount amount)
{
	char size[FORMAT_SIZE_LENGTH], cell[FORMAT_SIZE_LENGTH + 1] = "";
	int64_t delta;

	if (!diff_sum_delta(sum, amount, &delta)) {
		grid_add(grid, writer->unknown);
		return;
	}
	if (delta)
		snprintf(cell, sizeof(cell), "%c%s", delta < 0 ? '-' : '+',
			 format_size(size, diff_sum_distance(sum, amount)));
	grid_add(grid, cell);
}

static void add_count_delta(struct grid *grid, const struct diff_sum *sum)
{
	char cell[24] = "";
	int64_t delta = (int64_t)(sum->mappings[DIFF_B] - sum->mappings[DIFF_A]);

	if (delta)
		snprintf(cell, sizeof(cell), "%+" PRId64, delta);
	grid_add(grid, cell);
}

static void add_names(struct grid *grid, const char *const *names)
{
	for (size_t i = 0; i < grid->columns; i++)
		grid_add(grid, names[i]);
}

static void write_grid(const struct sheet_writer *writer, struct grid *grid)
{
	fputc('\n', writer->stream);
	grid_write(grid, writer->stream);
	grid_finish(grid);
}

static void write_total(const struct sheet_writer *writer)
{
	static const char *const names[] = {"", "a", "b", "change"};
	struct grid grid = {.columns = 4, .right = 0xe};
	const struct diff_sum *total = &writer->diff->total;

	add_names(&grid, names);
	grid_add(&grid, "mappings");
	add_number(&grid, total->mappings[DIFF_A]);
	add_number(&grid, total->mappings[DIFF_B]);
	add_count_delta(&grid, total);
	for (int i = 0; i < DIFF_AMOUNTS; i++) {
		grid_add(&grid, diff_amount_name((enum diff_amount)i));
		add_size(&grid, writer, total->amounts[i][DIFF_A]);
		add_size(&grid, writer, total->amounts[i][DIFF_B]);
		add_delta(&grid, writer, total, (enum diff_amount)i);
	}
	write_grid(writer, &grid);
}

static bool differs(const struct diff_sum *sum)
{
	return sum->mappings[DIFF_A] != sum->mappings[DIFF_B] ||
	       diff_sum_distance(sum, DIFF_SIZE) || diff_sum_distance(sum, DIFF_RSS);
}

/* What b has of a sum, and how much more that is. */
static void add_sum(struct grid *grid, const struct sheet_writer *writer,
		    const struct diff_sum *sum)
{
	add_number(grid, sum->mappings[DIFF_B]);
	add_count_delta(grid, sum);
	for (int i = DIFF_SIZE; i <= DIFF_RSS; i++) {
		add_size(grid, writer, sum->amounts[i][DIFF_B]);
		add_delta(grid, writer, sum, (enum diff_amount)i);
	}
}

static void write_by_kind(const struct sheet_writer *writer)
{
	static const char *const names[] = {"kind",   "mappings", "change", "size",
					    "change", "rss",      "change"};
	struct grid grid = {.columns = 7, .right = 0x7e};

	add_names(&grid, names);
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct diff_sum *sum = &writer->diff->by_kind[kind];

		if (!differs(sum))
			continue;
		grid_add(&grid, kind_name((enum kind)kind));
		add_sum(&grid, writer, sum);
	}
	if (grid.count > grid.columns)
		write_grid(writer, &grid);
	grid_finish(&grid);
}

/* Both names where they are not one. */
static void add_object(struct grid *grid, const struct sheet_writer *writer,
		       const struct diff_object *object)
{
	const char *a = object->names[DIFF_A], *b = object->names[DIFF_B];
	struct text name = {0};

	if (a)
		utf8_append_escaped(&name, a, strlen(a));
	if (a && b && strcmp(a, b) != 0)
		text_append_format(&name, " %s ", writer->arrow);
	if (b && (!a || strcmp(a, b) != 0))
		utf8_append_escaped(&name, b, strlen(b));
	grid_add(grid, text_string(&name));
	text_finish(&name);
}

static void write_objects(const struct sheet_writer *writer)
{
	static const char *const names[] = {"mappings", "change", "size",  "change",
					    "rss",      "change", "object"};
	struct grid grid = {.columns = 7, .right = 0x3f};

	add_names(&grid, names);
	for (size_t i = 0; i < writer->diff->objects.count; i++) {
		const struct diff_object *object = &writer->diff->objects.objects[i];

		if (!differs(&object->sum))
			continue;
		add_sum(&grid, writer, &object->sum);
		add_object(&grid, writer, object);
	}
	if (grid.count > grid.columns)
		write_grid(writer, &grid);
	grid_finish(&grid);
}

/* That it is RSS is said where it is nothing else: the numbers show it. */
static void add_differences(struct grid *grid, unsigned differences)
{
	struct text words = {0};

	if (differences != 1U << DIFF_RESIDENT)
		differences &= ~(1U << DIFF_RESIDENT);
	for (int i = 0; i < DIFF_DIFFERENCES; i++)
		if (differences & 1U << i)
			text_append_format(&words, "%s%s", words.length ? " " : "",
					   diff_difference_name((enum diff_difference)i));
	grid_add(grid, text_string(&words));
	text_finish(&words);
}

static const struct vma *find_vma(const struct diff *diff, const struct diff_item *item,
				  enum diff_side side)
{
	return item->vmas[side] == DIFF_NONE ? NULL
					     : &diff->subjects[side].space->vmas[item->vmas[side]];
}

/* What it was and, where that is another, what it is. */
static void add_perms(struct grid *grid, const struct sheet_writer *writer, const struct vma *a,
		      const struct vma *b)
{
	char perms[PERMS_LENGTH];
	struct text cell = {0};

	if (a)
		text_append(&cell, vma_perms(a, perms));
	if (a && b && a->perms != b->perms)
		text_append_format(&cell, " %s ", writer->arrow);
	if (b && (!a || a->perms != b->perms))
		text_append(&cell, vma_perms(b, perms));
	grid_add(grid, text_string(&cell));
	text_finish(&cell);
}

static void add_place(struct grid *grid, const struct vma *vma, const char *kind)
{
	struct text cell = {0};

	text_append_format(&cell, "%012" PRIx64, vma->start);
	grid_add(grid, text_string(&cell));
	grid_add(grid, kind);
	text_clear(&cell);
	vma_append_label(&cell, vma);
	grid_add(grid, text_string(&cell));
	text_finish(&cell);
}

static void add_item(struct grid *grid, const struct sheet_writer *writer,
		     const struct diff_item *item)
{
	const struct vma *a = find_vma(writer->diff, item, DIFF_A);
	const struct vma *b = find_vma(writer->diff, item, DIFF_B), *vma = b ? b : a;
	struct text kind = {0};

	add_differences(grid, item->differences);
	for (int i = DIFF_SIZE; i <= DIFF_RSS; i++) {
		add_size(grid, writer, item->sum.amounts[i][DIFF_B]);
		add_delta(grid, writer, &item->sum, (enum diff_amount)i);
	}
	add_perms(grid, writer, a, b);
	if (a && b && a->kind != b->kind)
		text_append_format(&kind, "%s %s ", kind_name(a->kind), writer->arrow);
	text_append(&kind, kind_name(vma->kind));
	add_place(grid, vma, text_string(&kind));
	text_finish(&kind);
}

static void write_items(const struct sheet_writer *writer)
{
	static const char *const names[] = {"difference", "size",    "change", "rss", "change",
					    "perms",      "address", "kind",   "name"};
	struct grid grid = {.columns = 9, .right = 0x1e};

	add_names(&grid, names);
	for (size_t i = 0; i < writer->diff->item_count; i++)
		add_item(&grid, writer, &writer->diff->items[i]);
	if (grid.count > grid.columns)
		write_grid(writer, &grid);
	grid_finish(&grid);
}

void diff_sheet_write(FILE *stream, const struct diff *diff, const char *const *headings,
		      bool ascii)
{
	const struct sheet_writer writer = {diff, stream, ascii ? "-" : "–", ascii ? "->" : "→"};

	fprintf(stream, "a  %s\nb  %s\n", headings[DIFF_A], headings[DIFF_B]);
	write_total(&writer);
	write_by_kind(&writer);
	write_objects(&writer);
	write_items(&writer);
	fprintf(stream, "\n%" PRIu64 " mapping%s the same in both.\n", diff->unchanged,
		diff->unchanged == 1 ? " is" : "s are");
}
