/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/table/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "layout/diagram.h"
#include "layout/region.h"
#include "model/address_space.h"
#include "model/field.h"

/* Those that are a field of a mapping are called as that is. */
static const enum field column_fields[TABLE_COLUMNS] = {
	[TABLE_SIZE] = FIELD_SIZE, [TABLE_RSS] = FIELD_RSS,       [TABLE_PSS] = FIELD_PSS,
	[TABLE_SWAP] = FIELD_SWAP, [TABLE_GROWTH] = FIELD_GROWTH, [TABLE_PERMS] = FIELD_PERMS,
	[TABLE_KIND] = FIELD_KIND, [TABLE_NAME] = FIELD_NAME,
};

const char *table_column_name(enum table_column column)
{
	return column == TABLE_ADDRESS ? "address" : field_name(column_fields[column]);
}

void table_finish(struct table *table)
{
	table_rows_finish(&table->rows);
	free(table->open);
	*table = (struct table){0};
}

/* Scrolls so that the cursor is on that line of the screen, if there are rows enough around it. */
static void scroll_to(struct table *table, size_t line)
{
	size_t count = table->rows.count, lines = table->lines ? table->lines : 1;
	size_t last_top = count > lines ? count - lines : 0;

	if (line >= lines)
		line = lines - 1;
	table->top = table->cursor > line ? table->cursor - line : 0;
	if (table->top > last_top)
		table->top = last_top;
}

void table_set_lines(struct table *table, size_t lines)
{
	size_t line = table->cursor - table->top;

	table->lines = lines ? lines : 1;
	scroll_to(table, line);
}

/* The row of the mapping at the address, or near it. */
static size_t find_row(const struct table *table, const struct address_space *space,
		       uint64_t address)
{
	size_t vma = address_space_lower_bound(space, address);

	if (vma == space->vma_count)
		vma--;
	return table->rows.of_vma[vma];
}

/* The row of the part that holds the address, of the unfolded mapping whose row is given. */
static size_t find_part(const struct table *table, const struct address_space *space, size_t row,
			uint64_t address)
{
	for (size_t i = row + 1; i < table->rows.count && table->rows.rows[i].part; i++)
		if (table_rows_mapping(space, &table->rows.rows[i])->start <= address &&
		    address < table_rows_end(space, &table->rows.rows[i]))
			return i;
	return row;
}

size_t table_row_of(const struct table *table, const struct address_space *space, uint64_t address)
{
	size_t row;

	if (!table->rows.count)
		return 0;
	row = find_row(table, space, address);
	if (table->on_object && address == table->address)
		return table_rows_object(&table->rows, row);
	return table->rows.rows[row].open ? find_part(table, space, row, address) : row;
}

void table_place(struct table *table, const struct address_space *space, uint64_t address)
{
	size_t line = table->cursor - table->top;

	table->cursor = table_row_of(table, space, address);
	table->on_object = table->on_object && address == table->address;
	table->address = address;
	scroll_to(table, line);
}

/* Where the cursor is now is where it was put. */
static void take_row(struct table *table, const struct address_space *space)
{
	const struct table_row *row = &table->rows.rows[table->cursor];

	table->address = table_rows_mapping(space, row)->start;
	table->on_object = row->open;
}

static void show_top(struct table *table, const struct address_space *space)
{
	table->top = 0;
	if (table->cursor < table->lines)
		return;
	table->cursor = 0;
	take_row(table, space);
}

void table_make(struct table *table, struct table_request request, uint64_t cursor)
{
	request.order = table->order;
	request.open = table->open;
	request.open_count = table->open_count;
	table_rows_finish(&table->rows);
	table_rows_init(&table->rows, &request);
	table_place(table, request.space, cursor);
	if (table->to_top && table->rows.count)
		show_top(table, request.space);
	table->to_top = false;
}

void table_move(struct table *table, const struct address_space *space, int64_t rows)
{
	size_t last = table->rows.count - 1, line = table->cursor - table->top;
	size_t step = rows < 0 ? (size_t)-rows : (size_t)rows, moved;

	if (!table->rows.count)
		return;
	moved = rows < 0 ? table->cursor : last - table->cursor;
	if (moved > step)
		moved = step;
	if (rows < 0) {
		table->cursor -= moved;
		line -= line < moved ? line : moved;
	} else {
		table->cursor += moved;
		line += moved;
	}
	scroll_to(table, line);
	take_row(table, space);
}

void table_scroll(struct table *table, const struct address_space *space, int64_t rows)
{
	size_t last = table->rows.count > table->lines ? table->rows.count - table->lines : 0;
	size_t step = rows < 0 ? (size_t)-rows : (size_t)rows;

	if (last == 0) {
		table_move(table, space, rows < 0 ? -1 : 1);
		return;
	}
	if (rows < 0)
		table->top -= table->top < step ? table->top : step;
	else
		table->top += last - table->top < step ? last - table->top : step;
	if (table->cursor < table->top)
		table->cursor = table->top;
	else if (table->cursor >= table->top + table->lines)
		table->cursor = table->top + table->lines - 1;
	else
		return;
	take_row(table, space);
}

const struct table_row *table_row(const struct table *table)
{
	return table->rows.count ? &table->rows.rows[table->cursor] : NULL;
}

const struct table_row *table_object(const struct table *table)
{
	const struct table_row *row;

	if (!table->rows.count)
		return NULL;
	row = &table->rows.rows[table_rows_object(&table->rows, table->cursor)];
	return row->type == TABLE_ROW_OBJECT ? row : NULL;
}

/* The index of the first place from the address on that was unfolded. */
static size_t find_open(const struct table *table, uint64_t start)
{
	size_t i = 0;

	while (i < table->open_count && table->open[i] < start)
		i++;
	return i;
}

/* Forgets all that was unfolded in the range; returns whether there was something. */
static bool close_range(struct table *table, uint64_t start, uint64_t end)
{
	size_t at = find_open(table, start), last = find_open(table, end);

	if (at == last)
		return false;
	memmove(&table->open[at], &table->open[last],
		(table->open_count - last) * sizeof(*table->open));
	table->open_count -= last - at;
	return true;
}

void table_fold(struct table *table, const struct address_space *space,
		const struct table_row *object)
{
	uint64_t start = space->vmas[object->vma].start;

	if (!close_range(table, start, table_rows_end(space, object))) {
		size_t at = find_open(table, start);

		table->open = memory_array_grow(table->open, table->open_count,
						&table->open_capacity, sizeof(*table->open));
		memmove(&table->open[at + 1], &table->open[at],
			(table->open_count++ - at) * sizeof(*table->open));
		table->open[at] = start;
	}
	/* The object's own row has the cursor, before as after. */
	table->address = start;
	table->on_object = true;
}

bool table_choose(struct table *table, int direction)
{
	int column = (int)table->chosen + direction;

	while (column >= 0 && column < TABLE_COLUMNS && table->hidden & UINT32_C(1) << column)
		column += direction;
	if (column < 0 || column >= TABLE_COLUMNS)
		return false;
	table->chosen = (enum table_column)column;
	return true;
}

void table_sort(struct table *table)
{
	table->order.reversed =
		table->order.column == table->chosen ? !table->order.reversed : false;
	table->order.column = table->chosen;
	table->to_top = true;
}

bool table_hide(struct table *table)
{
	if (table->chosen == TABLE_ADDRESS || table->chosen == TABLE_NAME)
		return false;
	table->hidden |= UINT32_C(1) << table->chosen;
	return table_choose(table, 1);
}

bool table_band(const struct table *table, const struct address_space *space,
		const struct region_list *regions, struct band *ret_band)
{
	const struct table_row *row = table_row(table);

	if (!row)
		return false;
	*ret_band = diagram_band_of(regions, table_rows_mapping(space, row)->start,
				    table_rows_end(space, row));
	return true;
}

bool table_visible(const struct table *table, const struct address_space *space,
		   uint64_t *ret_start, uint64_t *ret_end)
{
	uint64_t start = UINT64_MAX, end = 0;

	for (size_t i = table->top; i < table->rows.count && i < table->top + table->lines; i++) {
		const struct table_row *row = &table->rows.rows[i];
		uint64_t from = table_rows_mapping(space, row)->start;
		uint64_t to = table_rows_end(space, row);

		start = from < start ? from : start;
		end = to > end ? to : end;
	}
	if (start >= end)
		return false;
	*ret_start = start;
	*ret_end = end;
	return true;
}
