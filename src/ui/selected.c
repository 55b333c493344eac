/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/selected.h"

#include "ui/scene.h"
#include "ui/table.h"

struct band selected_band(const struct scene *scene)
{
	struct band band;

	if (scene->table && table_band(scene->table, scene->space, scene->regions, &band))
		return band;
	return *view_band(scene->view, scene->diagram);
}
