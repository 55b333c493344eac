/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/json_tree.h"

#include "config.h"

#include <errno.h>

#ifdef HAVE_JANSSON
#include <dlfcn.h>
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"

#define TWO_TO_THE_64 18446744073709551616.0

struct jansson {
	__typeof__(&json_load_callback) load_callback;
	__typeof__(&json_delete) delete;
	__typeof__(&json_object_get) object_get;
	__typeof__(&json_array_size) array_size;
	__typeof__(&json_array_get) array_get;
	__typeof__(&json_string_value) string_value;
	__typeof__(&json_integer_value) integer_value;
	__typeof__(&json_real_value) real_value;
};

struct json_tree {
	struct jansson jansson;
	json_t *root;
};

/* dlsym(3) gives functions as pointers to data; POSIX lets them be converted. */
#define TAKE(name)                                                            \
	do {                                                                  \
		*(void **)&ret_jansson->name = dlsym(library, "json_" #name); \
		if (!ret_jansson->name)                                       \
			return -ELIBACC;                                      \
	} while (0)

static int load(struct jansson *ret_jansson)
{
	/* Never closed: what it was once needed for, it will be needed for again. */
	void *library = dlopen(JANSSON_SONAME, RTLD_NOW | RTLD_LOCAL);

	if (!library)
		return -ELIBACC;
	TAKE(load_callback);
	TAKE(delete);
	TAKE(object_get);
	TAKE(array_size);
	TAKE(array_get);
	TAKE(string_value);
	TAKE(integer_value);
	TAKE(real_value);
	return 0;
}

/* json_loadfd() would read byte by byte. */
static size_t take_bytes(void *bytes, size_t size, void *descriptor)
{
	ssize_t length = read(*(const int *)descriptor, bytes, size);

	return length < 0 ? (size_t)-1 : (size_t)length;
}

int json_tree_read(int descriptor, struct json_tree **ret_tree)
{
	struct json_tree *tree = memory_alloc(sizeof(*tree));
	int error = load(&tree->jansson);

	if (!error) {
		tree->root = tree->jansson.load_callback(take_bytes, &descriptor,
							 JSON_REJECT_DUPLICATES, NULL);
		error = tree->root ? 0 : -EBADMSG;
	}
	if (error)
		free(tree);
	else
		*ret_tree = tree;
	return error;
}

void json_tree_destroy(struct json_tree *tree)
{
	if (!tree)
		return;
	/* It has no other owner, so that it need not be counted: json_decref() is not loaded. */
	tree->jansson.delete(tree->root);
	free(tree);
}

const struct json_t *json_tree_root(const struct json_tree *tree)
{
	return tree->root;
}

const struct json_t *json_tree_member(const struct json_tree *tree, const struct json_t *value,
				      const char *name)
{
	const json_t *member = tree->jansson.object_get(value, name);

	return json_is_null(member) ? NULL : member;
}

bool json_tree_array(const struct json_tree *tree, const struct json_t *value, size_t *ret_count)
{
	if (!json_is_array(value))
		return false;
	*ret_count = tree->jansson.array_size(value);
	return true;
}

const struct json_t *json_tree_element(const struct json_tree *tree, const struct json_t *value,
				       size_t index)
{
	return tree->jansson.array_get(value, index);
}

const char *json_tree_string(const struct json_tree *tree, const struct json_t *value)
{
	return tree->jansson.string_value(value);
}

bool json_tree_number(const struct json_tree *tree, const struct json_t *value,
		      uint64_t *ret_number)
{
	json_int_t number;
	double real;

	if (json_is_real(value)) {
		real = tree->jansson.real_value(value);
		if (!(real >= 0 && real < TWO_TO_THE_64) || (double)(uint64_t)real != real)
			return false;
		*ret_number = (uint64_t)real;
		return true;
	}
	if (!json_is_integer(value))
		return false;
	number = tree->jansson.integer_value(value);
	if (number < 0)
		return false;
	*ret_number = (uint64_t)number;
	return true;
}

bool json_tree_is_true(const struct json_tree *tree, const struct json_t *value)
{
	(void)tree;
	return json_is_true(value);
}
#else
int json_tree_read(int descriptor, struct json_tree **ret_tree)
{
	(void)descriptor;
	(void)ret_tree;
	return -ELIBACC;
}

/* There are no trees. */
void json_tree_destroy(struct json_tree *tree)
{
	(void)tree;
}

const struct json_t *json_tree_root(const struct json_tree *tree)
{
	(void)tree;
	return NULL;
}

const struct json_t *json_tree_member(const struct json_tree *tree, const struct json_t *value,
				      const char *name)
{
	(void)tree;
	(void)value;
	(void)name;
	return NULL;
}

bool json_tree_array(const struct json_tree *tree, const struct json_t *value, size_t *ret_count)
{
	(void)tree;
	(void)value;
	(void)ret_count;
	return false;
}

const struct json_t *json_tree_element(const struct json_tree *tree, const struct json_t *value,
				       size_t index)
{
	(void)tree;
	(void)value;
	(void)index;
	return NULL;
}

const char *json_tree_string(const struct json_tree *tree, const struct json_t *value)
{
	(void)tree;
	(void)value;
	return NULL;
}

bool json_tree_number(const struct json_tree *tree, const struct json_t *value,
		      uint64_t *ret_number)
{
	(void)tree;
	(void)value;
	(void)ret_number;
	return false;
}

bool json_tree_is_true(const struct json_tree *tree, const struct json_t *value)
{
	(void)tree;
	(void)value;
	return false;
}
#endif
