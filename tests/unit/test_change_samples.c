/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>

#include "base/text.h"
#include "model/change.h"
#include "model/growers.h"
#include "model/identity.h"
#include "sample_pairs.h"
#include "support/golden.h"

/* All of each change between two samples, of what each mapping is then, and of what grew most. */

static void append_change(struct text *text, const struct change *change)
{
	text_append_format(text, "%s %" PRIx64 "-%" PRIx64 " was %" PRIx64 "-%" PRIx64,
			   change_type_name(change->type), change->start, change->end,
			   change->old_start, change->old_end);
	text_append_format(text, " size %" PRIx64 " delta %" PRId64 " perms %x was %x kind %d",
			   change->size, change->delta, change->perms, change->old_perms,
			   change->kind);
	text_append_format(text, " tid %d%s at %" PRId64 " %s\n", (int)change->tid,
			   change->alternate ? " alternate" : "", change->time_ns % 10000000000,
			   change->name);
}

static void append_mappings(struct text *text, const struct identity *identity)
{
	for (int side = 0; side < IDENTITY_SIDES; side++) {
		const struct address_space *space = identity->spaces[side];

		text_append(text, side == IDENTITY_BEFORE ? "before:" : "now:");
		for (size_t i = 0; i < space->vma_count; i++) {
			uint32_t other = identity_other(identity, (enum identity_side)side, i);

			if (other == IDENTITY_NONE)
				text_append(text, " -");
			else
				text_append_format(text, " %u", other);
			if (side == IDENTITY_NOW && identity_delta(identity, i))
				text_append_format(text, "%+" PRId64, identity_delta(identity, i));
		}
		text_append(text, "\n");
	}
}

static void append_grower(struct text *text, const struct growers_entry *entry)
{
	text_append_format(text, "%" PRIx64 "-%" PRIx64 " %" PRIx64 " %+" PRId64, entry->start,
			   entry->end, entry->size, entry->delta);
	text_append_format(text, " kind %d vma %d count %u member %u+%u each %" PRIx64 "\n",
			   entry->kind, (int)entry->vma, entry->count, entry->member,
			   entry->member_count, entry->each);
}

static void append_growers(struct text *text, const struct address_space *before,
			   const struct address_space *now, size_t most)
{
	struct identity identity;
	struct growers growers;

	identity_init(&identity, before, now);
	growers_init(&growers, &identity, most);
	identity_finish(&identity);
	text_append_format(text, "-- kinds, at most %zu\n", most);
	for (size_t i = 0; i < growers.kind_count; i++)
		append_grower(text, &growers.kinds[i]);
	text_append(text, "-- mappings\n");
	for (size_t i = 0; i < growers.mapping_count; i++)
		append_grower(text, &growers.mappings[i]);
	text_append(text, "-- members\n");
	for (size_t i = 0; i < growers.member_count; i++)
		append_grower(text, &growers.members[i]);
	growers_finish(&growers);
}

static void all_of_it_is_as_it_is(void **state)
{
	struct text text = {0};

	(void)state;
	for (int pair = 0; pair < SAMPLE_PAIRS; pair++) {
		struct address_space *before, *now;
		struct change_list list = {0};
		struct identity identity;

		sample_pair(pair, &before, &now);
		text_append_format(&text, "== %d\n", pair);
		change_compute(&list, before, now);
		for (size_t i = 0; i < list.count; i++)
			append_change(&text, &list.changes[i]);
		change_list_finish(&list);
		identity_init(&identity, before, now);
		append_mappings(&text, &identity);
		identity_finish(&identity);
		append_growers(&text, before, now, 100);
		append_growers(&text, before, now, 2);
		address_space_destroy(before);
		address_space_destroy(now);
	}
	golden_check("change_samples", text_string(&text));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_of_it_is_as_it_is),
	};

	return cmocka_run_group_tests_name("change_samples", tests, NULL, NULL);
}
