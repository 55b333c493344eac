/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/symbol_list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/search.h"

size_t symbol_name_length(const char *name)
{
	/* Operators and names of other languages may have an @; no version begins a name. */
	const char *at = strchr(name, '@');

	return at && at != name ? (size_t)(at - name) : strlen(name);
}

static size_t leading_underscores(const char *name)
{
	return strspn(name, "_");
}

#define DIFFERENT(a, b) ((a) < (b) ? -1 : (a) > (b))

/*
 * Which of two names of one place to show comes first. A mangled name (_Z, _R) has its underscore
 * like all others of its table, so that this decides between the names of C.
 */
static int compare_worth(const struct inside_name *a, const struct inside_name *b)
{
	int order = DIFFERENT(a->reach >= INSIDE_OLD_VERSION ? a->reach : 0,
			      b->reach >= INSIDE_OLD_VERSION ? b->reach : 0);

	if (!order)
		order = DIFFERENT(a->kind == INSIDE_OTHER, b->kind == INSIDE_OTHER);
	if (!order)
		order = DIFFERENT(leading_underscores(a->name), leading_underscores(b->name));
	if (!order)
		order = DIFFERENT(a->reach, b->reach);
	return order ? order : strcmp(a->name, b->name);
}

/* By address; at one address the largest first, since it holds the others; then the best name. */
static int compare_names(const void *left, const void *right)
{
	const struct inside_name *a = left, *b = right;
	int order = DIFFERENT(a->address, b->address);

	if (!order)
		order = DIFFERENT(b->size, a->size);
	return order ? order : compare_worth(a, b);
}

/* The pieces while they are made: the symbols that the address lies in, the innermost last. */
struct cutting {
	struct symbol_list *list;
	size_t capacity;
	struct inside_symbol *open; /* start is where the next piece of it begins */
	size_t open_count, open_capacity;
};

static void put_piece(struct cutting *cutting, const struct inside_symbol *open, uint64_t end)
{
	struct symbol_list *list = cutting->list;

	if (open->start >= end)
		return;
	list->symbols = memory_array_grow(list->symbols, list->symbol_count, &cutting->capacity,
					  sizeof(*list->symbols));
	list->symbols[list->symbol_count] = *open;
	list->symbols[list->symbol_count++].end = end;
}

/* Ends what ends at or below the address; what holds it goes on behind. */
static void close_to(struct cutting *cutting, uint64_t address)
{
	while (cutting->open_count) {
		struct inside_symbol *top = &cutting->open[cutting->open_count - 1];

		if (top->end > address)
			return;
		put_piece(cutting, top, top->end);
		/* It may have ended long ago, below one that began in it and went on. */
		if (top->start < top->end)
			top->start = top->end;
		cutting->open_count--;
		if (cutting->open_count && top[-1].start < top->start)
			top[-1].start = top->start;
	}
}

static void open_symbol(struct cutting *cutting, const struct inside_symbol *symbol)
{
	if (cutting->open_count) {
		struct inside_symbol *outer = &cutting->open[cutting->open_count - 1];

		put_piece(cutting, outer, symbol->start);
		outer->start = symbol->start;
	}
	cutting->open = memory_array_grow(cutting->open, cutting->open_count,
					  &cutting->open_capacity, sizeof(*cutting->open));
	cutting->open[cutting->open_count++] = *symbol;
}

/* Where the first of the names behind index begins that is at another address; else the limit. */
static uint64_t next_address(const struct symbol_list *list, size_t index)
{
	const struct inside_name *name = &list->names[index];

	for (size_t i = index + 1; i < list->name_count; i++)
		if (list->names[i].address != name->address)
			return list->names[i].address;
	return UINT64_MAX;
}

/* The symbol that the first of equal names is; false when there is nothing to show. */
static bool make_symbol(const struct cutting *cutting, size_t index,
			struct inside_symbol *ret_symbol)
{
	const struct inside_name *name = &cutting->list->names[index];
	uint64_t end = name->address + name->size;

	if (name->size == 0) {
		/* A label within a function is no symbol beside it. */
		if (cutting->open_count)
			return false;
		end = next_address(cutting->list, index);
	} else if (end < name->address) {
		end = UINT64_MAX;
	}
	if (end > name->limit)
		end = name->limit;
	if (end <= name->address)
		return false;
	*ret_symbol = (struct inside_symbol){
		.start = name->address,
		.end = end,
		.address = name->address,
		.name = name->name,
		.shown = name->shown,
		.kind = name->kind,
		.sized = name->size != 0,
	};
	return true;
}

static void cut(struct symbol_list *list)
{
	struct cutting cutting = {.list = list};
	struct inside_symbol symbol;
	uint64_t last_size = 0;

	for (size_t i = 0; i < list->name_count; i++) {
		const struct inside_name *name = &list->names[i];
		bool again = i && name[-1].address == name->address &&
			     (last_size == name->size || name->size == 0);

		last_size = again ? last_size : name->size;
		if (again)
			continue;
		close_to(&cutting, name->address);
		if (make_symbol(&cutting, i, &symbol))
			open_symbol(&cutting, &symbol);
	}
	close_to(&cutting, UINT64_MAX);
	free(cutting.open);
}

void symbol_list_init(struct symbol_list *list, struct inside_name *names, size_t count)
{
	*list = (struct symbol_list){.names = names, .name_count = count};
	for (size_t i = 0; i < count; i++)
		if (!names[i].shown)
			names[i].shown = names[i].name;
	if (count)
		qsort(names, count, sizeof(*names), compare_names);
	cut(list);
}

void symbol_list_finish(struct symbol_list *list)
{
	free(list->symbols);
	free(list->names);
	*list = (struct symbol_list){0};
}

size_t symbol_list_from(const struct symbol_list *list, uint64_t address)
{
	return SEARCH_ABOVE(list->symbols, list->symbol_count, end, address);
}

const struct inside_symbol *symbol_list_at(const struct symbol_list *list, uint64_t address)
{
	size_t index = symbol_list_from(list, address);

	return index < list->symbol_count && list->symbols[index].start <= address
		       ? &list->symbols[index]
		       : NULL;
}

/* How the names that were found so far are to be taken. */
struct finding {
	const struct inside_name *equal, *longer;
	bool several_equal, several_longer;
};

static void find_equal(struct finding *finding, const struct inside_name *name)
{
	if (!finding->equal || name->reach < finding->equal->reach) {
		finding->equal = name;
		finding->several_equal = false;
	} else if (name->reach == finding->equal->reach &&
		   name->address != finding->equal->address) {
		finding->several_equal = true;
	}
}

static void find_longer(struct finding *finding, const struct inside_name *name)
{
	if (finding->longer && finding->longer->address != name->address)
		finding->several_longer = true;
	else if (!finding->longer)
		finding->longer = name;
}

/* Whether so many bytes are all of a demangled name, but for the parameters of a function. */
static bool is_whole(const char *shown, size_t length)
{
	return shown[length] == '\0' || shown[length] == '(';
}

int symbol_list_find(const struct symbol_list *list, const char *name, size_t length,
		     bool beginning, const struct inside_name **ret_name)
{
	struct finding finding = {0};

	for (size_t i = 0; i < list->name_count; i++) {
		const struct inside_name *candidate = &list->names[i];
		bool begins = !strncmp(candidate->name, name, length);
		bool shown_begins = !strncmp(candidate->shown, name, length);

		if ((begins && symbol_name_length(candidate->name) == length) ||
		    (shown_begins && is_whole(candidate->shown, length)))
			find_equal(&finding, candidate);
		else if (beginning && (begins || shown_begins))
			find_longer(&finding, candidate);
	}
	if (!finding.equal && !finding.longer)
		return -ENOENT;
	*ret_name = finding.equal ? finding.equal : finding.longer;
	return (finding.equal ? finding.several_equal : finding.several_longer) ? -ENOTUNIQ : 0;
}
