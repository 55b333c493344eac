/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "finding_cases.h"

static void strings_are_the_lists_own(void **state)
{
	char file[] = "/file", note[] = "note", why[] = "why";
	struct findings findings = {0};
	const struct finding_judge judge = {&findings, FINDING_NO_BTI};
	struct vma vma = case_vma(0x1000, 0x2000, PERM_READ, KIND_ANON, "");

	(void)state;
	finding_judge_add(&judge, &(struct finding){.file = file, .note = note, .value = 3});
	finding_judge_add_vma(&judge, &vma, note);
	finding_judge_add_unknown(&judge, file, why);
	file[1] = note[0] = why[0] = '?';
	assert_int_equal(findings.count, 3);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(findings.findings[i].type, FINDING_NO_BTI);
	assert_string_equal(findings.findings[0].file, "/file");
	assert_string_equal(findings.findings[0].note, "note");
	assert_int_equal(findings.findings[0].value, 3);
	assert_null(findings.findings[1].file);
	assert_int_equal(findings.findings[1].start, 0x1000);
	assert_int_equal(findings.findings[1].end, 0x3000);
	assert_null(findings.findings[1].unknown);
	assert_string_equal(findings.findings[2].unknown, "why");
	assert_int_equal(findings.findings[2].kind, KIND_COUNT);
	findings_finish(&findings);
	assert_int_equal(findings.count, 0);
}

static void states_are_counted(void **state)
{
	struct findings findings = {
		.states = {FINDING_STATE_FOUND, FINDING_STATE_UNKNOWN, FINDING_STATE_FOUND}};

	(void)state;
	assert_int_equal(findings_count(&findings, FINDING_STATE_FOUND), 2);
	assert_int_equal(findings_count(&findings, FINDING_STATE_UNKNOWN), 1);
	assert_int_equal(findings_count(&findings, FINDING_STATE_NONE), FINDING_COUNT - 3);
	assert_int_equal(findings_count(&findings, FINDING_STATE_UNWATCHED), 0);
}

static void all_have_names(void **state)
{
	(void)state;
	assert_string_equal(finding_severity_name(FINDING_LOW), "low");
	assert_string_equal(finding_severity_name(FINDING_MEDIUM), "medium");
	assert_string_equal(finding_severity_name(FINDING_HIGH), "high");
	assert_string_equal(finding_state_name(FINDING_STATE_NONE), "none");
	assert_string_equal(finding_state_name(FINDING_STATE_FOUND), "found");
	assert_string_equal(finding_state_name(FINDING_STATE_UNKNOWN), "unknown");
	assert_string_equal(finding_state_name(FINDING_STATE_UNWATCHED), "unwatched");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_are_the_lists_own),
		cmocka_unit_test(states_are_counted),
		cmocka_unit_test(all_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
