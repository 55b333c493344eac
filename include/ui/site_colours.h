/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_SITE_COLOURS_H
#define UI_SITE_COLOURS_H

/*
 * Which call sites have a colour of their own in the picture: the heaviest ones. A site keeps its
 * colour while it is one of the heavier ones, so that the picture stays calm when two change
 * places. All zeroes: none has.
 */

#include <stdint.h>

#include "screen/role.h"

#define SITE_COLOURS 5 /* ROLE_SITE_A and so on */

struct call_sites;

struct site_colours {
	struct {
		uint64_t name; /* what tells the site from others, as a number; 0: it is free */
		uint32_t site; /* its index + 1; 0: it is free */
	} slots[SITE_COLOURS];
};

/* The sites have changed; NULL: none are known. */
void site_colours_renew(struct site_colours *colours, const struct call_sites *sites);

/* The colours' slots whose sites are the heaviest come first; returns how many there are. */
int site_colours_sort(const struct site_colours *colours, int slots[static SITE_COLOURS]);

/*
 * The role of who touched most of the addresses, as far as that is known: of a site, of the others,
 * or ROLE_UNCHANGED where none is known.
 */
enum role site_colours_role(const struct site_colours *colours, const struct call_sites *sites,
			    uint64_t start, uint64_t end);

#endif
