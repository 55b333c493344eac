/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/table/table_rows.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/search.h"
#include "model/address_space.h"
#include "model/alike.h"
#include "model/identity.h"
#include "model/object.h"
#include "model/query_matches.h"
#include "model/usage.h"

#define NO_ROW UINT32_MAX

/* A row while it is sorted. */
struct item {
	struct table_row row;
	uint64_t number;    /* what it is sorted by, */
	const char *string; /* or this; NULL: the number */
	bool unknown;
};

struct sorter {
	const struct table_request *request;
	struct item *items; /* objects and lone mappings, by address */
	size_t count;
	uint32_t *order; /* indexes of items */
};

bool table_column_descends(enum table_column column)
{
	return column != TABLE_ADDRESS && column != TABLE_KIND && column != TABLE_NAME;
}

/* Permissions by how much one should look at them: writable and executable above all. */
static unsigned perms_rank(uint8_t perms)
{
	bool both = (perms & PERM_WRITE) && (perms & PERM_EXEC);

	return (both ? 32u : 0u) | (perms & PERM_EXEC ? 16u : 0u) | (perms & PERM_WRITE ? 8u : 0u) |
	       (perms & PERM_READ ? 4u : 0u) | (perms & PERM_SHARED ? 2u : 0u);
}

static bool is_kept(const struct table_request *request, size_t index)
{
	return !request->kept || query_matches_has(request->kept, index);
}

static void add_vma(const struct table_request *request, struct table_row *row,
		    struct usage_last *last, size_t index)
{
	const struct vma *vma = &request->space->vmas[index];
	const struct usage usage = usage_table_at(request->usage, index);

	usage_add(&row->amounts.size, vma_size(vma));
	usage_add(&row->amounts.rss, usage_in_memory(&usage));
	usage_last_add(last, usage_last_in_memory(&usage), vma_size(vma));
	usage_add(&row->amounts.pss, usage.pss);
	usage_add(&row->amounts.swap, usage.swap);
	row->reserves |= vma->kind == KIND_RESERVE;
	row->amounts.growth_known = request->growth != NULL;
	if (request->growth)
		identity_delta_add(&row->amounts.growth, identity_delta(request->growth, index));
	if (row->mappings++ == 0 || perms_rank(vma->perms) > perms_rank(row->perms))
		row->perms = vma->perms;
}

static struct table_row make_row(const struct table_request *request, enum table_row_type type,
				 size_t first, size_t end)
{
	struct table_row row = {
		.vma = (uint32_t)first, .count = (uint32_t)(end - first), .type = (uint8_t)type};

	struct usage_last last = {0};

	for (size_t i = first; i < end; i++)
		if (is_kept(request, i))
			add_vma(request, &row, &last, i);
	row.amounts.last = usage_last_known(&last);
	return row;
}

const struct vma *table_rows_mapping(const struct address_space *space, const struct table_row *row)
{
	return row->part ? &space->parts[row->part - 1] : &space->vmas[row->vma];
}

const struct vma *table_rows_named(const struct address_space *space, const struct table_row *row)
{
	return row->pieces ? &space->vmas[row->piece] : table_rows_mapping(space, row);
}

uint64_t table_rows_end(const struct address_space *space, const struct table_row *row)
{
	return row->part ? space->parts[row->part - 1].end
			 : space->vmas[row->vma + row->count - 1].end;
}

/* The row of a part, of which no usage is known. */
static struct table_row make_part(const struct table_request *request, uint32_t vma, size_t part)
{
	const struct vma *mapping = &request->space->parts[part];
	uint64_t grown = request->growth ? identity_new_bytes(request->growth, vma, mapping->start,
							      mapping->end)
					 : 0;

	return (struct table_row){
		.vma = vma,
		.count = 1,
		.mappings = 1,
		.part = (uint32_t)part + 1,
		.type = TABLE_ROW_MEMBER,
		.perms = mapping->perms,
		.amounts = {.size = vma_size(mapping),
			    .rss = TARGET_UNKNOWN,
			    .last = TARGET_UNKNOWN,
			    .pss = TARGET_UNKNOWN,
			    .swap = TARGET_UNKNOWN,
			    .growth = (int64_t)grown,
			    .growth_known = request->growth != NULL},
	};
}

const char *table_rows_kind(const struct address_space *space, const struct table_row *row)
{
	const struct vma *vma = table_rows_named(space, row);

	if (row->type == TABLE_ROW_OBJECT && !row->pieces && vma->owner != OWNER_OTHER)
		return owner_name(vma->owner);
	return kind_name(vma->kind);
}

/* The name that a row is sorted by: about the one that it is shown with, but already there. */
static const char *sort_name(const struct vma *vma, enum table_row_type type)
{
	const char *slash = vma->name[0] == '/' ? strrchr(vma->name, '/') : NULL;

	if (type == TABLE_ROW_MEMBER)
		return kind_name(vma->kind);
	if (slash && slash[1])
		return slash + 1;
	if (vma->name[0] && vma->kind != KIND_THREAD_STACK && vma->kind != KIND_ARENA)
		return vma->name;
	return kind_name(vma->kind);
}

static void set_number(struct item *item, uint64_t number)
{
	item->number = number;
	item->unknown = number == TARGET_UNKNOWN;
}

static void set_key(const struct table_request *request, struct item *item)
{
	const struct vma *vma = table_rows_named(request->space, &item->row);
	const struct table_amounts *amounts = &item->row.amounts;

	switch (request->order.column) {
	case TABLE_SIZE: set_number(item, amounts->size); break;
	case TABLE_RSS: set_number(item, amounts->last); break;
	case TABLE_PSS: set_number(item, amounts->pss); break;
	case TABLE_SWAP: set_number(item, amounts->swap); break;
	case TABLE_GROWTH:
		/* The sign bit turned over: negative below positive. */
		item->number = (uint64_t)amounts->growth ^ UINT64_C(1) << 63;
		item->unknown = !amounts->growth_known;
		break;
	case TABLE_PERMS: item->number = perms_rank(item->row.perms); break;
	case TABLE_KIND: item->string = table_rows_kind(request->space, &item->row); break;
	case TABLE_NAME: item->string = sort_name(vma, item->row.type); break;
	default: item->number = table_rows_mapping(request->space, &item->row)->start; break;
	}
}

static int compare_keys(const struct item *a, const struct item *b)
{
	int order;

	if (!a->string)
		return a->number < b->number ? -1 : a->number > b->number;
	order = strcasecmp(a->string, b->string);
	return order ? order : strcmp(a->string, b->string);
}

/* What items and which way. */
struct comparison {
	const struct item *items;
	bool descending;
};

/* Equal ones as they come, by address, whichever way it goes: any sort is stable so. */
static int compare_items(const void *left, const void *right, void *context)
{
	const struct comparison *comparison = context;
	const uint32_t left_at = *(const uint32_t *)left, right_at = *(const uint32_t *)right;
	const struct item *a = &comparison->items[left_at], *b = &comparison->items[right_at];
	int order;

	if (a->unknown != b->unknown)
		return a->unknown ? 1 : -1;
	order = a->unknown ? 0 : compare_keys(a, b);
	if (order)
		return comparison->descending ? -order : order;
	return left_at < right_at ? -1 : left_at > right_at;
}

static void sort_items(const struct table_request *request, struct item *items, uint32_t *order,
		       size_t count)
{
	const struct table_order *by = &request->order;
	struct comparison comparison = {items, table_column_descends(by->column) != by->reversed};

	for (size_t i = 0; i < count; i++) {
		set_key(request, &items[i]);
		order[i] = (uint32_t)i;
	}
	/* By address is how they come; only what differs is sorted. */
	if (by->column != TABLE_ADDRESS || by->reversed)
		qsort_r(order, count, sizeof(*order), compare_items, &comparison);
}

/* Whether a place that was unfolded lies in it: a run of like mappings grows at both ends. */
static bool is_open(const struct table_request *request, uint64_t start, uint64_t end)
{
	size_t at = search_first(request->open_count, search_is_from,
				 &(const struct search_members){.array = request->open,
								.stride = sizeof(*request->open),
								.value = start});

	return at < request->open_count && request->open[at] < end;
}

/* Cuts what is left out off both ends of [*first, *end). */
static void trim(const struct table_request *request, size_t *first, size_t *end)
{
	while (*first < *end && !is_kept(request, *first))
		++*first;
	while (*first < *end && !is_kept(request, *end - 1))
		--*end;
}

/* Counts those of the run that are listed, and whether all of these have one size. */
static void count_pieces(const struct table_request *request, const struct alike_run *run,
			 struct table_row *row)
{
	const struct alike alike = alike_of(&request->space->vmas[run->piece]);

	row->piece = (uint32_t)run->piece;
	row->each = run->each;
	row->pieces = request->kept ? 0 : (uint32_t)run->pieces;
	for (size_t i = row->vma; request->kept && i < row->vma + row->count; i++) {
		const struct alike other = alike_of(&request->space->vmas[i]);

		row->pieces += is_kept(request, i) && alike_same(&other, &alike);
	}
}

/* Where the object or the run that begins with the mapping ends. */
static size_t find_end(const struct address_space *space, size_t first, struct alike_run *run)
{
	size_t end = object_span_end(space, first);

	return end == first + 1 && alike_find(space, first, run) ? run->end : end;
}

/* Objects, runs and lone mappings, with their sums. */
static void find_items(struct sorter *sorter)
{
	const struct table_request *request = sorter->request;
	const struct address_space *space = request->space;
	size_t next;

	for (size_t i = 0; i < space->vma_count; i = next) {
		struct alike_run run = {0};
		size_t first = i, end, parts;
		struct table_row *row;

		end = next = find_end(space, i, &run);
		trim(request, &first, &end);
		if (first == end)
			continue;
		row = &sorter->items[sorter->count++].row;
		address_space_parts(space, first, &parts);
		parts = end - first == 1 ? parts : 0;
		*row = make_row(request,
				end - first > 1 || parts ? TABLE_ROW_OBJECT : TABLE_ROW_MAPPING,
				first, end);
		row->parts = (uint32_t)parts;
		row->open = row->type == TABLE_ROW_OBJECT &&
			    is_open(request, space->vmas[i].start, space->vmas[next - 1].end);
		if (run.pieces && row->type == TABLE_ROW_OBJECT)
			count_pieces(request, &run, row);
	}
}

static void append_row(struct table_rows *rows, const struct table_row *row)
{
	for (uint32_t i = row->vma; !row->part && i < row->vma + row->count; i++)
		rows->of_vma[i] = (uint32_t)rows->count;
	rows->rows[rows->count++] = *row;
}

static void append_members(const struct sorter *sorter, struct table_rows *rows,
			   const struct table_row *object)
{
	const size_t most = object->parts ? object->parts : object->count;
	struct item *members = memory_alloc(most * sizeof(*members));
	uint32_t *order = memory_alloc(most * sizeof(*order));
	const struct address_space *space = sorter->request->space;
	const struct vma *parts;
	size_t count = 0;

	parts = address_space_parts(space, object->vma, &count);
	for (count = 0; count < object->parts; count++)
		members[count].row = make_part(sorter->request, object->vma,
					       (size_t)(parts - space->parts) + count);
	for (uint32_t i = object->vma; !object->parts && i < object->vma + object->count; i++)
		if (is_kept(sorter->request, i))
			members[count++].row =
				make_row(sorter->request, TABLE_ROW_MEMBER, i, i + 1);
	sort_items(sorter->request, members, order, count);
	for (size_t i = 0; i < count; i++)
		append_row(rows, &members[order[i]].row);
	free(members);
	free(order);
}

/* What is left out has the row of the next mapping above it that is not, or else of one below. */
static void fill_left_out(struct table_rows *rows)
{
	uint32_t *of_vma = rows->of_vma;

	for (size_t i = rows->vma_count; i-- > 1;)
		if (of_vma[i - 1] == NO_ROW)
			of_vma[i - 1] = of_vma[i];
	for (size_t i = 1; i < rows->vma_count; i++)
		if (of_vma[i] == NO_ROW)
			of_vma[i] = of_vma[i - 1];
}

void table_rows_init(struct table_rows *rows, const struct table_request *request)
{
	const size_t count = request->space->vma_count, parts = request->space->part_count;
	struct sorter sorter = {
		.request = request,
		.items = memory_alloc(count * sizeof(*sorter.items)),
		.order = memory_alloc(count * sizeof(*sorter.order)),
	};

	/* An object takes a row more than its mappings, and has at least two; parts come on top. */
	*rows = (struct table_rows){
		.rows = memory_alloc((count + count / 2 + parts) * sizeof(*rows->rows)),
		.of_vma = memory_alloc(count * sizeof(*rows->of_vma)),
		.vma_count = count,
	};
	memset(rows->of_vma, 0xff, count * sizeof(*rows->of_vma));
	find_items(&sorter);
	sort_items(request, sorter.items, sorter.order, sorter.count);
	for (size_t i = 0; i < sorter.count; i++) {
		const struct table_row *row = &sorter.items[sorter.order[i]].row;

		append_row(rows, row);
		if (row->open)
			append_members(&sorter, rows, row);
	}
	fill_left_out(rows);
	free(sorter.items);
	free(sorter.order);
}

void table_rows_finish(struct table_rows *rows)
{
	free(rows->rows);
	free(rows->of_vma);
	*rows = (struct table_rows){0};
}

size_t table_rows_object(const struct table_rows *rows, size_t row)
{
	while (row > 0 && rows->rows[row].type == TABLE_ROW_MEMBER)
		row--;
	return row;
}
