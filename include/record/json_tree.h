/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_JSON_TREE_H
#define RECORD_JSON_TREE_H

/*
 * JSON that is read, by the library jansson, which is loaded for it: nothing else needs it, and a
 * build without its header says that it is missing. A text is read as a whole; names of objects
 * differ, and strings have no NUL bytes. Each function takes NULL for a value that is not there, of
 * which nothing is so.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_tree;
struct json_t; /* a value of the tree, valid as long as that */

/*
 * Reads the descriptor from where it is to its end. Returns 0 and sets *ret_tree; -EBADMSG where
 * that is not one JSON text, -ELIBACC where the library, or a function of it, is missing.
 */
int json_tree_read(int descriptor, struct json_tree **ret_tree);

/* NULL is allowed. */
void json_tree_destroy(struct json_tree *tree);

/* The value of all of the text. */
const struct json_t *json_tree_root(const struct json_tree *tree);

/* A member of an object. NULL if the value is no object, or has no such member, or a null one. */
const struct json_t *json_tree_member(const struct json_tree *tree, const struct json_t *value,
				      const char *name);

/* Whether it is an array, and how many elements it has. */
bool json_tree_array(const struct json_tree *tree, const struct json_t *value, size_t *ret_count);
const struct json_t *json_tree_element(const struct json_tree *tree, const struct json_t *value,
				       size_t index);

/* The string; NULL: it is none. */
const char *json_tree_string(const struct json_tree *tree, const struct json_t *value);

/* Whether it is a whole number from 0 to 2^64 - 1, and which. Those that doubles hold count, too:
 * above 2^63 - 1 there are no others. */
bool json_tree_number(const struct json_tree *tree, const struct json_t *value,
		      uint64_t *ret_number);

bool json_tree_is_true(const struct json_tree *tree, const struct json_t *value);

#endif
