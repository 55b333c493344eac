/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/explain_sites.h"

#include <stdlib.h>

#include "base/format.h"
#include "base/memory.h"
#include "base/search.h"
#include "base/text.h"
#include "inside/call_sites.h"
#include "ui/scene.h"
#include "ui/text/explanation.h"
#include "ui/text/site_words.h"

#define SITES_MOST 3

/* What each site touched in the mappings of the range; returns the sum. */
static uint64_t add_places(const struct call_sites *sites, uint64_t start, uint64_t end,
			   uint64_t *of_site)
{
	size_t i = SEARCH_FROM(sites->places, sites->place_count, start, start);
	uint64_t sum = 0;

	for (; i < sites->place_count && sites->places[i].start < end; i++) {
		of_site[sites->places[i].site] += sites->places[i].bytes;
		sum += sites->places[i].bytes;
	}
	return sum;
}

/* The one that touched most; it is not found again. */
static size_t take_heaviest(uint64_t *of_site, size_t count, uint64_t *ret_bytes)
{
	size_t most = 0;

	for (size_t i = 1; i < count; i++)
		if (of_site[i] > of_site[most])
			most = i;
	*ret_bytes = of_site[most];
	of_site[most] = 0;
	return most;
}

void explain_sites(struct explanation *to, const struct scene *scene, uint64_t start, uint64_t end)
{
	const struct call_sites *sites = scene->sites;
	char size[FORMAT_SIZE_LENGTH];
	struct text text = {0};
	uint64_t *of_site, sum, bytes;

	if (!sites || !sites->site_count)
		return;
	of_site = memory_alloc(sites->site_count * sizeof(*of_site));
	sum = add_places(sites, start, end, of_site);
	if (sum)
		explanation_say(to, "new", format_size(size, sum), ROLE_VALUE);
	for (int i = 0; sum && i < SITES_MOST; i++) {
		const size_t site = take_heaviest(of_site, sites->site_count, &bytes);

		if (!bytes)
			break;
		text_clear(&text);
		text_append_format(&text, "%.0f%% ", 100 * (double)bytes / (double)sum);
		site_words_append_function(&text, sites->sites[site].frame);
		explanation_say(to, i ? "" : "by", text_string(&text), ROLE_DEFAULT);
	}
	if (sum)
		explanation_say(to, NULL, NULL, ROLE_DEFAULT);
	text_finish(&text);
	free(of_site);
}
