/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ctype.h>

#include "base/keyed_hash.h"
#include "finding_cases.h"
#include "model/finding_table.h"
#include "model/session.h"
#include "model/wx_history.h"

static struct finding_case it;

static int set_up(void **state)
{
	(void)state;
	finding_case_init(&it);
	finding_case_build(&it);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	finding_case_finish(&it);
	return 0;
}

/* A sentence that fits a line of a wide screen. */
static void assert_sentence(const char *sentence)
{
	size_t length = strlen(sentence);

	assert_true(length > 20 && length < 140);
	assert_true(isupper((unsigned char)sentence[0]) || islower((unsigned char)sentence[0]));
	assert_int_equal(sentence[length - 1], '.');
}

static void every_finding_is_told_of(void **state)
{
	(void)state;
	for (unsigned i = 0; i < FINDING_COUNT; i++) {
		enum finding_type type = (enum finding_type)i;
		const char *name = finding_name(type);

		assert_true(strlen(name) < 24);
		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz-"), strlen(name));
		for (unsigned other = 0; other < i; other++)
			assert_string_not_equal(name, finding_name((enum finding_type)other));
		assert_sentence(finding_meaning(type));
		assert_sentence(finding_advice(type));
		assert_true(finding_severity(type) <= FINDING_HIGH);
	}
}

static void a_sound_process_has_none(void **state)
{
	(void)state;
	findings_judge(&it.findings, &it.facts);
	assert_int_equal(it.findings.count, 0);
	assert_int_equal(findings_count(&it.findings, FINDING_STATE_UNWATCHED), 2);
	assert_int_equal(findings_count(&it.findings, FINDING_STATE_NONE), FINDING_COUNT - 2);
}

/* What is found goes before what is not known. */
static void states_follow_from_what_was_added(void **state)
{
	(void)state;
	it.files[0].hardening.relro = ELF_RELRO_PARTIAL;
	it.files[1].state = CHECKED_DENIED;
	it.facts.protection.randomized = PROTECTION_UNKNOWN;
	findings_judge(&it.findings, &it.facts);
	assert_int_equal(it.findings.states[FINDING_PARTIAL_RELRO], FINDING_STATE_FOUND);
	assert_int_equal(it.findings.states[FINDING_NO_RELRO], FINDING_STATE_UNKNOWN);
	assert_int_equal(it.findings.states[FINDING_NOT_RANDOMIZED], FINDING_STATE_UNKNOWN);
	assert_int_equal(it.findings.states[FINDING_FIXED_ADDRESS], FINDING_STATE_NONE);
	assert_int_equal(it.findings.states[FINDING_STEADY_GROWTH], FINDING_STATE_UNWATCHED);
	for (size_t i = 1; i < it.findings.count; i++)
		assert_true(it.findings.findings[i - 1].type <= it.findings.findings[i].type);
	assert_true(it.findings.arena.used > 0);
	/* Judged once more, nothing of before is left. */
	it.files[0].hardening.relro = ELF_RELRO_FULL;
	it.files[1].state = CHECKED_READ;
	it.facts.protection.randomized = PROTECTION_YES;
	findings_judge(&it.findings, &it.facts);
	assert_int_equal(it.findings.count, 0);
	assert_int_equal(it.findings.arena.used, 0);
}

static void what_was_watched_is_judged(void **state)
{
	const struct hash_key key = {{1, 2}};
	struct wx_history history = {0};
	struct session session;

	(void)state;
	session_init(&session, address_space_copy(it.space), 1 << 20, &key);
	wx_history_add(&history, it.space);
	it.facts.session = &session;
	it.facts.wx_history = &history;
	findings_judge(&it.findings, &it.facts);
	assert_int_equal(it.findings.states[FINDING_STEADY_GROWTH], FINDING_STATE_UNKNOWN);
	assert_int_equal(it.findings.states[FINDING_WAS_WRITABLE_EXECUTABLE], FINDING_STATE_NONE);
	wx_history_finish(&history);
	session_finish(&session);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(every_finding_is_told_of),
		TEST(a_sound_process_has_none),
		TEST(states_follow_from_what_was_added),
		TEST(what_was_watched_is_judged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
