/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include "kernel/clock.h"
#include "model/process.h"
#include "sampler/lister.h"
#include "sampler/mapping_counts.h"
#include "sampler/processes.h"
#include "worker_script.h"

/* When the thread lists, what it counts then, and what becomes of each list. */

static struct lister *lister;

/* What happens in the waits, one after the other; then the end comes. */
enum happening { PASSES, NOTHING, PAUSES, CONTINUES, CONTINUES_TWICE, WANTS, WANTS_MORE, LEAVES };

static struct {
	int64_t now;
	int error;
	bool pauses; /* while it lists */
	const enum happening *waits;
	size_t count, at;
	int lists;
} script;

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	return script.now;
}

int processes_read(struct process_list **ret_list)
{
	worker_script_expect_held(false);
	call_log_say("list at %d", (int)script.now);
	script.now += 3;
	if (script.pauses)
		lister_pause(lister, true);
	if (script.error)
		return script.error;
	*ret_list = calloc(1, sizeof(**ret_list));
	assert_non_null(*ret_list);
	(*ret_list)->mappings_max = (uint64_t)++script.lists;
	return 0;
}

void process_list_destroy(struct process_list *list)
{
	if (list)
		call_log_say("free %d", (int)list->mappings_max);
	free(list);
}

void mapping_counts_fill(struct mapping_counts *counts, struct process_list *list,
			 const int32_t *wanted, size_t wanted_count, uint64_t budget_ns)
{
	assert_non_null(counts);
	worker_script_expect_held(false);
	call_log_say("count %d of %d from %d, for %d", (int)wanted_count, (int)list->mappings_max,
		     wanted_count ? (int)wanted[wanted_count - 1] : 0, (int)budget_ns);
}

void mapping_counts_finish(struct mapping_counts *counts)
{
	assert_non_null(counts);
	call_log_say("forget counts");
}

static bool wait(int64_t time)
{
	static const int32_t wanted[LISTER_WANTED_MAX + 1] = {
		7, 8, [LISTER_WANTED_MAX - 1] = 9, [LISTER_WANTED_MAX] = 10};

	if (time == INT64_MAX)
		call_log_say("wait");
	else
		call_log_say("wait %d", (int)(time - script.now));
	if (script.at == script.count) {
		worker_script.worker->stop = true;
		return false;
	}
	switch (script.waits[script.at++]) {
	case PASSES: script.now = time; return true;
	case NOTHING: script.now++; break;
	case PAUSES: lister_pause(lister, true); break;
	case CONTINUES_TWICE: lister_pause(lister, false); /* fall through */
	case CONTINUES: lister_pause(lister, false); break;
	case WANTS: lister_want(lister, wanted, 2); break;
	case WANTS_MORE: lister_want(lister, wanted, LISTER_WANTED_MAX + 1); break;
	case LEAVES: lister_want(lister, NULL, 0); break;
	}
	return false;
}

static void run(const enum happening *waits, size_t count)
{
	script.waits = waits;
	script.count = count;
	script.at = 0;
	worker_script.worker->stop = false;
	worker_script_run();
}

#define RUN(...)                                                     \
	do {                                                         \
		static const enum happening waits[] = {__VA_ARGS__}; \
		run(waits, sizeof(waits) / sizeof(waits[0]));        \
	} while (0)

static int set_up(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.now = 1000;
	worker_script.wait = wait;
	call_log_clear();
	assert_int_equal(lister_create(700, &lister), 0);
	call_log_expect("start vastop/lister\n");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	call_log_clear();
	lister_destroy(lister);
	assert_non_null(strstr(call_log.text, "end\n"));
	assert_non_null(strstr(call_log.text, "forget counts\nfinish\n"));
	return 0;
}

#define FIRST "list at 1000\ncount 0 of 1 from 0, for 7\nnotify\nwait 700\n"

/* An interval from the end of one list to the next; the newest wins. */
static void it_lists_at_the_interval(void **state)
{
	struct process_list *list = NULL;
	int error = 1;

	(void)state;
	assert_false(lister_take(lister, &list, &error));
	call_log_expect("clear\n");
	RUN(NOTHING, PASSES);
	call_log_expect(FIRST "wait 699\nlist at 1703\ncount 0 of 2 from 0, for 7\nfree 1\n"
			      "notify\nwait 700\n");
	assert_true(lister_take(lister, &list, &error));
	assert_int_equal(error, 0);
	assert_int_equal(list->mappings_max, 2);
	process_list_destroy(list);
	assert_false(lister_take(lister, &list, &error));
	call_log_expect("clear\nfree 2\nclear\n");
	script.error = -ENOSYS;
	RUN(PASSES);
	call_log_expect("list at 1706\nnotify\nwait 700\nlist at 2409\nnotify\nwait 700\n");
	assert_true(lister_take(lister, &list, &error));
	assert_int_equal(error, -ENOSYS);
	assert_null(list);
	assert_int_equal(lister_descriptor(lister), WORKER_SCRIPT_DESCRIPTOR);
}

/* While it is paused there is no list; then one comes at once. */
static void a_pause_ends_with_a_list(void **state)
{
	struct process_list *list = NULL;
	int error = 1;

	(void)state;
	RUN(PAUSES, NOTHING, CONTINUES);
	call_log_expect(FIRST "clear\nfree 1\nwake\nwait\nwait\nwake\nlist at 1004\n"
			      "count 0 of 2 from 0, for 7\nnotify\nwait 700\n");
	/* One that is asked for twice comes once; one that is not paused lists no sooner. */
	RUN(CONTINUES);
	call_log_expect("list at 1007\ncount 0 of 3 from 0, for 7\nfree 2\nnotify\nwait 700\n"
			"wake\nwait 700\n");
	script.pauses = true;
	RUN(NOTHING);
	call_log_expect("list at 1010\nclear\nfree 3\nwake\ncount 0 of 4 from 0, for 7\nfree 4\n"
			"wait\nwait\n");
	assert_false(lister_take(lister, &list, &error));
	script.pauses = false;
	call_log_clear();
	RUN(CONTINUES_TWICE);
	call_log_expect("wait\nwake\nwake\nlist at 1014\ncount 0 of 5 from 0, for 7\nnotify\n"
			"wait 700\n");
}

/* The first one that wants any is not kept waiting. */
static void what_is_wanted_is_counted(void **state)
{
	(void)state;
	RUN(WANTS, WANTS_MORE, PASSES, LEAVES, PASSES);
	call_log_expect(FIRST "signal\nlist at 1003\ncount 2 of 2 from 8, for 7\nfree 1\nnotify\n"
			      "wait 700\nwait 700\nlist at 1706\n"
			      "count 256 of 3 from 9, for 7\nfree 2\nnotify\nwait 700\nwait 700\n"
			      "list at 2409\ncount 0 of 4 from 0, for 7\nfree 3\nnotify\n"
			      "wait 700\n");
	lister_want(lister, NULL, 0);
	call_log_expect("");
}

static void one_that_cannot_be_made_is_freed(void **state)
{
	struct lister *none = NULL;

	(void)state;
	lister_destroy(lister);
	call_log_clear();
	worker_script.init_error = -EMFILE;
	assert_int_equal(lister_create(700, &none), -EMFILE);
	worker_script.init_error = 0;
	call_log_expect("");
	worker_script.start_error = -EAGAIN;
	assert_int_equal(lister_create(700, &none), -EAGAIN);
	worker_script.start_error = 0;
	call_log_expect("start vastop/lister\nforget counts\nfinish\n");
	assert_null(none);
	lister_destroy(NULL);
	call_log_expect("");
	assert_int_equal(lister_create(700, &lister), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_lists_at_the_interval),
		TEST(a_pause_ends_with_a_list),
		TEST(what_is_wanted_is_counted),
		TEST(one_that_cannot_be_made_is_freed),
	};

	return cmocka_run_group_tests_name("lister_script", tests, NULL, NULL);
}
