/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * hostile FOLDER: a process whose name, arguments and mapped files (made in the folder, left there)
 * try to talk to the terminal: they clear the screen, set the title, go to another line, are not
 * UTF-8, turn the direction of writing round, pile marks upon a letter, have no width, and no end:
 * an argument of 75 000 bytes, and the longest path that there can be.
 */

#include "target.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#define TITLE   "\033]2;taken over\007"
#define CLEAR   "\033[2J\033[H"
#define C1_RED  "\302\23331m"
#define INVALID "\377\300\200"
#define REVERSE "\342\200\256"
/* All that turns the direction, separates lines, or is not to be seen; and marks that combine. */
#define TURNS                                                                              \
	"\342\200\216\342\200\217\342\200\252\342\200\253\342\200\254\342\200\255" REVERSE \
	"\342\201\246\342\201\247\342\201\250\342\201\251\330\234"
#define UNSEEN "\342\200\213\342\200\214\342\200\215\342\200\250\342\200\251\357\273\277"
#define MARK   "\314\201"

enum { LONG = 75000, MARKS = 300, NAME_BYTES = 200 };

static void map_hostile_file(const char *folder)
{
	int descriptor;

	target_need(!chdir(folder), "chdir");
	descriptor = open("new\nline " CLEAR TITLE INVALID C1_RED REVERSE "\ttab",
			  O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	target_need(descriptor >= 0 && !ftruncate(descriptor, 8192), "open");
	target_need(mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, descriptor, 0) != MAP_FAILED, "mmap");
}

/*
 * In folders within folders, whose names are of the same kind: the path is about as long as it can
 * be (PATH_MAX), which none that is opened can be.
 */
static void map_deep_file(const char *folder)
{
	char name[NAME_BYTES + 1];
	size_t length = strlen(folder);
	int descriptor;

	memset(name, 'x', NAME_BYTES);
	memcpy(name, TURNS, strlen(TURNS));
	name[NAME_BYTES] = '\0';
	for (; length + NAME_BYTES + 1 < PATH_MAX - NAME_BYTES; length += NAME_BYTES + 1)
		target_need(!mkdir(name, 0700) && !chdir(name), "mkdir");
	/* What is left of it, with a zero at the end. */
	memset(name, 'y', NAME_BYTES);
	if (PATH_MAX - 2 - length < NAME_BYTES)
		name[PATH_MAX - 2 - length] = '\0';
	descriptor = open(name, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	target_need(descriptor >= 0 && !ftruncate(descriptor, 8192), "open");
	target_need(mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, descriptor, 0) != MAP_FAILED, "mmap");
}

/* A letter with many marks, and then as many letters as make it long. */
static char *make_long(void)
{
	char *word = malloc(LONG + 1);
	size_t at = 1;

	target_need(word != NULL, "malloc");
	memset(word, 'z', LONG);
	for (int i = 0; i < MARKS; i++, at += strlen(MARK))
		memcpy(word + at, MARK, strlen(MARK));
	word[LONG] = '\0';
	return word;
}

int main(int argc, char **argv)
{
	char *hostile[] = {CLEAR TITLE "hostile",
			   NULL,
			   TITLE "two\nlines",
			   INVALID C1_RED REVERSE,
			   TURNS UNSEEN "e" MARK,
			   make_long(),
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
	map_deep_file(argv[1]);
	target_ready();
	return 0;
}
