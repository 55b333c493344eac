/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "procfs_script.h"

/* What is asked in which order, of which directory, and what of each reply is told. */

static struct source *source;

static void reset(void)
{
	memset(&script, 0, sizeof(script));
	script.relation = PROCFS_OWN;
	script.stat_count = 1;
	script.stats[0] = (struct proc_stat){
		.state = 'S', .size = 1, .start_ticks = 50, .start_stack = 3, .start_brk = 4};
	script.mappings = 1;
	call_log_clear();
}

static int open_with(unsigned avoid)
{
	const struct procfs_options options = {.root = "/p", .avoid = avoid};

	source = NULL;
	return procfs_source_create(&options, 7, &source);
}

#define BEGIN "key\nerrands\ndirectory /p of all\n"
#define FIND  BEGIN "directory 7 of root\n"

static int set_up(void **state)
{
	(void)state;
	reset();
	assert_int_equal(open_with(0), 0);
	call_log_expect(FIND "pidfd 7\nstat of process, kept\npulse of process 7, live, avoid 0\n"
			     "look at 7, avoid 0\ncache\n");
	assert_int_equal(source_exit_descriptor(source), script.pidfd);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	call_log_clear();
	source_destroy(source);
	call_log_expect("finish pulse\ndestroy cache\nfinish errands\n");
	return 0;
}

/* What is tried ends so, by these calls. */
static void read_fails(int error, const char *calls)
{
	struct address_space *space = NULL;

	assert_int_equal(source_read(source, &space), error);
	assert_null(space);
	call_log_expect(calls);
}

static void read_succeeds(const char *calls)
{
	struct address_space *space = NULL;

	assert_int_equal(source_read(source, &space), 0);
	call_log_expect(calls);
	assert_int_equal(space->vma_count, 1);
	assert_int_equal(space->time_ns, 4242);
	assert_int_equal(space->cost_ns, 10);
	address_space_destroy(space);
}

#define STAT  "stat of process, kept\n"
#define FILES "files of process, live, own, 3 3\n"
#define LIST  STAT FILES "maps of process\nstat of process, kept\n"
#define WHOLE LIST "bytes\nimage 4 3 4096\n"
#define KINDS(of)                                                                \
	"names of 1 in " of ", avoid 0\nask of 1\nfile systems of 1 in " of      \
	", live\nheads of 1 in " of ", 4096\ntake\nexe of 1\nstacks of 1 in " of \
	"\nclassify 1, 2 heads, 3 files, 4 stacks, base 77, of 7\nlearn 1\nadd to 1\n"
#define FORGET "forget files\n"

static void a_sample_is_put_together(void **state)
{
	(void)state;
	read_succeeds(WHOLE KINDS("process"));
	/* What a pulse found of another image is not known any more. */
	script.pulse->images++;
	read_succeeds(
		STAT FORGET FILES
		"maps of process\nstat of process, kept\nbytes\nimage 4 3 4096\n" KINDS("process"));
	read_succeeds(WHOLE KINDS("process"));
	assert_null(source_damage(source));
	source_rest(source);
	call_log_expect("dismiss\n");
}

/* Four times; each of what tells of another image has it read again. */
static void an_image_that_changes_is_read_again(void **state)
{
	(void)state;
	script.gone = true;
	read_fails(-EAGAIN, LIST "bytes\n" FORGET LIST "bytes\n" FORGET LIST "bytes\n" FORGET LIST
				 "bytes\n" FORGET);
	script.gone = false;
	script.stats[1] = script.stats[2] = script.stats[0];
	script.stats[1].start_stack++;
	script.stat_count = 3;
	script.stat = 0;
	read_succeeds(LIST FORGET WHOLE KINDS("process"));
	script.files_error = -ENOMEM;
	read_fails(-ENOMEM, STAT FILES FORGET);
	script.files_error = 0;
	script.maps_error = -ENOENT;
	read_fails(-ESRCH, STAT FILES "maps of process\n" FORGET);
	script.maps_error = -EPERM;
	read_fails(-EACCES, STAT FILES "maps of process\n" FORGET);
}

/* What is not there may be hidden. */
static void what_is_gone_may_be_hidden(void **state)
{
	(void)state;
	script.stat_errors[0] = -ESRCH;
	read_fails(-ESRCH, STAT);
	script.hides_directory = true;
	read_fails(-EACCES, STAT);
	script.stat_errors[0] = 0;
	script.stats[0].start_ticks = 51; /* another process by now */
	read_fails(-EACCES, STAT);
	script.hides_directory = false;
	read_fails(-ESRCH, STAT);
	script.stats[0].start_ticks = TARGET_UNKNOWN;
	read_succeeds(WHOLE KINDS("process"));
}

/* Why a list is empty: what stat says behind it. */
static void an_empty_list_is_explained(void **state)
{
	static const struct {
		char state;
		uint64_t size, flags;
		int error;
	} cases[] = {{'Z', 0, 0, -ESRCH},
		     {'S', 0, STAT_FLAG_EXITING, -ESRCH},
		     {'S', 0, 0, -ENXIO},
		     {'S', 1, STAT_FLAG_EXITING, -EAGAIN}};

	(void)state;
	script.mappings = 0;
	for (size_t i = 0; i < 4; i++) {
		script.stats[1] = script.stats[0];
		script.stats[1].state = cases[i].state;
		script.stats[1].size = cases[i].size;
		script.stats[1].flags = cases[i].flags;
		script.stat = 0;
		script.stat_count = 2;
		if (cases[i].error == -EAGAIN) { /* of each attempt */
			for (size_t at = 2; at < 8; at++)
				script.stats[at] = script.stats[at % 2];
			script.stat_count = 8;
			read_fails(-EAGAIN, LIST FORGET LIST FORGET LIST FORGET LIST FORGET);
		} else {
			read_fails(cases[i].error, LIST FORGET);
		}
	}
}

#define THREAD                                                                                \
	STAT "thread of 7\nstat of thread\nfiles of thread, live, own, 3 9\nmaps of thread\n" \
	     "stat of thread\nbytes\nimage 4 9 4096\n"

/* Where the main thread has ended another one has the memory. */
static void the_memory_may_be_a_threads(void **state)
{
	(void)state;
	script.stats[0].state = 'Z';
	script.stats[1] = (struct proc_stat){
		.state = 'S', .size = 1, .start_ticks = 50, .start_stack = 9, .start_brk = 4};
	script.stat_count = 2;
	script.stat = 0;
	read_succeeds(THREAD KINDS("thread"));
	assert_int_equal(fcntl(script.thread, F_GETFD), -1);
	script.stats[0].state = 'S';
	script.stats[0].size = 0;
	script.stats[0].flags = STAT_FLAG_EXITING;
	script.stat = 0;
	script.thread = 0;
	read_succeeds(THREAD KINDS("thread"));
	/* One without memory that does not end is a thread of the kernel. */
	script.stats[0].flags = 0;
	script.stats[1] = script.stats[0];
	script.mappings = 0;
	read_fails(-ENXIO, LIST FORGET);
	script.stats[0].flags = STAT_FLAG_EXITING;
	script.stat = 0;
	script.thread = -ESRCH;
	read_fails(-ESRCH, STAT "thread of 7\n" FORGET);
	script.thread = 0;
	script.stat = 0;
	script.stat_errors[1] = -EIO;
	read_fails(-EIO, STAT "thread of 7\nstat of thread\n" FORGET);
	assert_int_equal(fcntl(script.thread, F_GETFD), -1);
}

static void pulses_and_looks_are_passed_on(void **state)
{
	struct pulse pulse;
	uint64_t print;

	(void)state;
	assert_int_equal(source_pulse(source, &pulse), 0);
	assert_int_equal(pulse.heap, 3);
	script.pulse_error = -EPERM;
	assert_int_equal(source_pulse(source, &pulse), -EACCES);
	script.pulse_error = -ESRCH;
	script.hides_directory = true;
	assert_int_equal(source_pulse(source, &pulse), -EACCES);
	assert_int_equal(source_look(source, COVERAGE_CODE, &print), 0);
	assert_int_equal(print, 8 + COVERAGE_CODE);
	script.look_error = SOURCE_IDLE;
	assert_int_equal(source_look(source, COVERAGE_ALL, &print), SOURCE_IDLE);
	script.look_error = -EIO;
	assert_int_equal(source_look(source, COVERAGE_ALL, &print), -EIO);
}

static void totals_are_those_of_the_process(void **state)
{
	struct target_totals totals = {0};
	struct target target = {0};

	(void)state;
	assert_int_equal(source_totals(source, &target, &totals), 0);
	call_log_expect(STAT FORGET FILES FORGET "totals of process\n");
	assert_int_equal(totals.rss, 5);
	assert_int_equal(target.pid, 7);
	target.pid = 9;
	script.files_error = -ENXIO;
	assert_int_equal(source_totals(source, &target, &totals), -ENXIO);
	call_log_expect(STAT FORGET FILES FORGET);
	script.stats[0].state = 'Z';
	assert_int_equal(source_totals(source, &target, &totals), -ESRCH);
	script.stats[0].state = 'S';
	script.stats[0].start_ticks++;
	assert_int_equal(source_totals(source, &target, &totals), -ESRCH);
	script.stat_errors[0] = -EIO;
	assert_int_equal(source_totals(source, &target, &totals), -EIO);
	call_log_expect(STAT STAT STAT);
	assert_int_equal(target.pid, 9);
}

#define CLOSED "finish pulse\nfinish errands\n"

/* What was opened by then is closed: descriptors that stay open are found at the end. */
static void each_error_of_opening_is_told(void **state)
{
	const struct procfs_options options = {.root = "/p"};

	(void)state;
	reset();
	assert_int_equal(procfs_source_create(&options, 0, &source), -ESRCH);
	call_log_expect("");
	script.root = -ENOENT;
	assert_int_equal(open_with(0), -ENOENT);
	call_log_expect(BEGIN CLOSED);
	for (int hidden = 0; hidden < 2; hidden++) {
		reset();
		script.directory = -ENOENT;
		script.hides = hidden;
		assert_int_equal(open_with(0), hidden ? -EACCES : -ESRCH);
		call_log_expect(FIND CLOSED);
	}
	reset();
	script.directory = -EMFILE;
	assert_int_equal(open_with(0), -EMFILE);
	reset();
	script.stat_errors[0] = -EPERM;
	script.pidfd = -ENOSYS;
	assert_int_equal(open_with(AVOID_PROCMAP_QUERY), -EACCES);
	call_log_expect(FIND "pidfd 7\nstat of process, kept\n"
			     "pulse of process 7, live, avoid 1\nlook at 7, avoid 1\n" CLOSED);
	assert_null(source);
}

/* Of another namespace, without a pidfd, and recorded. */
static void other_processes_are_opened(void **state)
{
	(void)state;
	reset();
	script.relation = PROCFS_ANCESTOR;
	assert_int_equal(open_with(AVOID_PIDFD), 0);
	call_log_expect(FIND "stat of process, kept\npulse of process 7, live, avoid 2\n"
			     "look at 0, avoid 2\ncache\n");
	assert_int_equal(source_exit_descriptor(source), -1);
	source_destroy(source);
	reset();
	script.relation = PROCFS_OWN;
	script.pidfd = -ENOSYS;
	assert_int_equal(open_with(0), 0);
	assert_int_equal(source_exit_descriptor(source), -1);
	source_destroy(source);
}

#define RECORDED                                                                                   \
	"stat of process, recorded\nfiles of process, 3 3\nrecorded maps of process\n"             \
	"image 4 3 4096\nnames of 1 in process, avoid 0\nask of 1\nfile systems of 1 in process\n" \
	"take\nexe of 1\nstacks of 1 in process\n"                                                 \
	"classify 1, 0 heads, 3 files, 4 stacks, base 77, of 7\nlearn 1\nadd to 1\n"

static void a_recorded_process_is_read(void **state)
{
	(void)state;
	reset();
	script.relation = PROCFS_RECORDED;
	assert_int_equal(open_with(0), 0);
	call_log_expect(FIND "stat of process, recorded\npulse of process 7, avoid 0\n"
			     "look at 0, avoid 0\ncache\n");
	read_succeeds(RECORDED);
	assert_null(source_damage(source));
	script.damage.skipped = 1;
	read_succeeds(RECORDED);
	assert_int_equal(source_damage(source)->skipped, 1);
	script.damage = (struct source_damage){.cut = true};
	read_succeeds(RECORDED);
	assert_true(source_damage(source)->cut);
	/* What is not there of a list is lost; but that of a zombie was empty. */
	script.maps_error = -ENODATA;
	read_fails(-ENODATA, "stat of process, recorded\nfiles of process, 3 3\n"
			     "recorded maps of process\n" FORGET);
	script.stats[0].state = 'Z';
	script.thread = -ENOENT;
	read_fails(-ESRCH, "stat of process, recorded\nthread of 7\nfiles of process, 3 3\n"
			   "recorded maps of process\n" FORGET);
	script.hides_directory = true; /* which no recorded one is */
	read_fails(-ESRCH, "stat of process, recorded\nthread of 7\nfiles of process, 3 3\n"
			   "recorded maps of process\n" FORGET);
	source_destroy(source);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_sample_is_put_together),
		TEST(an_image_that_changes_is_read_again),
		TEST(what_is_gone_may_be_hidden),
		TEST(an_empty_list_is_explained),
		TEST(the_memory_may_be_a_threads),
		TEST(pulses_and_looks_are_passed_on),
		TEST(totals_are_those_of_the_process),
		cmocka_unit_test(each_error_of_opening_is_told),
		cmocka_unit_test(other_processes_are_opened),
		cmocka_unit_test(a_recorded_process_is_read),
	};

	return cmocka_run_group_tests_name("procfs_source_script", tests, NULL, NULL);
}
