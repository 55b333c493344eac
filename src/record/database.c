/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/database.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "model/target.h"
#include "record/sqlite.h"

#define BUSY_MS 10000 /* that one who reads meanwhile may take */

/* The work that a question may take, in operations of SQLite: some seconds. */
#define OPERATIONS_ONCE 100000
#define OPERATIONS_MANY 5000

/* SQLITE_TRANSIENT: the library takes a copy of the bytes. */
#define SQLITE_COPY ((void (*)(void *)) - 1)

struct database {
	struct sqlite sqlite;
	struct sqlite3 *handle;
	unsigned work; /* of the question, in OPERATIONS_ONCE */
};

struct statement {
	struct database *database;
	struct sqlite3_stmt *handle;
};

/* -errno of a result; the file system's own where it gave one. */
static int find_error(const struct database *database, int result)
{
	int number;

	switch (result & 0xff) {
	case SQLITE_RESULT_OK:
	case SQLITE_RESULT_ROW:
	case SQLITE_RESULT_DONE: return 0;
	case SQLITE_RESULT_FULL: return -ENOSPC;
	case SQLITE_RESULT_READONLY: return -EROFS;
	case SQLITE_RESULT_BUSY:
	case SQLITE_RESULT_LOCKED: return -EBUSY;
	case SQLITE_RESULT_NOMEM: return -ENOMEM;
	case SQLITE_RESULT_PERM: return -EACCES;
	case SQLITE_RESULT_INTERRUPT: return -ETIMEDOUT;
	case SQLITE_RESULT_IOERR:
	case SQLITE_RESULT_CANTOPEN:
		number = database->handle ? database->sqlite.system_errno(database->handle) : 0;
		return number ? -number : -EIO;
	default: return -EBADMSG;
	}
}

static int open_file(const char *path, int flags, struct database **ret_database)
{
	struct database *database = memory_alloc(sizeof(*database));
	int error = sqlite_load(&database->sqlite);

	if (!error)
		error = find_error(database,
				   database->sqlite.open_v2(path, &database->handle,
							    flags | SQLITE_FLAG_NOMUTEX, NULL));
	if (error) {
		database_close(database);
		return error;
	}
	database->sqlite.busy_timeout(database->handle, BUSY_MS);
	*ret_database = database;
	return 0;
}

int database_open(const char *path, struct database **ret_database)
{
	return open_file(path, SQLITE_FLAG_READWRITE, ret_database);
}

/* What reading tables takes: no other function, no pragma, no change. */
static int allow(void *context, int action, const char *first, const char *second,
		 const char *third, const char *fourth)
{
	(void)context, (void)first, (void)third, (void)fourth;
	switch (action) {
	case SQLITE_ACTION_READ:
	case SQLITE_ACTION_SELECT: return SQLITE_RESULT_OK;
	case SQLITE_ACTION_FUNCTION:
		return !strcmp(second, "max") || !strcmp(second, "min") || !strcmp(second, "count")
			       ? SQLITE_RESULT_OK
			       : SQLITE_DENIED;
	default: return SQLITE_DENIED;
	}
}

static int stop(void *context)
{
	struct database *database = context;

	return ++database->work > OPERATIONS_MANY;
}

int database_open_hostile(const char *path, struct database **ret_database)
{
	static const struct {
		int option, value;
	} options[] = {
		{SQLITE_CONFIG_DEFENSIVE, 1},
		{SQLITE_CONFIG_TRUSTED_SCHEMA, 0},
		{SQLITE_CONFIG_ENABLE_TRIGGER, 0},
		{SQLITE_CONFIG_ENABLE_VIEW, 0},
		{SQLITE_CONFIG_ENABLE_LOAD_EXTENSION, 0},
	};
	struct database *database;
	const int *limits;
	size_t count;
	int error = open_file(path, SQLITE_FLAG_READONLY, &database);

	if (error)
		return error;
	/* One that an old library does not know is what it cannot do. */
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		database->sqlite.db_config(database->handle, options[i].option, options[i].value,
					   NULL);
	limits = sqlite_strict_limits(&count);
	for (size_t i = 0; i < count; i++)
		database->sqlite.limit(database->handle, (int)i, limits[i]);
	database_run(database, "PRAGMA cell_size_check=1; PRAGMA mmap_size=0; "
			       "PRAGMA temp_store=MEMORY; PRAGMA query_only=1");
	database->sqlite.set_authorizer(database->handle, allow, NULL);
	database->sqlite.progress_handler(database->handle, OPERATIONS_ONCE, stop, database);
	*ret_database = database;
	return 0;
}

int database_close(struct database *database)
{
	int error = 0;

	if (!database)
		return 0;
	if (database->handle)
		error = find_error(database, database->sqlite.close(database->handle));
	free(database);
	return error;
}

int database_run(struct database *database, const char *sql)
{
	return find_error(database, database->sqlite.exec(database->handle, sql, NULL, NULL, NULL));
}

bool database_in_transaction(const struct database *database)
{
	return !database->sqlite.get_autocommit(database->handle);
}

int database_prepare(struct database *database, const char *sql, struct statement **ret_statement)
{
	struct sqlite3_stmt *handle = NULL;
	int error = find_error(
		database, database->sqlite.prepare_v2(database->handle, sql, -1, &handle, NULL));

	if (error)
		return error;
	*ret_statement = memory_alloc(sizeof(**ret_statement));
	**ret_statement = (struct statement){database, handle};
	return 0;
}

void statement_free(struct statement *statement)
{
	if (statement)
		statement->database->sqlite.finalize(statement->handle);
	free(statement);
}

void statement_bind(struct statement *statement, int index, int64_t number)
{
	statement->database->sqlite.bind_int64(statement->handle, index, number);
}

void statement_bind_null(struct statement *statement, int index)
{
	statement->database->sqlite.bind_null(statement->handle, index);
}

void statement_bind_known(struct statement *statement, int index, uint64_t number)
{
	if (number == TARGET_UNKNOWN)
		statement_bind_null(statement, index);
	else
		statement_bind(statement, index, (int64_t)number);
}

static bool is_utf8(const char *string, size_t length)
{
	uint32_t codepoint;
	size_t taken;

	for (size_t i = 0; i < length; i += taken) {
		taken = utf8_decode(string + i, length - i, &codepoint);
		if (!taken)
			return false;
	}
	return true;
}

void statement_bind_string(struct statement *statement, int index, const char *string)
{
	const struct sqlite *sqlite = &statement->database->sqlite;
	size_t length;

	if (!string) {
		statement_bind_null(statement, index);
		return;
	}
	length = strlen(string);
	if (is_utf8(string, length))
		sqlite->bind_text(statement->handle, index, string, (int)length, SQLITE_COPY);
	else
		sqlite->bind_blob(statement->handle, index, string, (int)length, SQLITE_COPY);
}

int statement_step(struct statement *statement)
{
	struct database *database = statement->database;
	int result = database->sqlite.step(statement->handle);

	return result == SQLITE_RESULT_ROW ? 1 : find_error(database, result);
}

void statement_reset(struct statement *statement)
{
	statement->database->sqlite.reset(statement->handle);
	statement->database->work = 0;
}

int statement_run(struct statement *statement)
{
	int error = statement_step(statement);

	statement_reset(statement);
	return error > 0 ? 0 : error;
}

bool statement_number(const struct statement *statement, int column, int64_t least, int64_t most,
		      int64_t *ret_number)
{
	const struct sqlite *sqlite = &statement->database->sqlite;
	int64_t number;

	if (sqlite->column_type(statement->handle, column) != SQLITE_TYPE_INTEGER)
		return false;
	number = sqlite->column_int64(statement->handle, column);
	if (number < least || number > most)
		return false;
	*ret_number = number;
	return true;
}

bool statement_string(const struct statement *statement, int column, const char **ret_string)
{
	const struct sqlite *sqlite = &statement->database->sqlite;
	int type = sqlite->column_type(statement->handle, column);
	const char *string;

	if (type != SQLITE_TYPE_TEXT && type != SQLITE_TYPE_BLOB)
		return false;
	/* Of a BLOB, too, it gives the bytes with a NUL behind them. */
	string = (const char *)sqlite->column_text(statement->handle, column);
	if (!string || strlen(string) != (size_t)sqlite->column_bytes(statement->handle, column))
		return false;
	*ret_string = string;
	return true;
}

bool statement_is_null(const struct statement *statement, int column)
{
	return statement->database->sqlite.column_type(statement->handle, column) ==
	       SQLITE_TYPE_NULL;
}
