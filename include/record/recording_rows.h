/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_ROWS_H
#define RECORD_RECORDING_ROWS_H

/*
 * How what a recording holds stands in its rows: for each sort of thing a function that binds it
 * from a parameter on, and one that reads it from a column on. Reading trusts nothing: it returns
 * whether the row is one that was written so; strings are valid until the next row. Addresses and
 * sizes are the bits of a signed number, as SQLite has no others.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/vma.h"

struct lodged_stack;
struct statement;

/* What is known of pages, in the order in which it is stored. */
enum recording_pages {
	RECORDING_PAGES_RESIDENT,
	RECORDING_PAGES_HUGE,
	RECORDING_PAGES_SWAPPED,
	RECORDING_PAGES_SCANNED, /* was looked at */
	RECORDING_PAGES_BLURRED, /* only how many pages of it are in memory is known */
	RECORDING_PAGES_COUNT,
};

struct recording_range {
	uint64_t start, end;
	uint64_t what; /* enum recording_pages */
};

#define RECORDING_MAPPING_COLUMNS                                         \
	"start,size,perms,offset,dev_major,dev_minor,inode,name,deleted," \
	"kind,kind_source,owner,tid,alternate,file_system,huge_shift,file_identity,runtime,twin"
#define RECORDING_PART_COLUMNS  "start,size,perms,kind,kind_source,tid,alternate"
#define RECORDING_STACK_COLUMNS "address,tid,alternate"
#define RECORDING_PAGES_COLUMNS "start,size,what"
#define RECORDING_MAPPING_WIDTH 19
#define RECORDING_PART_WIDTH    7
#define RECORDING_STACK_WIDTH   3
#define RECORDING_PAGES_WIDTH   3

/* The values are struct vma (name and all), struct vma (a part), struct lodged_stack, … */
void recording_mapping_bind(struct statement *statement, int from, const void *vma);
void recording_part_bind(struct statement *statement, int from, const void *vma);
void recording_stack_bind(struct statement *statement, int from, const void *stack);
void recording_pages_bind(struct statement *statement, int from, const void *range);

bool recording_mapping_read(const struct statement *statement, int from, void *ret_vma);
bool recording_part_read(const struct statement *statement, int from, void *ret_vma);
bool recording_stack_read(const struct statement *statement, int from, void *ret_stack);
bool recording_pages_read(const struct statement *statement, int from, void *ret_range);

#endif
