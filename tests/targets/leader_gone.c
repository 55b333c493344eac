/* SPDX-License-Identifier: GPL-2.0-or-later */

/* A process that lives on after its main thread has ended: its own maps are empty then. */

#include "target.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>

/* The state of the main thread: the letter behind the name in its stat. */
static char leader_state(void)
{
	char path[64], stat[256];
	ssize_t length;
	char *name_end;
	int descriptor;

	snprintf(path, sizeof(path), "/proc/self/task/%d/stat", getpid());
	descriptor = open(path, O_RDONLY | O_CLOEXEC);
	target_need(descriptor >= 0, path);
	length = read(descriptor, stat, sizeof(stat) - 1);
	close(descriptor);
	target_need(length > 0, path);
	stat[length] = '\0';
	name_end = strrchr(stat, ')');
	target_need(name_end != NULL && name_end[1] == ' ', path);
	return name_end[2];
}

static void *outlive_leader(void *unused)
{
	(void)unused;
	target_start();
	while (leader_state() != 'Z')
		sched_yield();
	target_ready();
	exit(0);
}

int main(void)
{
	pthread_t thread;

	target_start();
	target_need(!pthread_create(&thread, NULL, outlive_leader, NULL), "pthread_create");
	pthread_exit(NULL);
}
