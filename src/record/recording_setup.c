/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_setup.h"

#include "config.h"

#include <errno.h>
#include <sys/utsname.h>

#include "base/text.h"
#include "record/database.h"
#include "record/recording_origin.h"
#include "record/recording_schema.h"

static int describe(struct database *database, const struct recording_origin *origin)
{
	struct statement *statement;
	int error =
		database_prepare(database, "INSERT INTO recording VALUES(?,?,?,?,?,?)", &statement);

	if (error)
		return error;
	statement_bind_string(statement, 1, origin->vastop);
	statement_bind_string(statement, 2, origin->system);
	statement_bind_string(statement, 3, origin->release);
	statement_bind_string(statement, 4, origin->machine);
	statement_bind_string(statement, 5, origin->host);
	statement_bind(statement, 6, (int64_t)origin->interval_ns);
	error = statement_run(statement);
	statement_free(statement);
	return error;
}

static int make_tables(struct database *database)
{
	struct text sql = {0};
	size_t count;
	const struct recording_table *tables = recording_tables(&count);
	int error;

	text_append_format(&sql,
			   "PRAGMA page_size=%d; PRAGMA journal_mode=DELETE; "
			   "PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; "
			   "PRAGMA application_id=%d; PRAGMA user_version=%d; BEGIN",
			   RECORDING_PAGE_BYTES, RECORDING_APPLICATION, RECORDING_VERSION);
	for (size_t i = 0; i < count; i++)
		text_append_format(&sql, ";%s", tables[i].sql);
	error = database_run(database, text_string(&sql));
	text_finish(&sql);
	return error;
}

int recording_setup(struct database *database, const struct recording_origin *origin)
{
	int error = make_tables(database);

	return error ? error : describe(database, origin);
}

int recording_setup_here(struct database *database, uint64_t interval_ns)
{
	struct utsname system;

	if (uname(&system))
		return -errno;
	return recording_setup(database, &(struct recording_origin){
						 .vastop = PACKAGE_VERSION,
						 .system = system.sysname,
						 .release = system.release,
						 .machine = system.machine,
						 .host = system.nodename,
						 .interval_ns = interval_ns,
					 });
}
