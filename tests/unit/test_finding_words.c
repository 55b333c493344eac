/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "base/text.h"
#include "model/finding.h"
#include "model/finding_words.h"
#include "model/kind.h"
#include "model/target.h"
#include "model/vma.h"

static void check(const struct finding *finding, const char *expected)
{
	struct text text = {0};

	finding_words_append(&text, finding);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void memory_is_told_by_its_range(void **state)
{
	struct finding finding = {.start = 0x7f1000, .end = 0x7f3000, .kind = KIND_JIT};

	(void)state;
	check(&finding, "0000007f1000-0000007f3000 8.0K jit");
	finding.perms = PERM_READ | PERM_WRITE | PERM_EXEC;
	check(&finding, "0000007f1000-0000007f3000 rwxp 8.0K jit");
	finding.file = "/a\n\x1b\xff";
	finding.tid = 7;
	finding.note = "more";
	check(&finding, "0000007f1000-0000007f3000 rwxp 8.0K /a\\n\\x1b\\xff of thread 7: more");
}

static void files_and_notes(void **state)
{
	struct finding finding = {.kind = KIND_COUNT, .file = "/lib/\nx"};

	(void)state;
	check(&finding, "/lib/\\nx");
	finding.note = "no PT_GNU_STACK";
	check(&finding, "/lib/\\nx: no PT_GNU_STACK");
	finding.unknown = "this user may not read the file";
	check(&finding, "/lib/\\nx: this user may not read the file");
	finding.file = NULL;
	check(&finding, "this user may not read the file");
}

static void numbers_have_their_units(void **state)
{
	struct finding finding = {
		.kind = KIND_COUNT, .unit = FINDING_UNIT_MAPPINGS, .value = 61000, .limit = 65530};

	(void)state;
	check(&finding, "61 000 of 65 530 mappings");
	finding.unit = FINDING_UNIT_BYTES;
	finding.value = 7 << 20;
	finding.limit = 8 << 20;
	check(&finding, "7.0M of 8.0M");
	finding.kind = KIND_HEAP;
	finding.limit = TARGET_UNKNOWN;
	finding.note = "+1.0M in 60 s";
	check(&finding, "heap 7.0M: +1.0M in 60 s");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_told_by_its_range),
		cmocka_unit_test(files_and_notes),
		cmocka_unit_test(numbers_have_their_units),
	};

	setlocale(LC_CTYPE, "");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
