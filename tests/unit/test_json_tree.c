/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>

#include "record/json_tree.h"
#include "written_file.h"

static int read_text(const char *text, struct json_tree **ret_tree)
{
	struct written_file file = written_file_make(text);
	int descriptor = open(file.path, O_RDONLY), error = json_tree_read(descriptor, ret_tree);

	close(descriptor);
	written_file_remove(&file);
	return error;
}

static void values_are_what_they_are(void **state)
{
	struct json_tree *tree;
	const struct json_t *root, *array;
	uint64_t number = 5;
	size_t count = 0;

	(void)state;
	if (read_text("{\"n\": 7, \"s\": \"x\\u00e9\", \"a\": [1, {}], \"z\": null, \"t\": true, "
		      "\"f\": false, \"m\": -1, \"h\": 1.5, \"l\": 18446744073709549568.0, "
		      "\"o\": 1e30}",
		      &tree) == -ELIBACC)
		skip();
	root = json_tree_root(tree);
	assert_true(json_tree_number(tree, json_tree_member(tree, root, "n"), &number));
	assert_int_equal(number, 7);
	assert_string_equal(json_tree_string(tree, json_tree_member(tree, root, "s")), "xé");
	array = json_tree_member(tree, root, "a");
	assert_true(json_tree_array(tree, array, &count));
	assert_int_equal(count, 2);
	assert_true(json_tree_number(tree, json_tree_element(tree, array, 0), &number));
	assert_int_equal(number, 1);
	assert_null(json_tree_element(tree, array, 2));
	assert_null(json_tree_member(tree, root, "z"));
	assert_null(json_tree_member(tree, root, "missing"));
	assert_true(json_tree_is_true(tree, json_tree_member(tree, root, "t")));
	assert_false(json_tree_is_true(tree, json_tree_member(tree, root, "f")));
	for (const char *name = "mhos"; *name; name++)
		assert_false(json_tree_number(
			tree, json_tree_member(tree, root, (const char[]){*name, '\0'}), &number));
	assert_true(json_tree_number(tree, json_tree_member(tree, root, "l"), &number));
	assert_true(number == UINT64_C(18446744073709549568));
	json_tree_destroy(tree);
}

static void of_no_value_nothing_is_so(void **state)
{
	struct json_tree *tree;
	uint64_t number;
	size_t count;

	(void)state;
	if (read_text("[]", &tree) == -ELIBACC)
		skip();
	assert_null(json_tree_member(tree, NULL, "x"));
	assert_null(json_tree_member(tree, json_tree_root(tree), "x"));
	assert_null(json_tree_string(tree, NULL));
	assert_false(json_tree_array(tree, NULL, &count));
	assert_false(json_tree_number(tree, NULL, &number));
	assert_false(json_tree_is_true(tree, NULL));
	json_tree_destroy(tree);
	json_tree_destroy(NULL);
}

static void what_is_no_text_is_refused(void **state)
{
	static const char *const texts[] = {
		"", "{", "{} {}", "{\"a\": 1, \"a\": 2}", "\"\\u0000\"", "[\"\xff\"]", "[01]"};
	struct json_tree *tree;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		int error = read_text(texts[i], &tree);

		if (error == -ELIBACC)
			skip();
		assert_int_equal(error, -EBADMSG);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_what_they_are),
		cmocka_unit_test(of_no_value_nothing_is_so),
		cmocka_unit_test(what_is_no_text_is_refused),
	};

	return cmocka_run_group_tests_name("json_tree", tests, NULL, NULL);
}
