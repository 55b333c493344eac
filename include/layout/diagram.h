/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_DIAGRAM_H
#define LAYOUT_DIAGRAM_H

/*
 * Regions scaled onto rows: the result of a pure function.
 *
 * Row 0 is the lowest address; drawing turns it over. The bands cover the window in order without
 * overlap, every band has at least one row, and the rows of all bands add up to the rows asked for.
 * A band is one region or a fold of several neighbours. Bytes, half-open ranges.
 */

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout/region.h"
#include "layout/scale.h"

struct band {
	uint64_t start, end;    /* its range, within the window */
	uint64_t row, rows;     /* its first (lowest) row and how many, rows >= 1 */
	uint32_t region, count; /* its first region and how many; more than one is a fold */
};

struct diagram {
	uint64_t start, end; /* the window */
	uint64_t rows;
	enum scale scale;
	struct band *bands; /* ascending */
	size_t band_count;
	/* What a later diagram needs to stay calm; for diagram_build() only. */
	struct region_list inside; /* the regions of the window, cut to it, what is hidden not told;
				    * of all the list itself */
	uint8_t *choice;           /* for each of them: layout/selection.h */
	uint64_t *pages;           /* for each band: the pages that it holds */
	atomic_size_t others;      /* that have the diagram, too: diagram_share() */
};

struct candidates;

struct diagram_request {
	const struct region_list *regions;
	uint64_t start, end; /* the window; start < end */
	uint64_t rows;       /* at least 1, below 2^40 */
	enum scale scale;
	const struct diagram *hint;     /* the previous diagram, of any window and size, or NULL */
	const struct candidates *found; /* candidates_find() of the regions; NULL: not at hand */
	const uint64_t *pin; /* the region at this address has a band of its own; NULL: none */
};

/* "log", "linear", "equal". */
const char *scale_name(enum scale scale);

/*
 * Lays out the window; diagram_destroy() frees the result. Linear in the regions, whatever the
 * rows. The window is cut to the list; one that lies above it altogether becomes all of the list.
 *
 * With a hint the picture stays calm: while regions only grow and shrink, the same ones are shown
 * (layout/selection.h) and no more rows move than pages changed (layout/calm.h). Nothing moves
 * where nothing changed.
 */
struct diagram *diagram_build(const struct diagram_request *request);

/* The same diagram once more, for diagram_destroy(), also in another thread. */
struct diagram *diagram_share(struct diagram *diagram);

/* Frees the diagram, unless it is had once more; NULL is allowed. */
void diagram_destroy(struct diagram *diagram);

/* The index of the band that holds the row; the row must exist. O(log bands). */
size_t diagram_band_at_row(const struct diagram *diagram, uint64_t row);

/* The index of the band that holds the address, clamped to the window. O(log bands). */
size_t diagram_band_at_address(const struct diagram *diagram, uint64_t address);

/*
 * The regions of the list from that of start to that of the last byte before end as a band of one
 * row: what is selected where there is no diagram. start < end, both within the list.
 */
struct band diagram_band_of(const struct region_list *list, uint64_t start, uint64_t end);

/*
 * The addresses that a row stands for: a band's range divided evenly among its rows. Empty (start
 * equals end) only where a band has more rows than bytes.
 */
void diagram_row_range(const struct diagram *diagram, uint64_t row, uint64_t *ret_start,
		       uint64_t *ret_end);

/* The row that stands for the address, clamped to the window: the inverse of the above. */
uint64_t diagram_address_row(const struct diagram *diagram, uint64_t address);

#endif
