/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/shown.h"

#include "model/address_space.h"
#include "model/chronicle.h"

void shown_finish(struct shown *shown)
{
	diagram_destroy(shown->diagram);
	region_list_finish(&shown->regions);
	identity_finish(&shown->growth);
	marks_finish(&shown->marks);
	minimap_finish(&shown->minimap);
	ever_finish(&shown->ever);
	kept_usage_finish(&shown->kept);
	address_space_destroy(shown->past);
	*shown = (struct shown){0};
}

bool shown_is_newest(const struct shown *shown)
{
	return !shown->chronicle || shown->space == shown->chronicle->now;
}

void shown_measure(struct shown *shown)
{
	headroom_measure(shown->space, &shown->headroom);
	if (!shown->chronicle)
		return;
	identity_finish(&shown->growth);
	identity_init(&shown->growth, shown->chronicle->mark, shown->space);
}

const struct usage_table *shown_usage(const struct shown *shown)
{
	return shown_is_newest(shown) ? shown->usage
				      : kept_usage_table(&shown->kept, shown->moment);
}

const struct residency *shown_residency(const struct shown *shown)
{
	return shown_is_newest(shown) ? shown->residency
				      : kept_usage_residency(&shown->kept, shown->moment);
}
