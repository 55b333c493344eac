/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * A program that writes a core file of itself: dumps CORE FILE writes CORE, to FILE a line
 * "NAME ADDRESS" for each thing that is known of it, and then "ready" to stdout.
 */

#include "target.h"

#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include "support/core_writer.h"

enum { PAGE = 4096, MAPPINGS = 512, LARGE = 64 << 20 };

static struct written_segment segments[MAPPINGS];
static struct written_range files[MAPPINGS];
static char names[MAPPINGS][PATH_MAX];
static struct written_thread threads[2];
static char auxv[4096];
static char *secret, *shared;
static pthread_barrier_t running;

static struct written_thread describe(void)
{
	struct written_thread thread = {.tid = (int32_t)target_thread_id(),
					.thread_pointer = (uintptr_t)pthread_self()};

	thread.stack_pointer = (uintptr_t)&thread;
	return thread;
}

static void *run_thread(void *unused)
{
	(void)unused;
	threads[1] = describe();
	pthread_barrier_wait(&running);
	for (;;)
		pause();
	return NULL;
}

static void make_secret(void)
{
	/* A text that is put together at run time is nowhere else in the process. */
	static const char *const words[] = {"what the ", "core file ", "holds"};

	secret = malloc(64);
	target_need(secret != NULL, "malloc");
	secret[0] = '\0';
	for (int i = 0; i < 3; i++)
		strcat(secret, words[i]);
}

/* Takes a line of maps over. Memory that cannot be read has no bytes. */
static void take_line(struct written_core *core, const char *line, int memory, void *buffer,
		      size_t *used)
{
	struct written_segment *segment = &segments[core->segment_count];
	unsigned long start, end, offset;
	char perms[5], *name = names[core->file_count];
	size_t size;

	name[0] = '\0';
	target_need(sscanf(line, "%lx-%lx %4s %lx %*s %*s %4095[^\n]", &start, &end, perms, &offset,
			   name) >= 4,
		    "maps");
	target_need(core->segment_count < MAPPINGS, "fewer mappings");
	size = end - start;
	*segment = (struct written_segment){
		.start = start,
		.end = end,
		.flags = (perms[0] == 'r' ? PF_R : 0) | (perms[1] == 'w' ? PF_W : 0) |
			 (perms[2] == 'x' ? PF_X : 0),
		.bytes = (char *)buffer + *used,
	};
	core->segment_count++;
	if (name[0] == '/') {
		files[core->file_count] =
			(struct written_range){start, end, offset, names[core->file_count]};
		core->file_count++;
	}
	if (size > LARGE - *used || !(segment->flags & PF_R) ||
	    pread(memory, (char *)buffer + *used, size, (off_t)start) != (ssize_t)size)
		return;
	segment->kept = size;
	*used += size;
}

static void dump(const char *path, void *buffer)
{
	struct written_core core = {.segments = segments,
				    .files = files,
				    .threads = threads,
				    .thread_count = 2,
				    .pid = getpid(),
				    .uid = getuid(),
				    .name = "dumps",
				    .arguments = "dumps itself",
				    .signal = SIGSEGV,
				    .auxv = auxv};
	const siginfo_t info = {.si_signo = SIGSEGV, .si_code = SEGV_ACCERR, .si_addr = secret};
	int memory = open("/proc/self/mem", O_RDONLY), vector = open("/proc/self/auxv", O_RDONLY);
	FILE *maps = fopen("/proc/self/maps", "r"), *file = fopen(path, "w");
	char line[PATH_MAX + 128];
	size_t used = 0;

	target_need(memory >= 0 && vector >= 0 && maps && file, path);
	core.info = &info;
	core.auxv_length = (size_t)read(vector, auxv, sizeof(auxv));
	while (fgets(line, sizeof(line), maps))
		take_line(&core, line, memory, buffer, &used);
	core_writer_write(file, &core);
	fclose(maps);
	fclose(file);
	close(memory);
	close(vector);
}

int main(int argc, char **argv)
{
	pthread_t thread;
	void *buffer;
	FILE *known;

	target_start();
	target_need(argc > 2, "CORE FILE");
	/* The mappings stay as they are once all was allocated. */
	mallopt(M_TRIM_THRESHOLD, INT_MAX);
	mallopt(M_MMAP_THRESHOLD, INT_MAX);
	make_secret();
	shared = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	/* What is read is put there; it is too large to be in the file itself. */
	buffer = mmap(NULL, 2 * LARGE, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	target_need(shared != MAP_FAILED && buffer != MAP_FAILED, "mmap");
	memset(shared, 0x5a, PAGE);
	pthread_barrier_init(&running, NULL, 2);
	target_need(pthread_create(&thread, NULL, run_thread, NULL) == 0, "pthread_create");
	pthread_barrier_wait(&running);
	threads[0] = describe();
	known = fopen(argv[2], "w");
	target_need(known != NULL, argv[2]);
	fprintf(known, "secret %lx\nshared %lx\nmain %lx\nbuffer %lx\n", (unsigned long)secret,
		(unsigned long)shared, (unsigned long)main, (unsigned long)buffer);
	fclose(known);
	/* The first time makes the heap as large as it gets. */
	dump(argv[1], buffer);
	dump(argv[1], buffer);
	target_ready();
	return 0;
}
