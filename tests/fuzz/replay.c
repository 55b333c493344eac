/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a fuzz target over each file of its corpus, as one test that speaks TAP. */
#include "fuzz.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

/* Runs one file. The bytes lie in a block of their exact size: a sanitizer sees each step beyond.
 */
static int replay_file(const char *folder, const char *name)
{
	char path[4096];
	uint8_t *bytes, *exact;
	size_t capacity = (size_t)1 << 22, length;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "rb");
	if (!file)
		return -1;
	bytes = malloc(capacity);
	length = bytes ? fread(bytes, 1, capacity, file) : 0;
	fclose(file);
	exact = malloc(length ? length : 1);
	if (!bytes || !exact) {
		free(bytes);
		free(exact);
		return -1;
	}
	memcpy(exact, bytes, length);
	free(bytes);
	fprintf(stderr, "# %s\n", path);
	LLVMFuzzerTestOneInput(exact, length);
	free(exact);
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
