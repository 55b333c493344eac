/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "layout/region.h"
#include "maps_space.h"
#include "model/address_space.h"
#include "model/file_facts.h"
#include "model/usage.h"
#include "statement_text.h"
#include "support/golden.h"
#include "support/sample.h"
#include "ui/text/answer.h"
#include "ui/text/explain.h"

/* Appends all statements about an address, a line each. */
static void append(struct text *text, const struct address_space *space, uint64_t address,
		   const struct file_facts *file)
{
	struct explanation explanation;
	struct region_list regions;

	region_list_init(&regions, space);
	answer_make(&explanation,
		    &(struct answer_about){.space = space,
					   .regions = &regions,
					   .address = address,
					   .file = file,
					   .page = {PAGE_ABSENT, usage_flag_bit("gd"), 0, 0, 0},
					   .unknown = "–"});
	text_append_format(text, "%llx\n", (unsigned long long)address);
	for (size_t i = 0; i < explanation.count; i++) {
		text_append_format(text, "  %-*s%s", ANSWER_LABEL_COLUMNS,
				   explanation.statements[i].label,
				   explanation.statements[i].value);
		statement_append_look(text, &explanation.statements[i]);
		text_append(text, "\n");
	}
	explanation_finish(&explanation);
	region_list_finish(&regions);
}

static void mappings_and_gaps_in_words(void **state)
{
	static const struct file_facts libc = {0x1d5000, true, 0x7f83aa53e000};
	static const struct file_facts queue = {.size = 4096};
	struct address_space *space = sample_python();
	struct text text = {0};

	(void)state;
	append(&text, space, 0x7f83aa568000, &libc); /* libc+0x2a000 */
	append(&text, space, 0x7f83aa568000, NULL);
	append(&text, space, 0x55b5f7c8d000, NULL);   /* heap */
	append(&text, space, 0x55b5f7e87000, NULL);   /* brk */
	append(&text, space, 0x7fff7724a000, NULL);   /* stack-64K */
	append(&text, space, 0x7ffe00000000, NULL);   /* too far below it */
	append(&text, space, 0x7f83a8f82010, &queue); /* shared memory, and past its end */
	append(&text, space, 0x7f83a8f83010, &queue);
	append(&text, space, 0x7f83a9100000, NULL); /* writable and executable */
	append(&text, space, 0x7f83a8781fff, NULL); /* a guard */
	append(&text, space, 0, NULL);
	append(&text, space, 0x7fff7735b000, NULL); /* [vvar] */
	append(&text, space, 0xffffffffff600400, NULL);
	append(&text, space, 0xffffffffff700000, NULL); /* above all */
	golden_check("answers", text_string(&text));
	text_finish(&text);
	address_space_destroy(space);
}

/* The gap in between does not count as a neighbour. */
static void beyond_the_user_addresses_the_last_mapping_is_below(void **state)
{
	struct address_space *space = sample_python_without(0xffffffffff600000);
	struct text text = {0};

	(void)state;
	append(&text, space, 0xffffffffff600000, NULL);
	assert_string_equal(text_string(&text),
			    "ffffffffff600000\n"
			    "  access   SIGSEGV, SEGV_MAPERR: nothing is mapped here {warning}\n"
			    "  below    [vdso], 15.9E away, up to 7fff77361000\n");
	text_finish(&text);
	address_space_destroy(space);
}

static void names_of_the_process_are_escaped(void **state)
{
	struct address_space *space = sample_hostile();
	struct text text = {0};

	(void)state;
	append(&text, space, 0x10000, NULL);
	append(&text, space, 0x20000, NULL);
	assert_null(strchr(text_string(&text), '\033'));
	assert_non_null(strstr(text_string(&text), "file     /tmp/\\x1b[31mred\\012\n"));
	assert_non_null(strstr(text_string(&text), "\\xff\\xfe\\x80 \\xc0\\xaf"));
	text_finish(&text);
	address_space_destroy(space);
}

static void a_process_without_mappings_has_a_gap(void **state)
{
	struct address_space *space = sample_empty();
	struct text text = {0};

	(void)state;
	append(&text, space, 0x10000, NULL);
	assert_non_null(strstr(text_string(&text), "gap      nothing is mapped"));
	assert_null(strstr(text_string(&text), "above"));
	assert_null(strstr(text_string(&text), "below"));
	text_finish(&text);
	address_space_destroy(space);
}

/* A mapping at address 0 is the lowest region there is. */
static void the_lowest_mapping_may_begin_at_null(void **state)
{
	struct address_space *space = maps_space_create(NULL, "0-1000 r--p 0 00:00 0 \n");
	struct text text = {0};

	(void)state;
	append(&text, space, 0x2000, NULL);
	assert_string_equal(text_string(&text),
			    "2000\n"
			    "  gap      unmapped to the top, 3.9G, 1000-100000000 {kind-gap}\n"
			    "  access   SIGSEGV, SEGV_MAPERR: nothing is mapped here {warning}\n"
			    "  below    anon, 4.0K away, up to 1000\n");
	text_finish(&text);
	address_space_destroy(space);
}

/* What is known of access alone, and not of all, is said to be unknown. */
static void permissions_have_words(void **state)
{
	static const struct {
		unsigned perms;
		enum kind kind;
		enum owner owner;
		const char *words;
	} cases[] = {
		{PERM_ACCESS_UNKNOWN, KIND_ANON, OWNER_OTHER,
		 "  kind     anon: access unknown, private\n"},
		{PERM_READ | PERM_SHARING_UNKNOWN, KIND_DATA, OWNER_PROGRAM,
		 "  kind     data of the program: read\n"},
		{PERM_WRITE | PERM_SHARED, KIND_DATA, OWNER_LOADER,
		 "  kind     data of the loader: write, shared\n"},
		{PERM_WRITE | PERM_EXEC, KIND_DATA, OWNER_LIBRARY,
		 "  kind     data of a library: write, execute, private {danger}\n"},
	};
	const struct target target = {.pid = 1, .comm = "", .page_size = 4096};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct vma vma = {.start = 0x1000,
					.end = 0x3000,
					.name = "",
					.perms = (uint8_t)cases[i].perms,
					.kind = cases[i].kind,
					.owner = cases[i].owner};
		struct address_space *space;
		struct text text = {0};

		assert_int_equal(address_space_create(&target, &vma, 1, 0, 0, &space), 0);
		append(&text, space, 0x2fff, NULL);
		assert_non_null(strstr(text_string(&text), cases[i].words));
		assert_non_null(strstr(text_string(&text), "  here     0x1fff (7.9K) above its "
							   "start, page 2 of 2\n"));
		text_finish(&text);
		address_space_destroy(space);
	}
}

/* What is in the file stands between the mapping and the place in it. */
static void what_is_in_the_file_is_said(void **state)
{
	struct address_space *space = sample_python();
	struct explanation explanation;
	struct region_list regions;

	(void)state;
	region_list_init(&regions, space);
	answer_make(&explanation, &(struct answer_about){.space = space,
							 .regions = &regions,
							 .address = 0x7f83aa568000,
							 .inside_error = -ENOEXEC,
							 .unknown = "-"});
	assert_string_equal(explanation.statements[0].label, "mapping");
	assert_string_equal(explanation.statements[1].label, "symbol");
	assert_string_equal(explanation.statements[1].value, "none: the file is not an ELF object");
	assert_string_equal(explanation.statements[2].label, "here");
	explanation_finish(&explanation);
	region_list_finish(&regions);
	address_space_destroy(space);
}

/* A file's size may be unknown although the file is known, and a file may be deleted. */
static void files_may_be_known_in_part(void **state)
{
	static const struct file_facts facts = {TARGET_UNKNOWN, true, 0x1000};
	struct address_space *space =
		maps_space_create(NULL, "10000-20000 r--p 3000 08:01 7 /tmp/x (deleted)\n");
	struct text text = {0};

	(void)state;
	append(&text, space, 0x10010, &facts);
	assert_non_null(strstr(text_string(&text),
			       "  in file  offset 0x3010, size –, ELF address 0xf010\n"));
	assert_non_null(strstr(text_string(&text), "  file     /tmp/x (deleted)\n"));
	text_finish(&text);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mappings_and_gaps_in_words),
		cmocka_unit_test(beyond_the_user_addresses_the_last_mapping_is_below),
		cmocka_unit_test(names_of_the_process_are_escaped),
		cmocka_unit_test(a_process_without_mappings_has_a_gap),
		cmocka_unit_test(the_lowest_mapping_may_begin_at_null),
		cmocka_unit_test(permissions_have_words),
		cmocka_unit_test(what_is_in_the_file_is_said),
		cmocka_unit_test(files_may_be_known_in_part),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("answer", tests, NULL, NULL);
}
