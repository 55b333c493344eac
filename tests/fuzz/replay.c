/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs a fuzz target over each file of its corpus, as one test that speaks TAP; where it has
 * mutations of its own, over some of each file as well, always the same.
 */
#include "fuzz.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#define MUTATIONS 16 /* of each file, where FUZZ_MUTATIONS is no other number; and in a row */

/* Of libFuzzer's interface: a target may have it. */
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t max, unsigned seed)
	__attribute__((weak));

static void run_exact(const uint8_t *bytes, size_t length)
{
	uint8_t *exact = malloc(length ? length : 1);

	if (!exact)
		abort();
	memcpy(exact, bytes, length);
	LLVMFuzzerTestOneInput(exact, length);
	free(exact);
}

static void run_mutations(const uint8_t *bytes, size_t length, size_t capacity)
{
	const char *wanted = getenv("FUZZ_MUTATIONS");
	unsigned long count = wanted ? strtoul(wanted, NULL, 10) : MUTATIONS;
	uint8_t *mutated = malloc(capacity);
	size_t size = 0;

	if (!mutated)
		abort();
	for (unsigned seed = 0; seed < count; seed++) {
		if (seed % MUTATIONS == 0) {
			memcpy(mutated, bytes, length);
			size = length;
		}
		size = LLVMFuzzerCustomMutator(mutated, size, capacity, seed);
		run_exact(mutated, size);
	}
	free(mutated);
}

/* Runs one file. The bytes lie in a block of their exact size: a sanitizer sees each step beyond.
 */
static int replay_file(const char *folder, const char *name)
{
	char path[4096];
	uint8_t *bytes;
	size_t capacity = (size_t)1 << 22, length;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "rb");
	if (!file)
		return -1;
	bytes = malloc(capacity);
	length = bytes ? fread(bytes, 1, capacity, file) : 0;
	fclose(file);
	if (!bytes)
		return -1;
	fprintf(stderr, "# %s\n", path);
	run_exact(bytes, length);
	if (LLVMFuzzerCustomMutator)
		run_mutations(bytes, length, capacity);
	free(bytes);
	return 0;
}

int main(int argc, char *argv[])
{
	const char *source = getenv("top_srcdir"), *slash = strrchr(argv[0], '/');
	const char *name = slash ? slash + 1 : argv[0];
	const struct dirent *entry;
	unsigned files = 0;
	char folder[2048];
	DIR *corpus;

	if (argc > 1)
		snprintf(folder, sizeof(folder), "%s", argv[1]);
	else
		snprintf(folder, sizeof(folder), "%s/tests/fuzz/corpus/%s", source ? source : ".",
			 name);
	corpus = opendir(folder);
	if (!corpus) {
		printf("1..1\nnot ok 1 - %s: %s: %s\n", name, folder, strerror(errno));
		return 1;
	}
	while ((entry = readdir(corpus)))
		if (entry->d_name[0] != '.' && replay_file(folder, entry->d_name) == 0)
			files++;
	closedir(corpus);
	printf("1..1\n%s 1 - %s: %u inputs\n", files ? "ok" : "not ok", name, files);
	return !files;
}
