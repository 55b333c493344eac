/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "files/target_files.h"
#include "kernel/avoid.h"
#include "kernel/maps_file.h"
#include "kernel/procmap_query.h"
#include "model/pulse.h"
#include "model/target.h"
#include "procfs/maps_parser.h"
#include "procfs/stat_parser.h"
#include "sampler/proc_pulse.h"

#define PAGE ((size_t)sysconf(_SC_PAGESIZE))
#define STEP ((intptr_t)1024 * 1024)
/* A process that does as it is told, a letter at a time, and answers when that is done. */
struct child {
	pid_t pid;
	int directory;
	int orders, answers;
	struct proc_pulse pulse;
};

static void obey(int orders, int answers, uintptr_t heap);

static void *obey_in_thread(void *pipes)
{
	(void)!write(((int *)pipes)[1], "t", 1);
	obey(((int *)pipes)[0], ((int *)pipes)[1], 0);
	return NULL;
}

/* What the child does; without the C library's allocator, whose heap may be gone. */
static void obey(int orders, int answers, uintptr_t heap)
{
	char order;

	while (read(orders, &order, 1) == 1) {
		if (order == 'g')
			(void)!sbrk(STEP);
		if (order == 's')
			(void)!sbrk(-STEP);
		if (order == 'p')
			mprotect((char *)heap + 4 * PAGE, PAGE, PROT_READ);
		if (order == '0')
			(void)!brk((void *)heap);
		if (order == 't') {
			static int pipes[2];
			pthread_t thread;

			pipes[0] = orders;
			pipes[1] = answers;
			pthread_create(&thread, NULL, obey_in_thread, pipes);
			pthread_exit(NULL);
		}
		if (order == 'x') {
			dup2(orders, STDIN_FILENO);
			dup2(answers, STDOUT_FILENO);
			/* dup2(2) to what it is leaves it as it is. */
			fcntl(STDIN_FILENO, F_SETFD, 0);
			fcntl(STDOUT_FILENO, F_SETFD, 0);
			execl("/bin/sh", "sh", "-c", "echo; read -r line", (char *)NULL);
		}
		(void)!write(answers, &order, 1);
	}
	_exit(0);
}

/* The heap from its first mapping to its last, as the list tells; all 0 without one. */
static struct vma find_heap(int directory)
{
	struct maps_parser list;
	struct vma heap = {0};

	maps_parser_init(&list, (struct hash_key){{0}});
	assert_int_equal(maps_file_read(&list, directory, "maps"), 0);
	for (size_t i = 0; i < list.count; i++) {
		if (strcmp(list.vmas[i].name, "[heap]") != 0)
			continue;
		if (!heap.start)
			heap.start = list.vmas[i].start;
		heap.end = list.vmas[i].end;
	}
	maps_parser_finish(&list);
	return heap;
}

static int open_process(pid_t pid)
{
	char path[64];
	int directory;

	snprintf(path, sizeof(path), "/proc/%d", (int)pid);
	directory = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	assert_true(directory >= 0);
	return directory;
}

static void start(struct child *child, unsigned avoid)
{
	int orders[2], answers[2], self = open_process(getpid());
	uintptr_t heap;

	assert_true(sbrk(STEP) != (void *)-1); /* so that there is a heap */
	heap = find_heap(self).start;
	close(self);
	assert_int_equal(pipe2(orders, O_CLOEXEC), 0);
	assert_int_equal(pipe2(answers, O_CLOEXEC), 0);
	child->pid = fork();
	if (child->pid == 0) {
		close(orders[1]);
		close(answers[0]);
		obey(orders[0], answers[1], heap);
	}
	close(orders[0]);
	close(answers[1]);
	child->orders = orders[1];
	child->answers = answers[0];
	child->directory = open_process(child->pid);
	proc_pulse_init(&child->pulse, child->directory, child->pid, true, avoid);
}

static void tell(const struct child *child, char order)
{
	char answer;

	assert_int_equal(write(child->orders, &order, 1), 1);
	assert_int_equal(read(child->answers, &answer, 1), 1);
}

static struct pulse take(struct child *child)
{
	struct pulse pulse;

	assert_int_equal(proc_pulse_take(&child->pulse, &pulse), 0);
	return pulse;
}

/* Whether the heap is what the list says; unknown where the kernel, or the case, has no query. */
static void check_heap(struct child *child, unsigned avoid, const struct pulse *pulse)
{
	struct vma heap = find_heap(child->directory);

	if (avoid || !child->pulse.queries) {
		assert_true(pulse->heap == TARGET_UNKNOWN && pulse->heap_end == TARGET_UNKNOWN);
		return;
	}
	assert_true(pulse->heap_end == heap.end);
	assert_true(pulse->heap == heap.end - heap.start);
}

static void finish(struct child *child)
{
	proc_pulse_finish(&child->pulse);
	close(child->orders);
	close(child->answers);
	waitpid(child->pid, NULL, 0);
	close(child->directory);
}

static void follows_the_heap(unsigned avoid)
{
	struct pulse before, after;
	struct child child;

	start(&child, avoid);
	before = take(&child);
	check_heap(&child, avoid, &before);
	assert_true(before.time_ns > 0);
	assert_true(before.size > before.resident && before.resident >= before.shared);
	tell(&child, 'g');
	after = take(&child);
	check_heap(&child, avoid, &after);
	assert_true(after.size == before.size + STEP);
	assert_true(after.data == before.data + STEP);
	if (before.heap != TARGET_UNKNOWN)
		assert_true(after.heap == before.heap + STEP);
	assert_true(after.time_ns >= before.time_ns);
	tell(&child, 's');
	after = take(&child);
	check_heap(&child, avoid, &after);
	assert_true(after.size == before.size);
	finish(&child);
}

static void a_heap_in_parts_is_one(unsigned avoid)
{
	struct pulse before, after;
	struct child child;

	start(&child, avoid);
	before = take(&child);
	tell(&child, 'p');
	after = take(&child);
	check_heap(&child, avoid, &after);
	assert_true(after.heap == before.heap);
	/* Also to one that did not see it happen. */
	proc_pulse_finish(&child.pulse);
	proc_pulse_init(&child.pulse, child.directory, child.pid, true, avoid);
	after = take(&child);
	check_heap(&child, avoid, &after);
	assert_true(after.heap == before.heap);
	finish(&child);
}

static void without_a_heap_there_are_0_bytes_of_it(unsigned avoid)
{
	struct child child;
	struct pulse pulse;

	start(&child, avoid);
	tell(&child, '0');
	assert_int_equal(find_heap(child.directory).end, 0);
	pulse = take(&child);
	check_heap(&child, avoid, &pulse);
	tell(&child, 'g');
	pulse = take(&child);
	check_heap(&child, avoid, &pulse);
	finish(&child);
}

static void follows_the_process_into_another_program(unsigned avoid)
{
	struct pulse before, after;
	struct child child;
	uint64_t images;

	start(&child, avoid);
	before = take(&child);
	images = child.pulse.images;
	tell(&child, 'x');
	after = take(&child);
	check_heap(&child, avoid, &after);
	assert_true(after.size != before.size);
	assert_int_equal(child.pulse.images, images + (child.pulse.queries ? 1 : 0));
	finish(&child);
}

static void tells_of_the_end(unsigned avoid)
{
	struct child child;
	struct pulse pulse;
	siginfo_t info;

	start(&child, avoid);
	take(&child);
	close(child.orders);
	child.orders = -1;
	waitid(P_PID, (id_t)child.pid, &info, WEXITED | WNOWAIT);
	assert_int_equal(proc_pulse_take(&child.pulse, &pulse), -ESRCH); /* a zombie */
	waitpid(child.pid, NULL, 0);
	assert_int_equal(proc_pulse_take(&child.pulse, &pulse), -ESRCH);
	finish(&child);
}

static void another_image_is_looked_at_again(unsigned avoid)
{
	struct child child;
	struct pulse pulse;
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);

	start(&child, avoid);
	take(&child);
	/* What a full sample found disagrees with what was read once. */
	proc_pulse_set_image(&child.pulse, child.pulse.start_brk + page, child.pulse.start_stack,
			     page);
	pulse = take(&child);
	check_heap(&child, avoid, &pulse);
	finish(&child);
}

static void wait_for_zombie(int directory)
{
	struct proc_stat stat = {0};
	struct text text = {0};

	while (stat.state != 'Z') {
		assert_int_equal(target_read_stat(directory, NULL, &text, &stat), 0);
		sched_yield();
	}
	text_finish(&text);
}

static void goes_where_the_memory_is(unsigned avoid)
{
	struct pulse before, after;
	struct child child;

	start(&child, avoid);
	take(&child);
	tell(&child, 't');
	wait_for_zombie(child.directory);
	before = take(&child);
	assert_int_not_equal(child.pulse.memory, child.directory);
	tell(&child, 'g');
	after = take(&child);
	assert_true(after.size == before.size + STEP);
	if (child.pulse.queries)
		assert_true(after.heap == before.heap + STEP);
	/* The thread that calls execve(2) becomes the main one. */
	tell(&child, 'x');
	after = take(&child);
	assert_int_equal(child.pulse.memory, child.directory);
	check_heap(&child, avoid, &after);
	finish(&child);
}

/* Each case with all that the kernel has, and without. */
#define TWICE(name)                                        \
	static void name##_with_the_query(void **state)    \
	{                                                  \
		(void)state;                               \
		name(0);                                   \
	}                                                  \
	static void name##_without_the_query(void **state) \
	{                                                  \
		(void)state;                               \
		name(AVOID_PROCMAP_QUERY);                 \
	}

TWICE(follows_the_heap)
TWICE(a_heap_in_parts_is_one)
TWICE(without_a_heap_there_are_0_bytes_of_it)
TWICE(follows_the_process_into_another_program)
TWICE(tells_of_the_end)
TWICE(goes_where_the_memory_is)
TWICE(another_image_is_looked_at_again)

static int take_recorded(const char *name, int32_t pid, struct pulse *ret_pulse)
{
	const char *folder = getenv("top_srcdir");
	struct proc_pulse pulse;
	char path[4096];
	int directory, error;

	snprintf(path, sizeof(path), "%s/tests/fixtures/%s/%d", folder ? folder : ".", name, pid);
	directory = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	assert_true(directory >= 0);
	proc_pulse_init(&pulse, directory, pid, false, 0);
	error = proc_pulse_take(&pulse, ret_pulse);
	proc_pulse_finish(&pulse);
	close(directory);
	return error;
}

static void a_recorded_process_has_its_statm(void **state)
{
	struct pulse pulse = {0};

	(void)state;
	assert_int_equal(take_recorded("sleep", 29203, &pulse), 0);
	assert_true(pulse.size > 0 && pulse.size % 4096 == 0);
	assert_true(pulse.heap == TARGET_UNKNOWN && pulse.heap_end == TARGET_UNKNOWN);
	pulse.size = 7;
	assert_int_equal(take_recorded("zombie", 30176, &pulse), -ENOTSUP);
	assert_int_equal(take_recorded("kernel-thread", 2, &pulse), -ENOTSUP);
	assert_int_equal(take_recorded("torn", 100, &pulse), -ENOTSUP);
	assert_int_equal(take_recorded("leader-exited", 29470, &pulse), -ENOTSUP);
	assert_int_equal(pulse.size, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follows_the_heap_with_the_query),
		cmocka_unit_test(follows_the_heap_without_the_query),
		cmocka_unit_test(a_heap_in_parts_is_one_with_the_query),
		cmocka_unit_test(a_heap_in_parts_is_one_without_the_query),
		cmocka_unit_test(without_a_heap_there_are_0_bytes_of_it_with_the_query),
		cmocka_unit_test(without_a_heap_there_are_0_bytes_of_it_without_the_query),
		cmocka_unit_test(follows_the_process_into_another_program_with_the_query),
		cmocka_unit_test(follows_the_process_into_another_program_without_the_query),
		cmocka_unit_test(tells_of_the_end_with_the_query),
		cmocka_unit_test(tells_of_the_end_without_the_query),
		cmocka_unit_test(goes_where_the_memory_is_with_the_query),
		cmocka_unit_test(goes_where_the_memory_is_without_the_query),
		cmocka_unit_test(another_image_is_looked_at_again_with_the_query),
		cmocka_unit_test(another_image_is_looked_at_again_without_the_query),
		cmocka_unit_test(a_recorded_process_has_its_statm),
	};

	return cmocka_run_group_tests_name("proc_pulse", tests, NULL, NULL);
}
