/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Namespaces are made with unshare(2), as root or in a user namespace; where neither is permitted,
 * those tests are skipped. What is checked inside of one runs in a forked process, which answers
 * with the line that is wrong.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "high_descriptor.h"
#include "kernel/avoid.h"
#include "kernel/procfs_options.h"
#include "kernel/procfs_relation.h"
#include "model/address_space.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "support/child.h"

#define NOT_PERMITTED 255
#define NOBODY        65534

#define CHECK(condition)                                 \
	do {                                             \
		if (!(condition))                        \
			return __LINE__ % NOT_PERMITTED; \
	} while (0)

static char folder[] = "/tmp/vastop-test-XXXXXX";
static int proc;    /* the /proc of this program */
static pid_t outer; /* this program's number in it */

/* Runs the function as the first process of a PID namespace below; returns what it returns. */
static int run_below(int (*function)(void), int flags)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (unshare(CLONE_NEWPID | flags))
			_exit(NOT_PERMITTED);
		child = fork();
		if (child == 0)
			_exit(function());
		if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
			_exit(NOT_PERMITTED - 1);
		_exit(WEXITSTATUS(status));
	}
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return NOT_PERMITTED - 1;
	return WEXITSTATUS(status);
}

static void assert_right_below(int (*function)(void), int flags)
{
	int line = run_below(function, flags | (geteuid() ? CLONE_NEWUSER : 0));

	if (line == NOT_PERMITTED)
		skip();
	assert_int_equal(line, 0);
}

/* Whether the pidfd is of the child: it tells of its end, when that comes and not before. */
static int tells_of_the_end_of(int pidfd, pid_t child)
{
	struct pollfd end = {.fd = pidfd, .events = POLLIN};

	CHECK(pidfd >= 0);
	CHECK(poll(&end, 1, 0) == 0);
	kill(child, SIGKILL);
	CHECK(poll(&end, 1, 10000) == 1);
	close(pidfd);
	child_end(child);
	return 0;
}

static void the_own_procfs_has_the_own_numbers(void **state)
{
	pid_t child = child_start(NULL, NULL);
	int32_t pid = 0;

	(void)state;
	assert_true(procfs_relation_is_live(proc));
	assert_int_equal(procfs_relation_find(proc), PROCFS_OWN);
	assert_int_equal(procfs_relation_self("/proc"), getpid());
	assert_int_equal(procfs_relation_find_child("/proc", child, &pid), 0);
	assert_int_equal(pid, child);
	assert_int_equal(
		tells_of_the_end_of(
			procfs_relation_open_pidfd(proc, procfs_relation_find(proc), child), child),
		0);
	assert_true(procfs_relation_open_pidfd(proc, procfs_relation_find(proc), INT32_MAX) < 0);
	assert_false(procfs_relation_hides(proc, INT32_MAX));
	/* Those that there are can only be hidden, be they another user's. */
	assert_true(procfs_relation_hides(proc, getpid()));
	assert_true(procfs_relation_hides(proc, 1));
}

static void a_recorded_tree_has_no_numbers(void **state)
{
	const char *sources = getenv("top_srcdir");
	int32_t pid = 7;
	char path[4096];
	int root;

	(void)state;
	snprintf(path, sizeof(path), "%s/tests/fixtures/sleep", sources ? sources : ".");
	root = high_descriptor(open(path, O_PATH | O_DIRECTORY | O_CLOEXEC));
	assert_true(root >= 0);
	assert_false(procfs_relation_is_live(root));
	assert_int_equal(procfs_relation_find(root), PROCFS_RECORDED);
	assert_int_equal(procfs_relation_self(path), 0);
	assert_int_equal(procfs_relation_open_pidfd(root, procfs_relation_find(root), getpid()),
			 -ENOTSUP);
	assert_int_equal(procfs_relation_find_child(path, getpid(), &pid), -ESRCH);
	assert_int_equal(procfs_relation_find_child("/no such tree", 1, &pid), -ENOENT);
	assert_int_equal(procfs_relation_self("/no such tree"), 0);
	assert_int_equal(procfs_relation_at("/no such tree"), -ENOENT);
	assert_int_equal(procfs_relation_at(path), PROCFS_RECORDED);
	assert_int_equal(procfs_relation_at("/proc"), PROCFS_OWN);
	assert_true(procfs_relation_is_live_at("/proc"));
	assert_false(procfs_relation_is_live_at(path));
	assert_false(procfs_relation_is_live_at("/no such tree"));
	assert_int_equal(pid, 7);
	assert_false(procfs_relation_hides(root, getpid()));
	close(root);
}

/* Below, in /proc of the namespace above: numbers are translated, or not used. */
static int check_below(void)
{
	const struct procfs_options options = {.root = "/proc"};
	int32_t self = procfs_relation_self("/proc"), pid = 0;
	struct source *source;
	struct pollfd end = {.events = POLLIN};
	pid_t child = child_start(NULL, NULL);

	CHECK(getpid() == 1);
	CHECK(procfs_relation_find(proc) == PROCFS_ANCESTOR);
	CHECK(self > 1);
	CHECK(procfs_relation_find_child("/proc", child, &pid) == 0);
	CHECK(pid != child && pid > 1);
	CHECK(procfs_relation_find_child("/proc", 4711, &pid) == -ESRCH);
	/* What has no number here. */
	CHECK(procfs_relation_open_pidfd(proc, procfs_relation_find(proc), outer) == -ENOTSUP);
	CHECK(procfs_relation_open_pidfd(proc, procfs_relation_find(proc), 1) == -ENOTSUP);
	CHECK(procfs_source_create(&options, outer, &source) == 0);
	CHECK(source_exit_descriptor(source) == -1);
	source_destroy(source);
	/* What has one. */
	CHECK(procfs_source_create(&options, pid, &source) == 0);
	end.fd = source_exit_descriptor(source);
	CHECK(end.fd >= 0);
	CHECK(tells_of_the_end_of(procfs_relation_open_pidfd(proc, procfs_relation_find(proc), pid),
				  child) == 0);
	CHECK(poll(&end, 1, 10000) == 1);
	source_destroy(source);
	return 0;
}

static void below_another_namespace_numbers_are_translated(void **state)
{
	(void)state;
	assert_right_below(check_below, 0);
}

static int check_far_below(void)
{
	return run_below(check_below, 0);
}

static void deep_below_numbers_are_translated(void **state)
{
	(void)state;
	assert_right_below(check_far_below, 0);
}

static void make_folder(void)
{
	memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
	assert_non_null(mkdtemp(folder));
}

static int mount_in_folder(void)
{
	return mount("proc", folder, "proc", 0, NULL) ? NOT_PERMITTED : 0;
}

/* A process has the number 1 in the namespace of the folder's procfs, another one here. */
static int check_foreign(void)
{
	int32_t pid = 7;
	int root, status;

	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		return NOT_PERMITTED;
	status = run_below(mount_in_folder, 0);
	if (status)
		return status;
	root = high_descriptor(open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC));
	CHECK(procfs_relation_is_live(root));
	CHECK(procfs_relation_find(root) == PROCFS_FOREIGN);
	CHECK(procfs_relation_self(folder) == 0);
	CHECK(procfs_relation_open_pidfd(root, procfs_relation_find(root), getpid()) == -ENOTSUP);
	CHECK(procfs_relation_find_child(folder, 1, &pid) == -ESRCH);
	CHECK(pid == 7);
	CHECK(!procfs_relation_hides(root, getpid()));
	return 0;
}

static void the_procfs_of_a_namespace_below_is_foreign(void **state)
{
	(void)state;
	make_folder();
	assert_right_below(check_foreign, CLONE_NEWNS);
	rmdir(folder);
}

/* Hides itself when told to, and answers. */
static pid_t start_hiding_child(int tell[2], int answer[2])
{
	pid_t child;
	char byte;

	if (pipe(tell) || pipe(answer))
		return -1;
	child = fork();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		prctl(PR_SET_DUMPABLE, 1);
		(void)!write(answer[1], "r", 1);
		(void)!read(tell[0], &byte, 1);
		prctl(PR_SET_DUMPABLE, 0);
		(void)!write(answer[1], "h", 1);
		for (;;)
			poll(NULL, 0, -1);
	}
	return child > 0 && read(answer[0], &byte, 1) == 1 ? child : -1;
}

/* One that becomes hidden while it is watched has not ended, until it does. */
static int check_becomes_hidden(unsigned avoid)
{
	const struct procfs_options options = {.root = folder, .avoid = avoid};
	struct address_space *space;
	struct source *source;
	int tell[2], answer[2];
	pid_t child = start_hiding_child(tell, answer);
	char byte;

	CHECK(child > 0);
	CHECK(procfs_source_create(&options, child, &source) == 0);
	CHECK(source_read(source, &space) == 0);
	address_space_destroy(space);
	CHECK(write(tell[1], "h", 1) == 1 && read(answer[0], &byte, 1) == 1);
	CHECK(source_read(source, &space) == -EACCES);
	kill(child, SIGKILL);
	CHECK(waitid(P_PID, (id_t)child, NULL, WEXITED | WNOWAIT) == 0);
	CHECK(waitpid(child, NULL, 0) == child);
	CHECK(source_read(source, &space) == -ESRCH);
	source_destroy(source);
	return 0;
}

static int check_hidden(void)
{
	const struct procfs_options options = {.root = folder};
	pid_t child = child_start(NULL, NULL); /* root's */
	struct source *source;
	int root, line;

	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) || chmod(folder, 0755) ||
	    mount("proc", folder, "proc", 0, "hidepid=2") || setgroups(0, NULL) ||
	    setresgid(NOBODY, NOBODY, NOBODY) || setresuid(NOBODY, NOBODY, NOBODY))
		return NOT_PERMITTED;
	root = high_descriptor(open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC));
	CHECK(procfs_relation_hides(root, child));
	CHECK(!procfs_relation_hides(root, INT32_MAX));
	CHECK(procfs_source_create(&options, child, &source) == -EACCES);
	CHECK(procfs_source_create(&options, INT32_MAX, &source) == -ESRCH);
	line = check_becomes_hidden(0);
	return line ? line : check_becomes_hidden(AVOID_PIDFD | AVOID_PROCMAP_QUERY);
}

static void what_procfs_hides_has_not_ended(void **state)
{
	(void)state;
	if (geteuid())
		skip();
	make_folder();
	assert_right_below(check_hidden, CLONE_NEWNS);
	rmdir(folder);
}

static int setup(void **state)
{
	(void)state;
	proc = high_descriptor(open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC));
	outer = getpid();
	return proc < 0;
}

static int teardown(void **state)
{
	(void)state;
	return close(proc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_own_procfs_has_the_own_numbers),
		cmocka_unit_test(a_recorded_tree_has_no_numbers),
		cmocka_unit_test(below_another_namespace_numbers_are_translated),
		cmocka_unit_test(deep_below_numbers_are_translated),
		cmocka_unit_test(the_procfs_of_a_namespace_below_is_foreign),
		cmocka_unit_test(what_procfs_hides_has_not_ended),
	};

	return cmocka_run_group_tests_name("procfs_relation", tests, setup, teardown);
}
