/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_FIELD_H
#define MODEL_FIELD_H

/*
 * What there is to say about a mapping, a field a row: its name, its type, where it comes from. The
 * table on the screen, reports, JSON, help and the manual page have the names from here.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct address_space;
struct identity;
struct text;
struct usage;

enum field_type {
	FIELD_TEXT,    /* bytes, also those of the process: not checked, not escaped */
	FIELD_ADDRESS, /* hexadecimal */
	FIELD_NUMBER,  /* of a thing, not to be added up: a pid, an inode */
	FIELD_BYTES,   /* an amount */
	FIELD_DELTA,   /* bytes more, or fewer: an int64_t */
};

enum field {
	FIELD_TIME,
	FIELD_PID,
	FIELD_COMM,
	FIELD_START,
	FIELD_END,
	FIELD_SIZE,
	/* Those of struct usage, in the order of JSON. */
	FIELD_RSS,
	FIELD_SWAP,
	FIELD_HUGETLB,
	FIELD_PSS,
	FIELD_USS,
	FIELD_PRIVATE_DIRTY,
	FIELD_SHARED_DIRTY,
	FIELD_REFERENCED,
	FIELD_ANONYMOUS,
	FIELD_HUGE,
	FIELD_LOCKED,
	FIELD_FLAGS,
	FIELD_GROWTH,
	FIELD_PERMS,
	FIELD_OFFSET,
	FIELD_DEV,
	FIELD_INODE,
	FIELD_KIND,
	FIELD_KIND_SOURCE,
	FIELD_OWNER,
	FIELD_RUNTIME,
	FIELD_TID,
	FIELD_DELETED,
	FIELD_FILE_IDENTITY,
	FIELD_NAME,
	FIELD_COUNT,
};

/* A mapping, and what is known of it. */
struct field_subject {
	const struct address_space *space;
	size_t vma;                    /* its index there */
	const struct usage *usage;     /* NULL: not known */
	const struct identity *growth; /* of the space since an earlier one; NULL: not known */
};

const char *field_name(enum field field);
enum field_type field_type(enum field field);

/* What its values are: "bytes", "address", "number", "text". */
const char *field_unit(enum field field);

/* What it is, in a few words. */
const char *field_help(enum field field);

/* Whether only smaps reports it. */
bool field_needs_smaps(enum field field);

/* Of a field that is not text: sets *ret_number and returns true; false: it is not known. */
bool field_number(enum field field, const struct field_subject *subject, uint64_t *ret_number);

/* Of a field that is text: appends it; nothing where it is not known, or there is none. */
void field_append(enum field field, const struct field_subject *subject, struct text *text);

/* The amount of the usage that the field is, one from FIELD_RSS to FIELD_LOCKED. */
uint64_t field_of_usage(enum field field, const struct usage *usage);

/* Fields in an order. */
struct field_list {
	enum field fields[FIELD_COUNT];
	size_t count;
};

/*
 * Reads names with commas between them. Returns 0 and fills *ret_list; or -EINVAL, and sets
 * *ret_wrong to the name in the line that is not a field or stands there twice, and *ret_length to
 * its length.
 */
int field_list_parse(const char *names, struct field_list *ret_list, const char **ret_wrong,
		     size_t *ret_length);

/* Puts a field before the others, if it is not among them. */
void field_list_lead(struct field_list *list, enum field field);

#endif
