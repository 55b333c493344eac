/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/part.h"

#include "model/address_space.h"
#include "model/query_matches.h"

void report_walk_init(struct report_walk *walk, const struct report_part *parts, size_t count)
{
	*walk = (struct report_walk){.parts = parts, .count = count};
}

/* The index of the part's first mapping from there on that is in the report. */
static size_t find_next(const struct report_part *part, size_t vma)
{
	return part->matches ? query_matches_above(part->matches, vma) : vma;
}

bool report_walk_next(struct report_walk *walk)
{
	for (; walk->part < walk->count; walk->part++, walk->next = 0) {
		const struct report_part *part = &walk->parts[walk->part];
		size_t vma = find_next(part, walk->next);

		if (vma >= part->space->vma_count)
			continue;
		walk->usage = usage_table_at(part->usage, vma);
		walk->subject =
			(struct field_subject){part->space, vma, &walk->usage, part->growth};
		walk->next = vma + 1;
		return true;
	}
	return false;
}

bool report_is_summed(enum field field)
{
	return field_type(field) == FIELD_BYTES || field_type(field) == FIELD_DELTA;
}

void report_sums_add(struct report_sums *sums, const struct field_list *list,
		     const struct field_subject *subject)
{
	sums->mappings++;
	for (size_t i = 0; i < list->count; i++) {
		enum field field = list->fields[i];
		uint64_t number;

		if (!report_is_summed(field))
			continue;
		if (!field_number(field, subject, &number)) {
			sums->of[field].unknown = true;
			continue;
		}
		/* Deltas are two's complements: adding them up wraps, and is right. */
		sums->of[field].unknown |= field_type(field) == FIELD_BYTES &&
					   sums->of[field].number > UINT64_MAX - number;
		sums->of[field].number += number;
	}
}
