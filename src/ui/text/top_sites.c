/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/top_sites.h"

#include <stddef.h>

#include "base/text.h"
#include "inside/call_sites.h"
#include "model/address_space.h"
#include "model/session.h"
#include "ui/scene.h"
#include "ui/text/site_words.h"

#define SITES_MOST 2

static void append(struct text *text, const struct call_sites *sites, uint32_t site, uint64_t bytes,
		   uint64_t of)
{
	text_append_format(text, "%s%.0f%% ", text->length ? ", " : "by ",
			   100 * (double)bytes / (double)of);
	site_words_append_function(text, sites->sites[site].frame);
}

void top_sites_put_mapping(struct text *text, const struct call_sites *sites, uint64_t start)
{
	size_t count;
	const struct site_place *places = call_sites_places(sites, start, &count);
	uint64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += places[i].bytes;
	for (size_t i = 0; i < count && i < SITES_MOST; i++)
		append(text, sites, places[i].site, places[i].bytes, sum);
}

static uint64_t bytes_of(const struct call_site *site, enum kind kind)
{
	return kind == KIND_COUNT ? site->bytes : site->kinds[kind];
}

/* The heaviest site but that one. */
static uint32_t heaviest(const struct call_sites *sites, enum kind kind, uint32_t except)
{
	uint32_t found = CALL_SITES_NONE;

	for (uint32_t i = 0; i < sites->site_count; i++) {
		const uint64_t bytes = bytes_of(&sites->sites[i], kind);

		if (i != except && bytes &&
		    (found == CALL_SITES_NONE || bytes > bytes_of(&sites->sites[found], kind)))
			found = i;
	}
	return found;
}

void top_sites_put_kind(struct text *text, const struct call_sites *sites, enum kind kind)
{
	uint32_t site = CALL_SITES_NONE;
	uint64_t sum = 0;

	for (size_t i = 0; i < sites->site_count; i++)
		sum += bytes_of(&sites->sites[i], kind);
	for (int i = 0; i < SITES_MOST; i++) {
		site = heaviest(sites, kind, site);
		if (site == CALL_SITES_NONE)
			return;
		append(text, sites, site, bytes_of(&sites->sites[site], kind), sum);
	}
}

void top_sites_put_series(struct text *text, const struct scene *scene, const struct series *series)
{
	const struct session *session = scene->session;
	const size_t focus = address_space_find(scene->space, session->focus_address);

	if (!scene->sites)
		return;
	if (series == &session->heap)
		top_sites_put_kind(text, scene->sites, KIND_HEAP);
	else if (series == &session->rss || series == &session->size)
		top_sites_put_kind(text, scene->sites, KIND_COUNT);
	else if (series >= session->kinds && series < session->kinds + KIND_COUNT)
		top_sites_put_kind(text, scene->sites, (enum kind)(series - session->kinds));
	else if (series == &session->focus && focus < scene->space->vma_count)
		top_sites_put_mapping(text, scene->sites, scene->space->vmas[focus].start);
}
