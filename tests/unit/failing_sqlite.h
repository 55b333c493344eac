/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_FAILING_SQLITE_H
#define TESTS_UNIT_FAILING_SQLITE_H

/*
 * A library sqlite3 of which one call fails: opening, preparing, running or stepping, whichever is
 * the n-th. What failed is known by its SQL.
 */

#include "config.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/sqlite.h"

#ifndef SQLITE3_SONAME /* this build is one without it: there is none */
#define SQLITE3_SONAME "/nowhere"
#endif

#define FAILING_TEXTS 128

struct failing_sqlite {
	int fail_at; /* the number of the call, from 1 on; 0: none */
	int result;  /* that it has then */
	int system_errno;
	int calls;
	char failed[200]; /* the beginning of its SQL; empty: none failed */
	bool missing;     /* there is no such library */
	bool close_fails;
};

static struct failing_sqlite failing;
static struct sqlite whole_sqlite;

/* Of each text which calls are its first, its second and its newest one. */
struct failing_text {
	char sql[200];
	int calls[3];
};

static struct failing_text failing_texts[FAILING_TEXTS];
static size_t failing_text_count;

static inline void failing_sqlite_note(const char *sql)
{
	struct failing_text *text = failing_texts, *end = failing_texts + failing_text_count;
	char start[sizeof(text->sql)];

	if (failing.fail_at)
		return;
	snprintf(start, sizeof(start), "%s", sql);
	while (text < end && strcmp(text->sql, start) != 0)
		text++;
	if (text == end) {
		assert_true(failing_text_count++ < FAILING_TEXTS);
		*text = (struct failing_text){.calls = {failing.calls}};
		strcpy(text->sql, start);
	} else {
		text->calls[text->calls[1] ? 2 : 1] = failing.calls;
	}
}

static inline bool failing_sqlite_fails(const char *sql)
{
	if (++failing.calls != failing.fail_at) {
		failing_sqlite_note(sql);
		return false;
	}
	snprintf(failing.failed, sizeof(failing.failed), "%s", sql);
	return true;
}

static int failing_open(const char *path, struct sqlite3 **handle, int flags, const char *vfs)
{
	return failing_sqlite_fails("open") ? failing.result
					    : whole_sqlite.open_v2(path, handle, flags, vfs);
}

static int failing_exec(struct sqlite3 *handle, const char *sql,
			int (*row)(void *, int, char **, char **), void *context, char **message)
{
	/* No test waits for a disk. */
	static const char waits[] = "synchronous=FULL", never[] = "synchronous=OFF ";
	const char *at = strstr(sql, waits);
	char *quick;
	int result;

	if (failing_sqlite_fails(sql))
		return failing.result;
	if (!at)
		return whole_sqlite.exec(handle, sql, row, context, message);
	quick = strdup(sql);
	assert_non_null(quick);
	memcpy(quick + (at - sql), never, sizeof(never) - 1);
	result = whole_sqlite.exec(handle, quick, row, context, message);
	free(quick);
	return result;
}

static int failing_prepare(struct sqlite3 *handle, const char *sql, int length,
			   struct sqlite3_stmt **statement, const char **tail)
{
	return failing_sqlite_fails(sql)
		       ? failing.result
		       : whole_sqlite.prepare_v2(handle, sql, length, statement, tail);
}

static int failing_step(struct sqlite3_stmt *statement)
{
	const char *(*sql_of)(struct sqlite3_stmt *) = NULL;

	*(void **)&sql_of = dlsym(dlopen(SQLITE3_SONAME, RTLD_NOW | RTLD_LOCAL), "sqlite3_sql");
	return failing_sqlite_fails(sql_of ? sql_of(statement) : "step")
		       ? failing.result
		       : whole_sqlite.step(statement);
}

static int failing_close(struct sqlite3 *handle)
{
	const int result = whole_sqlite.close(handle);

	return failing.close_fails ? failing.result : result;
}

static int failing_errno(struct sqlite3 *handle)
{
	(void)handle;
	return failing.system_errno;
}

#define FAILING_TAKE(name) *(void **)&whole_sqlite.name = dlsym(library, "sqlite3_" #name)

int sqlite_load(struct sqlite *ret_sqlite)
{
	void *library = failing.missing ? NULL : dlopen(SQLITE3_SONAME, RTLD_NOW | RTLD_LOCAL);

	if (!library)
		return -ELIBACC;
	FAILING_TAKE(open_v2);
	FAILING_TAKE(close);
	FAILING_TAKE(exec);
	FAILING_TAKE(prepare_v2);
	FAILING_TAKE(finalize);
	FAILING_TAKE(step);
	FAILING_TAKE(reset);
	FAILING_TAKE(bind_int64);
	FAILING_TAKE(bind_null);
	FAILING_TAKE(bind_text);
	FAILING_TAKE(bind_blob);
	FAILING_TAKE(column_type);
	FAILING_TAKE(column_bytes);
	FAILING_TAKE(column_int64);
	FAILING_TAKE(column_text);
	FAILING_TAKE(busy_timeout);
	FAILING_TAKE(extended_errcode);
	FAILING_TAKE(get_autocommit);
	FAILING_TAKE(db_config);
	FAILING_TAKE(limit);
	FAILING_TAKE(set_authorizer);
	FAILING_TAKE(progress_handler);
	*ret_sqlite = whole_sqlite;
	ret_sqlite->open_v2 = failing_open;
	ret_sqlite->exec = failing_exec;
	ret_sqlite->prepare_v2 = failing_prepare;
	ret_sqlite->step = failing_step;
	ret_sqlite->close = failing_close;
	ret_sqlite->system_errno = failing_errno;
	return 0;
}

const int *sqlite_strict_limits(size_t *ret_count)
{
	*ret_count = 0;
	return NULL;
}

/* The call of that number fails from now on, with that result; 0: none. */
static inline void failing_sqlite_set(int fail_at, int result)
{
	failing = (struct failing_sqlite){.fail_at = fail_at, .result = result};
}

#endif
