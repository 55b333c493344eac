/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/sqlite.h"

#include "config.h"

#include <errno.h>

#ifdef HAVE_SQLITE3
#include <dlfcn.h>
#include <sqlite3.h>

_Static_assert(SQLITE_RESULT_OK == SQLITE_OK && SQLITE_RESULT_ERROR == SQLITE_ERROR &&
		       SQLITE_RESULT_PERM == SQLITE_PERM && SQLITE_RESULT_BUSY == SQLITE_BUSY &&
		       SQLITE_RESULT_LOCKED == SQLITE_LOCKED &&
		       SQLITE_RESULT_NOMEM == SQLITE_NOMEM &&
		       SQLITE_RESULT_READONLY == SQLITE_READONLY &&
		       SQLITE_RESULT_INTERRUPT == SQLITE_INTERRUPT &&
		       SQLITE_RESULT_IOERR == SQLITE_IOERR && SQLITE_RESULT_FULL == SQLITE_FULL &&
		       SQLITE_RESULT_CANTOPEN == SQLITE_CANTOPEN &&
		       SQLITE_RESULT_ROW == SQLITE_ROW && SQLITE_RESULT_DONE == SQLITE_DONE,
	       "results");
_Static_assert(SQLITE_FLAG_READONLY == SQLITE_OPEN_READONLY &&
		       SQLITE_FLAG_READWRITE == SQLITE_OPEN_READWRITE &&
		       SQLITE_FLAG_NOMUTEX == SQLITE_OPEN_NOMUTEX,
	       "flags");
_Static_assert(SQLITE_TYPE_INTEGER == SQLITE_INTEGER && SQLITE_TYPE_TEXT == SQLITE_TEXT &&
		       SQLITE_TYPE_BLOB == SQLITE_BLOB && SQLITE_TYPE_NULL == SQLITE_NULL,
	       "types");
_Static_assert(SQLITE_CONFIG_ENABLE_TRIGGER == SQLITE_DBCONFIG_ENABLE_TRIGGER &&
		       SQLITE_CONFIG_ENABLE_LOAD_EXTENSION ==
			       SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION &&
		       SQLITE_CONFIG_DEFENSIVE == SQLITE_DBCONFIG_DEFENSIVE &&
		       SQLITE_CONFIG_ENABLE_VIEW == SQLITE_DBCONFIG_ENABLE_VIEW &&
		       SQLITE_CONFIG_TRUSTED_SCHEMA == SQLITE_DBCONFIG_TRUSTED_SCHEMA,
	       "options");
_Static_assert(SQLITE_ACTION_PRAGMA == SQLITE_PRAGMA && SQLITE_ACTION_READ == SQLITE_READ &&
		       SQLITE_ACTION_SELECT == SQLITE_SELECT &&
		       SQLITE_ACTION_TRANSACTION == SQLITE_TRANSACTION &&
		       SQLITE_ACTION_FUNCTION == SQLITE_FUNCTION && SQLITE_DENIED == SQLITE_DENY,
	       "actions");

/* dlsym(3) gives functions as pointers to data; POSIX lets them be converted. */
#define TAKE(name)                                                                        \
	do {                                                                              \
		_Static_assert(__builtin_types_compatible_p(__typeof__(found.name),       \
							    __typeof__(&sqlite3_##name)), \
			       #name);                                                    \
		*(void **)&found.name = dlsym(library, "sqlite3_" #name);                 \
		if (!found.name)                                                          \
			return -ELIBACC;                                                  \
	} while (0)

int sqlite_load(struct sqlite *ret_sqlite)
{
	/* Never closed: what it was once needed for, it will be needed for again. */
	void *library = dlopen(SQLITE3_SONAME, RTLD_NOW | RTLD_LOCAL);
	struct sqlite found;

	if (!library)
		return -ELIBACC;
	TAKE(open_v2);
	TAKE(close);
	TAKE(exec);
	TAKE(prepare_v2);
	TAKE(finalize);
	TAKE(step);
	TAKE(reset);
	TAKE(bind_int64);
	TAKE(bind_null);
	TAKE(bind_text);
	TAKE(bind_blob);
	TAKE(column_type);
	TAKE(column_bytes);
	TAKE(column_int64);
	TAKE(column_text);
	TAKE(busy_timeout);
	TAKE(extended_errcode);
	TAKE(system_errno);
	TAKE(get_autocommit);
	TAKE(db_config);
	TAKE(limit);
	TAKE(set_authorizer);
	TAKE(progress_handler);
	*ret_sqlite = found;
	return 0;
}

/* Those of sqlite.org/security.html, but for strings, which may be arguments of a command. */
const int *sqlite_strict_limits(size_t *ret_count)
{
	static const int limits[] = {
		[SQLITE_LIMIT_LENGTH] = 4 << 20,
		[SQLITE_LIMIT_SQL_LENGTH] = 100000,
		[SQLITE_LIMIT_COLUMN] = 100,
		[SQLITE_LIMIT_EXPR_DEPTH] = 10,
		[SQLITE_LIMIT_COMPOUND_SELECT] = 3,
		[SQLITE_LIMIT_VDBE_OP] = 25000,
		[SQLITE_LIMIT_FUNCTION_ARG] = 8,
		[SQLITE_LIMIT_ATTACHED] = 0,
		[SQLITE_LIMIT_LIKE_PATTERN_LENGTH] = 50,
		[SQLITE_LIMIT_VARIABLE_NUMBER] = 10,
		[SQLITE_LIMIT_TRIGGER_DEPTH] = 1,
		[SQLITE_LIMIT_WORKER_THREADS] = 0,
	};

	*ret_count = sizeof(limits) / sizeof(limits[0]);
	return limits;
}
#else
int sqlite_load(struct sqlite *ret_sqlite)
{
	(void)ret_sqlite;
	return -ELIBACC;
}

const int *sqlite_strict_limits(size_t *ret_count)
{
	*ret_count = 0;
	return NULL;
}
#endif
