/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/maps_file.h"
#include "kernel/proc_file.h"
#include "procfs/maps_parser.h"

/* The kernel's own text: every line that it writes of this process is understood. */
static void reads_its_own_maps(void **state)
{
	struct maps_parser parser;
	uint64_t here = (uint64_t)(uintptr_t)reads_its_own_maps;
	int executable = 0;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	assert_int_equal(maps_file_read(&parser, AT_FDCWD, "/proc/self/maps"), 0);
	assert_true(parser.count > 5);
	for (size_t i = 0; i < parser.count; i++)
		if (parser.vmas[i].start <= here && here < parser.vmas[i].end)
			executable += parser.vmas[i].perms & PERM_EXEC;
	assert_int_equal(executable, PERM_EXEC);
	assert_int_equal(maps_file_read(&parser, AT_FDCWD, "/proc/self/no such file"), -ENOENT);
	maps_parser_finish(&parser);
}

/* A list that is open tells the end of what it lists, also when the process lives on. */
static void tells_that_the_address_space_is_gone(void **state)
{
	static char *const command[] = {"/bin/sh", "-c", "read -r line", NULL};
	struct maps_parser parser;
	struct proc_file list = {0};
	int start[2], end[2];
	char byte, path[64];
	pid_t child;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	assert_int_equal(pipe(start), 0);
	assert_int_equal(pipe2(end, O_CLOEXEC), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (dup2(start[0], 0) == 0 && read(0, &byte, 1) == 1)
			execv(command[0], command);
		_exit(127);
	}
	close(end[1]);
	snprintf(path, sizeof(path), "/proc/%d/maps", (int)child);
	assert_int_equal(maps_file_read_open(&parser, &list, AT_FDCWD, path), 0);
	assert_true(parser.count > 5);
	assert_true(proc_file_has_bytes(&list));
	assert_int_equal(write(start[1], "x", 1), 1);
	assert_int_equal(read(end[0], &byte, 1), 0); /* it has another image now */
	assert_false(proc_file_has_bytes(&list));
	assert_int_equal(maps_file_read_open(&parser, &list, AT_FDCWD, path), 0);
	assert_true(proc_file_has_bytes(&list));
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	assert_false(proc_file_has_bytes(&list));
	assert_true(maps_file_read_open(&parser, &list, AT_FDCWD, path) < 0);
	proc_file_close(&list);
	assert_false(proc_file_has_bytes(&list));
	close(start[0]);
	close(start[1]);
	close(end[0]);
	maps_parser_finish(&parser);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_its_own_maps),
		cmocka_unit_test(tells_that_the_address_space_is_gone),
	};

	return cmocka_run_group_tests_name("maps_file", tests, NULL, NULL);
}
