/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "model/kind.h"
#include "model/query_term.h"
#include "model/vma.h"

/* Reads a term that is right up to its end. */
static struct query_term read_term(const char *query)
{
	struct query_mistake mistake;
	struct query_term term;
	size_t at = 0;

	if (query_term_read(query, &at, &term, &mistake))
		fail_msg("%s: %s", query, mistake.message);
	assert_int_equal(at, strlen(query));
	return term;
}

static void reads_each_field(void **state)
{
	struct query_term term;

	(void)state;
	term = read_term("libc");
	assert_int_equal(term.field, QUERY_ANY);
	assert_false(term.negated);
	assert_non_null(term.pattern);
	query_term_finish(&term);
	term = read_term("!name:\"a b\"");
	assert_int_equal(term.field, QUERY_NAME);
	assert_true(term.negated);
	query_term_finish(&term);
	term = read_term("kind:thread-stack");
	assert_int_equal(term.choice, KIND_THREAD_STACK);
	term = read_term("owner:loader");
	assert_int_equal(term.choice, OWNER_LOADER);
	term = read_term("tid:4711");
	assert_int_equal(term.field, QUERY_TID);
	assert_int_equal(term.value, 4711);
	term = read_term("swap:>=1.5M");
	assert_int_equal(term.field, QUERY_SWAP);
	assert_int_equal(term.comparison, QUERY_GREATER_EQUAL);
	assert_int_equal(term.value, 3 << 19);
	assert_false(term.percent);
	term = read_term("pss:<5%");
	assert_true(term.percent);
	assert_int_equal(term.comparison, QUERY_LESS);
	assert_int_equal(term.value, 5);
}

/* What is not known is not known to be absent. */
static unsigned with_unknown(unsigned forbidden)
{
	return forbidden | (forbidden & PERM_SHARED ? PERM_SHARING_UNKNOWN : 0) |
	       (forbidden & PERM_ACCESS ? PERM_ACCESS_UNKNOWN : 0);
}

static void reads_permissions(void **state)
{
	static const struct {
		const char *query;
		unsigned required, forbidden;
	} perms[] = {
		{"perm:w+x", PERM_WRITE | PERM_EXEC, 0},
		{"perm:wx", PERM_WRITE | PERM_EXEC, 0},
		{"perm:+r", PERM_READ, 0},
		{"perm:-w", 0, PERM_WRITE},
		{"perm:r-wx", PERM_READ, PERM_WRITE | PERM_EXEC},
		{"perm:r-w+x", PERM_READ | PERM_EXEC, PERM_WRITE},
		{"perm:shared", PERM_SHARED, 0},
		{"perm:private", 0, PERM_SHARED},
		{"perm:wp", PERM_WRITE, PERM_SHARED},
		{"perm:-p", PERM_SHARED, 0},
		{"perm:r-xp", PERM_READ | PERM_EXEC, PERM_WRITE | PERM_SHARED},
		{"perm:---s", PERM_SHARED, PERM_ACCESS},
		/* Of four letters, but not in their places. */
		{"perm:rx-p", PERM_READ | PERM_EXEC | PERM_SHARED, 0},
		{"perm:rwws", PERM_READ | PERM_WRITE | PERM_SHARED, 0},
		{"perm:wr-s", PERM_READ | PERM_WRITE, PERM_SHARED},
		{"perm:rwx-", PERM_READ | PERM_WRITE | PERM_EXEC, 0},
		{"perm:-w-p", PERM_WRITE, PERM_READ | PERM_EXEC | PERM_SHARED},
		{"perm:r-s", PERM_READ, PERM_SHARED},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(perms) / sizeof(perms[0]); i++) {
		struct query_term term = read_term(perms[i].query);

		assert_int_equal(term.required, perms[i].required);
		assert_int_equal(term.forbidden, with_unknown(perms[i].forbidden));
	}
}

static void reads_each_name_and_comparison(void **state)
{
	static const struct {
		const char *query;
		enum query_field field;
		enum query_comparison comparison;
		uint64_t value;
	} amounts[] = {
		{"size:5", QUERY_SIZE, QUERY_EQUAL, 5},
		{"size:=5B", QUERY_SIZE, QUERY_EQUAL, 5},
		{"rss:<=2K", QUERY_RSS, QUERY_LESS_EQUAL, 2048},
		{"rss:<0", QUERY_RSS, QUERY_LESS, 0},
		{"pss:>7", QUERY_PSS, QUERY_GREATER, 7},
		{"swap:>=1B", QUERY_SWAP, QUERY_GREATER_EQUAL, 1},
		{"tid:1", QUERY_TID, QUERY_EQUAL, 1},
		{"tid:2147483647", QUERY_TID, QUERY_EQUAL, INT32_MAX},
	};
	char query[64];

	(void)state;
	for (size_t i = 0; i < sizeof(amounts) / sizeof(amounts[0]); i++) {
		struct query_term term = read_term(amounts[i].query);

		assert_int_equal(term.field, amounts[i].field);
		assert_int_equal(term.comparison, amounts[i].comparison);
		assert_int_equal(term.value, amounts[i].value);
		assert_false(term.percent);
		assert_false(term.negated);
	}
	for (unsigned kind = 0; kind < KIND_GAP; kind++) {
		snprintf(query, sizeof(query), "kind:%s", kind_name((enum kind)kind));
		assert_int_equal(read_term(query).choice, kind);
	}
	for (unsigned owner = 0; owner < OWNER_COUNT; owner++) {
		snprintf(query, sizeof(query), "!owner:%s", owner_name((enum owner)owner));
		assert_int_equal(read_term(query).choice, owner);
		assert_true(read_term(query).negated);
	}
}

static void stops_behind_the_term(void **state)
{
	struct query_mistake mistake;
	struct query_term term;
	size_t at = 2;

	(void)state;
	assert_int_equal(query_term_read("x \"a \\\" b\"\tkind:heap", &at, &term, &mistake), 0);
	assert_int_equal(at, 10);
	query_term_finish(&term);
	/* A colon makes no field where what is before it is no word. */
	term = read_term("[anon:x]");
	assert_int_equal(term.field, QUERY_ANY);
	query_term_finish(&term);
	term = read_term("(?:a|b)");
	query_term_finish(&term);
	/* Nor in quotes. */
	term = read_term("\"memfd:x\"");
	assert_int_equal(term.field, QUERY_ANY);
	query_term_finish(&term);
}

static void tells_what_is_wrong_and_where(void **state)
{
	static const struct {
		const char *query;
		size_t offset, length;
		enum query_names names;
		const char *message;
	} mistakes[] = {
		{"!", 1, 0, QUERY_NAMES_NONE, "a word is missing after the !"},
		{"kind:hepa", 5, 4, QUERY_NAMES_KINDS, "there is no kind hepa"},
		{"kind:gap", 5, 3, QUERY_NAMES_KINDS, "there is no kind gap"},
		{"owner:me", 6, 2, QUERY_NAMES_OWNERS, "there is no owner me"},
		{"knd:heap", 0, 3, QUERY_NAMES_TERMS,
		 "there is no term knd: (quote the word to look for it)"},
		{"perm:wq", 6, 1, QUERY_NAMES_NONE,
		 "permissions are r, w, x, s and p, as in perm:w+x"},
		{"perm:+", 5, 1, QUERY_NAMES_NONE, "a permission is missing, as in perm:w+x"},
		{"size:", 5, 0, QUERY_NAMES_NONE, "the text to search for is missing"},
		{"name:\"\"", 6, 0, QUERY_NAMES_NONE, "the text to search for is missing"},
		{"size:>x", 6, 1, QUERY_NAMES_NONE, "a size is missing, as in size:>1M"},
		{"size:>50%", 8, 1, QUERY_NAMES_NONE, "a size is missing, as in size:>1M"},
		{"rss:>1Mx", 7, 1, QUERY_NAMES_NONE,
		 "a size is missing, as in rss:>1M or rss:>50%"},
		{"size:99999999999E", 5, 12, QUERY_NAMES_NONE, "this is more than any mapping has"},
		{"tid:0", 4, 1, QUERY_NAMES_NONE,
		 "the number of a thread is missing, as in tid:4711"},
		{"tid:2147483648", 4, 10, QUERY_NAMES_NONE,
		 "the number of a thread is missing, as in tid:4711"},
		{"tid:x", 4, 1, QUERY_NAMES_NONE,
		 "the number of a thread is missing, as in tid:4711"},
		{"\"a b", 0, 1, QUERY_NAMES_NONE, "the quote is not closed"},
		{"name:\"a\\\"", 5, 1, QUERY_NAMES_NONE, "the quote is not closed"},
		{"\"a\"b", 3, 0, QUERY_NAMES_NONE, "a space is missing after the quote"},
		{"kind:\033[2J", 5, 4, QUERY_NAMES_KINDS, "there is no kind \\x1b[2J"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		struct query_mistake mistake;
		struct query_term term = {.value = 7};
		size_t at = 0;

		assert_int_equal(query_term_read(mistakes[i].query, &at, &term, &mistake), -EINVAL);
		assert_string_equal(mistake.message, mistakes[i].message);
		assert_int_equal(mistake.offset, mistakes[i].offset);
		assert_int_equal(mistake.length, mistakes[i].length);
		assert_int_equal(mistake.names, mistakes[i].names);
		assert_int_equal(at, 0);
		assert_int_equal(term.value, 7);
	}
}

static void a_pattern_s_mistake_has_its_place_in_the_query(void **state)
{
	struct query_mistake mistake;
	struct query_term term;
	size_t at = 0;

	(void)state;
	assert_int_equal(query_term_read("name:\"a(b\"", &at, &term, &mistake), -EINVAL);
	assert_int_equal(mistake.offset, 9);
	assert_non_null(strstr(mistake.message, "parenthesis"));
}

static void long_words_are_repeated_cut(void **state)
{
	char query[5 + 61 + 1] = "kind:x";
	struct query_mistake mistake;
	struct query_term term;
	size_t at = 0;

	(void)state;
	for (size_t i = 6; i < 66; i += 2)
		memcpy(query + i, "\xc3\xa9", 2);
	query[66] = '\0';
	assert_int_equal(query_term_read(query, &at, &term, &mistake), -EINVAL);
	assert_int_equal(mistake.length, 61);
	assert_string_equal(mistake.message + strlen(mistake.message) - 3, "...");
	assert_true(strlen(mistake.message) + 1 < sizeof(mistake.message));
	/* Of the last character there is all or nothing: 39 bytes of 40. */
	assert_int_equal(strlen(mistake.message), strlen("there is no kind x") + 19 * 6 + 3);
	assert_string_equal(mistake.message + strlen(mistake.message) - 9, "\\u{e9}...");
}

static void names_what_there_is(void **state)
{
	size_t count = 0;

	(void)state;
	while (query_name(QUERY_NAMES_KINDS, count))
		count++;
	assert_int_equal(count, KIND_GAP);
	assert_string_equal(query_name(QUERY_NAMES_TERMS, 0), "name");
	assert_string_equal(query_name(QUERY_NAMES_TERMS, 8), "tid");
	assert_null(query_name(QUERY_NAMES_TERMS, 9));
	assert_string_equal(query_name(QUERY_NAMES_OWNERS, 4), "other");
	assert_null(query_name(QUERY_NAMES_OWNERS, 5));
	assert_null(query_name(QUERY_NAMES_NONE, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_each_field),
		cmocka_unit_test(reads_permissions),
		cmocka_unit_test(reads_each_name_and_comparison),
		cmocka_unit_test(stops_behind_the_term),
		cmocka_unit_test(tells_what_is_wrong_and_where),
		cmocka_unit_test(a_pattern_s_mistake_has_its_place_in_the_query),
		cmocka_unit_test(long_words_are_repeated_cut),
		cmocka_unit_test(names_what_there_is),
	};

	return cmocka_run_group_tests_name("query_term", tests, NULL, NULL);
}
