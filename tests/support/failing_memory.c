/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Linked into a program, makes its memory run out: VASTOP_FAIL_AT=N has the Nth allocation from
 * main() on fail, whichever library asks for it; VASTOP_FAIL_FROM=N all from the Nth on. With
 * VASTOP_COUNT=FILE, how many there were is written to that file at the end.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The C library's own, by the names that it exports for such purposes. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *p, size_t size);

static atomic_ulong done;
static unsigned long at, from; /* 0: never */
static bool armed;

static unsigned long number_from(const char *variable)
{
	const char *value = getenv(variable);

	return value ? strtoul(value, NULL, 10) : 0;
}

__attribute__((constructor)) static void arm(void)
{
	at = number_from("VASTOP_FAIL_AT");
	from = number_from("VASTOP_FAIL_FROM");
	armed = true;
}

__attribute__((destructor)) static void report(void)
{
	const char *path = getenv("VASTOP_COUNT");
	int file = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;

	armed = false;
	if (file >= 0) {
		dprintf(file, "%lu\n", atomic_load(&done));
		close(file);
	}
}

static bool fails(void)
{
	unsigned long number;

	if (!armed)
		return false;
	number = atomic_fetch_add(&done, 1) + 1;
	if (number != at && (from == 0 || number < from))
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *p, size_t size)
{
	return fails() ? NULL : __libc_realloc(p, size);
}
