/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "call_log.h"
#include "files/target_files.h"
#include "model/classify.h"
#include "model/target.h"
#include "sampler/stack_finder.h"

/* What threads and guards are asked for, and which of them are taken for missing. */

static struct {
	struct thread_stack_pointer stacks[3];
	size_t count;
} script;

void threads_read(struct threads *threads, const struct threads_place *place,
		  const struct vma *vmas, size_t vma_count)
{
	assert_ptr_equal(vmas, NULL);
	call_log_say("threads of %d in %d%s%s%s, %d mappings", (int)place->pid, place->directory,
		     place->live ? ", live" : "", place->has_others ? ", with others" : "",
		     place->own_namespace ? ", own" : "", (int)vma_count);
	threads->stacks = script.stacks;
	threads->stack_count = script.count;
}

void guards_read(struct guards *guards, int directory, const struct vma *vmas, size_t vma_count,
		 const struct thread_stack_pointer *stacks, size_t stack_count, bool missing)
{
	static struct guard_range range = {1, 2};

	assert_ptr_equal(vmas, NULL);
	assert_ptr_equal(stacks, script.stacks);
	call_log_say("guards in %d, %d mappings, %d stacks%s", directory, (int)vma_count,
		     (int)stack_count, missing ? ", some are missing" : "");
	guards->ranges = &range;
	guards->count = 1;
}

void threads_learn(struct threads *threads, const struct vma *stacks, size_t count)
{
	assert_non_null(threads);
	call_log_say("learn %d from %x", (int)count, count ? (unsigned)stacks->start : 0);
}

void threads_finish(struct threads *threads)
{
	assert_non_null(threads);
	call_log_say("finish threads");
}

void guards_finish(struct guards *guards)
{
	assert_non_null(guards);
	call_log_say("finish guards");
}

static void read_it(const struct target_place *place, uint32_t threads,
		    struct classify_facts *facts, const char *calls)
{
	const struct target target = {.pid = 7, .threads = threads};
	struct stack_finder finder = {0};

	*facts = (struct classify_facts){.target = &target};
	call_log_clear();
	stack_finder_read(&finder, place, NULL, 5, facts);
	call_log_expect(calls);
	assert_ptr_equal(facts->stacks, script.stacks);
	assert_int_equal(facts->stack_count, script.count);
	facts->target = NULL;
}

/* Stacks of the main thread, and of threads that have ended, are none of the others'. */
static void threads_without_a_stack_are_missing(void **state)
{
	struct target_place place = {
		.directory = 70, .memory = 71, .pid = 7, .live = true, .own = true};
	struct classify_facts facts;

	(void)state;
	script.stacks[0].tid = 0;
	script.stacks[1].tid = 7;
	script.stacks[2].tid = 8;
	script.count = 3;
	read_it(&place, 2, &facts,
		"threads of 7 in 70, live, with others, own, 5 mappings\n"
		"guards in 71, 5 mappings, 3 stacks\n");
	assert_int_equal(facts.guard_count, 1);
	assert_int_equal(facts.guards[0].end, 2);
	place.own = false;
	read_it(&place, 3, &facts,
		"threads of 7 in 70, live, with others, 5 mappings\n"
		"guards in 71, 5 mappings, 3 stacks, some are missing\n");
	script.count = 0;
	read_it(&place, 1, &facts,
		"threads of 7 in 70, live, 5 mappings\nguards in 71, 5 mappings, 0 stacks\n");
	read_it(&place, 0, &facts,
		"threads of 7 in 70, live, with others, 5 mappings\n"
		"guards in 71, 5 mappings, 0 stacks\n");
	place.live = false;
	read_it(&place, 2, &facts, "threads of 7 in 70, with others, 5 mappings\n");
	assert_int_equal(facts.guard_count, 0);
}

static void parts_and_mappings_are_learnt(void **state)
{
	struct vma vma = {.start = 0x1000}, part = {.start = 0x2000};
	struct stack_finder finder = {.stacks = {.parts = &part, .part_count = 1}};

	(void)state;
	call_log_clear();
	stack_finder_learn(&finder, &vma, 1);
	call_log_expect("learn 1 from 2000\nlearn 1 from 1000\n");
	finder.stacks.parts = NULL;
	stack_finder_finish(&finder);
	call_log_expect("finish threads\nfinish guards\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_without_a_stack_are_missing),
		cmocka_unit_test(parts_and_mappings_are_learnt),
	};

	return cmocka_run_group_tests_name("stack_finder_script", tests, NULL, NULL);
}
