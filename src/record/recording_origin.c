/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_origin.h"

#include <errno.h>

#include "record/database.h"
#include "record/recording_process.h"

int recording_origin_read(struct database *database, struct arena *strings,
			  struct recording_origin *origin)
{
	struct statement *statement;
	int64_t interval;
	int more = database_prepare(database,
				    "SELECT vastop,system,release,machine,host,interval_ns FROM "
				    "recording",
				    &statement);

	if (more)
		return more;
	more = statement_step(statement);
	if (more > 0 && recording_process_string(statement, 0, strings, &origin->vastop) &&
	    recording_process_string(statement, 1, strings, &origin->system) &&
	    recording_process_string(statement, 2, strings, &origin->release) &&
	    recording_process_string(statement, 3, strings, &origin->machine) &&
	    recording_process_string(statement, 4, strings, &origin->host) &&
	    statement_number(statement, 5, 0, INT64_MAX, &interval)) {
		origin->interval_ns = (uint64_t)interval;
		more = 0;
	} else if (more >= 0) {
		more = -EBADMSG;
	}
	statement_free(statement);
	return more;
}
