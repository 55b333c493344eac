/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_DATABASE_H
#define RECORD_DATABASE_H

/*
 * An SQLite database as recordings use it: one file, one thread, statements prepared once. Errors
 * are -errno: -EBADMSG where the file is damaged or not what it should be, -ENOSPC, -EROFS, -EBUSY,
 * -ETIMEDOUT where a question took too long, -ELIBACC without the library.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct database;
struct statement;

/* Opens a file that exists and is empty or the caller's own, for writing. */
int database_open(const char *path, struct database **ret_database);

/*
 * Opens a file that a stranger may have written, to be read: nothing in it is run (triggers, views,
 * functions), strings and statements are bounded, and so is the work of each question.
 */
int database_open_hostile(const char *path, struct database **ret_database);

/* Closes it, after its statements were freed; NULL is allowed. What was not committed is undone. */
int database_close(struct database *database);

/* Runs statements without a result. */
int database_run(struct database *database, const char *sql);

/* Whether a transaction is open: some errors end it. */
bool database_in_transaction(const struct database *database);

/* A statement, for statement_free(); it is one line of SQL that the program has. */
int database_prepare(struct database *database, const char *sql, struct statement **ret_statement);
void statement_free(struct statement *statement);

/*
 * Parameters, by number from 1. What is not bound is as it was. Strings are
 * copied; what is not UTF-8 becomes a BLOB; NULL becomes NULL.
 */
void statement_bind(struct statement *statement, int index, int64_t number);
void statement_bind_null(struct statement *statement, int index);
void statement_bind_string(struct statement *statement, int index, const char *string);
/* TARGET_UNKNOWN becomes NULL. */
void statement_bind_known(struct statement *statement, int index, uint64_t number);

/* The next row: 1; 0 after the last one, or -errno. */
int statement_step(struct statement *statement);

/* Makes it ready to be run again. */
void statement_reset(struct statement *statement);

/* Runs one that has no rows, and resets it. Returns 0 or -errno. */
int statement_run(struct statement *statement);

/*
 * A value of the row, by number from 0. Each returns whether it is of that type: a number from
 * least to most; a string without NUL bytes, valid until the next step. NULL is of no type.
 */
bool statement_number(const struct statement *statement, int column, int64_t least, int64_t most,
		      int64_t *ret_number);
bool statement_string(const struct statement *statement, int column, const char **ret_string);
bool statement_is_null(const struct statement *statement, int column);

#endif
