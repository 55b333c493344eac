/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_RECORDING_MADE_H
#define TESTS_UNIT_RECORDING_MADE_H

/* A small recording: a heap that grows by two pages a second, from 2026-11-29 19:26:40 UTC on. */

#include "model/address_space.h"
#include "record/recording_writer.h"
#include "recording_place.h"
#include "support/sample.h"

#define RECORDING_MADE_SAMPLES 13
#define RECORDING_MADE_SECOND  INT64_C(1000000000)
#define RECORDING_MADE_START   (INT64_C(1795980400) * RECORDING_MADE_SECOND)

static inline struct recording_place recording_made(void)
{
	struct recording_place place = recording_place_make();
	const struct recording_plan plan = {.path = place.path};
	struct recording_writer *writer = NULL;

	assert_int_equal(recording_writer_create(&plan, &writer), 0);
	for (int i = 0; i < RECORDING_MADE_SAMPLES; i++) {
		struct address_space *space = sample_python_grown((uint64_t)i * 8192);

		space->time_ns = RECORDING_MADE_START + i * RECORDING_MADE_SECOND;
		assert_int_equal(recording_writer_add(writer, space), 0);
		address_space_destroy(space);
	}
	assert_int_equal(recording_writer_close(writer), 0);
	return place;
}

#endif
