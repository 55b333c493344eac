/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/past_moment.h"

#include <stddef.h>

#include "model/address_space.h"
#include "model/history.h"
#include "model/history_moment.h"

/* Takes over the space and usage, but not the moment before, which may be NULL. */
static struct past_moment make(uint64_t number, struct address_space *space,
			       const struct kept_usage *usage, const struct address_space *before)
{
	struct past_moment past = {.number = number, .space = space, .usage = *usage};

	if (before)
		change_compute(&past.changes, before, space);
	return past;
}

int past_moment_get(const struct history *history, uint64_t number, struct past_moment *ret_past)
{
	struct address_space *space, *before;
	struct kept_usage usage;
	int error = history_get_usage(history, number, &space, &usage, &before);

	if (error)
		return error;
	*ret_past = make(number, space, &usage, before);
	ret_past->complete = number + 1 < history_end(history);
	address_space_destroy(before);
	return 0;
}

/* The list of the moment with the number, if it is at hand; NULL: it is not. */
static const struct address_space *list_of(const struct past_lists *lists, uint64_t number)
{
	if (lists->space && number == lists->number)
		return lists->space;
	return lists->before && number + 1 == lists->number ? lists->before : NULL;
}

static void share(struct address_space *space, const struct address_space *other)
{
	if (other && !address_space_same_list(space, other))
		address_space_share_list(space, other);
}

int past_moment_find(const struct history_excerpt *excerpt, uint64_t number,
		     struct past_lists *lists, struct past_moment *ret_past)
{
	struct address_space *space, *before;
	const struct address_space *known;
	struct kept_usage usage;
	int error = history_excerpt_get(excerpt, &space, &usage, &before);

	if (error)
		return error;
	known = list_of(lists, number);
	share(space, known);
	if (before) {
		share(before, list_of(lists, number - 1));
		share(known ? before : space, known ? space : before);
	}
	*ret_past = make(number, space, &usage, before);
	ret_past->complete = true;
	past_lists_finish(lists);
	*lists = (struct past_lists){
		.space = address_space_copy(space), .before = before, .number = number};
	return 0;
}

void past_moment_finish(struct past_moment *past)
{
	address_space_destroy(past->space);
	kept_usage_finish(&past->usage);
	change_list_finish(&past->changes);
	*past = (struct past_moment){.number = 0};
}

void past_lists_finish(struct past_lists *lists)
{
	address_space_destroy(lists->space);
	address_space_destroy(lists->before);
	*lists = (struct past_lists){.space = NULL};
}
