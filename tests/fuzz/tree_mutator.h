/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_TREE_MUTATOR_H
#define TESTS_TREE_MUTATOR_H

/*
 * Files of a process in one text, as head(1) prints several: each begins with a line
 * "==> NAME <==". A mutation knows what is in them: files, lines, fields, numbers of either base,
 * ranges of addresses. It swaps, doubles, drops and moves these, makes ranges overlap or run
 * backwards, takes lines of one file into another, cuts files anywhere.
 */

#include <stddef.h>
#include <stdint.h>

/* A file of the tree; both lie in the text. */
struct tree_file {
	const char *name, *bytes;
	size_t name_length, length;
};

/*
 * Sets *ret_file to the file at *at, a place in the text, and moves *at behind it; 0 is the first
 * place. Returns 0 where there is none any more.
 */
int tree_next(const char *text, size_t length, size_t *at, struct tree_file *ret_file);

/*
 * Mutates the text once or several times, by the seed alone; it has room for max bytes. Returns its
 * length.
 */
size_t tree_mutate(char *text, size_t length, size_t max, unsigned seed);

#endif
