/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_MINIMAP_H
#define UI_PICTURE_MINIMAP_H

/*
 * The whole address space on as many lines as the picture has, whatever the picture shows of it:
 * a thin column with a cell for each line, in the colour of the kind that weighs most there, and a
 * bracket beside the lines that the picture shows. All zeroes is valid and empty.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout/diagram.h"
#include "ui/frame.h"

struct address_space;
struct candidates;
struct band_folds;
struct canvas;
struct scene;
struct view;

#define MINIMAP_COLUMNS 2 /* bracket and cell */

struct minimap_line {
	uint64_t start, end; /* the addresses that it stands for */
	uint8_t kind;        /* enum kind */
};

struct minimap {
	struct minimap_line *lines; /* from the top of the screen on */
	size_t count;
	struct diagram *whole; /* owned; NULL while the picture itself shows the whole */
	/* What it was made of. */
	bool low_on_top;
	bool current; /* of the regions of now: to be unset when there are others */
};

struct minimap_source {
	const struct address_space *space;
	const struct region_list *regions; /* of the space */
	const struct candidates *found;    /* candidates_find() of them; NULL: not at hand */
	const struct view *view;
	const struct diagram *diagram;  /* of the view */
	const struct band_folds *folds; /* of it; NULL: not at hand */
	const struct diagram *before;   /* the one before it, or NULL: keeps the lines calm */
};

/* Brings the minimap up to date; does nothing where nothing that it shows has changed. */
void minimap_update(struct minimap *minimap, const struct minimap_source *source);
void minimap_finish(struct minimap *minimap);

/* The address that a line stands for, the lowest of them; lines are clamped. 0 when empty. */
uint64_t minimap_address_at(const struct minimap *minimap, int line);

/* Draws that of the scene into rect, MINIMAP_COLUMNS wide. What is filtered out is dimmed. */
void minimap_draw(struct canvas *canvas, struct rect rect, const struct scene *scene);

#endif
