/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * One mapping of each common sort. plain FILE also maps that file; the file is not changed.
 */

#include "target.h"

#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>

enum { PAGE = 4096, MIB = 1024 * 1024 };

static pthread_barrier_t barrier;

/* A thread has a stack with a guard, and its first malloc() makes an arena. */
static void *wait_in_thread(void *unused)
{
	/* volatile: a compiler may leave out memory that nothing uses. */
	char *volatile block = malloc(100 * 1024);

	(void)unused;
	target_need(block != NULL, "malloc");
	memset(block, 1, 100 * 1024);
	pthread_barrier_wait(&barrier);
	for (;;)
		pause();
	return NULL;
}

static void start_thread(void)
{
	pthread_t thread;

	target_need(!pthread_barrier_init(&barrier, NULL, 2), "pthread_barrier_init");
	target_need(!pthread_create(&thread, NULL, wait_in_thread, NULL), "pthread_create");
	pthread_barrier_wait(&barrier);
}

static void map_descriptor(int descriptor, int flags, int protection)
{
	target_need(descriptor >= 0, "open");
	target_need(mmap(NULL, 3 * PAGE, protection, flags, descriptor, 0) != MAP_FAILED, "mmap");
	close(descriptor);
}

/* A file that has lost its name: maps calls it deleted. */
static void map_deleted_file(void)
{
	FILE *file = tmpfile();

	target_need(file && !ftruncate(fileno(file), 3 * PAGE), "tmpfile");
	map_descriptor(dup(fileno(file)), MAP_PRIVATE, PROT_READ | PROT_WRITE);
	fclose(file);
}

static void map_shared_memory(void)
{
	int memory = memfd_create("a memfd", MFD_CLOEXEC);
	int segment = shmget(IPC_PRIVATE, 2 * PAGE, 0600);

	target_need(memory >= 0 && !ftruncate(memory, 3 * PAGE), "memfd_create");
	map_descriptor(memory, MAP_SHARED, PROT_READ | PROT_WRITE);
	target_need(mmap(NULL, 5 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
			 0) != MAP_FAILED,
		    "mmap");
	/* Marked for removal at once, so that it does not outlive the program. */
	target_need(segment >= 0 && shmat(segment, NULL, 0) != (void *)-1, "shmat");
	shmctl(segment, IPC_RMID, NULL);
}

int main(int argc, char **argv)
{
	char *guarded, *volatile small;

	target_start();
	/* The brk heap: small blocks come from it. */
	mallopt(M_MMAP_THRESHOLD, 64 * MIB);
	small = malloc(MIB);
	target_need(small != NULL, "malloc");
	start_thread();
	if (argc > 1)
		map_descriptor(open(argv[1], O_RDONLY | O_CLOEXEC), MAP_PRIVATE, PROT_READ);
	map_deleted_file();
	map_shared_memory();
	guarded = target_map(8 * PAGE, PROT_READ | PROT_WRITE);
	target_need(!mprotect(guarded, PAGE, PROT_NONE), "mprotect");
	target_map(64 * MIB, PROT_NONE);
	target_map(2 * PAGE, PROT_READ | PROT_WRITE | PROT_EXEC);
	target_ready();
	return 0;
}
