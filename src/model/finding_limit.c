/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/finding_limit.h"

#include <inttypes.h>

#include "base/format.h"
#include "base/text.h"
#include "model/address_space.h"
#include "model/kind.h"
#include "model/limits.h"
#include "model/series.h"
#include "model/session.h"

/*
 * A kind grew without pause when it is larger at the end of each of these parts of the time watched
 * than at the end of the one before. Each part has two samples at least, since they never come on
 * the dot; with fewer parts than a few, anything that happens to grow would do.
 */
#define PARTS_MAX        8
#define PARTS_LEAST      3
#define SAMPLES_PER_PART 2

static void judge_limit(const struct finding_judge *judge, const struct finding_facts *facts,
			enum limit_item item)
{
	char size[FORMAT_SIZE_LENGTH];
	struct limits limits;
	const struct limit_use *use = &limits.uses[item];
	struct finding finding = {.kind = KIND_COUNT,
				  .unit = item == LIMIT_MAPPINGS ? FINDING_UNIT_MAPPINGS
								 : FINDING_UNIT_BYTES};
	struct text note = {0};

	limits_measure(facts->space, &limits);
	finding.value = use->used;
	finding.limit = use->limit == TARGET_UNLIMITED ? TARGET_UNKNOWN : use->limit;
	if (item == LIMIT_STACK && limits.has_stack)
		text_append_format(&note, "%s free below", format_size(size, limits.stack_gap));
	if (note.length)
		finding.note = text_string(&note);
	if (use->level != LIMIT_FINE)
		finding_judge_add(judge, &finding);
	else if (item == LIMIT_STACK && !limits.has_stack)
		finding_judge_add_unknown(judge, NULL, "the main stack was not found");
	else if (use->limit == TARGET_UNKNOWN)
		finding_judge_add_unknown(judge, NULL, "the limit cannot be read");
	text_finish(&note);
}

void finding_limit_mappings(const struct finding_judge *judge, const struct finding_facts *facts)
{
	judge_limit(judge, facts, LIMIT_MAPPINGS);
}

void finding_limit_stack(const struct finding_judge *judge, const struct finding_facts *facts)
{
	judge_limit(judge, facts, LIMIT_STACK);
}

void finding_limit_data(const struct finding_judge *judge, const struct finding_facts *facts)
{
	judge_limit(judge, facts, LIMIT_DATA);
}

void finding_limit_address_space(const struct finding_judge *judge,
				 const struct finding_facts *facts)
{
	judge_limit(judge, facts, LIMIT_ADDRESS_SPACE);
}

/* How many samples of the series there are from the time on; of old ones, fewer. */
static size_t count_samples(const struct series *series, int64_t from)
{
	size_t count = 0;

	for (size_t i = series->count; i > 0 && series->points[i - 1].time_ns >= from; i--)
		count++;
	return count;
}

/* Whether the values at the ends of the parts only rise; *ret_growth is by how much. */
static bool rises(const struct series *series, int64_t from, int64_t to, size_t parts,
		  uint64_t *ret_growth)
{
	uint64_t first, before, now;

	if (series_at(series, from, &first))
		return false;
	before = first;
	for (size_t part = 1; part <= parts; part++) {
		int64_t end = from + (int64_t)((uint64_t)(to - from) / parts * part);

		if (series_at(series, part == parts ? to : end, &now) || now <= before)
			return false;
		before = now;
	}
	*ret_growth = before - first;
	return true;
}

static void add_growth(const struct finding_judge *judge, const struct finding_facts *facts,
		       enum kind kind, uint64_t growth, double seconds)
{
	const uint64_t size = facts->session->now->by_kind[kind].size;
	char amount[FORMAT_SIZE_LENGTH];
	struct text note = {0};

	text_append_format(&note, "+%s in %.*f s", format_size(amount, growth), seconds < 10,
			   seconds);
	finding_judge_add(judge, &(struct finding){.kind = (uint8_t)kind,
						   .note = text_string(&note),
						   .unit = FINDING_UNIT_BYTES,
						   .value = size,
						   .limit = TARGET_UNKNOWN});
	text_finish(&note);
}

/* Mappings that only reserve addresses hold no memory. */
static bool is_memory(enum kind kind)
{
	return kind != KIND_GUARD && kind != KIND_RESERVE;
}

void finding_limit_growth(const struct finding_judge *judge, const struct finding_facts *facts)
{
	const struct session *session = facts->session;
	int64_t from = session->baseline->time_ns, to = session->now->time_ns;
	size_t parts = count_samples(&session->size, from) / SAMPLES_PER_PART;
	uint64_t growth;

	/* Another program since, or a baseline that was set: what was before does not count. */
	if (parts < PARTS_LEAST || to <= from) {
		finding_judge_add_unknown(judge, NULL, "it was watched too briefly to tell");
		return;
	}
	for (int kind = 0; kind < KIND_COUNT; kind++)
		if (is_memory((enum kind)kind) &&
		    rises(&session->kinds[kind], from, to, parts < PARTS_MAX ? parts : PARTS_MAX,
			  &growth))
			add_growth(judge, facts, (enum kind)kind, growth,
				   (double)(to - from) / 1e9);
}
