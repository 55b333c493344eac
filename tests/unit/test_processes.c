/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/pattern.h"
#include "model/process.h"
#include "model/target.h"
#include "sampler/processes.h"
#include "support/child.h"

#define NAME   "va(st)op test"
#define NOBODY 65534

static void take_name(const void *name)
{
	prctl(PR_SET_NAME, name);
}

static int find(const char *expression, int32_t *out, size_t capacity)
{
	struct pattern_mistake mistake;
	struct pattern *pattern;
	int count;

	assert_int_equal(pattern_create(expression, &pattern, &mistake), 0);
	count = processes_find(pattern, out, capacity);
	pattern_destroy(pattern);
	return count;
}

static void finds_by_name(void **state)
{
	int32_t found[2] = {0};
	pid_t a = child_start(take_name, NAME), b = child_start(take_name, NAME);

	(void)state;
	assert_int_equal(find("^va\\(st\\)op te", found, 2), 2);
	assert_int_equal(found[0], a < b ? a : b);
	assert_int_equal(found[1], a < b ? b : a);
	found[0] = 0;
	assert_int_equal(find("^va\\(st\\)op te", found, 0), 2);
	assert_int_equal(found[0], 0);
	assert_int_equal(find("no process is called so", found, 2), 0);
	child_end(a);
	child_end(b);
}

/* The state that the kernel says a child is in. */
static char state_of(pid_t child)
{
	char path[64], state = '?';
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)child);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_int_equal(fscanf(file, "%*d (" NAME ") %c", &state), 1);
	fclose(file);
	return state;
}

static void lists_all_but_itself(void **state)
{
	struct process_list *list;
	const struct process *process;
	pid_t child = child_start(take_name, NAME);

	(void)state;
	/* It has said its name, and may not have gone to sleep yet. */
	while (state_of(child) != 'S')
		poll(NULL, 0, 1);
	assert_int_equal(processes_read(&list), 0);
	assert_null(process_list_find(list, getpid()));
	for (size_t i = 1; i < list->count; i++)
		assert_true(list->processes[i - 1].pid < list->processes[i].pid);
	process = process_list_find(list, child);
	assert_non_null(process);
	assert_int_equal(process->parent, getpid());
	assert_int_equal(process->uid, geteuid());
	assert_int_equal(process->threads, 1);
	assert_int_equal(process->state, 'S');
	assert_string_equal(process->comm, NAME);
	assert_non_null(strstr(process->command, "test_processes"));
	assert_true(process->rss > 0 && process->rss % 4096 == 0);
	assert_true(process->size >= process->rss && process->size != TARGET_UNKNOWN);
	assert_true(process->start_ticks > 0);
	assert_true(process->mappings == TARGET_UNKNOWN);
	assert_in_range(list->mappings_max, 1024, INT32_MAX);
	assert_int_equal(process->access, PROCESS_READABLE);
	process_list_destroy(list);
	child_end(child);
}

static void a_zombie_has_ended_and_has_no_sizes(void **state)
{
	struct process_list *list;
	const struct process *process;
	pid_t child = child_start(take_name, NAME);

	(void)state;
	kill(child, SIGKILL);
	assert_int_equal(waitid(P_PID, (id_t)child, NULL, WEXITED | WNOWAIT), 0);
	assert_int_equal(processes_read(&list), 0);
	process = process_list_find(list, child);
	assert_non_null(process);
	assert_int_equal(process->access, PROCESS_ENDED);
	assert_int_equal(process->size, TARGET_UNKNOWN);
	assert_int_equal(process->rss, TARGET_UNKNOWN);
	assert_string_equal(process->command, "");
	process_list_destroy(list);
	child_end(child);
}

/* What another user would see, seen by a child that has become that user. */
static void look_as_nobody(pid_t other)
{
	const struct process *process;
	struct process_list *list;

	if (setgid(NOBODY) || setuid(NOBODY) || processes_read(&list))
		_exit(1);
	process = process_list_find(list, other);
	if (!process || process->access != PROCESS_FOREIGN || process->uid != 0)
		_exit(2);
	_exit(process->size == TARGET_UNKNOWN ? 3 : 0);
}

static void another_users_process_may_not_be_read(void **state)
{
	pid_t child, reader;
	int status;

	(void)state;
	if (geteuid() != 0)
		skip();
	child = child_start(take_name, NAME);
	reader = fork();
	if (reader == 0)
		look_as_nobody(child);
	assert_int_equal(waitpid(reader, &status, 0), reader);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	child_end(child);
}

static void a_kernel_thread_has_no_address_space(void **state)
{
	const struct process *process;
	struct process_list *list;
	bool kernel;

	(void)state;
	assert_int_equal(processes_read(&list), 0);
	process = process_list_find(list, 2);
	kernel = process && !strcmp(process->comm, "kthreadd");
	if (kernel) {
		assert_int_equal(process->access, PROCESS_KERNEL);
		assert_int_equal(process->size, TARGET_UNKNOWN);
		assert_string_equal(process->command, "");
	}
	process_list_destroy(list);
	if (!kernel)
		skip();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_by_name),
		cmocka_unit_test(lists_all_but_itself),
		cmocka_unit_test(a_zombie_has_ended_and_has_no_sizes),
		cmocka_unit_test(another_users_process_may_not_be_read),
		cmocka_unit_test(a_kernel_thread_has_no_address_space),
	};

	return cmocka_run_group_tests_name("processes", tests, NULL, NULL);
}
