/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_SURVEY_LOOK_H
#define SAMPLER_SURVEY_LOOK_H

/* What of a snapshot a survey needs: the mappings that can be walked, and whose memory they are. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sampler/survey_plan.h"
#include "sampler/survey_target.h"

struct address_space;

struct survey_look {
	struct survey_range *ranges; /* owned */
	size_t count;
	struct survey_image image; /* where brk heap and stack begin */
	uint64_t visible_start, visible_end;
};

/* Copies; [vsyscall] and whatever else is no user address is left out. A visible
 * range that is empty is everything. */
struct survey_look survey_look_at(const struct address_space *space, uint64_t visible_start,
				  uint64_t visible_end);
void survey_look_finish(struct survey_look *look);

/* Whether both have the same mappings. */
bool survey_look_equal(const struct survey_look *a, const struct survey_look *b);

/* Whether the snapshot is of that image; a snapshot that does not know where it begins is. */
bool survey_look_is_of(const struct survey_look *look, const struct survey_image *image);

#endif
