/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_SCHEMA_H
#define RECORD_RECORDING_SCHEMA_H

/*
 * What a recording is: an SQLite database of these tables and nothing else, the number of vastop
 * and of the schema in its header. vastop(1) documents the tables.
 *
 * Samples are numbered from 1. What can last longer than a sample (mappings, their usage, pages) is
 * a row with the samples from first to last in which it was so; last is NULL where that still was
 * so at the end. At a keyframe all that lasts ends and begins again, so that what was at a sample
 * lies between the keyframe before it and the sample: however long the recording is, few rows are
 * looked at.
 */

#include <stddef.h>
#include <stdint.h>

#define RECORDING_APPLICATION 0x76617374 /* "vast" */
#define RECORDING_VERSION     1
#define RECORDING_PAGE_BYTES  4096 /* of the database */

#define RECORDING_HEADER_LENGTH 100 /* bytes: of every SQLite database (sqlite.org/fileformat2) */

enum recording_form {
	RECORDING_GOOD,
	RECORDING_FOREIGN, /* no database, or that of another program */
	RECORDING_NEWER,   /* of a later schema */
};

/* What a file is that begins with the bytes. Fewer than RECORDING_HEADER_LENGTH are FOREIGN. */
enum recording_form recording_form(const unsigned char *bytes, size_t length);

/* A table or an index, and the statement that makes it. */
struct recording_table {
	const char *name;
	const char *sql;
};
const struct recording_table *recording_tables(size_t *ret_count);

#endif
