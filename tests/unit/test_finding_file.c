/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "finding_cases.h"
#include "model/finding_file.h"

static struct finding_case it;

/* All judges of files. */
static finding_judge_call *const judges[] = {
	finding_file_stack_request,  finding_file_fixed_address,    finding_file_no_relro,
	finding_file_partial_relro,  finding_file_text_relocations, finding_file_deleted,
	finding_file_foreign_writer,
};
#define JUDGES (sizeof(judges) / sizeof(judges[0]))

static int set_up(void **state)
{
	(void)state;
	finding_case_init(&it);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	finding_case_finish(&it);
	return 0;
}

static void sound_files_are_sound(void **state)
{
	(void)state;
	for (size_t i = 0; i < JUDGES; i++)
		assert_int_equal(finding_case_judge(&it, judges[i]), 0);
}

/* Checks that one thing is found, about the library. */
static void assert_found(finding_judge_call *judge, const char *note)
{
	assert_int_equal(finding_case_judge(&it, judge), 1);
	assert_null(it.findings.findings[0].unknown);
	assert_string_equal(it.findings.findings[0].file, "/lib/a\nb.so");
	if (note)
		assert_string_equal(it.findings.findings[0].note, note);
	else
		assert_null(it.findings.findings[0].note);
}

static void assert_unknown(finding_judge_call *judge, const char *why)
{
	assert_int_equal(finding_case_judge(&it, judge), 1);
	assert_string_equal(it.findings.findings[0].unknown, why);
}

static void what_headers_say_is_judged(void **state)
{
	struct elf_hardening *library = &it.files[1].hardening;

	(void)state;
	library->stack = ELF_STACK_EXECUTABLE;
	assert_found(finding_file_stack_request, NULL);
	library->stack = ELF_STACK_UNSTATED;
	assert_found(finding_file_stack_request, "no PT_GNU_STACK");
	library->relro = ELF_RELRO_PARTIAL;
	assert_found(finding_file_partial_relro, NULL);
	assert_int_equal(finding_case_judge(&it, finding_file_no_relro), 0);
	library->relro = ELF_RELRO_NONE;
	assert_found(finding_file_no_relro, NULL);
	assert_int_equal(finding_case_judge(&it, finding_file_partial_relro), 0);
	library->text_relocations = true;
	assert_found(finding_file_text_relocations, NULL);
}

static void each_file_has_a_note_of_its_own(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		it.files[i].hardening.stack = ELF_STACK_UNSTATED;
		it.files[i].deleted = true;
	}
	it.files[0].replaced = true;
	assert_int_equal(finding_case_judge(&it, finding_file_stack_request), 2);
	for (size_t i = 0; i < 2; i++) {
		assert_string_equal(it.findings.findings[i].file, it.files[i].name);
		assert_string_equal(it.findings.findings[i].note, "no PT_GNU_STACK");
		assert_int_equal(it.findings.findings[i].kind, KIND_COUNT);
	}
	assert_int_equal(finding_case_judge(&it, finding_file_deleted), 2);
	assert_string_equal(it.findings.findings[0].note, "replaced by another file");
	assert_string_equal(it.findings.findings[1].note, "deleted");
	it.files[0].state = it.files[1].state = CHECKED_MISSING;
	assert_int_equal(finding_case_judge(&it, finding_file_stack_request), 2);
	assert_string_equal(it.findings.findings[1].unknown, checked_state_words(CHECKED_MISSING));
	assert_string_equal(it.findings.findings[1].file, it.files[1].name);
}

static void what_headers_do_not_say_is_unknown(void **state)
{
	struct elf_hardening *library = &it.files[1].hardening;

	(void)state;
	library->dynamic_known = false;
	assert_unknown(finding_file_text_relocations, "its dynamic section cannot be read");
	library->relro = ELF_RELRO_UNKNOWN;
	assert_unknown(finding_file_partial_relro, "its headers do not say how calls are bound");
	assert_int_equal(finding_case_judge(&it, finding_file_no_relro), 0);
}

static void only_programs_are_asked_where_they_lie(void **state)
{
	(void)state;
	it.files[1].hardening.is_fixed = true;
	assert_int_equal(finding_case_judge(&it, finding_file_fixed_address), 0);
	it.files[0].hardening.is_fixed = true;
	assert_int_equal(finding_case_judge(&it, finding_file_fixed_address), 1);
	assert_string_equal(it.findings.findings[0].file, "/bin/case");
	/* It need not be the first one. */
	it.files[0].owner = OWNER_LIBRARY;
	it.files[1].owner = OWNER_PROGRAM;
	assert_found(finding_file_fixed_address, NULL);
	it.files[1].owner = OWNER_LIBRARY;
	assert_unknown(finding_file_fixed_address,
		       "which of the files is the program was not found");
}

static void files_that_were_not_read_are_unknown(void **state)
{
	(void)state;
	for (int i = CHECKED_MISSING; i <= CHECKED_NOT_KEPT; i++) {
		it.files[0].state = (uint8_t)i;
		it.files[1].state = CHECKED_NOT_ELF;
		for (size_t judge = 0; judge < 5; judge++)
			assert_unknown(judges[judge], checked_state_words((enum checked_state)i));
	}
	it.facts.files = NULL;
	for (size_t judge = 0; judge < JUDGES; judge++)
		assert_unknown(judges[judge], "the files were not looked at");
}

static void what_is_gone_is_told(void **state)
{
	(void)state;
	it.files[1].deleted = true;
	assert_found(finding_file_deleted, "deleted");
	it.files[1].replaced = true;
	assert_found(finding_file_deleted, "replaced by another file");
	it.files[1].writer = CHECKED_WRITER_UNKNOWN;
	assert_int_equal(finding_case_judge(&it, finding_file_foreign_writer), 0);
}

static void who_may_write_is_told(void **state)
{
	(void)state;
	it.files[1].writer = CHECKED_WRITER_UNKNOWN;
	assert_unknown(finding_file_foreign_writer, "its place in the file system was not found");
	it.files[1].writer = CHECKED_WRITER_EVERYONE;
	assert_found(finding_file_foreign_writer, "everyone may write to it");
	it.files[1].place = (char *)"/lib/a\nb.so";
	assert_found(finding_file_foreign_writer, "everyone may write to it");
	it.files[1].place = (char *)"/li\033[m";
	assert_found(finding_file_foreign_writer, "everyone may write to /li\\x1b[m");
	it.files[1].writer = CHECKED_WRITER_BESIDE;
	it.files[1].place = (char *)"/lib";
	assert_found(finding_file_foreign_writer, "everyone may add files to /lib");
	it.files[1].writer_id = 1001;
	it.files[1].writer = CHECKED_WRITER_OWNER;
	assert_found(finding_file_foreign_writer, "user 1001 owns /lib");
	it.files[1].writer = CHECKED_WRITER_GROUP;
	assert_found(finding_file_foreign_writer, "group 1001 may write to /lib");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(sound_files_are_sound),
		TEST(what_headers_say_is_judged),
		TEST(each_file_has_a_note_of_its_own),
		TEST(what_headers_do_not_say_is_unknown),
		TEST(only_programs_are_asked_where_they_lie),
		TEST(files_that_were_not_read_are_unknown),
		TEST(what_is_gone_is_told),
		TEST(who_may_write_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
