/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/keyed_hash.h"
#include "finding_cases.h"
#include "model/finding_limit.h"
#include "model/session.h"

#define SECOND INT64_C(1000000000)

static const struct hash_key key = {{1, 2}};
static struct finding_case it;

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

static void nothing_is_near_at_first(void **state)
{
	(void)state;
	assert_int_equal(finding_case_judge(&it, finding_limit_mappings), 0);
	assert_int_equal(finding_case_judge(&it, finding_limit_stack), 0);
	assert_int_equal(finding_case_judge(&it, finding_limit_data), 0);
	assert_int_equal(finding_case_judge(&it, finding_limit_address_space), 0);
}

static void each_limit_can_be_near(void **state)
{
	const struct finding *finding;

	(void)state;
	it.target.limits = (struct target_limits){7, 0x22000, 0x100000, 0x40000};
	assert_int_equal(finding_case_judge(&it, finding_limit_mappings), 1);
	finding = &it.findings.findings[0];
	assert_int_equal(finding->unit, FINDING_UNIT_MAPPINGS);
	assert_int_equal(finding->value, 6);
	assert_int_equal(finding->limit, 7);
	assert_int_equal(finding_case_judge(&it, finding_limit_stack), 1);
	finding = &it.findings.findings[0];
	assert_int_equal(finding->unit, FINDING_UNIT_BYTES);
	assert_int_equal(finding->value, 0x21000);
	assert_int_equal(finding->limit, 0x22000);
	assert_int_equal(finding->kind, KIND_COUNT);
	assert_string_equal(finding->note, "1023.9G free below");
	it.target.limits.data = 0x1d000; /* of which the heap and the thread's stack are 0x18000 */
	assert_int_equal(finding_case_judge(&it, finding_limit_data), 1);
	finding = &it.findings.findings[0];
	assert_int_equal(finding->unit, FINDING_UNIT_BYTES);
	assert_int_equal(finding->value, 0x18000);
	assert_int_equal(finding->limit, 0x1d000);
	assert_null(finding->note);
	it.target.limits.as = 0x3f000;
	assert_int_equal(finding_case_judge(&it, finding_limit_address_space), 1);
	it.target.limits.as = 0x3f0000;
	assert_int_equal(finding_case_judge(&it, finding_limit_address_space), 0);
}

/* Without a limit a stack ends at what lies below it. */
static void a_stack_without_a_limit_can_be_near_its_end(void **state)
{
	(void)state;
	it.target.limits.stack = TARGET_UNLIMITED;
	it.vmas[CASE_THREAD].end = it.vmas[CASE_STACK].start - 0x1000;
	assert_int_equal(finding_case_judge(&it, finding_limit_stack), 1);
	assert_int_equal(it.findings.findings[0].limit, TARGET_UNKNOWN);
	assert_string_equal(it.findings.findings[0].note, "4.0K free below");
}

static void a_limit_that_is_not_known_is_told(void **state)
{
	static finding_judge_call *const judges[] = {finding_limit_mappings, finding_limit_stack,
						     finding_limit_data,
						     finding_limit_address_space};

	(void)state;
	it.target.limits = (struct target_limits){TARGET_UNKNOWN, TARGET_UNKNOWN, TARGET_UNKNOWN,
						  TARGET_UNKNOWN};
	for (size_t i = 0; i < sizeof(judges) / sizeof(judges[0]); i++) {
		assert_int_equal(finding_case_judge(&it, judges[i]), 1);
		assert_string_equal(finding_case_note(&it), "the limit cannot be read");
	}
	it.vmas[CASE_STACK].kind = KIND_ANON;
	assert_int_equal(finding_case_judge(&it, finding_limit_stack), 1);
	assert_string_equal(finding_case_note(&it), "the main stack was not found");
}

static struct address_space *space_at(int64_t time_ns, uint64_t heap)
{
	struct address_space *space;

	it.vmas[CASE_HEAP].end = it.vmas[CASE_HEAP].start + heap;
	assert_int_equal(
		address_space_create(&it.target, it.vmas, it.vma_count, time_ns, 0, &space), 0);
	return space;
}

/* Judges a process whose heap had those sizes, in pages, one a second. */
static size_t judge_sizes(const unsigned *sizes, size_t count)
{
	struct session session;
	size_t found;

	session_init(&session, space_at(SECOND, sizes[0] * CASE_PAGE), 1 << 20, &key);
	for (size_t i = 1; i < count; i++)
		session_add(&session, space_at((int64_t)(i + 1) * SECOND, sizes[i] * CASE_PAGE));
	it.facts.session = &session;
	found = finding_case_judge(&it, finding_limit_growth);
	session_finish(&session);
	return found;
}

static void growth_without_pause_is_found(void **state)
{
	static const unsigned grows[] = {1, 2, 2, 3, 4, 4, 5, 6, 6, 7};
	const struct finding *finding;

	(void)state;
	assert_int_equal(judge_sizes(grows, 10), 1);
	finding = &it.findings.findings[0];
	assert_null(finding->unknown);
	assert_int_equal(finding->kind, KIND_HEAP);
	assert_int_equal(finding->value, 7 * CASE_PAGE);
	assert_string_equal(finding->note, "+24K in 9.0 s");
	assert_int_equal(finding->unit, FINDING_UNIT_BYTES);
	assert_int_equal(finding->limit, TARGET_UNKNOWN);
}

/* Six samples are three parts, which is enough; tenths are not told of ten seconds and more. */
static void growth_counts_to_the_last_sample(void **state)
{
	static const unsigned grows[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

	(void)state;
	assert_int_equal(judge_sizes(grows, 6), 1);
	assert_string_equal(finding_case_note(&it), "+20K in 5.0 s");
	assert_null(it.findings.findings[0].unknown);
	assert_int_equal(judge_sizes(grows, 11), 1);
	assert_string_equal(finding_case_note(&it), "+40K in 10 s");
}

static void a_pause_is_no_growth(void **state)
{
	static const unsigned stops[] = {1, 2, 3, 4, 4, 4, 4, 4, 5, 6};
	static const unsigned sinks[] = {1, 9, 3, 8, 2, 7, 3, 8, 2, 9};
	static const unsigned stays[] = {3, 3, 3, 3, 3, 3, 3, 3, 3, 3};

	(void)state;
	assert_int_equal(judge_sizes(stops, 10), 0);
	assert_int_equal(judge_sizes(sinks, 10), 0);
	assert_int_equal(judge_sizes(stays, 10), 0);
}

static void a_glance_does_not_suffice(void **state)
{
	static const unsigned grows[] = {1, 2, 3, 4, 5};

	(void)state;
	assert_int_equal(judge_sizes(grows, 5), 1);
	assert_string_equal(finding_case_note(&it), "it was watched too briefly to tell");
	assert_int_equal(judge_sizes(grows, 1), 1);
	assert_non_null(it.findings.findings[0].unknown);
}

static void long_watching_is_judged_by_its_parts(void **state)
{
	unsigned sizes[1000];

	(void)state;
	for (unsigned i = 0; i < 1000; i++)
		sizes[i] = 1 + i / 50;
	assert_int_equal(judge_sizes(sizes, 1000), 1);
	assert_null(it.findings.findings[0].unknown);
	for (unsigned i = 300; i < 1000; i++)
		sizes[i] = i < 600 ? sizes[300] : sizes[i];
	assert_int_equal(judge_sizes(sizes, 1000), 0);
}

/* What grows is memory of any kind, but not what only keeps others away. */
static void each_kind_of_memory_can_grow(void **state)
{
	static const unsigned grows[] = {1, 2, 2, 3, 4, 4, 5, 6, 6, 7};

	(void)state;
	for (int kind = 0; kind < KIND_GAP; kind++) {
		const bool is_memory = kind != KIND_GUARD && kind != KIND_RESERVE;

		it.vmas[CASE_HEAP].kind = (uint8_t)kind;
		assert_int_equal(judge_sizes(grows, 10), is_memory);
		if (is_memory)
			assert_int_equal(it.findings.findings[0].kind, kind);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(nothing_is_near_at_first),
		TEST(each_limit_can_be_near),
		TEST(a_stack_without_a_limit_can_be_near_its_end),
		TEST(growth_counts_to_the_last_sample),
		TEST(a_limit_that_is_not_known_is_told),
		TEST(growth_without_pause_is_found),
		TEST(a_pause_is_no_growth),
		TEST(a_glance_does_not_suffice),
		TEST(long_watching_is_judged_by_its_parts),
		TEST(each_kind_of_memory_can_grow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
