/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_pick.h"

#include "app/pick.h"
#include "model/target.h"
#include "ui/command.h"

int watch_pick_open(struct watch_pick *pick, struct tty *tty, const struct target *watched)
{
	int error = pick_create(tty, NULL, &pick->pick);

	if (error)
		return error;
	if (watched)
		picker_set_watched(&pick->pick->picker, watched->pid, watched->start_ticks);
	pick_measure(pick->pick);
	return 0;
}

void watch_pick_close(struct watch_pick *pick)
{
	pick_destroy(pick->pick);
	pick->pick = NULL;
}

int watch_pick_descriptor(const struct watch_pick *pick)
{
	return pick->pick ? pick_descriptor(pick->pick) : -1;
}

unsigned watch_pick_take_list(struct watch_pick *pick)
{
	if (!pick->pick)
		return REACT_NONE;
	pick_take_list(pick->pick);
	return REACT_REDRAW;
}

unsigned watch_pick_take_event(struct watch_pick *pick, const struct event *event)
{
	enum pick_end end = pick_take_event(pick->pick, event);

	if (end == PICK_GOES_ON)
		return REACT_REDRAW;
	if (end == PICK_ATTACHED)
		pick->next = pick->pick->attachment;
	watch_pick_close(pick);
	return end == PICK_LEFT ? REACT_REDRAW : REACT_QUIT;
}

void watch_pick_measure(struct watch_pick *pick)
{
	if (pick->pick)
		pick_measure(pick->pick);
}

bool watch_pick_draw(struct watch_pick *pick)
{
	if (!pick->pick || !pick_is_ready(pick->pick))
		return false;
	pick_draw(pick->pick);
	return true;
}
