/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <locale.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "inside/inside_object.h"
#include "ui/text/answer_about.h"
#include "ui/text/answer_inside.h"
#include "ui/text/explanation.h"

#define BIAS 0x7f0000000000

static struct inside_object *make(enum inside_lack lack, bool from_segments)
{
	struct inside_parts parts = {
		.names = memory_alloc(2 * sizeof(*parts.names)),
		.name_count = 2,
		.source = INSIDE_SOURCE_SYMTAB,
		.lack = lack,
	};

	parts.names[0] = (struct inside_name){.address = 0x1000,
					      .size = 0x20,
					      .limit = 0x2000,
					      .name = "_Z1fi",
					      .shown = "f(int)\033"};
	parts.names[1] = (struct inside_name){
		.address = 0x2000, .limit = 0x2010, .name = "label", .kind = INSIDE_OTHER};
	parts.sections.sections = memory_alloc(2 * sizeof(*parts.sections.sections));
	parts.sections.count = 2;
	parts.sections.from_segments = from_segments;
	parts.sections.sections[0] = (struct inside_section){
		.start = 0x1000, .end = 0x2000, .name = ".text", .kind = KIND_TEXT};
	parts.sections.sections[1] = (struct inside_section){
		.start = 0x2000, .end = 0x3000, .name = "", .kind = KIND_DATA};
	return inside_object_create(&parts);
}

static void check(const struct inside_object *object, uint64_t address, const char *line,
		  const char *expected)
{
	struct answer_about about = {
		.object = object, .bias = BIAS, .address = BIAS + address, .line = line};
	struct explanation explanation = {0};
	struct text text = {0};

	answer_inside(&explanation, &about);
	for (size_t i = 0; i < explanation.count; i++)
		text_append_format(&text, "%s: %s\n", explanation.statements[i].label,
				   explanation.statements[i].value);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
	explanation_finish(&explanation);
}

static void symbol_section_and_line(void **state)
{
	struct inside_object *object = make(INSIDE_LACK_NOTHING, false);

	(void)state;
	check(object, 0x1000, NULL, "symbol: f(int)\\x1b, function\nsection: .text, text, 4.0K\n");
	check(object, 0x1010, "a\033.c:12",
	      "symbol: f(int)\\x1b+0x10, function\nsection: .text+0x10, text, 4.0K\n"
	      "source: a\\x1b.c:12\n");
	check(object, 0x2004, NULL,
	      "symbol: label+0x4, label without a size\n"
	      "section: without a name+0x4, data, 4.0K\n");
	check(object, 0x1800, NULL, "symbol: none\nsection: .text+0x800, text, 4.0K\n");
	check(object, 0x4000, NULL, "symbol: none\nsection: none\n");
	check(NULL, 0x1000, NULL, "");
	inside_object_unref(object);
}

static void why_there_is_none(void **state)
{
	static const struct {
		enum inside_lack lack;
		const char *words;
	} cases[] = {
		{INSIDE_LACK_STRIPPED, "symbol: none known: the file is stripped, and no debug "
				       "file is installed\n"},
		{INSIDE_LACK_TOO_LARGE,
		 "symbol: none known: the symbol table is larger than vastop reads\n"},
		{INSIDE_LACK_DAMAGED, "symbol: none known: the symbol table contradicts itself\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct inside_object *object = make(cases[i].lack, true);
		struct text expected = {0};

		text_append(&expected, cases[i].words);
		text_append(&expected, "section: .text+0x800, text, 4.0K; a segment: the file has "
				       "no section headers\n");
		check(object, 0x1800, NULL, text_string(&expected));
		text_finish(&expected);
		inside_object_unref(object);
	}
}

static void why_nothing_is_known(void **state)
{
	static const struct {
		int error;
		const char *words;
	} cases[] = {
		{-ENOENT, "unknown: the file was replaced or removed, or is out of reach"},
		{-EACCES, "unknown: the file may not be read"},
		{-EPERM, "unknown: the file may not be read"},
		{-ENOEXEC, "none: the file is not an ELF object"},
		{-ETIMEDOUT, "unknown: the file system does not answer"},
		{-EIO, "unknown: the file cannot be read"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct answer_about about = {.inside_error = cases[i].error, .line = "a.c:1"};
		struct explanation explanation = {0};

		answer_inside(&explanation, &about);
		assert_int_equal(explanation.count, 1);
		assert_string_equal(explanation.statements[0].label, "symbol");
		assert_string_equal(explanation.statements[0].value, cases[i].words);
		explanation_finish(&explanation);
	}
}

/* One symbol with its size, and no sections. */
static struct inside_object *make_plain(enum inside_symbol_kind kind, enum inside_source source)
{
	struct inside_parts parts = {
		.names = memory_alloc(sizeof(*parts.names)), .name_count = 1, .source = source};

	parts.names[0] = (struct inside_name){
		.address = 0x1000, .size = 0x20, .limit = 0x2000, .name = "it", .kind = kind};
	return inside_object_create(&parts);
}

static void each_sort_of_symbol_has_its_word(void **state)
{
	static const struct {
		enum inside_symbol_kind kind;
		enum inside_source source;
		const char *at, *behind;
	} cases[] = {
		{INSIDE_FUNCTION, INSIDE_SOURCE_SYMTAB, "symbol: it, function\n", "symbol: none\n"},
		{INSIDE_VARIABLE, INSIDE_SOURCE_SYMTAB, "symbol: it, variable\n", "symbol: none\n"},
		{INSIDE_OTHER, INSIDE_SOURCE_SYMTAB, "symbol: it, label\n", "symbol: none\n"},
		{INSIDE_FUNCTION, INSIDE_SOURCE_PERF_MAP, "symbol: it, function\n",
		 "symbol: none of the perf map\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct inside_object *object = make_plain(cases[i].kind, cases[i].source);

		check(object, 0x1000, NULL, cases[i].at);
		check(object, 0x1800, NULL, cases[i].behind);
		inside_object_unref(object);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(symbol_section_and_line),
		cmocka_unit_test(why_there_is_none),
		cmocka_unit_test(why_nothing_is_known),
		cmocka_unit_test(each_sort_of_symbol_has_its_word),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("answer_inside", tests, NULL, NULL);
}
