/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/query.h"
#include "model/usage.h"
#include "support/sample.h"

static struct query_matches find_all(const struct address_space *space,
				     const struct usage_table *usage, const char *line)
{
	struct query_mistake mistake;
	struct query_matches matches;
	struct query *query;

	assert_int_equal(query_create(line, &query, &mistake), 0);
	assert_int_equal(query_find(query, space, usage, &matches), 0);
	assert_int_equal(matches.vma_count, space->vma_count);
	query_destroy(query);
	return matches;
}

/* How many match. */
static size_t count(const struct address_space *space, const struct usage_table *usage,
		    const char *line)
{
	struct query_matches matches = find_all(space, usage, line);
	size_t found = matches.count;

	query_matches_finish(&matches);
	return found;
}

struct expected {
	const char *line;
	size_t count;
};

static void expect_counts(const struct address_space *space, const struct expected *queries,
			  size_t query_count)
{
	for (size_t i = 0; i < query_count; i++) {
		size_t found = count(space, NULL, queries[i].line);

		if (found != queries[i].count)
			fail_msg("\"%s\" finds %zu, not %zu", queries[i].line, found,
				 queries[i].count);
	}
}

/* The index of the only match. */
static size_t find(const struct address_space *space, const char *line)
{
	struct query_matches matches = find_all(space, NULL, line);
	size_t found = query_matches_above(&matches, 0);

	assert_int_equal(matches.count, 1);
	query_matches_finish(&matches);
	return found;
}

static void words_are_found_in_all_that_a_mapping_is_called(void **state)
{
	static const struct expected queries[] = {
		{"", 35},
		{"   \t ", 35},
		{"libc", 6}, /* its bss, too */
		{"LIBC", 0},
		{"^libc\\.so", 6}, /* the file's name alone */
		{"^/usr/bin", 6},
		{"heap", 1},
		{"program", 8},
		{"rwxp", 1},
		{"^r-xp$", 5},
		{"55b5c3efb000", 2}, /* where one ends and the next begins */
		{"^7fff", 3},
		{"libc text", 1},
		{"text !libc !libm", 2},
		{"!perm:r", 3},
		{"thread-stack", 1},
		{"20715", 1},
		{"guard", 1},
		{"code", 0}, /* text has no other name */
		{"anon", 1}, /* what has no name */
		{"libm|libc", 11},
		{"\"libm libc\"", 0},
	};
	struct address_space *space = sample_python();

	(void)state;
	expect_counts(space, queries, sizeof(queries) / sizeof(queries[0]));
	address_space_destroy(space);
}

static void terms_compare(void **state)
{
	static const struct expected queries[] = {
		{"kind:heap", 1},         {"!kind:heap", 34},
		{"owner:loader", 5},      {"owner:loader perm:rw", 1},
		{"perm:w+x", 1},          {"perm:wx", 1},
		{"perm:shared", 1},       {"perm:s", 1},
		{"perm:private", 34},     {"perm:---p", 2},
		{"perm:x-r", 1},          {"perm:r-xp", 5},
		{"perm:-w", 22},          {"size:=8M", 1},
		{"size:8M", 1},           {"size:8388608B", 1},
		{"size:>8M", 1},          {"size:>=8M", 2},
		{"size:<=4K", 6},         {"size:<4K", 0},
		{"tid:20715", 1},         {"tid:1", 0},
		{"name:text", 0},         {"name:libc", 6},
		{"name:thread-stack", 1}, {"name:rw", 0},
	};
	struct address_space *space = sample_python();

	(void)state;
	expect_counts(space, queries, sizeof(queries) / sizeof(queries[0]));
	assert_int_equal(find(space, "kind:heap"), 6);
	assert_int_equal(find(space, "bss libc"), 25);
	assert_int_equal(find(space, "vsyscall"), 34);
	assert_int_equal(find(space, "ffffffffff600000"), 34);
	address_space_destroy(space);
}

static void what_is_not_known_matches_no_comparison(void **state)
{
	struct address_space *space = sample_python();
	struct usage amounts = usage_unknown();
	struct usage_table usage = {.source = RESIDENCY_SMAPS};

	(void)state;
	usage_list_init(&usage.vmas, space->vma_count);
	assert_int_equal(count(space, NULL, "rss:>=0"), 0);
	assert_int_equal(count(space, NULL, "!rss:>=0"), 0);
	assert_int_equal(count(space, &usage, "rss:>=0"), 0);
	assert_int_equal(count(space, &usage, "!swap:0"), 0);
	amounts.rss = 4 << 20; /* half of the thread's stack */
	usage_list_set(&usage.vmas, 10, &amounts);
	amounts.rss = 0;
	amounts.swap = 4096;
	amounts.pss = 512;
	usage_list_set(&usage.vmas, 6, &amounts);
	assert_int_equal(count(space, &usage, "rss:>=0"), 2);
	assert_int_equal(count(space, &usage, "rss:>1M"), 1);
	assert_int_equal(count(space, &usage, "!rss:>1M"), 1);
	assert_int_equal(count(space, &usage, "rss:>=50%"), 1);
	assert_int_equal(count(space, &usage, "rss:=50%"), 1);
	assert_int_equal(count(space, &usage, "rss:>50%"), 0);
	assert_int_equal(count(space, &usage, "rss:<50%"), 1);
	assert_int_equal(count(space, &usage, "swap:>0"), 1);
	assert_int_equal(count(space, &usage, "pss:<1K"), 1);
	/* The usage of a space that had fewer mappings. */
	usage_list_resize(&usage.vmas, 7);
	assert_int_equal(count(space, &usage, "rss:>=0"), 1);
	usage_table_finish(&usage);
	address_space_destroy(space);
}

static void a_mistake_is_told_with_its_place(void **state)
{
	struct query *query = NULL;
	struct query_mistake mistake;

	(void)state;
	assert_int_equal(query_create("libc kind:hepa", &query, &mistake), -EINVAL);
	assert_int_equal(mistake.offset, 10);
	assert_int_equal(mistake.length, 4);
	assert_int_equal(query_create("libc a(b c", &query, &mistake), -EINVAL);
	assert_int_equal(mistake.offset, 5 + 3);
	assert_null(query);
}

static void a_query_knows_whether_it_is_empty(void **state)
{
	struct query_mistake mistake;
	struct query *query;

	(void)state;
	assert_int_equal(query_create(" \t", &query, &mistake), 0);
	assert_true(query_is_empty(query));
	assert_false(query_needs_usage(query));
	query_destroy(query);
	assert_int_equal(query_create(" x ", &query, &mistake), 0);
	assert_false(query_is_empty(query));
	query_destroy(query);
	assert_int_equal(query_create("x !pss:<1M", &query, &mistake), 0);
	assert_true(query_needs_usage(query));
	query_destroy(query);
	query_destroy(NULL);
}

/* The names of count VMAs: each its own pointer. */
static struct address_space *named_space(size_t count, const char *name)
{
	struct vma *vmas = memory_alloc(count * sizeof(*vmas));
	char *names = memory_alloc(count * (strlen(name) + 1));
	const struct target target = {.pid = 1, .comm = "x", .page_size = 4096};
	struct address_space *space;

	for (size_t i = 0; i < count; i++)
		vmas[i] = (struct vma){.start = (i + 1) * 0x1000,
				       .end = (i + 2) * 0x1000,
				       .name = strcpy(names + i * (strlen(name) + 1), name)};
	assert_int_equal(address_space_create(&target, vmas, count, 0, 0, &space), 0);
	free(names);
	free(vmas);
	return space;
}

/* Sixty thousand names on which the pattern explodes: the test would take minutes. */
static void a_pattern_that_explodes_is_given_up_at_once(void **state)
{
	struct address_space *space = named_space(60000, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
	struct query_matches matches = {.count = 7};
	struct query_mistake mistake;
	struct query *query;

	(void)state;
	assert_int_equal(query_create("(x+x+)+[yz]", &query, &mistake), 0);
	assert_int_equal(query_find(query, space, NULL, &matches), -ELOOP);
	assert_int_equal(matches.count, 7);
	query_destroy(query);
	address_space_destroy(space);
}

/* Each takes more than a few steps, none the limit: also given up, as there are many. */
static void many_patterns_that_nearly_explode_are_given_up(void **state)
{
	struct address_space *space = named_space(60000, "xxxxxxxxxxx");
	struct query_matches matches;
	struct query_mistake mistake;
	struct query *query;

	(void)state;
	assert_int_equal(query_create("name:(x+x+)+[yz]", &query, &mistake), 0);
	assert_int_equal(query_find(query, space, NULL, &matches), -ELOOP);
	address_space_destroy(space);
	/* A few of them are waited for. */
	space = named_space(20, "xxxxxxxxxxx");
	assert_int_equal(query_find(query, space, NULL, &matches), 0);
	assert_int_equal(matches.count, 0);
	query_matches_finish(&matches);
	query_destroy(query);
	address_space_destroy(space);
}

/* Slow on each name, but far from exploding on any: there are too many of them. */
static void a_slow_pattern_is_given_up_on_many_names(void **state)
{
	static const char name[] = "/usr/lib/x86_64-linux-gnu/libsomething.so.1";
	struct address_space *space = named_space(60000, name);
	struct query_matches matches;
	struct query_mistake mistake;
	struct query *query;

	(void)state;
	assert_int_equal(query_create("(.)(.*)[qz]", &query, &mistake), 0);
	assert_int_equal(query_find(query, space, NULL, &matches), -ELOOP);
	address_space_destroy(space);
	space = named_space(600, name);
	assert_int_equal(query_find(query, space, NULL, &matches), 0);
	assert_int_equal(matches.count, 0);
	query_matches_finish(&matches);
	query_destroy(query);
	address_space_destroy(space);
}

/* Each alone is done; together they take too long. */
static void the_words_of_a_query_share_the_steps(void **state)
{
	struct address_space *space =
		named_space(1500, "/usr/lib/x86_64-linux-gnu/libsomething.so.1");
	struct query_matches matches;
	struct query_mistake mistake;
	struct query *query;

	(void)state;
	assert_int_equal(query_create("!(.)(.*)[qz]", &query, &mistake), 0);
	assert_int_equal(query_find(query, space, NULL, &matches), 0);
	assert_int_equal(matches.count, 1500);
	query_matches_finish(&matches);
	query_destroy(query);
	assert_int_equal(query_create("!(.)(.*)[qz] !(.)(.*)[jq]", &query, &mistake), 0);
	assert_int_equal(query_find(query, space, NULL, &matches), -ELOOP);
	query_destroy(query);
	address_space_destroy(space);
}

static void parts_and_lodged_stacks_are_found(void **state)
{
	struct address_space *space = sample_stacks(2);
	size_t stacks = address_space_find(space, 0x7f83a7f80000);

	(void)state;
	assert_int_equal(find(space, "tid:20715"), stacks);
	assert_int_equal(find(space, "tid:20716"), stacks);
	assert_int_equal(find(space, "20716"), stacks);
	assert_int_equal(find(space, "tid:20717"), address_space_find(space, 0x55b5f7c8d000));
	assert_int_equal(find(space, "tid:20712"), address_space_find(space, 0x55b5c4349000));
	assert_int_equal(count(space, NULL, "tid:20718"), 0);
	assert_int_equal(find(space, "kind:thread-stack"), stacks);
	assert_int_equal(count(space, NULL, "kind:guard"), 0);
	address_space_destroy(space);
}

static void check_address(const struct address_space *space, const char *line, uint64_t address)
{
	struct query_mistake mistake;
	struct query *query;

	assert_int_equal(query_create(line, &query, &mistake), 0);
	assert_int_equal(query_address(query, space, find(space, line)), address);
	query_destroy(query);
}

static void a_thread_leads_to_its_stack(void **state)
{
	struct address_space *space = sample_stacks(2);

	(void)state;
	check_address(space, "tid:20715", 0x7f83a8782000);
	check_address(space, "tid:20716", 0x7f83a7f81000);
	check_address(space, "tid:20717", 0x55b5f7d00e70);
	check_address(space, "!kind:anon tid:20712", 0x55b5c4360e70);
	check_address(space, "kind:heap", 0x55b5f7c8d000);
	address_space_destroy(space);
}

static void knows_what_only_smaps_reports(void **state)
{
	static const struct {
		const char *line;
		bool smaps;
	} queries[] = {{"", false}, {"rss:>1M", false}, {"heap pss:>1M", true}, {"!pss:0", true}};
	struct query_mistake mistake;
	struct query *query;

	(void)state;
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		assert_int_equal(query_create(queries[i].line, &query, &mistake), 0);
		assert_int_equal(query_needs_smaps(query), queries[i].smaps);
		query_destroy(query);
	}
}

/* A mapping of another kind with a stack as its part is found by that, but not by a guard. */
static void a_part_s_kind_finds_its_mapping(void **state)
{
	const struct target target = {.pid = 1, .comm = "", .page_size = 4096};
	const struct vma vmas[] = {
		{.start = 0x10000, .end = 0x20000, .name = "", .kind = KIND_ANON},
		{.start = 0x20000, .end = 0x30000, .name = "", .kind = KIND_HEAP, .tid = 4}};
	struct vma parts[2] = {vmas[0], vmas[0]};
	struct address_space *space;

	(void)state;
	parts[0].end = parts[1].start = 0x18000;
	parts[0].kind = KIND_GUARD;
	parts[1].kind = KIND_THREAD_STACK;
	parts[1].tid = 9;
	assert_int_equal(address_space_create(&target, vmas, 2, 0, 0, &space), 0);
	assert_int_equal(address_space_set_stacks(space, parts, 2, NULL, 0), 0);
	assert_int_equal(find(space, "kind:thread-stack"), 0);
	assert_int_equal(find(space, "kind:anon"), 0);
	assert_int_equal(count(space, NULL, "kind:guard"), 0);
	assert_int_equal(find(space, "tid:9"), 0);
	assert_int_equal(find(space, "tid:4"), 1);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_found_in_all_that_a_mapping_is_called),
		cmocka_unit_test(terms_compare),
		cmocka_unit_test(what_is_not_known_matches_no_comparison),
		cmocka_unit_test(a_mistake_is_told_with_its_place),
		cmocka_unit_test(a_query_knows_whether_it_is_empty),
		cmocka_unit_test(a_pattern_that_explodes_is_given_up_at_once),
		cmocka_unit_test(many_patterns_that_nearly_explode_are_given_up),
		cmocka_unit_test(a_slow_pattern_is_given_up_on_many_names),
		cmocka_unit_test(the_words_of_a_query_share_the_steps),
		cmocka_unit_test(parts_and_lodged_stacks_are_found),
		cmocka_unit_test(a_thread_leads_to_its_stack),
		cmocka_unit_test(knows_what_only_smaps_reports),
		cmocka_unit_test(a_part_s_kind_finds_its_mapping),
	};

	return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
