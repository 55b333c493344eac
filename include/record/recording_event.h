/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_EVENT_H
#define RECORD_RECORDING_EVENT_H

/* How events stand in the rows of a recording, as record/recording_rows.h says of other things. */

#include <stdbool.h>

struct change;
struct statement;

#define RECORDING_EVENT_COLUMNS                                                             \
	"time_ns,change,start,size,old_start,old_size,delta,perms,old_perms,kind,name,tid," \
	"alternate"

#define RECORDING_EVENT_WIDTH 13

void recording_event_bind(struct statement *statement, int from, const struct change *change);

/* The name is valid until the next row. */
bool recording_event_read(const struct statement *statement, int from, struct change *ret_change);

#endif
