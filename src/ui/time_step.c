/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/time_step.h"

#include <stddef.h>

#define NEAR (sizeof((struct time_step){0}.near) / sizeof(struct found_moment))

void found_moment_finish(struct found_moment *found)
{
	shown_basis_finish(&found->basis);
	past_moment_finish(&found->past);
}

static bool are_neighbours(uint64_t a, uint64_t b)
{
	return a + 1 == b || b + 1 == a;
}

static bool is_of(const struct found_moment *found, uint64_t number)
{
	return found->past.space && found->past.number == number;
}

bool time_step_take(struct time_step *step, uint64_t number, struct found_moment *ret_found)
{
	for (size_t i = 0; i < NEAR; i++) {
		struct found_moment *found = &step->near[i];

		if (!is_of(found, number))
			continue;
		*ret_found = *found;
		*found = (struct found_moment){.past = {.space = NULL}};
		return true;
	}
	return false;
}

bool time_step_has(const struct time_step *step, uint64_t number)
{
	for (size_t i = 0; i < NEAR; i++)
		if (is_of(&step->near[i], number))
			return true;
	return false;
}

void time_step_keep(struct time_step *step, struct found_moment *found, uint64_t shown)
{
	/* Of two places, one is not of the neighbour on the other side. */
	struct found_moment *place = &step->near[0];
	const struct past_moment *past = &found->past;

	if (!past->space || !past->complete || !are_neighbours(past->number, shown)) {
		found_moment_finish(found);
		return;
	}
	if (place->past.space && are_neighbours(place->past.number, shown) &&
	    place->past.number != past->number)
		place = &step->near[1];
	found_moment_finish(place);
	*place = *found;
	*found = (struct found_moment){.past = {.space = NULL}};
}

void time_step_finish(struct time_step *step)
{
	for (size_t i = 0; i < NEAR; i++)
		found_moment_finish(&step->near[i]);
	*step = (struct time_step){.awaited = false};
}
