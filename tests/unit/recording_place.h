/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_RECORDING_PLACE_H
#define TESTS_UNIT_RECORDING_PLACE_H

/* A folder for the recordings of a test; and the end of one that can record nothing here. */

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/sqlite.h"

struct recording_place {
	char folder[64];
	char path[96]; /* of the recording */
};

static inline struct recording_place recording_place_make(void)
{
	struct recording_place place = {.folder = "/tmp/vastop-test-XXXXXX"};

	assert_non_null(mkdtemp(place.folder));
	snprintf(place.path, sizeof(place.path), "%s/file", place.folder);
	return place;
}

static inline void recording_place_remove(const struct recording_place *place)
{
	char journal[128];

	snprintf(journal, sizeof(journal), "%s-journal", place->path);
	/* A recording that was closed stands alone. */
	assert_int_not_equal(access(journal, F_OK), 0);
	unlink(place->path);
	assert_int_equal(rmdir(place->folder), 0);
}

/* A group setup: without the library all of the group is skipped. */
static inline bool recording_place_is_possible(void)
{
	struct sqlite sqlite;

	return sqlite_load(&sqlite) == 0;
}

#define SKIP_WITHOUT_SQLITE()                       \
	do {                                        \
		if (!recording_place_is_possible()) \
			skip();                     \
	} while (0)

#endif
