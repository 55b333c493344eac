/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "answerer_script.h"
#include "kernel/procfs_options.h"
#include "residency/page_probe.h"
#include "residency/page_prober.h"

/* What of an answer holds for the next question, and what a question takes over. */

static struct {
	int error;
	uint64_t flags; /* that smaps reports, with a budget */
} script;

struct procfs_options procfs_options_copy(const struct procfs_options *options)
{
	call_log_say("copy %s", options->root);
	return (struct procfs_options){.root = "copied"};
}

void procfs_options_finish(struct procfs_options *options)
{
	call_log_say("forget %s", options->root);
}

int page_probe(const struct procfs_options *options, int32_t pid, uint64_t address,
	       uint64_t page_size, int64_t budget_ns, struct page_facts *facts)
{
	call_log_say("probe %x of %d below %s, %d a page, for %d", (unsigned)address, (int)pid,
		     options->root, (int)page_size, (int)budget_ns);
	if (script.error)
		return script.error;
	facts->state = PAGE_PRESENT;
	if (budget_ns)
		facts->flags = script.flags;
	return 0;
}

static const struct procfs_options options = {.root = "given"};
static struct page_prober *prober;
static struct page_question question;
static struct page_answer answer;

static int set_up(void **state)
{
	int error;

	(void)state;
	memset(&script, 0, sizeof(script));
	question = (struct page_question){7, 0x5000, 4096, 0, 100};
	call_log_clear();
	error = page_prober_create(&options, &prober);
	call_log_expect("copy given\ncreate vastop/pages\n");
	return error;
}

static int tear_down(void **state)
{
	(void)state;
	call_log_clear();
	page_prober_destroy(prober);
	call_log_expect("destroy\nforget copied\n");
	return 0;
}

/* Asks; the answer has that state and those flags. */
static void ask(const char *call, enum page_state state, uint64_t flags)
{
	assert_false(page_prober_take(prober, &answer));
	question.time_ns++;
	page_prober_ask(prober, &question);
	assert_true(page_prober_take(prober, &answer));
	call_log_expect(call);
	assert_int_equal(answer.address, question.address);
	assert_int_equal(answer.time_ns, question.time_ns);
	assert_int_equal(answer.facts.state, state);
	assert_int_equal(answer.facts.flags, flags);
	assert_int_equal(answer.facts.key, page_facts_unknown().key);
}

static void facts_hold_for_their_address(void **state)
{
	const uint64_t unknown = page_facts_unknown().flags;

	(void)state;
	/* Also for the address that a prober has at first. */
	question.address = 0;
	ask("probe 0 of 7 below copied, 4096 a page, for 0\n", PAGE_PRESENT, unknown);
	question.address = 0x5000;
	question.budget_ns = 9;
	script.flags = 0x23;
	ask("probe 5000 of 7 below copied, 4096 a page, for 9\n", PAGE_PRESENT, 0x23);
	question.budget_ns = 0;
	ask("probe 5000 of 7 below copied, 4096 a page, for 0\n", PAGE_PRESENT, 0x23);
	question.address = 0x6000;
	ask("probe 6000 of 7 below copied, 4096 a page, for 0\n", PAGE_PRESENT, unknown);
	question.address = 0x5000;
	ask("probe 5000 of 7 below copied, 4096 a page, for 0\n", PAGE_PRESENT, unknown);
	assert_int_equal(page_prober_descriptor(prober), ANSWERER_SCRIPT_DESCRIPTOR);
}

static void of_a_process_that_is_gone_nothing_is_known(void **state)
{
	const uint64_t unknown = page_facts_unknown().flags;

	(void)state;
	question.budget_ns = 9;
	script.flags = 0x23;
	ask("probe 5000 of 7 below copied, 4096 a page, for 9\n", PAGE_PRESENT, 0x23);
	script.error = -ENOENT;
	question.budget_ns = 0;
	ask("probe 5000 of 7 below copied, 4096 a page, for 0\n", PAGE_UNKNOWN, unknown);
	script.error = 0;
	ask("probe 5000 of 7 below copied, 4096 a page, for 0\n", PAGE_PRESENT, unknown);
}

/* The greater budget of those for one address. */
static void a_newer_question_takes_over_the_budget(void **state)
{
	struct page_question newer = question;

	(void)state;
	question.budget_ns = 9;
	answerer_script.ops->forget(&question, &newer);
	assert_int_equal(newer.budget_ns, 9);
	question.budget_ns = 8;
	answerer_script.ops->forget(&question, &newer);
	assert_int_equal(newer.budget_ns, 9);
	newer.address++;
	question.budget_ns = 10;
	answerer_script.ops->forget(&question, &newer);
	assert_int_equal(newer.budget_ns, 9);
	answerer_script.ops->forget(&question, NULL);
	assert_int_equal(question.budget_ns, 10);
}

static void what_cannot_be_made_is_freed(void **state)
{
	struct page_prober *none = NULL;

	(void)state;
	answerer_script.create_error = -EAGAIN;
	assert_int_equal(page_prober_create(&options, &none), -EAGAIN);
	answerer_script.create_error = 0;
	assert_null(none);
	call_log_expect("copy given\ncreate vastop/pages\nforget copied\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(facts_hold_for_their_address),
		TEST(of_a_process_that_is_gone_nothing_is_known),
		TEST(a_newer_question_takes_over_the_budget),
		TEST(what_cannot_be_made_is_freed),
	};

	return cmocka_run_group_tests_name("page_prober_script", tests, NULL, NULL);
}
