/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/site_colours.h"

#include <stddef.h>
#include <string.h>

#include "base/keyed_hash.h"
#include "inside/call_sites.h"

#define KEPT (2 * SITE_COLOURS) /* so many of the heaviest sites keep a colour that they have */

static uint64_t hash(uint64_t seed, const char *string)
{
	const struct hash_key key = {{seed, 0}};

	return keyed_hash(&key, string ? string : "", string ? strlen(string) : 0);
}

/* What a site is told from others by; not 0. Two of the same only had the same colour. */
static uint64_t name_of(const struct code_frame *frame)
{
	uint64_t name = hash(frame->function ? 0 : frame->offset, frame->module);

	name = hash(name, frame->function);
	return hash(name, frame->function ? frame->file : NULL) | 1;
}

/* The slot of the name; SITE_COLOURS: it has none. */
static int slot_of(const struct site_colours *colours, uint64_t name)
{
	int slot = 0;

	while (slot < SITE_COLOURS && colours->slots[slot].name != name)
		slot++;
	return slot;
}

/* The slot that the site may have: a free one, or that of one which is much lighter by now. */
static int choose_slot(const struct site_colours *colours, const struct call_sites *sites,
		       uint32_t site)
{
	int least = 0;

	for (int slot = 0; slot < SITE_COLOURS; slot++) {
		if (!colours->slots[slot].name)
			return slot;
		if (colours->slots[slot].site > colours->slots[least].site)
			least = slot;
	}
	return sites->sites[site].bytes / 2 > sites->sites[colours->slots[least].site - 1].bytes
		       ? least
		       : SITE_COLOURS;
}

void site_colours_renew(struct site_colours *colours, const struct call_sites *sites)
{
	uint64_t names[KEPT] = {0};
	uint32_t count = 0;

	/* The one without a frame, of all others, is the last one. */
	while (sites && count < KEPT && count < sites->site_count && sites->sites[count].frame) {
		names[count] = name_of(sites->sites[count].frame);
		count++;
	}
	for (int slot = 0; slot < SITE_COLOURS; slot++) {
		uint32_t site = 0;

		while (site < count && names[site] != colours->slots[slot].name)
			site++;
		colours->slots[slot].site = site < count ? site + 1 : 0;
		if (site == count)
			colours->slots[slot].name = 0;
	}
	for (uint32_t site = 0; site < SITE_COLOURS && names[site]; site++) {
		int slot = SITE_COLOURS;

		if (slot_of(colours, names[site]) == SITE_COLOURS)
			slot = choose_slot(colours, sites, site);
		if (slot == SITE_COLOURS)
			continue;
		colours->slots[slot].name = names[site];
		colours->slots[slot].site = site + 1;
	}
}

int site_colours_sort(const struct site_colours *colours, int slots[static SITE_COLOURS])
{
	int count = 0;

	for (uint32_t site = 1; site <= KEPT; site++)
		for (int slot = 0; slot < SITE_COLOURS; slot++)
			if (colours->slots[slot].site == site)
				slots[count++] = slot;
	return count;
}

enum role site_colours_role(const struct site_colours *colours, const struct call_sites *sites,
			    uint64_t start, uint64_t end)
{
	uint64_t bytes;
	uint32_t site;

	if (!sites)
		return ROLE_UNCHANGED;
	site = call_sites_of_range(sites, start, end, &bytes);
	if (site == CALL_SITES_NONE)
		return ROLE_UNCHANGED;
	for (int slot = 0; slot < SITE_COLOURS; slot++)
		if (colours->slots[slot].site == site + 1)
			return ROLE_SITE_A + (enum role)slot;
	return ROLE_SITE_OTHER;
}
