/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/history_moment.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/history_state.h"
#include "model/history_usage.h"
#include "model/kept_usage.h"

/* Its two groups are as those of the history, but in its own memory. */
struct history_excerpt {
	uint64_t moment;
	struct history_stretch group, before;
	char bytes[];
};

int history_moment_make(const struct history_state *state, const char *names,
			const struct address_space *mappings, struct address_space **ret_space,
			struct kept_usage *ret_usage)
{
	int error = history_state_space(state, names, mappings, ret_space);

	if (!error && ret_usage)
		history_usage_get(state, *ret_space, ret_usage);
	return error;
}

int history_moment_find(const struct history_stretch *group, uint64_t moment,
			struct address_space **ret_space, struct kept_usage *ret_usage,
			struct address_space **ret_before)
{
	struct history_cursor records = group->records;
	struct address_space *before = NULL;
	struct history_state state;
	bool same = false;
	int error = 0;

	history_state_init(&state);
	for (uint64_t at = group->first; at <= moment && !error; at++) {
		same = history_state_apply(&state, &records) && at > group->first;
		history_usage_apply(&state, &records);
		if (ret_before && at + 1 == moment)
			error = history_state_space(&state, group->names, NULL, &before);
	}
	same = same && before && address_space_same_program(&before->target, &state.target);
	if (!error)
		error = history_moment_make(&state, group->names, same ? before : NULL, ret_space,
					    ret_usage);
	history_state_finish(&state);
	if (error)
		address_space_destroy(before);
	else if (before)
		*ret_before = before;
	return error;
}

int history_moment_find_both(const struct history_stretch *group,
			     const struct history_stretch *before, uint64_t moment,
			     struct address_space **ret_space, struct kept_usage *ret_usage,
			     struct address_space **ret_before)
{
	struct address_space *space, *earlier = NULL;
	struct kept_usage usage;
	int error = history_moment_find(group, moment, &space, &usage, &earlier);

	if (error)
		return error;
	/* What it was is only for comparing: without it the moment is as good. */
	if (before->records.at)
		history_moment_find(before, moment - 1, &earlier, NULL, NULL);
	*ret_space = space;
	*ret_usage = usage;
	*ret_before = earlier;
	return 0;
}

static size_t stretch_bytes(const struct history_stretch *stretch)
{
	return stretch->name_bytes + (size_t)(stretch->records.end - stretch->records.at);
}

/* Copies the names and records of a group to there, if there is one. */
static struct history_stretch copy(const struct history_stretch *stretch, char *to)
{
	const size_t bytes = stretch_bytes(stretch);
	struct history_stretch made = *stretch;

	if (!stretch->records.at)
		return made;
	if (stretch->name_bytes)
		memcpy(to, stretch->names, stretch->name_bytes);
	memcpy(to + stretch->name_bytes, stretch->records.at, bytes - stretch->name_bytes);
	made.names = to;
	made.records.at = to + stretch->name_bytes;
	made.records.end = to + bytes;
	return made;
}

struct history_excerpt *history_excerpt_create(const struct history_stretch *group,
					       const struct history_stretch *before,
					       uint64_t moment)
{
	const size_t bytes = stretch_bytes(group);
	struct history_excerpt *excerpt =
		memory_resize(NULL, sizeof(*excerpt) + bytes + stretch_bytes(before));

	excerpt->moment = moment;
	excerpt->group = copy(group, excerpt->bytes);
	excerpt->before = copy(before, excerpt->bytes + bytes);
	return excerpt;
}

int history_excerpt_get(const struct history_excerpt *excerpt, struct address_space **ret_space,
			struct kept_usage *ret_usage, struct address_space **ret_before)
{
	return history_moment_find_both(&excerpt->group, &excerpt->before, excerpt->moment,
					ret_space, ret_usage, ret_before);
}

void history_excerpt_destroy(struct history_excerpt *excerpt)
{
	free(excerpt);
}
