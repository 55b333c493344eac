/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_SQLITE_H
#define RECORD_SQLITE_H

/*
 * The library sqlite3, which is loaded when a recording is written or read: nothing else needs it,
 * and a build without its header says that it is missing. What is used of it: sqlite.org/c3ref.
 */

#include <stddef.h>
#include <stdint.h>

struct sqlite3;
struct sqlite3_stmt;

/* Those of its numbers that are used; src/record/sqlite.c compares them with its header. */
enum {
	SQLITE_RESULT_OK = 0,
	SQLITE_RESULT_ERROR = 1,
	SQLITE_RESULT_PERM = 3,
	SQLITE_RESULT_BUSY = 5,
	SQLITE_RESULT_LOCKED = 6,
	SQLITE_RESULT_NOMEM = 7,
	SQLITE_RESULT_READONLY = 8,
	SQLITE_RESULT_INTERRUPT = 9,
	SQLITE_RESULT_IOERR = 10,
	SQLITE_RESULT_FULL = 13,
	SQLITE_RESULT_CANTOPEN = 14,
	SQLITE_RESULT_ROW = 100,
	SQLITE_RESULT_DONE = 101,

	SQLITE_FLAG_READONLY = 1,
	SQLITE_FLAG_READWRITE = 2,
	SQLITE_FLAG_NOMUTEX = 0x8000,

	SQLITE_TYPE_INTEGER = 1,
	SQLITE_TYPE_TEXT = 3,
	SQLITE_TYPE_BLOB = 4,
	SQLITE_TYPE_NULL = 5,

	SQLITE_CONFIG_ENABLE_TRIGGER = 1003,
	SQLITE_CONFIG_ENABLE_LOAD_EXTENSION = 1005,
	SQLITE_CONFIG_DEFENSIVE = 1010,
	SQLITE_CONFIG_ENABLE_VIEW = 1015,
	SQLITE_CONFIG_TRUSTED_SCHEMA = 1017,

	SQLITE_ACTION_PRAGMA = 19,
	SQLITE_ACTION_READ = 20,
	SQLITE_ACTION_SELECT = 21,
	SQLITE_ACTION_TRANSACTION = 22,
	SQLITE_ACTION_FUNCTION = 31,
	SQLITE_DENIED = 1,
};

struct sqlite {
	int (*open_v2)(const char *path, struct sqlite3 **handle, int flags, const char *vfs);
	int (*close)(struct sqlite3 *handle);
	int (*exec)(struct sqlite3 *handle, const char *sql,
		    int (*row)(void *context, int count, char **values, char **names),
		    void *context, char **message);
	int (*prepare_v2)(struct sqlite3 *handle, const char *sql, int length,
			  struct sqlite3_stmt **statement, const char **tail);
	int (*finalize)(struct sqlite3_stmt *statement);
	int (*step)(struct sqlite3_stmt *statement);
	int (*reset)(struct sqlite3_stmt *statement);
	int (*bind_int64)(struct sqlite3_stmt *statement, int index, long long value);
	int (*bind_null)(struct sqlite3_stmt *statement, int index);
	int (*bind_text)(struct sqlite3_stmt *statement, int index, const char *bytes, int length,
			 void (*destroy)(void *));
	int (*bind_blob)(struct sqlite3_stmt *statement, int index, const void *bytes, int length,
			 void (*destroy)(void *));
	int (*column_type)(struct sqlite3_stmt *statement, int column);
	int (*column_bytes)(struct sqlite3_stmt *statement, int column);
	long long (*column_int64)(struct sqlite3_stmt *statement, int column);
	const unsigned char *(*column_text)(struct sqlite3_stmt *statement, int column);
	int (*busy_timeout)(struct sqlite3 *handle, int milliseconds);
	int (*extended_errcode)(struct sqlite3 *handle);
	int (*system_errno)(struct sqlite3 *handle);
	int (*get_autocommit)(struct sqlite3 *handle);
	int (*db_config)(struct sqlite3 *handle, int option, ...);
	int (*limit)(struct sqlite3 *handle, int which, int value);
	int (*set_authorizer)(struct sqlite3 *handle,
			      int (*allow)(void *context, int action, const char *first,
					   const char *second, const char *third,
					   const char *fourth),
			      void *context);
	void (*progress_handler)(struct sqlite3 *handle, int operations, int (*stop)(void *context),
				 void *context);
};

/* Returns 0 and fills ret_sqlite; -ELIBACC where the library, or a function of it, is missing. */
int sqlite_load(struct sqlite *ret_sqlite);

/* The bound of each kind in sqlite3_limit(), by its index there, for what strangers wrote. */
const int *sqlite_strict_limits(size_t *ret_count);

#endif
