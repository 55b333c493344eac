/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TABLE_TABLE_ROWS_H
#define UI_TABLE_TABLE_ROWS_H

/*
 * The rows of the table: every mapping of a snapshot, those of one object (model/object.h) folded
 * into a row with their sums, or unfolded below it, and likewise a run of like mappings
 * (model/alike.h), and a mapping with parts (model/address_space.h) and these. In a stable order;
 * what is not known comes last whichever way it is sorted. Rebuilt for each snapshot, usage or
 * order, in O(n log n) of the mappings, never for a frame. Bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct address_space;
struct identity;
struct query_matches;
struct usage_table;
struct vma;

enum table_column {
	TABLE_ADDRESS,
	TABLE_SIZE,
	TABLE_RSS,
	TABLE_PSS,
	TABLE_SWAP,
	TABLE_GROWTH, /* since the baseline */
	TABLE_PERMS,
	TABLE_KIND,
	TABLE_NAME,
	TABLE_COLUMNS,
};

enum table_row_type {
	TABLE_ROW_MAPPING, /* of no object, or all that there is of one */
	TABLE_ROW_OBJECT,  /* several mappings of one object or alike, or one with parts */
	TABLE_ROW_MEMBER,  /* a mapping, or a part of it, of the unfolded object above it */
};

/* TARGET_UNKNOWN where a part of a sum is not known. */
struct table_amounts {
	uint64_t size, rss, pss, swap;
	uint64_t last; /* rss, or what was last known of it (model/usage.h) */
	int64_t growth;
	bool growth_known;
};

struct table_row {
	uint32_t vma, count; /* the lowest mapping's index, and how many: 1 but of an object */
	uint32_t mappings;   /* that it stands for: of those, the ones that are listed */
	uint32_t parts;      /* of a mapping that has parts; of a part 0 */
	uint32_t pieces; /* of a run of like mappings: those that are alike and listed; else 0 */
	uint64_t each;   /* of those: the size of each, where all have the same; else 0 */
	uint32_t piece;  /* of a run: the index of its lowest piece */
	uint32_t part;   /* 1 + index in the parts of the space; 0: no part */
	uint8_t type;    /* enum table_row_type */
	bool open;       /* an unfolded object */
	bool reserves;   /* some of the mappings are reservations */
	uint8_t perms;   /* of an object: of its most dangerous mapping */
	struct table_amounts amounts;
};

struct table_order {
	enum table_column column;
	bool reversed; /* against the column's natural direction: amounts the largest first, the
			* rest the smallest */
};

struct table_rows {
	struct table_row *rows;
	size_t count;
	uint32_t *of_vma; /* for each VMA its row, or its folded object's; of one that is left out
			   * the next one's. Nothing where there are no rows */
	size_t vma_count;
};

struct table_request {
	const struct address_space *space;
	const struct usage_table *usage; /* of the space; NULL: not known */
	const struct identity *growth;   /* of the space since the baseline; NULL: not known */
	const uint64_t *open;            /* addresses in unfolded rows, ascending */
	size_t open_count;
	const struct query_matches *kept; /* of the space: others are left out; NULL: none are */
	struct table_order order;
};

/* Makes the rows; table_rows_finish() frees them. All zeroes are valid, empty rows. */
void table_rows_init(struct table_rows *rows, const struct table_request *request);
void table_rows_finish(struct table_rows *rows);

/* The mapping of the row, or the part that it is: of several the lowest. */
const struct vma *table_rows_mapping(const struct address_space *space,
				     const struct table_row *row);

/* What the row is called by: the same, but of a run of like mappings the lowest of those. */
const struct vma *table_rows_named(const struct address_space *space, const struct table_row *row);

/* Where the row's highest mapping, or its part, ends. */
uint64_t table_rows_end(const struct address_space *space, const struct table_row *row);

/*
 * The row of the unfolded object that a member belongs to; the row itself for any other.
 * O(members).
 */
size_t table_rows_object(const struct table_rows *rows, size_t row);

/* What a row is, in a word or two: a kind's label, of an object "library", "program", "loader". */
const char *table_rows_kind(const struct address_space *space, const struct table_row *row);

/* Whether the column's first order is from high to low. */
bool table_column_descends(enum table_column column);

#endif
