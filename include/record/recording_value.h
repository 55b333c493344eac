/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_VALUE_H
#define RECORD_RECORDING_VALUE_H

/*
 * Values of the rows of a recording. Reading trusts nothing: it returns whether the value is one
 * that is written so. Addresses and sizes are the bits of a signed number, as SQLite has no others.
 */

#include <stdbool.h>
#include <stdint.h>

struct statement;

/* What is a word in a row and a number in the program. NULL, where there is one, is none. */
typedef const char *(*recording_value_word)(int number);

/* The number below count that the column has the word of; and the same where NULL is the number 0.
 */
bool recording_value_name(const struct statement *statement, int column, recording_value_word name,
			  int count, int *ret_number);
bool recording_value_name_or_none(const struct statement *statement, int column,
				  recording_value_word name, int count, int *ret_number);

/* A number that may be unknown: NULL is TARGET_UNKNOWN. */
bool recording_value_known(const struct statement *statement, int column, uint64_t *ret_number);

/* "rw-p" */
void recording_value_bind_perms(struct statement *statement, int index, uint8_t perms);
/* "rw-p" as in maps; false: it is nothing like that. */
bool recording_perms_parse(const char *string, uint8_t *ret_perms);

bool recording_value_perms(const struct statement *statement, int column, uint8_t *ret_perms);

/* NULL is 0: no thread. */
void recording_value_bind_tid(struct statement *statement, int index, int32_t tid);
bool recording_value_tid(const struct statement *statement, int column, int32_t *ret_tid);

bool recording_value_flag(const struct statement *statement, int column, bool *ret_flag);
bool recording_value_byte(const struct statement *statement, int column, int64_t most,
			  uint8_t *ret_byte);

/* Start and size, in two columns; empty ranges are none. */
void recording_value_bind_range(struct statement *statement, int index, uint64_t start,
				uint64_t end);
bool recording_value_range(const struct statement *statement, int column, uint64_t *ret_start,
			   uint64_t *ret_end);

#endif
