/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>

#include "base/text.h"
#include "model/query.h"
#include "odd_space.h"
#include "support/golden.h"
#include "support/sample.h"

/* What each query finds, or what is wrong with it and where. */

static const char *const queries[] = {
	"kind:text",
	"kind:vsyscall",
	"kind:gap",
	"kind:",
	"kind:x",
	"!kind:anon",
	"owner:program",
	"owner:runtime",
	"owner:nobody",
	"perm:r",
	"perm:w",
	"perm:x",
	"perm:s",
	"perm:p",
	"perm:-s",
	"perm:-p",
	"perm:r-w",
	"perm:rwxs",
	"perm:r--s",
	"perm:---p",
	"perm:--x",
	"perm:rwq",
	"perm:-",
	"perm:+",
	"perm:",
	"perm:shared",
	"perm:private",
	"perm:shareD",
	"!perm:w",
	"size:8K",
	"size:>8K",
	"size:>=8K",
	"size:<8K",
	"size:<=8K",
	"size:=16K",
	"size:>",
	"size:1X",
	"size:8192B",
	"size:>50%",
	"rss:>0",
	"rss:>=50%",
	"rss:100%",
	"rss:<100%",
	"rss:0",
	"!rss:>0",
	"pss:>20K",
	"pss:<=100%",
	"swap:>16K",
	"swap:=32K",
	"swap:>100%",
	"tid:12",
	"tid:13",
	"tid:15",
	"tid:16",
	"tid:x",
	"tid:",
	"!tid:12",
	"name:",
	"name:^/a",
	"name:y$",
	"name:(",
	"!name:/",
	"\"a b\"",
	"\"",
	"!",
	"!!a",
	"12",
	"^/",
	"rw-p",
	"10000-18000",
	"deleted",
	"a b c",
	"java",
	"x !y",
	"kind:text perm:x",
	"foo:bar",
	":",
	"size:18446744073709551616",
	"size:>99999999999T",
	"rss:>101%",
	"rss:%",
	"swap:0 rss:>4K",
};

static void append_query(struct text *text, const char *line, const struct address_space *space,
			 const struct usage_table *usage)
{
	struct query_matches matches;
	struct query_mistake mistake;
	struct query *query;

	text_append_format(text, "%s:", line);
	if (query_create(line, &query, &mistake)) {
		text_append_format(text, " at %zu+%zu, %s (%d)\n", mistake.offset, mistake.length,
				   mistake.message, (int)mistake.names);
		return;
	}
	assert_int_equal(query_find(query, space, usage, &matches), 0);
	for (size_t i = 0; i < matches.vma_count; i++)
		if (query_matches_has(&matches, i))
			text_append_format(text, " %zu=%" PRIx64, i,
					   query_address(query, space, i));
	text_append_format(
		text, " (%zu)%s%s%s\n", matches.count, query_is_empty(query) ? " empty" : "",
		query_needs_usage(query) ? " usage" : "", query_needs_smaps(query) ? " smaps" : "");
	query_matches_finish(&matches);
	query_destroy(query);
}

static void each_query_finds_its_own(void **state)
{
	struct address_space *spaces[] = {odd_space(), sample_stacks(2)};
	struct text text = {0};

	(void)state;
	for (int way = 0; way < 3; way++) {
		const struct address_space *space = spaces[way / 2];
		struct usage_table usage = {0};

		if (way == 0)
			odd_usage(&usage, space);
		text_append_format(&text, "== %d\n", way);
		for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++)
			append_query(&text, queries[i], space, way == 0 ? &usage : NULL);
		if (way == 0)
			usage_table_finish(&usage);
	}
	golden_check("query_samples", text_string(&text));
	text_finish(&text);
	address_space_destroy(spaces[0]);
	address_space_destroy(spaces[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_query_finds_its_own),
	};

	return cmocka_run_group_tests_name("query_samples", tests, NULL, NULL);
}
