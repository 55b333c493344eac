/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * hostile FOLDER: a process whose name, arguments and mapped file (made in the folder, left there)
 * try to talk to the terminal: they clear the screen, set the title, go to another line, are not
 * UTF-8, turn the direction of writing round.
 */

#include "target.h"

#include <fcntl.h>
#include <string.h>

#define TITLE   "\033]2;taken over\007"
#define CLEAR   "\033[2J\033[H"
#define C1_RED  "\302\23331m"
#define INVALID "\377\300\200"
#define REVERSE "\342\200\256"

static void map_hostile_file(const char *folder)
{
	int descriptor;

	target_need(!chdir(folder), "chdir");
	descriptor = open("new\nline " CLEAR TITLE INVALID C1_RED REVERSE "\ttab",
			  O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	target_need(descriptor >= 0 && !ftruncate(descriptor, 8192), "open");
	target_need(mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, descriptor, 0) != MAP_FAILED, "mmap");
}

int main(int argc, char **argv)
{
	char *hostile[] = {CLEAR TITLE "hostile", NULL, TITLE "two\nlines", INVALID C1_RED REVERSE,
			   NULL};

	target_start();
	target_need(argc > 1, "hostile FOLDER");
	if (strcmp(argv[0], hostile[0]) != 0) {
		/* Only a new image gets new arguments. */
		hostile[1] = argv[1];
		execv("/proc/self/exe", hostile);
		target_need(0, "execv");
	}
	/* 15 bytes of it are kept. */
	prctl(PR_SET_NAME, "\033[2J\n\007" INVALID "evil");
	map_hostile_file(argv[1]);
	target_ready();
	return 0;
}
