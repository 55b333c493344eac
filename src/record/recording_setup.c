/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_setup.h"

#include "config.h"

#include <errno.h>
#include <sys/utsname.h>

#include "base/text.h"
#include "record/database.h"
#include "record/recording_schema.h"

static int describe(struct database *database, uint64_t interval_ns)
{
	struct statement *statement;
	struct utsname system;
	int error = uname(&system) ? -errno : 0;

	error = error ? error
		      : database_prepare(database, "INSERT INTO recording VALUES(?,?,?,?,?,?)",
					 &statement);
	if (error)
		return error;
	statement_bind_string(statement, 1, PACKAGE_VERSION);
	statement_bind_string(statement, 2, system.sysname);
	statement_bind_string(statement, 3, system.release);
	statement_bind_string(statement, 4, system.machine);
	statement_bind_string(statement, 5, system.nodename);
	statement_bind(statement, 6, (int64_t)interval_ns);
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

int recording_setup(struct database *database, uint64_t interval_ns)
{
	int error = make_tables(database);

	return error ? error : describe(database, interval_ns);
}
