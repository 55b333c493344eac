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
	leave_out_hidden(find, lookup);
	return 0;
}

/* Makes the matches anew; false when the query was let go. */
static bool update_lookup(struct find_lookup *lookup, const struct find_space *in)
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
	return true;
}

const char *find_update(struct find *find, const struct find_space *in)
{
	const char *message = NULL;
	bool searched = update_lookup(&find->search, in);
	bool typed = update_lookup(&find->typed, in);

	if (!searched || !typed)
		message = "The search takes too many steps on these mappings; it is off.";
	if (!update_lookup(&find->filtered, in)) {
		find->filter = FILTER_NONE;
		message = "The filter takes too many steps on these mappings; it is off.";
	}
	leave_out_hidden(find, &find->search);
	leave_out_hidden(find, &find->typed);
	return message;
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
	const struct query_matches *kept = find_filtered(find);
	uint32_t kinds = 0;

	for (size_t i = 0; i < space->vma_count; i++)
		if (!kept || query_matches_has(kept, i))
			kinds |= UINT32_C(1) << space->vmas[i].kind;
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
