/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/find.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "layout/region.h"
#include "model/address_space.h"
#include "model/kind.h"
#include "screen/suggest.h"

#define NAMES_MOST 32

_Static_assert(KIND_COUNT <= NAMES_MOST, "the names of all kinds");

void find_finish(struct find *find)
{
	find_lookup_clear(&find->search);
	find_lookup_clear(&find->typed);
	find_lookup_clear(&find->filtered);
	*find = (struct find){.marked = false};
}

void find_lookup_clear(struct find_lookup *lookup)
{
	query_destroy(lookup->query);
	query_matches_finish(&lookup->matches);
	lookup->query = NULL;
}

/* What was probably meant, else all that there is. */
static void append_names(struct text *why, const char *typed, size_t length, enum query_names names)
{
	const char *words[NAMES_MOST], *near;
	size_t count = 0;

	while (count < NAMES_MOST && query_name(names, count)) {
		words[count] = query_name(names, count);
		count++;
	}
	near = suggest_word(typed, length, words, count);
	if (near) {
		text_append_format(why, "; did you mean %s?", near);
		return;
	}
	for (size_t i = 0; i < count; i++)
		text_append_format(why, "%s %s", i ? "," : "; there are", words[i]);
}

void find_append_mistake(struct text *why, const char *line, const struct query_mistake *mistake)
{
	struct text before = {0};

	text_append_bytes(&before, line, mistake->offset);
	text_append_format(why, "At column %zu: %s", utf8_columns(text_string(&before)) + 1,
			   mistake->message);
	append_names(why, line + mistake->offset, mistake->length, mistake->names);
	text_finish(&before);
}

/* One cannot go to what is hidden. */
static void leave_out_hidden(const struct find *find, struct find_lookup *lookup)
{
	struct query_matches *matches = &lookup->matches;

	if (find->filter != FILTER_HIDE || !lookup->query || lookup == &find->filtered)
		return;
	for (size_t i = query_matches_above(matches, 0); i < matches->vma_count;
	     i = query_matches_above(matches, i + 1))
		if (!query_matches_has(&find->filtered.matches, i))
			query_matches_remove(matches, i);
}

static void note_kinds(struct find *find, struct find_lookup *lookup,
		       const struct address_space *space)
{
	if (lookup != &find->filtered)
		return;
	lookup->kinds = 0;
	for (size_t i = 0; i < space->vma_count; i++)
		if (query_matches_has(&lookup->matches, i))
			lookup->kinds |= UINT32_C(1) << space->vmas[i].kind;
}

int find_look_for(struct find *find, struct find_lookup *lookup, const char *text,
		  const struct find_space *in, struct text *why, size_t *ret_offset)
{
	struct query_mistake mistake;
	struct query_matches matches;
	struct query *query;
	int error = query_create(text, &query, &mistake);

	if (error) {
		find_append_mistake(why, text, &mistake);
		*ret_offset = mistake.offset;
		return error;
	}
	error = query_find(query, in->space, in->usage, &matches);
	if (error) {
		query_destroy(query);
		text_append(why, "A pattern takes too many steps; make it simpler.");
		*ret_offset = strlen(text);
		return error;
	}
	find_lookup_clear(lookup);
	if (query_is_empty(query)) {
		query_destroy(query);
		query_matches_finish(&matches);
		return 0;
	}
	lookup->query = query;
	lookup->matches = matches;
	snprintf(lookup->text, sizeof(lookup->text), "%s", text);
	note_kinds(find, lookup, in->space);
	leave_out_hidden(find, lookup);
	return 0;
}

/* Makes the matches anew; false when the query was let go. */
static bool update_lookup(struct find *find, struct find_lookup *lookup,
			  const struct find_space *in)
{
	struct query_matches matches;

	if (!lookup->query)
		return true;
	if (query_find(lookup->query, in->space, in->usage, &matches)) {
		find_lookup_clear(lookup);
		return false;
	}
	query_matches_finish(&lookup->matches);
	lookup->matches = matches;
	note_kinds(find, lookup, in->space);
	leave_out_hidden(find, lookup);
	return true;
}

const char *find_update_hidden(struct find *find, const struct find_space *in)
{
	bool searched = update_lookup(find, &find->search, in);
	bool typed = update_lookup(find, &find->typed, in);

	return searched && typed ? NULL
				 : "The search takes too many steps on these mappings; it is off.";
}

const char *find_update(struct find *find, const struct find_space *in)
{
	bool filtered = update_lookup(find, &find->filtered, in);
	const char *message;

	/* The filter first: it says what the others can find. */
	if (!filtered)
		find->filter = FILTER_NONE;
	message = find_update_hidden(find, in);
	return filtered ? message : "The filter takes too many steps on these mappings; it is off.";
}

static void wish_for(const struct find_lookup *lookup, char *ret_text)
{
	if (lookup->query)
		snprintf(ret_text, PROMPT_LENGTH, "%s", lookup->text);
}

struct find_wish find_wish_make(const struct find *find)
{
	struct find_wish wish = {.filter = find->filter};

	wish_for(&find->search, wish.search);
	wish_for(&find->typed, wish.typed);
	wish_for(&find->filtered, wish.filtered);
	return wish;
}

bool find_wish_same(const struct find_wish *a, const struct find_wish *b)
{
	return a->filter == b->filter && !strcmp(a->search, b->search) &&
	       !strcmp(a->typed, b->typed) && !strcmp(a->filtered, b->filtered);
}

bool find_wish_grant(const struct find_wish *wish, const struct find_space *in,
		     struct find *ret_find)
{
	/* The filter first: it says what the others can find. */
	const char *const texts[] = {wish->filtered, wish->search, wish->typed};
	struct find_lookup *const lookups[] = {&ret_find->filtered, &ret_find->search,
					       &ret_find->typed};
	struct text why = {0};
	size_t offset;
	int error = 0;

	*ret_find = (struct find){.filter = wish->filter};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]) && !error; i++)
		if (texts[i][0])
			error = find_look_for(ret_find, lookups[i], texts[i], in, &why, &offset);
	text_finish(&why);
	if (error)
		find_finish(ret_find);
	return !error;
}

static void swap_matches(struct find_lookup *a, struct find_lookup *b)
{
	const struct query_matches matches = a->matches;

	a->matches = b->matches;
	b->matches = matches;
}

bool find_take(struct find *find, struct find *granted)
{
	const struct find_wish now = find_wish_make(find), then = find_wish_make(granted);

	if (!find_wish_same(&now, &then))
		return false;
	swap_matches(&find->search, &granted->search);
	swap_matches(&find->typed, &granted->typed);
	swap_matches(&find->filtered, &granted->filtered);
	find->filtered.kinds = granted->filtered.kinds;
	return true;
}

bool find_needs_usage(const struct find *find)
{
	return (find->search.query && query_needs_usage(find->search.query)) ||
	       (find->typed.query && query_needs_usage(find->typed.query)) ||
	       (find->filtered.query && query_needs_usage(find->filtered.query));
}

const struct query_matches *find_marked(const struct find *find)
{
	if (find->typed.query)
		return &find->typed.matches;
	return find->marked && find->search.query ? &find->search.matches : NULL;
}

const struct query_matches *find_filtered(const struct find *find)
{
	return find->filter == FILTER_NONE ? NULL : &find->filtered.matches;
}

uint32_t find_filtered_kinds(const struct find *find, const struct address_space *space)
{
	uint32_t kinds = 0;

	if (find_filtered(find))
		return find->filtered.kinds;
	for (int kind = 0; kind < KIND_COUNT; kind++)
		if (space->by_kind[kind].mappings)
			kinds |= UINT32_C(1) << kind;
	return kinds;
}

void find_hide(const struct find *find, struct region_list *regions)
{
	if (find->filter == FILTER_HIDE)
		region_list_hide(regions, &find->filtered.matches);
}

uint64_t find_count(const struct query_matches *matches, const struct address_space *space)
{
	return query_matches_rank(matches, address_space_lower_bound(space, space->user_end));
}
