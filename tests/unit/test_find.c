/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "layout/region.h"
#include "model/address_space.h"
#include "support/sample.h"
#include "ui/find.h"

static int look(struct find *find, struct find_lookup *lookup, const char *text,
		const struct address_space *space)
{
	const struct find_space in = {space, NULL};
	struct text why = {0};
	size_t offset;
	int error = find_look_for(find, lookup, text, &in, &why, &offset);

	assert_true(error ? why.length > 0 : why.length == 0);
	text_finish(&why);
	return error;
}

/* The sentence about a line that is wrong. */
static void check_mistake(const char *line, size_t offset, const char *sentence)
{
	struct address_space *space = sample_python();
	const struct find_space in = {space, NULL};
	struct find find = {.marked = true};
	struct text why = {0};
	size_t at = 1000;

	assert_int_equal(look(&find, &find.search, "heap", space), 0);
	assert_int_equal(find_look_for(&find, &find.search, line, &in, &why, &at), -EINVAL);
	assert_string_equal(text_string(&why), sentence);
	assert_int_equal(at, offset);
	/* What was looked for before still is. */
	assert_string_equal(find.search.text, "heap");
	assert_int_equal(find_marked(&find)->count, 1);
	text_finish(&why);
	find_finish(&find);
	address_space_destroy(space);
}

static void a_mistake_is_a_sentence_that_helps(void **state)
{
	(void)state;
	check_mistake("x kind:hepa", 7, "At column 8: there is no kind hepa; did you mean heap?");
	check_mistake("owner:xyz", 6,
		      "At column 7: there is no owner xyz; there are program, loader, library, "
		      "runtime, other");
	check_mistake(
		"knd:heap", 0,
		"At column 1: there is no term knd: (quote the word to look for it); did you mean "
		"kind?");
	check_mistake("a(", 2, "At column 3: missing closing parenthesis");
	check_mistake("perm:q", 5, "At column 6: permissions are r, w, x, s and p, as in perm:w+x");
}

static void an_empty_line_looks_for_nothing(void **state)
{
	struct address_space *space = sample_python();
	struct find find = {.marked = true};

	(void)state;
	assert_null(find_marked(&find));
	assert_int_equal(look(&find, &find.search, "libc", space), 0);
	assert_int_equal(find_marked(&find)->count, 6);
	assert_int_equal(look(&find, &find.search, "  ", space), 0);
	assert_null(find.search.query);
	assert_null(find_marked(&find));
	find_finish(&find);
	address_space_destroy(space);
}

static void what_is_typed_is_marked_before_the_search(void **state)
{
	struct address_space *space = sample_python();
	struct find find = {0};

	(void)state;
	assert_int_equal(look(&find, &find.search, "libc", space), 0);
	assert_null(find_marked(&find));
	find.marked = true;
	assert_ptr_equal(find_marked(&find), &find.search.matches);
	assert_int_equal(look(&find, &find.typed, "heap", space), 0);
	assert_ptr_equal(find_marked(&find), &find.typed.matches);
	find_lookup_clear(&find.typed);
	assert_ptr_equal(find_marked(&find), &find.search.matches);
	find_finish(&find);
	address_space_destroy(space);
}

static void another_space_has_other_matches(void **state)
{
	struct address_space *space = sample_python();
	struct address_space *less = sample_python_without(0x55b5f7c8d000);
	struct find find = {.marked = true, .filter = FILTER_DIM};

	(void)state;
	assert_int_equal(look(&find, &find.search, "heap", space), 0);
	assert_int_equal(look(&find, &find.filtered, "owner:program", space), 0);
	assert_int_equal(find_filtered(&find)->count, 8);
	assert_null(find_update(&find, &(struct find_space){less, NULL}));
	assert_int_equal(find_marked(&find)->count, 0);
	assert_int_equal(find_filtered(&find)->count, 7);
	assert_int_equal(find_filtered(&find)->vma_count, less->vma_count);
	find_finish(&find);
	address_space_destroy(space);
	address_space_destroy(less);
}

/* It was found before there were names on which it explodes. */
static void what_takes_too_long_now_is_let_go(void **state)
{
	const struct vma vmas[] = {
		{.start = 0x1000,
		 .end = 0x2000,
		 .name = "/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}};
	const struct target target = {.pid = 1, .comm = "x", .page_size = 4096};
	struct address_space *space = sample_python(), *long_names;
	struct find find = {.marked = true, .filter = FILTER_HIDE};
	struct find_space in = {0};
	struct text why = {0};
	size_t offset = 0;

	(void)state;
	assert_int_equal(address_space_create(&target, vmas, 1, 0, 0, &long_names), 0);
	in.space = long_names;
	assert_int_equal(look(&find, &find.search, "(x+x+)+[yz]", space), 0);
	assert_int_equal(look(&find, &find.filtered, "(x+x+)+[yz]", space), 0);
	assert_string_equal(find_update(&find, &in),
			    "The filter takes too many steps on these mappings; it is off.");
	assert_null(find_marked(&find));
	assert_null(find_filtered(&find));
	assert_int_equal(find.filter, FILTER_NONE);
	assert_int_equal(look(&find, &find.search, "(x+x+)+[yz]", space), 0);
	assert_string_equal(find_update(&find, &in),
			    "The search takes too many steps on these mappings; it is off.");
	assert_int_equal(look(&find, &find.typed, "(x+x+)+[yz]", space), 0);
	assert_int_equal(look(&find, &find.search, "xx", long_names), 0);
	assert_string_equal(find_update(&find, &in),
			    "The search takes too many steps on these mappings; it is off.");
	assert_null(find.typed.query);
	assert_int_equal(find_marked(&find)->count, 1);
	assert_null(find_update(&find, &in));
	assert_int_equal(find_look_for(&find, &find.search, "(x+x+)+[yz]", &in, &why, &offset),
			 -ELOOP);
	assert_string_equal(text_string(&why), "A pattern takes too many steps; make it simpler.");
	assert_int_equal(offset, strlen("(x+x+)+[yz]"));
	assert_string_equal(find.search.text, "xx");
	text_finish(&why);
	find_finish(&find);
	address_space_destroy(space);
	address_space_destroy(long_names);
}

static void what_is_hidden_is_not_found(void **state)
{
	struct address_space *space = sample_python();
	const struct find_space in = {space, NULL};
	struct find find = {.marked = true, .filter = FILTER_DIM};
	struct region_list regions;
	size_t count;

	(void)state;
	assert_int_equal(look(&find, &find.search, "libc", space), 0);
	assert_int_equal(look(&find, &find.filtered, "kind:text", space), 0);
	assert_int_equal(find_filtered_kinds(&find, space), UINT32_C(1) << KIND_TEXT);
	assert_int_equal(find_marked(&find)->count, 6);
	region_list_init(&regions, space);
	count = regions.count;
	find_hide(&find, &regions);
	assert_int_equal(regions.count, count);
	find.filter = FILTER_HIDE;
	assert_null(find_update(&find, &in));
	assert_int_equal(find_marked(&find)->count, 1);
	find_hide(&find, &regions);
	/* Four of code, what lies around them, and what is not user memory. */
	assert_int_equal(regions.count, 4 + 5 + 1);
	assert_int_equal(look(&find, &find.search, "libm", space), 0);
	assert_int_equal(find_marked(&find)->count, 1);
	find.filter = FILTER_NONE;
	assert_null(find_update(&find, &in));
	assert_int_equal(find_marked(&find)->count, 5);
	assert_true(find_filtered_kinds(&find, space) & UINT32_C(1) << KIND_HEAP);
	region_list_finish(&regions);
	find_finish(&find);
	address_space_destroy(space);
}

static void knows_what_needs_usage(void **state)
{
	struct address_space *space = sample_python();
	struct find find = {0};

	(void)state;
	assert_int_equal(look(&find, &find.search, "size:>1M", space), 0);
	assert_false(find_needs_usage(&find));
	assert_int_equal(look(&find, &find.filtered, "rss:>1M", space), 0);
	assert_true(find_needs_usage(&find));
	find_finish(&find);
	address_space_destroy(space);
}

static void check_same_matches(const struct query_matches *a, const struct query_matches *b)
{
	assert_int_equal(a->count, b->count);
	assert_int_equal(a->vma_count, b->vma_count);
	for (size_t i = 0; i < a->vma_count; i++)
		assert_int_equal(query_matches_has(a, i), query_matches_has(b, i));
}

/* What is found for a wish is what an update would find. */
static void a_wish_is_granted_as_an_update_would(void **state)
{
	struct address_space *space = sample_python();
	struct address_space *less = sample_python_without(0x55b5f7c8d000);
	const struct find_space in = {less, NULL};
	struct find find = {.filter = FILTER_HIDE}, granted;
	struct find_wish wish;
	struct query_matches matches;

	(void)state;
	assert_int_equal(look(&find, &find.filtered, "owner:program", space), 0);
	assert_int_equal(look(&find, &find.search, "kind:heap", space), 0);
	assert_int_equal(look(&find, &find.typed, "perm:x", space), 0);
	wish = find_wish_make(&find);
	assert_string_equal(wish.filtered, "owner:program");
	assert_string_equal(wish.search, "kind:heap");
	assert_string_equal(wish.typed, "perm:x");
	assert_true(find_wish_grant(&wish, &in, &granted));
	matches = granted.typed.matches;
	assert_true(find_take(&find, &granted));
	assert_ptr_equal(find.typed.matches.bits, matches.bits);
	assert_null(find_update(&granted, &in));
	check_same_matches(&find.filtered.matches, &granted.filtered.matches);
	check_same_matches(&find.search.matches, &granted.search.matches);
	check_same_matches(&find.typed.matches, &granted.typed.matches);
	assert_int_equal(find.filtered.kinds, granted.filtered.kinds);
	assert_int_equal(find.search.matches.count, 0);
	find_finish(&granted);
	find_finish(&find);
	address_space_destroy(space);
	address_space_destroy(less);
}

static void what_is_not_looked_for_any_more_is_not_taken(void **state)
{
	struct address_space *space = sample_python();
	const struct find_space in = {space, NULL};
	struct find find = {.filter = FILTER_NONE}, granted;
	struct find_wish nothing = find_wish_make(&find), wish;

	(void)state;
	/* Nothing is soon found. */
	assert_true(find_wish_grant(&nothing, &in, &granted));
	assert_true(find_take(&find, &granted));
	assert_int_equal(look(&find, &find.search, "heap", space), 0);
	assert_false(find_take(&find, &granted));
	find_finish(&granted);
	wish = find_wish_make(&find);
	assert_false(find_wish_same(&wish, &nothing));
	assert_true(find_wish_grant(&wish, &in, &granted));
	for (int what = 0; what < 4; what++) {
		struct find_wish other = wish;

		switch (what) {
		case 0: other.filter = FILTER_DIM; break;
		case 1: strcpy(other.search, "stack"); break;
		case 2: strcpy(other.typed, "stack"); break;
		default: strcpy(other.filtered, "stack");
		}
		assert_false(find_wish_same(&wish, &other));
	}
	find_lookup_clear(&find.search);
	assert_false(find_take(&find, &granted));
	assert_int_equal(look(&find, &find.search, "stack", space), 0);
	assert_false(find_take(&find, &granted));
	find_finish(&granted);
	/* One that is wrong leaves nothing behind. */
	strcpy(wish.typed, "a(");
	assert_false(find_wish_grant(&wish, &in, &granted));
	assert_null(granted.search.query);
	find_finish(&find);
	address_space_destroy(space);
}

/* Where only what is hidden changes, the filter's own matches stay. */
static void what_is_hidden_is_left_out_of_a_search(void **state)
{
	struct address_space *space = sample_python();
	const struct find_space in = {space, NULL};
	struct find find = {.filter = FILTER_DIM};
	const uint64_t *bits;
	size_t all;

	(void)state;
	assert_int_equal(look(&find, &find.filtered, "owner:program", space), 0);
	assert_int_equal(look(&find, &find.search, "perm:x", space), 0);
	all = find.search.matches.count;
	bits = find.filtered.matches.bits;
	find.filter = FILTER_HIDE;
	assert_null(find_update_hidden(&find, &in));
	assert_ptr_equal(find.filtered.matches.bits, bits);
	assert_true(find.search.matches.count > 0 && find.search.matches.count < all);
	find.filter = FILTER_DIM;
	assert_null(find_update_hidden(&find, &in));
	assert_int_equal(find.search.matches.count, all);
	find_finish(&find);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mistake_is_a_sentence_that_helps),
		cmocka_unit_test(an_empty_line_looks_for_nothing),
		cmocka_unit_test(what_is_typed_is_marked_before_the_search),
		cmocka_unit_test(another_space_has_other_matches),
		cmocka_unit_test(what_takes_too_long_now_is_let_go),
		cmocka_unit_test(what_is_hidden_is_not_found),
		cmocka_unit_test(knows_what_needs_usage),
		cmocka_unit_test(a_wish_is_granted_as_an_update_would),
		cmocka_unit_test(what_is_not_looked_for_any_more_is_not_taken),
		cmocka_unit_test(what_is_hidden_is_left_out_of_a_search),
	};

	return cmocka_run_group_tests_name("find", tests, NULL, NULL);
}
