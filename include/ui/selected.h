/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_SELECTED_H
#define UI_SELECTED_H

/* What the cursor is on, as a band: of the diagram, or of the table when that is shown. */

#include "layout/diagram.h"

struct scene;

/* Valid as long as the scene's regions. */
struct band selected_band(const struct scene *scene);

#endif
