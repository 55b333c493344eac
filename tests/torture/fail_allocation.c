/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * To be preloaded into a program: of its allocations the one of number TORTURE_AT (from 1) fails.
 * Their number is written into the file TORTURE_COUNT when the process ends. Those before main(),
 * which are the dynamic linker's, are not counted; nor are those in getpwuid_r(3), as glibc's name
 * service aborts without memory (nss/nss_database.c). Programs that this one starts are spared. A
 * call that nothing else makes, getpriority(2) of TORTURE_MARK, tells a tracer when main() is near.
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pwd.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#define TORTURE_MARK 7777

/* Exported by glibc for this purpose, but declared nowhere. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static atomic_long count;
static long at;
static pid_t process;
static _Thread_local bool spared;

static bool fails(void)
{
	if (!process || spared)
		return false;
	if (atomic_fetch_add(&count, 1) + 1 != at)
		return false;
	errno = ENOMEM;
	return true;
}

__attribute__((constructor)) static void begin(void)
{
	const char *number = getenv("TORTURE_AT");

	at = number ? strtol(number, NULL, 10) : 0;
	unsetenv("LD_PRELOAD");
	getpriority(TORTURE_MARK, 0);
	process = getpid();
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("TORTURE_COUNT");
	bool is_first = process == getpid();
	FILE *file;

	process = 0;
	file = path && is_first ? fopen(path, "w") : NULL;
	if (!file)
		return;
	fprintf(file, "%ld\n", (long)count);
	fclose(file);
}

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t number, size_t size)
{
	return fails() ? NULL : __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size)
{
	return size && fails() ? NULL : __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return fails() ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **ret_memory, size_t alignment, size_t size)
{
	void *memory = fails() ? NULL : __libc_memalign(alignment, size);

	if (!memory)
		return ENOMEM;
	*ret_memory = memory;
	return 0;
}

int getpwuid_r(uid_t uid, struct passwd *password, char *buffer, size_t size,
	       struct passwd **ret_result)
{
	int (*real)(uid_t, struct passwd *, char *, size_t, struct passwd **) =
		(int (*)(uid_t, struct passwd *, char *, size_t, struct passwd **))dlsym(
			RTLD_NEXT, "getpwuid_r");
	int error;

	spared = true;
	error = real(uid, password, buffer, size, ret_result);
	spared = false;
	return error;
}
