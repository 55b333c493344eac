/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/target_totals.h"
#include "sampler/attacher.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "sampler/thread_group.h"
#include "support/sample.h"
#include "worker_script.h"

/* Which files a number has the attacher open, and how it reports each error. */

static struct {
	int32_t process; /* whose thread the number is */
	int find_error, open_error, read_error, totals_error;
	int source;
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

int thread_group_find(const struct procfs_options *options, int32_t tid, int32_t *ret_process)
{
	worker_script_expect_held(false);
	call_log_say("find %d below %s", (int)tid, options->root);
	*ret_process = script.process;
	return script.find_error;
}

int procfs_source_create(const struct procfs_options *options, int32_t pid,
			 struct source **ret_source)
{
	worker_script_expect_held(false);
	call_log_say("open %d below %s", (int)pid, options->root);
	if (!script.open_error)
		*ret_source = (struct source *)(void *)&script.source;
	return script.open_error;
}

int source_read(struct source *source, struct address_space **ret_space)
{
	assert_ptr_equal(source, &script.source);
	worker_script_expect_held(false);
	call_log_say("read");
	if (!script.read_error)
		*ret_space = sample_python();
	return script.read_error;
}

int source_totals(struct source *source, struct target *ret_target,
		  struct target_totals *ret_totals)
{
	assert_ptr_equal(source, &script.source);
	assert_non_null(ret_totals);
	call_log_say("totals");
	ret_target->uid = 1001;
	return script.totals_error;
}

void source_destroy(struct source *source)
{
	if (source)
		call_log_say("close");
}

static const struct procfs_options options = {.root = "given"};

/* What becomes of 7, by these calls of the thread. */
static struct attached attach(struct source *source, const char *calls)
{
	struct attacher *attacher = NULL;
	struct attached attached;

	call_log_clear();
	assert_int_equal(attacher_create(&options, 7, source, &attacher), 0);
	call_log_expect("copy given\nstart vastop/attacher\n");
	assert_int_equal(attacher_descriptor(attacher), WORKER_SCRIPT_DESCRIPTOR);
	assert_false(attacher_take(attacher, &attached));
	worker_script_run();
	call_log_expect(calls);
	assert_true(attacher_take(attacher, &attached));
	attacher_destroy(attacher);
	call_log_expect("leave\nfinish\nforget copied\n");
	return attached;
}

static void reset(void)
{
	memset(&script, 0, sizeof(script));
	script.process = 7;
}

#define FIND "find 7 below copied\n"
#define OPEN FIND "open 7 below copied\n"

static void a_process_is_opened_and_read(void **state)
{
	struct attached attached;

	(void)state;
	reset();
	attached = attach(NULL, OPEN "read\nnotify\n");
	assert_int_equal(attached.error, 0);
	assert_int_equal(attached.process, 7);
	assert_true(attached.uid == TARGET_UNKNOWN);
	assert_ptr_equal(attached.source, &script.source);
	address_space_destroy(attached.first);
	/* One that cannot be found is opened, too: that tells why. */
	script.find_error = -ENOENT;
	script.process = 5;
	script.open_error = -ESRCH;
	attached = attach(NULL, OPEN "notify\n");
	assert_int_equal(attached.error, -ESRCH);
	assert_int_equal(attached.process, 7);
	assert_null(attached.source);
}

static void of_a_thread_only_the_process_is_told(void **state)
{
	struct attached attached;

	(void)state;
	reset();
	script.process = 5;
	attached = attach(NULL, FIND "notify\n");
	assert_int_equal(attached.process, 5);
	assert_int_equal(attached.error, 0);
	assert_null(attached.source);
}

static void one_that_is_open_is_read(void **state)
{
	struct source *source = (struct source *)(void *)&script.source;
	struct attached attached;

	(void)state;
	reset();
	script.read_error = -ENXIO;
	attached = attach(source, "read\nnotify\n");
	assert_int_equal(attached.error, -ENXIO);
	assert_ptr_equal(attached.source, source);
	script.read_error = -EACCES;
	attached = attach(source, "read\ntotals\nnotify\n");
	assert_int_equal(attached.error, -EACCES);
	assert_int_equal(attached.uid, 1001);
	script.totals_error = -ESRCH;
	attached = attach(source, "read\ntotals\nnotify\n");
	assert_true(attached.uid == TARGET_UNKNOWN);
	/* Where it may not be opened there is none to ask. */
	script.open_error = -EACCES;
	attached = attach(NULL, OPEN "notify\n");
	assert_true(attached.uid == TARGET_UNKNOWN);
}

static void what_is_not_taken_is_freed(void **state)
{
	struct attacher *attacher;

	(void)state;
	reset();
	assert_int_equal(attacher_create(&options, 7, NULL, &attacher), 0);
	worker_script_run();
	call_log_clear();
	attacher_destroy(attacher);
	call_log_expect("leave\nclose\nfinish\nforget copied\n");
	attacher_destroy(NULL);
	call_log_expect("");
}

static void one_that_cannot_be_made_is_freed(void **state)
{
	struct source *source = (struct source *)(void *)&script.source;
	struct attacher *none = NULL;

	(void)state;
	worker_script.init_error = -EMFILE;
	assert_int_equal(attacher_create(&options, 7, source, &none), -EMFILE);
	worker_script.init_error = 0;
	call_log_expect("");
	worker_script.start_error = -EAGAIN;
	assert_int_equal(attacher_create(&options, 7, source, &none), -EAGAIN);
	worker_script.start_error = 0;
	/* The source stays the caller's. */
	call_log_expect("copy given\nstart vastop/attacher\nfinish\nforget copied\n");
	assert_null(none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_process_is_opened_and_read),
		cmocka_unit_test(of_a_thread_only_the_process_is_told),
		cmocka_unit_test(one_that_is_open_is_read),
		cmocka_unit_test(what_is_not_taken_is_freed),
		cmocka_unit_test(one_that_cannot_be_made_is_freed),
	};

	return cmocka_run_group_tests_name("attacher_script", tests, NULL, NULL);
}
