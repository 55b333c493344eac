/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/time_step.h"

#include <stddef.h>

#define NEAR (sizeof((struct time_step){0}.near) / sizeof(struct past_moment))

static bool are_neighbours(uint64_t a, uint64_t b)
{
	return a + 1 == b || b + 1 == a;
}

bool time_step_take(struct time_step *step, uint64_t number, struct past_moment *ret_past)
{
	for (size_t i = 0; i < NEAR; i++) {
		struct past_moment *past = &step->near[i];

		if (!past->space || past->number != number)
			continue;
		*ret_past = *past;
		*past = (struct past_moment){.space = NULL};
		return true;
	}
	return false;
}

bool time_step_has(const struct time_step *step, uint64_t number)
{
	for (size_t i = 0; i < NEAR; i++)
		if (step->near[i].space && step->near[i].number == number)
			return true;
	return false;
}

void time_step_keep(struct time_step *step, struct past_moment *past, uint64_t shown)
{
	/* Of two places, one is not of the neighbour on the other side. */
	struct past_moment *place = &step->near[0];

	if (!past->space || !past->complete || !are_neighbours(past->number, shown)) {
		past_moment_finish(past);
		return;
	}
	if (place->space && are_neighbours(place->number, shown) && place->number != past->number)
		place = &step->near[1];
	past_moment_finish(place);
	*place = *past;
	*past = (struct past_moment){.space = NULL};
}

void time_step_finish(struct time_step *step)
{
	for (size_t i = 0; i < NEAR; i++)
		past_moment_finish(&step->near[i]);
	*step = (struct time_step){.awaited = false};
}
