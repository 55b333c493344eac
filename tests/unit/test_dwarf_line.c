/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "files/dwarf_line.h"

static int take_bias(struct dl_phdr_info *info, size_t size, void *data)
{
	(void)size;
	*(uint64_t *)data = info->dlpi_addr;
	return 1; /* the program comes first */
}

static _Noreturn void look_up_in_child(int file, uint64_t address, int pipe)
{
	struct text text = {0};
	int error = dwarf_line_append(file, address, &text);

	if (write(pipe, &error, sizeof(error)) != sizeof(error) ||
	    write(pipe, text_string(&text), text.length) != (ssize_t)text.length)
		_exit(1);
	_exit(0);
}

/* In a child, as the program does it. */
static int look_up(const char *path, const void *address, struct text *text)
{
	int file = open(path, O_RDONLY | O_CLOEXEC), error = 0, ends[2];
	char bytes[4096];
	uint64_t bias = 0;
	ssize_t length;
	pid_t child;

	assert_true(file >= 0);
	assert_int_equal(pipe(ends), 0);
	dl_iterate_phdr(take_bias, &bias);
	child = fork();
	if (child == 0)
		look_up_in_child(file, (uintptr_t)address - bias, ends[1]);
	assert_true(child > 0);
	close(ends[1]);
	assert_int_equal(read(ends[0], &error, sizeof(error)), sizeof(error));
	while ((length = read(ends[0], bytes, sizeof(bytes))) > 0)
		text_append_bytes(text, bytes, (size_t)length);
	close(ends[0]);
	close(file);
	assert_int_equal(waitpid(child, NULL, 0), child);
	return error;
}

static void code_comes_from_a_line(void **state)
{
	struct text text = {0};
	int error = look_up("/proc/self/exe", (void *)(uintptr_t)code_comes_from_a_line, &text);
	const char *colon;
	int line;

	(void)state;
	if (error == -ELIBACC || error == -ENODATA)
		skip(); /* built without libdw, or without -g */
	assert_int_equal(error, 0);
	colon = strrchr(text_string(&text), ':');
	assert_non_null(colon);
	line = atoi(colon + 1);
	assert_in_range(line, 10, __LINE__);
	assert_true(colon - text_string(&text) >= (ptrdiff_t)strlen("test_dwarf_line.c"));
	assert_memory_equal(colon - strlen("test_dwarf_line.c"), "test_dwarf_line.c",
			    strlen("test_dwarf_line.c"));
	text_finish(&text);
}

static void other_addresses_and_files_have_none(void **state)
{
	struct text text = {0};
	int here = 0, error = look_up("/proc/self/exe", &here, &text);

	(void)state;
	assert_true(error == -ENOENT || error == -ELIBACC || error == -ENODATA);
	error = look_up("/proc/self/maps", &here, &text);
	assert_true(error == -ENODATA || error == -ELIBACC);
	assert_string_equal(text_string(&text), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(code_comes_from_a_line),
		cmocka_unit_test(other_addresses_and_files_have_none),
	};

	return cmocka_run_group_tests_name("dwarf_line", tests, NULL, NULL);
}
