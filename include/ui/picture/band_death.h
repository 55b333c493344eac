/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_BAND_DEATH_H
#define UI_PICTURE_BAND_DEATH_H

/* The mark of the band with the address that ended the process of a core file. */

struct band;
struct canvas;
struct picture_columns;
struct scene;

/* Draws it over the end of the name in the line of the canvas, if the band is the one. */
void band_death_draw(struct canvas *canvas, const struct scene *scene, const struct band *band,
		     const struct picture_columns *columns, int line);

#endif
